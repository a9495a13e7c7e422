"""Verify a snapshot: its seal, every check again from its inputs, the files around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels import VERSION
from parcels.snapshot.canonical import digest_of
from parcels.snapshot.files import Opened, open_snapshot
from parcels.snapshot.marks import changed_places
from parcels.snapshot.verifying.around import around
from parcels.snapshot.verifying.model import ABSENT, Difference, Remark, VerifyReport
from parcels.snapshot.verifying.naming import value_at
from parcels.snapshot.verifying.rerun import (
    against_internal,
    against_shipped,
    changed_since,
    rerun,
)

if TYPE_CHECKING:
    from parcels.snapshot.model import Content, Snapshot
    from parcels.snapshot.verifying.model import State

_OPEN_ENDED = ("not_rerun", "around_not", "other_packs")
_EXPECTED = re.compile(r"[0-9a-f]{8,64}")


def verify(
    source: Snapshot | bytes, name: str = "", *, against: Snapshot | None = None, expect: str = ""
) -> VerifyReport:
    """Verify a snapshot.

    Parameters
    ----------
    source : Snapshot or bytes
        A file of any form, or a snapshot at hand.
    name : str
        Of the file, for sentences.
    against : Snapshot, optional
        The internal snapshot that one of a sharing level was made from: it is made again.
    expect : str
        Digest, or its first eight digits or more as printed on paper; "": whatever it states.

    Returns
    -------
    VerifyReport
        A digest that does not fit does not end it: check digits and the checks themselves then
        name what was changed.

    Raises
    ------
    PlannerError
        ``snapshot_expect_unreadable``, ``snapshot_against_level``, and those of `open_snapshot`.
    """
    wanted = _wanted(expect)
    opened = _opened(source, name)
    content, found = opened.content, digest_of(opened.content)
    fits = found == opened.stated
    differences = [] if found.startswith(wanted) else [_unexpected(wanted, found)]
    ours = content["made"].get("app") == VERSION
    if ours or not fits:
        differences += [
            Difference(how="changed", path=path, stated=value_at(content, path))
            for path in changed_places(content)
        ]
    packs = against_shipped(content)
    if ours:
        differences += _new(packs, differences)
    again, notes = _again(opened, against)
    differences += _new(again, differences)
    beside, more = around(opened, fits=fits)
    differences += _new(beside, differences)
    elsewhere = changed_since(content, VERSION)
    if packs and not ours:
        elsewhere.append(Remark(code="other_packs", values={"packs": _packs_of(content, packs)}))
    notes = [*elsewhere, *notes, *more]
    return VerifyReport(
        file=name,
        form=opened.form,
        content=content,
        stated=opened.stated,
        found=found,
        state=_state(differences, notes, fits=fits),
        differences=tuple(differences),
        notes=tuple(notes),
    )


def _again(opened: Opened, against: Snapshot | None) -> tuple[list[Difference], list[Remark]]:
    """Compute again what can be: from its own inputs, or from the internal snapshot."""
    if opened.content["level"] == "internal":
        return rerun(opened.content)
    if against is None:
        return [], [Remark(code="not_rerun_level", values={"rests_on": _rests_on(opened)})]
    return against_internal(opened.content, against)


def _packs_of(content: Content, differences: list[Difference]) -> list[str]:
    ends = {one.path[: one.path.index("packs") + 2] for one in differences}
    return sorted({str(value_at(content, (*end, "id"))) for end in ends})


def _rests_on(opened: Opened) -> str:
    return str(opened.content.get("rests_on") or "—")[:8]


def _wanted(expect: str) -> str:
    wanted = "".join(expect.split()).lower()
    if wanted and not _EXPECTED.fullmatch(wanted):
        raise PlannerError("snapshot_expect_unreadable", value=expect)
    return wanted


def _opened(source: Snapshot | bytes, name: str) -> Opened:
    if isinstance(source, bytes):
        return open_snapshot(source, name)
    return Opened(name=name, form="json", content=source.content, stated=source.digest)


def _unexpected(wanted: str, found: str) -> Difference:
    return Difference(how="expected", path=("digest",), stated=found[: len(wanted)], found=wanted)


def _new(more: list[Difference], known: list[Difference]) -> list[Difference]:
    """Leave out what is named already; where the right value is known now, name that instead."""
    places = {one.path: at for at, one in enumerate(known) if one.found is ABSENT}
    kept: list[Difference] = []
    for one in more:
        at = places.get(one.path)
        if at is None:
            kept.append(one)
        else:
            known[at] = one
    return kept


def _state(differences: list[Difference], notes: list[Remark], *, fits: bool) -> State:
    """Say how it ends: a difference that another version explains is no change of the file."""
    asked = any(one.how in {"expected", "against"} for one in differences)
    elsewhere = any(one.code in {"other_version", "other_tables"} for one in notes)
    if not fits or asked or (differences and not elsewhere):
        return "differs"
    open_ended = any(one.code.startswith(_OPEN_ENDED) for one in notes)
    return "sealed" if differences or open_ended else "verified"
