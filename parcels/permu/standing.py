"""Whether a scheme rates a firm, and whether the firm has a place in the ranking."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from geo.read.parsed import Fault

if TYPE_CHECKING:
    from parcels.permu.model import Denominator, Firm, FirmTable
    from parcels.permu.schemes import Scheme

Standing = Literal[
    "ranked",
    "no_score",
    "promised",
    "building",
    "start_up",
    "stopped",
    "status_unknown",
    "size_unknown",
    "not_graded",
    "other_size",
    "too_small",
    "not_rated",
]
_SCALES = {"above_scale", "below_scale"}


def standing_of(
    table: FirmTable, scheme: Scheme, firm: Firm, denominator: Denominator
) -> tuple[Standing, tuple[Fault, ...]]:
    """Tell how a firm stands to a scheme before its score is known.

    Parameters
    ----------
    table : FirmTable
        Tells a size that no column gives from one that cannot be read.
    scheme : Scheme
    firm : Firm
    denominator : str
        The area that the least area is compared with.

    Returns
    -------
    (str, tuple of Fault)
        The standing, the reasons for it, and what the scheme asks and nobody could check.
    """
    remarks: list[Fault] = []
    for standing, fault in (
        _by_size(table, scheme, firm),
        _by_trade(table, scheme, firm),
        _by_area(scheme, firm, denominator),
        _by_status(firm),
    ):
        remarks += [fault] if fault else []
        if standing is not None:
            return standing, tuple(remarks)
    return "ranked", tuple(remarks)


_Verdict = tuple[Standing | None, Fault | None]


def _by_size(table: FirmTable, scheme: Scheme, firm: Firm) -> _Verdict:
    if scheme.size not in _SCALES or not (table.has("size") or table.has("above")):
        return None, None
    if firm.size is None:
        return "size_unknown", None  # the row's own note says so
    if firm.size == scheme.size:
        return None, None
    values = {"size": firm.size}
    return "other_size", Fault(code="permu_other_size", where=f"row:{firm.row}", values=values)


def _by_trade(table: FirmTable, scheme: Scheme, firm: Firm) -> _Verdict:
    where = f"row:{firm.row}"
    if not firm.trade:
        asks = {"utilities", "waste"} & {*scheme.not_rated, *scheme.not_graded}
        is_blank = firm.trade == "" and (table.has("industry") or table.has("industry_code"))
        return None, Fault(code="permu_trade_blank", where=where) if asks and is_blank else None
    values = {"trade": firm.trade}
    if firm.trade in scheme.not_rated:
        return "not_rated", Fault(code="permu_not_rated", where=where, values=values)
    if firm.trade in scheme.not_graded and firm.status == "production":
        return "not_graded", Fault(code="permu_not_graded", where=where, values=values)
    return None, None


def _by_area(scheme: Scheme, firm: Firm, denominator: Denominator) -> _Verdict:
    area, leased = firm.amounts.get(denominator), firm.amounts.get("leased")
    least = scheme.least_area_mu
    enough = scheme.least_leased_m2
    if least is None or (area is not None and area >= Fraction(least)):
        return None, None
    if enough is not None and leased is not None and leased >= Fraction(enough):
        return None, None
    values = {"limit": float(least), "role": denominator}
    where = f"row:{firm.row}"
    if area is None:
        return None, Fault(code="permu_area_unchecked", where=where, values=values)
    values = {"value": float(area), **values}
    return "too_small", Fault(code="permu_too_small", where=where, values=values)


def _by_status(firm: Firm) -> _Verdict:
    if firm.status == "production":
        return None, None
    if firm.status == "unknown":
        return "status_unknown", None
    values = {"status": firm.status}
    code = "permu_promised" if firm.status == "promised" else "permu_not_producing"
    return firm.status, Fault(code=code, where=f"row:{firm.row}", values=values)
