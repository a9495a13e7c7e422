"""The decision on coordinate system and axis order of a survey file, or the question about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.crs import meridian_tm
from geo.read.parsed import Note
from geo.survey.place.axes import degrees_like, fitting, in_china, web_mercator_like
from geo.survey.place.candidates import WEB_MERCATOR_PREFIXES
from geo.survey.place.case import (
    Case,
    Choice,
    prefixes_of,
    row_prefixes,
    stated_text,
    too_wide,
    unplaceable,
)
from geo.systems import LONLAT, System, zone_system
from geo.zones import FALSE_EASTING, MILLION, Zone, zone_of_meridian, zone_of_number

if TYPE_CHECKING:
    from geo.errors import PlannerError
    from geo.read.parsed import AxisOrder
    from geo.survey.model import AxesHow, CrsHow
    from geo.survey.place.axes import Bools
    from geo.survey.place.candidates import Also

_HALF = 0.5


def choose(case: Case) -> Choice:
    """Decide; questions and refusals as `place_survey`. The file has at least one vertex."""
    if case.chosen is not None:
        return _chosen(case, case.chosen)
    if case.declared is not None:
        return _declared(case, case.declared)
    whole = case.vertices.all_of_row(degrees_like(case.vertices.pairs))
    return _degrees(case) if whole.mean() >= _HALF else _metres(case)


def _chosen(case: Case, system: System) -> Choice:
    system, notes = _regridded(case, system)
    choice = _settled(case, system, "chosen", wide=True)
    if choice is None:
        raise _contradiction(case, system)
    return replace(choice, notes=notes)


def _same_grid(case: Case, system: System) -> tuple[System, tuple[Note, ...]]:
    """Give the declared zone's projection, with prefix or without as the eastings are written."""
    zone, prefixes = system.zone, prefixes_of(case)
    if zone is None or len(prefixes) != 1:
        return system, ()
    [prefix] = prefixes
    if prefix == (zone.number if zone.prefixed else 0):
        return system, ()
    written = zone_of_number(prefix, prefixed=True) if prefix else replace(zone, prefixed=False)
    if written is None or written.meridian != zone.meridian:
        return system, ()
    fitted = zone_system(written)
    return fitted, (
        Note(code="prefix_declared_otherwise", values={"crs": system.name, "read": fitted.name}),
    )


def _regridded(case: Case, system: System) -> tuple[System, tuple[Note, ...]]:
    """Give the chosen zone's projection in the grid that the eastings are written in."""
    zone, prefixes = system.zone, prefixes_of(case)
    expected = zone.number if zone and zone.prefixed else 0
    if zone is None or not prefixes or prefixes[expected]:
        return system, ()
    prefix = prefixes.most_common(1)[0][0]
    if prefix in (0, zone.number):
        fitted = zone_system(replace(zone, prefixed=prefix > 0))
        note = Note(
            code="prefix_adapted", values={"chosen": system.definition, "crs": fitted.definition}
        )
        return fitted, (note,)
    note = Note(code="prefix_overruled", values={"prefix": prefix, "zone": zone.number})
    return _overruled(zone, prefix)[1], (note,)


def _declared(case: Case, system: System) -> Choice:
    prefixes = sorted(prefix for prefix in prefixes_of(case) if prefix)
    if len(prefixes) > 1 and system.zone:
        raise case.question("zones_mixed", zones=prefixes)
    how: CrsHow = "format" if case.file_format in ("kml", "kmz") else "declared"
    system, notes = _same_grid(case, system)
    choice = _settled(case, system, how, wide=system.is_degrees)
    if choice is None:
        choice = _mixed(case, system)
    if choice is None:
        raise _contradiction(case, system)
    return replace(choice, notes=notes)


def _degrees(case: Case) -> Choice:
    stated = case.stated
    if (stated.names_zone or stated.width) and not stated.degrees:
        raise case.question("crs_contradicted", crs=stated_text(stated))
    how: CrsHow = "size"
    if stated.datum is not None:
        how = "header"
    elif case.file_format in ("geojson", "kml", "kmz"):
        how = "format"
    system = stated.datum if stated.datum and stated.datum.is_degrees else LONLAT
    choice = _settled(case, system, how, wide=how != "size")
    if choice is None or (how == "size" and too_wide(case)):
        raise unplaceable(case) or case.question("crs_unstated")
    return choice


def _metres(case: Case) -> Choice:
    prefixes = prefixes_of(case)
    refusal = None if prefixes else unplaceable(case)
    if refusal is not None:
        if mixed := _mixed(case, None):
            return mixed
        raise case.question("crs_unstated") if web_mercator_like(case.vertices) else refusal
    zones = sorted(prefix for prefix in prefixes if prefix)
    if len(zones) > 1:
        raise case.question("zones_mixed", zones=zones)
    if case.file_format == "geojson" and not zones:
        raise case.question("crs_unstated")
    datum = case.stated.datum
    if datum is not None and datum.is_shifted:
        raise case.question("crs_contradicted", crs=datum.name)
    if zones and prefixes[zones[0]] >= prefixes[0]:
        return _by_prefix(case, zones[0])
    return _by_header(case)


