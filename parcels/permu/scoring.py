"""Scores of firms by one scheme: exact fractions, nothing that is missing becomes a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from geo.read.parsed import Fault, Note
from parcels.permu.classes import letter, ranks
from parcels.permu.indices import IndexValue, index_value
from parcels.permu.peers import Peers, points_of
from parcels.permu.standing import Standing, standing_of
from parcels.permu.terms import indicators

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.permu.model import Denominator, Firm, FirmTable
    from parcels.permu.schemes import ClassTable, Scheme, SchemeIndicator

Points = dict[str, Fraction | None]
OUT_OF_SCOPE: frozenset[Standing] = frozenset(("other_size", "too_small", "not_rated"))
_FEW = 20  # firms: below it one firm is more than the last 5 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One firm by one scheme.

    Attributes
    ----------
    standing : str
        ``ranked``, or why it has no place in the ranking.
    score : Fraction or None
        Points; of a scheme that orders by one index that index itself. None: unknown, or the
        scheme does not rate the firm.
    parts : mapping
        Index to points; None where they are unknown.
    rank : int or None
        From 1 among the ranked firms.
    letter : str
        Class; "" for none.
    notes : tuple of Fault
        Every remark and every reason, not only the first.
    """

    firm: Firm
    standing: Standing
    score: Fraction | None
    parts: Mapping[str, Fraction | None]
    values: Mapping[str, IndexValue]
    imputed: frozenset[str]
    rank: int | None = None
    letter: str = ""
    notes: tuple[Fault, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether the scheme rates the firm and cannot say how."""
        return self.standing not in OUT_OF_SCOPE and (
            self.score is None or self.standing in {"status_unknown", "size_unknown"}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All firms of a table by one scheme and one denominator, in the order of the table.

    Attributes
    ----------
    classes : ClassTable or None
        The classes that were used.
    borrowed : bool
        They are not the scheme's own.
    ranked : int
        Number of firms in the ranking.
    notes : tuple of Note
        What holds for all rows.
    """

    scheme: Scheme
    denominator: Denominator
    rows: tuple[Scored, ...]
    ranked: int
    classes: ClassTable | None = None
    borrowed: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether anything that the scheme asks for could not be said, or nothing was rated."""
        nothing = all(row.score is None for row in self.rows)
        return bool(self.scheme.gaps) or nothing or any(row.is_unknown for row in self.rows)


def score_firms(
    table: FirmTable,
    scheme: Scheme,
    denominator: Denominator,
    *,
    classes: ClassTable | None = None,
    borrowed: bool = False,
) -> Result:
    """Rate every firm of a table.

    Parameters
    ----------
    table : FirmTable
    scheme : Scheme
    denominator : str
        The area that 亩均 is reckoned with, the same for all firms.
    classes : ClassTable, optional
        Where classes end; None: no letters.
    borrowed : bool
        The classes are another place's.

    Returns
    -------
    Result
        Firms in production that the scheme rates are ranked and get letters. Promised values
        are scored and neither ranked nor graded; they shape no mean, least or greatest value.
    """
    firms = [_examined(table, scheme, firm, denominator) for firm in table.firms]
    rated = [row for row in firms if row.standing in {"ranked", "not_graded"}]
    together = Peers(scheme, [row.values for row in rated])
    scored = [_scored(scheme, row, together) for row in firms]
    rows, count = _ranked(scored, classes)
    return Result(
        scheme=scheme,
        denominator=denominator,
        rows=tuple(rows),
        ranked=count,
        classes=classes,
        borrowed=borrowed,
        notes=_notes(table, scheme, classes, count),
    )


def _examined(table: FirmTable, scheme: Scheme, firm: Firm, denominator: Denominator) -> Scored:
    values = {
        one.id: index_value(table, firm, indicators()[one.id], denominator)
        for one in scheme.indicator
    }
    standing, reasons = standing_of(table, scheme, firm, denominator)
    remarks = [value.remark for value in values.values() if value.remark]
    notes = (*firm.notes, *firm.faults.values(), *reasons, *remarks)
    empty: Points = dict.fromkeys(values)
    return Scored(
        firm=firm,
        standing=standing,
        score=None,
        parts=empty,
        values=values,
        imputed=frozenset(),
        notes=notes,
    )


def _scored(scheme: Scheme, row: Scored, peers: Peers) -> Scored:
    """Add points and score; a firm that is not rated keeps its indices only."""
    if row.standing in OUT_OF_SCOPE or scheme.gaps:
        return replace(row, notes=(*row.notes, *_why_unknown(row)))
    if scheme.method == "order":
        value = row.values[scheme.indicator[0].id].value
        return replace(row, score=value, parts={}, notes=(*row.notes, *_why_unknown(row)))
    parts: Points = {}
    imputed: dict[str, Fault] = {}
    reasons: list[Fault] = []
    for one in scheme.indicator:
        index = row.values[one.id]
        parts[one.id] = None if index.value is None else points_of(scheme, one, index.value, peers)
        if _may_be_imputed(one, index):
            parts[one.id] = peers.meanpoints_of(one.id)
            imputed[one.id] = _imputed(row.firm, one.id, parts[one.id], len(peers.known[one.id]))
        elif index.value is not None and parts[one.id] is None:
            reasons.append(_fault("permu_no_spread", row.firm, index=one.id))
        elif index.value is not None and peers.is_beyond(one.id, index.value):
            reasons.append(_fault("permu_beyond_peers", row.firm, index=one.id))
    known = [points for points in parts.values() if points is not None]
    return replace(
        row,
        parts=parts,
        score=sum(known, start=Fraction(0)) if len(known) == len(parts) else None,
        imputed=frozenset(one for one in imputed if parts[one] is not None),
        notes=(*row.notes, *_why_unknown(row, set(imputed)), *imputed.values(), *reasons),
    )


def _may_be_imputed(one: SchemeIndicator, index: IndexValue) -> bool:
    """Only what is not there at all is imputed: a slip or a zero is a question, not a gap."""
    return one.missing == "peer_mean" and index.denominator in index.lacks


def _imputed(firm: Firm, index: str, points: Fraction | None, count: int) -> Fault:
    if points is None:
        return _fault("permu_no_peers", firm, index=index)
    return _fault("permu_imputed", firm, index=index, points=float(points), count=count)


def _why_unknown(row: Scored, imputed: frozenset[str] | set[str] = frozenset()) -> list[Fault]:
    """Say why indices are unknown; slips in cells are among the notes already."""
    told = {fault.code for fault in row.firm.faults.values()}
    return [
        fault
        for name, index in row.values.items()
        for fault in index.faults
        if name not in imputed and fault.code not in told
    ]


def _ranked(rows: Sequence[Scored], classes: ClassTable | None) -> tuple[list[Scored], int]:
    """Rank the firms that may be ranked and have a score; the others stay as they are."""
    places = [at for at, row in enumerate(rows) if row.standing == "ranked"]
    scores = {at: score for at in places if (score := rows[at].score) is not None}
    given = dict(zip(scores, ranks(list(scores.values())), strict=True))
    found = list(rows)
    for at in places:
        rank = given.get(at)
        if rank is None:
            found[at] = replace(rows[at], standing="no_score")
            continue
        name = letter(classes, rank, len(given)) if classes and len(given) > 1 else ""
        found[at] = replace(rows[at], rank=rank, letter=name)
    return found, len(given)


def _notes(
    table: FirmTable, scheme: Scheme, classes: ClassTable | None, count: int
) -> tuple[Note, ...]:
    gaps = [Note(code=_GAPS[gap]) for gap in scheme.gaps]
    if scheme.size in {"above_scale", "below_scale"} and not _has_size(table):
        gaps.append(Note(code="permu_size_assumed", values={"size": scheme.size}))
    trades = {"utilities", "waste"} & {*scheme.not_rated, *scheme.not_graded}
    if trades and not (table.has("industry") or table.has("industry_code")):
        gaps.append(Note(code="permu_trade_unknown"))
    if classes is None and scheme.size != "zone":
        gaps.append(Note(code="permu_no_classes"))
    if classes is not None and count == 1:
        gaps.append(Note(code="permu_one_firm"))
    elif classes is not None and 0 < count < _FEW:
        gaps.append(Note(code="permu_few_firms", values={"count": count}))
    return tuple(gaps)


def _has_size(table: FirmTable) -> bool:
    return table.has("size") or table.has("above")


def _fault(code: str, firm: Firm, **values: str | float) -> Fault:
    return Fault(code=code, where=f"row:{firm.row}", values=values)


_GAPS = {
    "method": "permu_gap_method",
    "weights": "permu_gap_weights",
    "bases": "permu_gap_bases",
}
