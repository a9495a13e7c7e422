"""What a snapshot of 亩均 is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from parcels.permu.model import Answers
from parcels.permu.rating import rate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from parcels.permu.model import Denominator, FirmTable
    from parcels.permu.schemes import ClassTable, Scheme
    from parcels.permu.scoring import Result


@dataclass(frozen=True, kw_only=True, eq=False)
class PermuCase:
    """Firms as read, and the schemes that they are rated by.

    Attributes
    ----------
    table : FirmTable
    settled : Answers
        What somebody settled about the table before it was read.
    file_digest : str
        SHA-256 of the file; "" for the attributes of a parcel set.
    schemes : tuple of Scheme
        In the order in which they are shown, at least one.
    tables : mapping of id to ClassTable
        The classes that the schemes name as their own.
    borrowed : ClassTable or None
        Classes of another place, laid over every ranking.
    denominator : str or None
        None: the first that the table gives.
    day : date
        Day on which the schemes were at hand.
    under : tuple of mapping
        Groups of layers as `layers.payload.plain_groups` writes them: nothing is rated by them.
    notice : str
        How far off the drawn places are.
    """

    table: FirmTable
    settled: Answers = field(default_factory=Answers)
    file_digest: str = ""
    schemes: tuple[Scheme, ...]
    tables: Mapping[str, ClassTable] = field(default_factory=lambda: MappingProxyType({}))
    borrowed: ClassTable | None = None
    denominator: Denominator | None = None
    day: date
    under: tuple[Mapping[str, Any], ...] = ()
    notice: str = ""

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """The table by each scheme."""
        return tuple(
            rate(
                self.table,
                one,
                denominator=self.denominator,
                borrowed=self.borrowed,
                tables=self.tables,
            )
            for one in self.schemes
        )