def _by_prefix(case: Case, prefix: int) -> Choice:
    stated, zone = case.stated, zone_of_number(prefix, prefixed=True)
    if zone is None or not stated.agrees(zone):
        other = stated.bare_zone()
        raise case.question(
            "zone_conflict",
            also=(_overruled(other, prefix),) if other else _own_meridian(case, prefix),
            stated=stated_text(stated),
            prefix=prefix,
        )
    if prefix in WEB_MERCATOR_PREFIXES and not stated.names_zone and stated.datum is None:
        raise case.question("zone_unknown")
    system = zone_system(zone)
    choice = _settled(case, system, "prefix", wide=False)
    if choice is None:
        raise _contradiction(case, system)
    return choice


def _overruled(zone: Zone, prefix: int) -> Also:
    """Give a zone, and its projection for eastings that begin with another zone's number."""
    crs = meridian_tm(zone.meridian, FALSE_EASTING + prefix * MILLION)
    return zone_system(replace(zone, prefixed=True)), System(name=crs.name, crs=crs)


def _own_meridian(case: Case, prefix: int) -> tuple[Also, ...]:
    """Give the projection of a stated meridian that no zone has, with the prefix as written."""
    meridian = case.stated.meridian
    if meridian is None or zone_of_meridian(meridian) is not None:
        return ()
    crs = meridian_tm(meridian, FALSE_EASTING + prefix * MILLION)
    system = System(name=crs.name, crs=crs)
    return ((system, system),)


def _mixed(case: Case, declared: System | None) -> Choice | None:
    """Place a file whose features all mix zones in themselves: none fits, each is refused."""
    low, high = row_prefixes(case.vertices)
    mixed = (low >= 0) & (low != high)
    seen = {*low[mixed].tolist(), *high[mixed].tolist()} - {0}
    if not seen or not mixed.all() or (declared is not None and declared.zone is None):
        return None
    stated = case.stated.zone
    zone = zone_of_number(stated if stated in seen and stated else min(seen), prefixed=True)
    if zone is None:
        return None
    system = declared or zone_system(zone)
    north_first = case.vertices.pairs[0, 0] < case.vertices.pairs[0, 1]
    order: AxisOrder = "ne" if north_first else "en"
    return Choice(
        system=system,
        how="declared" if declared else "prefix",
        order=order,
        order_how="prefix",
        fits=np.zeros(len(low), dtype=bool),
    )


def _by_header(case: Case) -> Choice:
    stated, zone = case.stated, case.stated.bare_zone()
    if zone is not None:
        system = zone_system(zone)
    elif stated.zone is None and stated.meridian is not None and stated.width not in (3, 6):
        crs = meridian_tm(stated.meridian)
        system = System(name=crs.name, crs=crs)
    elif stated.names_zone:
        also = _own_meridian(case, 0)
        raise case.question("zone_stated_wrong", also=also, stated=stated_text(stated))
    else:
        raise case.question("zone_unknown")
    choice = _settled(case, system, "header", wide=False)
    if choice is None:
        raise _contradiction(case, system)
    return choice


def _settled(case: Case, system: System, how: CrsHow, *, wide: bool) -> Choice | None:
    """Find the order of the two numbers in which most rows fit the system; None: in neither."""
    orders: tuple[AxisOrder, ...] = (case.chosen_axes,) if case.chosen_axes else ("en", "ne")
    for width in (False, True) if wide else (False,):
        fits = {one: _rows_fitting(case, system, one, wide=width) for one in orders}
        best = max(orders, key=lambda order: float(fits[order].mean()))
        if fits[best].mean() >= _HALF:
            break
    else:
        return None
    if len({float(one.mean()) for one in fits.values()}) < len(fits):
        is_either = bool(np.logical_and.reduce(list(fits.values())).any())
        best = _either(case, system) if is_either or case.axes is None else case.axes
    rows = _rows_fitting(case, system, best, wide=True) if wide else fits[best]
    return Choice(
        system=system, how=how, order=best, order_how=_order_how(case, system, best), fits=rows
    )


def _rows_fitting(case: Case, system: System, order: AxisOrder, *, wide: bool) -> Bools:
    fits = fitting(case.vertices, system, order, wide=wide)
    if wide and system.zone is not None:  # beyond the zone only as far as China
        east, north = case.vertices.east_north(order)
        lonlat = system.lonlat_of(np.column_stack([east, north])[fits])
        fits[fits] = in_china(lonlat[:, 0], lonlat[:, 1])
    return case.vertices.all_of_row(fits)


def _either(case: Case, system: System) -> AxisOrder:
    """Return the format's order where the numbers could be either, if it binds anybody."""
    bound = case.axes == "en" and (case.declared or case.chosen)
    if case.axes is not None and (system.is_degrees or bound):
        return case.axes
    raise case.question("axes_unknown", about="axes")


def _order_how(case: Case, system: System, order: AxisOrder) -> AxesHow:
    if case.chosen_axes:
        return "chosen"
    if case.axes == order and (order == "en" or system.is_degrees):
        return "format"
    return "prefix" if system.zone and system.zone.prefixed else "size"


def _contradiction(case: Case, system: System) -> PlannerError:
    if case.chosen_axes:
        free = replace(case, chosen_axes=None)
        if _settled(free, system, "chosen", wide=system.is_degrees) is not None:
            return free.question("axes_contradicted", about="axes", axes=case.chosen_axes)
    prefixes = prefixes_of(case)
    prefix = prefixes.most_common(1)[0][0] if prefixes else 0
    if system.zone and prefix and prefix != system.zone.number:
        also = (_overruled(system.zone, prefix),)
        return case.question("zone_conflict", also=also, stated=system.name, prefix=prefix)
    return (None if prefixes else unplaceable(case)) or case.question(
        "crs_contradicted", crs=system.name
    )
