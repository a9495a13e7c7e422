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
from parcels.snapshot.packs import table_digests
from parcels.snapshot.verifying.comparing import differences
from parcels.snapshot.verifying.model import Difference, Remark
from parcels.snapshot.verifying.naming import value_at

if TYPE_CHECKING:
    from parcels.snapshot.model import Content, Snapshot


def rerun(content: Content) -> tuple[list[Difference], list[Remark]]:
    """Compare all sections of a kind with what its inputs give.

    Returns
    -------
    differences, notes
        ``not_rerun`` with the reason where the inputs cannot be used.
    """
    kind = kind_of(content["kind"])
    try:
        with reading("inputs"):
            again = settled(dict(kind.parts(kind.case_of(content), content["lang"])))
    except PlannerError as error:
        sentence, _ = error_text(content["lang"], error)
        return [], [Remark(code="not_rerun", values={"problem": sentence})]
    except ShapelyError as error:
        return [], [Remark(code="not_rerun", values={"problem": str(error)})]
    again["disclaimer"] = text(content["lang"], "snapshot.disclaimer")
    stated = {name: content.get(name) for name in again}
    return list(differences(stated, again, "recomputed")), []


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
    again = settled(dict(reduced(internal, content["level"]).content))
    return list(differences(dict(content), again, "against")), []


def changed_since(content: Content, version: str) -> list[Remark]:
    """Say whether program or tables are others than those that the snapshot was made with."""
    notes: list[Remark] = []
    made = content["made"].get("app")
    if made != version:
        notes.append(Remark(code="other_version", values={"made": str(made), "now": version}))
    stated = value_at(content, ("inputs", "book", "tables"))
    if isinstance(stated, dict):
        now = table_digests()
        others = sorted(name for name in {*stated, *now} if stated.get(name) != now.get(name))
        if others:
            notes.append(Remark(code="other_tables", values={"tables": others}))
    return notes


def settled(value: dict[str, Any]) -> Any:
    """Give values as they are after reading: 300.0 is 300, a tuple is a list."""
    return json.loads(canonical_bytes(value))
