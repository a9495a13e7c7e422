"""The parts that every snapshot has; what is missing or of another kind is named by its path."""

from __future__ import annotations

import json
import re
from typing import Any

from geo.errors import PlannerError
from parcels.messages import LANGUAGES
from parcels.snapshot.model import FORMAT, KINDS, LEVELS, Content

_NAME, _, _VERSION = FORMAT.rpartition("/")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHOWN = 80
_PARTS: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "disclaimer": (str,),
    "made": (dict,),
    "answers": (dict,),
}
_CHOICES: dict[str, tuple[str, ...]] = {"kind": KINDS, "level": LEVELS, "lang": LANGUAGES}
_OF_KIND: dict[str, dict[str, tuple[type, ...]]] = {
    "review": {"parcels": (list,), "drawn": (dict,)},
    "scenarios": {"scenarios": (list,)},
}


def require_snapshot(value: Any, name: str) -> tuple[Content, str]:
    """Return content and stated digest of what a file holds.

    Parameters
    ----------
    value : value of JSON
        ``{"content": …, "digest": …}``.
    name : str
        Of the file, for sentences.

    Raises
    ------
    PlannerError
        ``snapshot_not_one``, ``snapshot_format_newer`` (with the format that it is in),
        ``snapshot_field`` (with path and value).
    """
    content = value.get("content") if isinstance(value, dict) else None
    if not isinstance(content, dict) or not str(content.get("format")).startswith(f"{_NAME}/"):
        raise PlannerError("snapshot_not_one", file=name, found=_kind_of_json(value))
    if content["format"] != FORMAT:
        raise PlannerError("snapshot_format_newer", file=name, format=content["format"])
    stated = value.get("digest")
    if not isinstance(stated, str) or not _DIGEST.fullmatch(stated):
        raise _unfit(name, "digest", stated)
    for part, choices in _CHOICES.items():
        if content.get(part) not in choices:
            raise _unfit(name, f"content.{part}", content.get(part))
    wanted = {**_PARTS, **_OF_KIND.get(content["kind"], {})}
    for part, types in wanted.items():
        if not isinstance(content.get(part), types):
            raise _unfit(name, f"content.{part}", content.get(part))
    return content, stated


def _unfit(name: str, path: str, value: Any) -> PlannerError:
    written = json.dumps(value, ensure_ascii=False)[:_SHOWN]
    return PlannerError("snapshot_field", file=name, path=path, value=written)


def _kind_of_json(value: Any) -> str:
    """Name what a JSON file is: GeoJSON has a type, others are named by their first keys."""
    if isinstance(value, dict) and isinstance(value.get("type"), str):
        return f"GeoJSON {value['type'][:_SHOWN]}"
    keys = ", ".join(list(value)[:3]) if isinstance(value, dict) else type(value).__name__
    return f"JSON ({keys[:_SHOWN]})"
