"""Every check again: from the inputs of a snapshot, or from the one that it was made from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shapely.errors import ShapelyError

from geo.errors import PlannerError
from parcels.messages import error_text, text
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.input_values import reading
from parcels.snapshot.kinds import kind_of
from parcels.snapshot.packs import shipped_packs, table_digests
from parcels.snapshot.verifying.comparing import differences
from parcels.snapshot.verifying.model import ABSENT, Difference, Remark
from parcels.snapshot.verifying.naming import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Content, Snapshot
    from parcels.snapshot.verifying.model import How


_TABLES = ("inputs", "book", "tables")
_BOOKS = (("inputs", "book"), ("inputs", "place", "book"))


def rerun(content: Content) -> tuple[list[Difference], list[Remark]]:
    """Compare all sections of a kind with what its inputs give.

    Returns
    -------
    differences, remarks
        ``not_rerun`` with the reason where the inputs cannot be used.
    """
    kind, lang = kind_of(content["kind"]), content["lang"]
    try:
        with reading("inputs"):
            again = dict(kind.parts(kind.case_of(content), lang))
    except PlannerError as error:
        sentence, _ = error_text(lang, error)
        return [], [Remark(code="not_rerun", values={"problem": sentence})]
    except ShapelyError as error:
        return [], [Remark(code="not_rerun", values={"problem": str(error)})]
    again["disclaimer"] = text(lang, "snapshot.disclaimer")
    return _sections(content, again, "recomputed"), []


def against_internal(content: Content, internal: Snapshot) -> tuple[list[Difference], list[Remark]]:
    """Compare a snapshot of a sharing level with what the internal one gives.

    Raises
    ------
    PlannerError
        ``snapshot_against_level``: the other one is no internal snapshot.
    """
    from parcels.snapshot.levels import reduced

    if internal.level != "internal":
        raise PlannerError("snapshot_against_level", level=internal.level)
    with reading("content"):
        again = reduced(internal, content["level"]).content
    names = sorted({*content, *again})
    return _sections(content, {name: again.get(name, ABSENT) for name in names}, "against"), []


def _sections(content: Content, again: Mapping[str, Any], how: How) -> list[Difference]:
    """Compare section by section; of those with equal bytes no value is looked at."""
    found: list[Difference] = []
    for name, section in sorted(again.items()):
        stated = content.get(name, ABSENT)
        if stated is ABSENT or section is ABSENT:
            found += differences(stated, section, how, (name,))
            continue
        written = canonical_bytes(section)
        if written != canonical_bytes(stated):
            found += differences(stated, json.loads(written), how, (name,))
    return [one for one in found if one.path[: len(_TABLES)] != _TABLES]  # told as a remark


def against_shipped(content: Content) -> list[Difference]:
    """Compare the packs inside with those of this program that have the same id and version.

    Verdicts follow from a changed limit as well as from the right one: computing them again
    does not find it. Packs of a bureau's own have nothing to be compared with.
    """
    found: list[Difference] = []
    ours = shipped_packs()
    for book in _BOOKS:
        packs = value_at(content, (*book, "packs"))
        for at, pack in enumerate(packs if isinstance(packs, list) else ()):
            known = ours.get(str(value_at(pack, ("id",))))
            if known is not None and known["version"] == value_at(pack, ("version",)):
                shipped = json.loads(canonical_bytes(known))
                found += differences(pack, shipped, "shipped", (*book, "packs", at))
    return found


def changed_since(content: Content, version: str) -> list[Remark]:
    """Say whether program or tables are others than those that the snapshot was made with."""
    notes: list[Remark] = []
    made = content["made"].get("app")
    if made != version:
        notes.append(Remark(code="other_version", values={"made": str(made), "now": version}))
    stated = value_at(content, _TABLES)
    if isinstance(stated, dict):
        now = table_digests()
        others = sorted(name for name in {*stated, *now} if stated.get(name) != now.get(name))
        if others:
            notes.append(Remark(code="other_tables", values={"tables": others}))
    return notes
