"""One table by one scheme, with the choices that a user may leave open made and named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.read.parsed import Note
from parcels.permu.schemes import class_tables
from parcels.permu.scoring import Result, score_firms
from parcels.permu.terms import LAND, indicators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.permu.model import Denominator, FirmTable
    from parcels.permu.schemes import ClassTable, Scheme


def rate(
    table: FirmTable,
    scheme: Scheme,
    *,
    denominator: Denominator | None = None,
    borrowed: ClassTable | None = None,
    tables: Mapping[str, ClassTable] | None = None,
) -> Result:
    """Rate a table.

    Parameters
    ----------
    table : FirmTable
    scheme : Scheme
    denominator : str, optional
        The area that 亩均 is reckoned with; None: the first that the table gives, in the order
        as stated, registered, mapped, granted, and a note when there are several.
    borrowed : ClassTable, optional
        Classes of another place; None: the scheme's own, if it has any.
    tables : mapping of id to ClassTable, optional
        Where the scheme's own classes are looked up; None: the published ones.

    Returns
    -------
    Result
    """
    used = denominator or default_denominator(table)
    own = (class_tables() if tables is None else tables).get(scheme.classes or "")
    is_borrowed = borrowed is not None and borrowed != own
    result = score_firms(table, scheme, used, classes=borrowed or own, borrowed=is_borrowed)
    notes = list(result.notes)
    if denominator is None and table.denominators and used not in table.denominators:
        notes.append(Note(code="permu_denominator_stated"))
    elif denominator is None and len(table.denominators) > 1:
        notes.append(Note(code="permu_denominator_taken", values={"role": used}))
    if is_borrowed and borrowed is not None:
        values = {"title": borrowed.title.zh, "title_en": borrowed.title.en}
        notes.append(Note(code="permu_classes_borrowed", values=values))
    return replace(result, notes=tuple(notes))


def default_denominator(table: FirmTable) -> Denominator:
    """Return the area that a table's figures per 亩 use when nobody chooses one.

    A table that states figures per 亩 and nothing to reckon them from is taken as it stands.
    """
    per_land = [one for one in indicators().values() if one.per_land]
    is_stated = any(table.has(one.id) for one in per_land)
    is_reckoned = any(table.has(role) for one in per_land for role in one.numerator)
    if is_stated and not is_reckoned:
        return LAND
    return table.denominators[0] if table.denominators else LAND
