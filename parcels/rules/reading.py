"""Packs and local limits from their files; a mistake is named by file, rule and field."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import PlannerError
from parcels.rules.model import Override, Pack
from parcels.rules.soundness import refuse_unsound

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails


_LONGEST_VALUE = 80


def load_packs(place: Path) -> list[tuple[Path, Pack]]:
    """Read a file, or every pack of a folder, sorted by file name.

    Raises
    ------
    PlannerError
        ``pack_unreadable`` (file, reason); with file, rule and field ``pack_field_missing``,
        ``pack_field_unknown``, ``pack_choice_unknown``, ``pack_value_unfit``,
        ``pack_column_unfit``, ``pack_examples_lacking`` or ``pack_invalid``;
        and what `refuse_unsound` finds.
    """
    paths = sorted(place.glob("*.toml")) if place.is_dir() else [place]
    return [(path, _pack(path)) for path in paths]


def read_overrides(path: Path) -> tuple[Override, ...]:
    """Read local limits from a TOML file of ``[[override]]`` tables.

    Raises
    ------
    PlannerError
        As `load_packs` about fields.
    """
    return checked_overrides(_document(path), path)


def checked_overrides(document: dict[str, Any], path: Path) -> tuple[Override, ...]:
    """Return the local limits of a document of ``override`` entries.

    Parameters
    ----------
    path : Path
        Its name is how a mistake names the document.

    Raises
    ------
    PlannerError
        As `load_packs` about fields.
    """
    try:
        return _Overrides.model_validate(document).override
    except ValidationError as error:
        raise _problem(path, document.get("override", []), error) from error


class _Overrides(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    override: tuple[Override, ...]


def _pack(path: Path) -> Pack:
    document = _document(path)
    header = document.pop("pack", {})
    try:
        pack = Pack.model_validate({**header, **document} if isinstance(header, dict) else header)
    except ValidationError as error:
        raise _problem(path, document.get("rule", []), error) from error
    for rule in pack.rule:
        refuse_unsound(path.name, rule)
    return pack


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PlannerError("pack_unreadable", file=path.name, reason=reason) from error
    except ValueError as error:
        raise PlannerError("pack_unreadable", file=path.name, reason=str(error)) from error


def _problem(path: Path, entries: Any, error: ValidationError) -> PlannerError:
    """Name file, rule and field of one mistake, a misspelt field before all, and its value."""
    first = min(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
    steps = [str(step) for step in first["loc"]]
    rule = "—"
    if len(first["loc"]) > 1 and isinstance(first["loc"][1], int):
        rule = _rule_at(entries, first["loc"][1])
        steps = steps[2:]
    place = {"file": path.name, "rule": rule, "field": ".".join(steps) or "—"}
    return _unfit(place, first) or _misspelt(place, first)


def _unfit(place: dict[str, str], first: ErrorDetails) -> PlannerError | None:
    """Say what `Rule` itself found in its fields, None if it is another mistake."""
    said = first.get("ctx", {})
    if first["type"] == "examples_lacking":
        return PlannerError("pack_examples_lacking", **place | {"field": "examples"}, **said)
    if first["type"] == "value_unfit":
        return PlannerError("pack_value_unfit", **place | {"field": "value"}, **said)
    if first["type"] == "column_unfit":
        return PlannerError("pack_column_unfit", **place | {"field": "column"})
    return None


def _misspelt(place: dict[str, str], first: ErrorDetails) -> PlannerError:
    if first["type"] == "missing":
        return PlannerError("pack_field_missing", **place)
    if first["type"] == "extra_forbidden":
        return PlannerError("pack_field_unknown", **place)
    value = repr(first["input"])[:_LONGEST_VALUE]
    if first["type"] == "literal_error":
        known = first["ctx"]["expected"]
        return PlannerError("pack_choice_unknown", **place, value=value, known=known)
    return PlannerError("pack_invalid", **place, value=value, problem=first["msg"])


def _rule_at(entries: Any, position: int) -> str:
    """Name an entry by its id, or by its place from 1 where it has none."""
    entry = entries[position] if isinstance(entries, list) else None
    named = entry.get("id") or entry.get("rule") if isinstance(entry, dict) else None
    return str(named or position + 1)
