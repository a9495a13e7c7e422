"""Indices of a firm: exact quotients of what its row gives, each with its two quantities named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.read.parsed import Fault
from parcels.permu.terms import LAND

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from parcels.permu.model import Denominator, Firm, FirmTable
    from parcels.permu.terms import Indicator

NO_COLUMN, NO_CELL = "permu_no_column", "permu_no_cell"
_AGREES = 200  # a stated index may differ from the computed one by one part in so many
_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexValue:
    """An index of one firm.

    Attributes
    ----------
    value : Fraction or None
        In the index's unit; None: unknown, ``faults`` say why.
    how : {"computed", "stated", ""}
        From the two quantities, or as the table states it.
    numerator, denominator : str
        The quantities that it was, or would be, computed from.
    faults : tuple of Fault
        Every reason why it is unknown.
    remark : Fault or None
        What is doubtful about it.
    """

    id: str
    value: Fraction | None = None
    how: str = ""
    numerator: str
    denominator: str
    faults: tuple[Fault, ...] = ()
    remark: Fault | None = None

    @property
    def lacks(self) -> frozenset[str]:
        """The quantities that the table does not give; none when anything else is wrong."""
        if any(fault.code not in {NO_COLUMN, NO_CELL} for fault in self.faults):
            return frozenset()
        return frozenset(str(fault.values["role"]) for fault in self.faults)


def index_value(
    table: FirmTable, firm: Firm, indicator: Indicator, denominator: Denominator
) -> IndexValue:
    """Compute an index of a firm.

    Parameters
    ----------
    table : FirmTable
        Where the firm stands; tells a missing column from an empty cell.
    firm : Firm
    indicator : Indicator
    denominator : str
        The area that 亩均 is reckoned with.

    Returns
    -------
    IndexValue
        What the table states counts where it gives a quantity nowhere; an area that nobody
        names is only the stated one (``land``).
    """
    above = _first(table, indicator.numerator)
    below = (
        denominator if indicator.denominator == (LAND,) else _first(table, indicator.denominator)
    )
    computed = _computed(table, firm, indicator, (above, below))
    stated = firm.stated.get(indicator.id)
    fault = firm.faults.get(indicator.id)
    if indicator.per_land and denominator != LAND:
        stated, fault = None, None
    if computed.lacks and (stated is not None or fault is not None):
        how = "stated" if stated is not None else ""
        return IndexValue(
            id=indicator.id,
            value=stated,
            how=how,
            numerator=above,
            denominator=below,
            faults=(fault,) if fault else (),
        )
    if computed.value is not None and stated is not None:
        return _compared(computed, stated, firm)
    return computed


def _computed(
    table: FirmTable, firm: Firm, indicator: Indicator, roles: tuple[str, str]
) -> IndexValue:
    above, below = roles
    faults = [fault for role in roles if (fault := _why_not(table, firm, role))]
    if firm.amounts.get(below) == 0:
        values = {"role": below, "value": "0"}
        faults.append(Fault(code="permu_zero", where=f"row:{firm.row}", values=values))
    value = None if faults else firm.amounts[above] / firm.amounts[below] * indicator.scale
    if value is not None and indicator.most is not None and value > indicator.most:
        values = {"value": _shown(value), "limit": str(indicator.most)}
        faults = [Fault(code="permu_index_absurd", where=f"row:{firm.row}", values=values)]
    named = tuple(
        replace(fault, values={**fault.values, "index": indicator.id}) for fault in faults
    )
    return IndexValue(
        id=indicator.id,
        value=None if faults else value,
        how="" if faults else "computed",
        numerator=above,
        denominator=below,
        faults=named,
    )


def _compared(computed: IndexValue, stated: Fraction, firm: Firm) -> IndexValue:
    """Keep the computed index; say so when the table states another."""
    value = computed.value
    if value is None or abs(value - stated) * _AGREES <= abs(value):
        return computed
    remark = Fault(
        code="permu_stated_differs",
        where=f"row:{firm.row}",
        values={"index": computed.id, "value": _shown(stated), "computed": _shown(value)},
    )
    return replace(computed, remark=remark)


def _first(table: FirmTable, roles: Sequence[str]) -> str:
    """Return the first quantity that the table gives, else the one that was asked for first."""
    return next((role for role in roles if table.has(role)), roles[0])


def _why_not(table: FirmTable, firm: Firm, role: str) -> Fault | None:
    if role in firm.amounts:
        return None
    if role in firm.faults:
        return firm.faults[role]
    code = NO_CELL if table.has(role) else NO_COLUMN
    return Fault(code=code, where=f"row:{firm.row}", values={"role": role})


def _shown(value: Fraction) -> str:
    return f"{float(value):.{_DIGITS}g}"
