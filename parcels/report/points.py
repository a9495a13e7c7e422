"""界址点成果表: the points of each ring with the length to the next, and the areas they enclose."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.systems import read_system
from parcels.export_systems import system_text
from parcels.report.basis import accuracy_notice, basis
from parcels.report.figures import exact, figure, rounded, written
from parcels.report.model import Block, Cell, Column, Fact, Facts, Heading, Notes, Signatures, Table
from parcels.report.parcel_facts import area_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.report.given import Entry, Given

COORDINATE_PLACES, LENGTH_PLACES = 3, 2
_NAMES = {"point": 1.2, "north": 2.2, "east": 2.2, "side": 1.6}
_AREAS = (("area_m2", "m2"), ("area_m2", "ha"), ("area_m2", "mu"), ("plane_m2", "m2"))


def title(given: Given) -> str:
    """Name the table; the system is in its name only where it is known to be CGCS2000."""
    code = given.content.get("system") or ""
    known = code and read_system(code).zone is not None
    return given.say("title.points_cgcs2000" if known else "title.points")


def points(given: Given, parcels: Sequence[Entry]) -> Iterator[Block]:
    """Give a table for each ring; parcels without points are named, never left out in silence.

    Raises
    ------
    PlannerError
        ``report_points_public``, ``report_points_degrees``, ``report_points_none``.
    """
    listed = [one for one in parcels if one.get("rings")]
    lacking = [one for one in parcels if not one.get("rings")]
    _require(given, listed, lacking)
    yield Notes(
        name="system", title="", lines=(_system(given), Cell(text=given.say("points.sides")))
    )
    yield from accuracy_notice(given)
    if lacking:
        yield _left_out(given, lacking)
    for number, one in enumerate(listed):
        yield from _parcel(given, one, new_page=number > 0)
    yield from basis(given, parcels, new_page=True)


def _require(given: Given, listed: Sequence[Entry], lacking: Sequence[Entry]) -> None:
    if given.content["level"] == "public":
        raise PlannerError("report_points_public")
    if not listed:
        raise PlannerError("report_points_none", parcels=[given.label(one) for one in lacking])
    code = given.content.get("system") or ""
    if code and read_system(code).is_degrees:
        raise PlannerError("report_points_degrees", system=code)


def _system(given: Given) -> Cell:
    """Name system and zone; a file that does not say leaves them unknown."""
    code = given.content.get("system") or ""
    if not code:
        return Cell(text=given.say("points.system_unknown"), rests=("system",))
    system = read_system(code)
    words = system_text(given.lang, system) if system.zone else given.beside(system.name, code)
    return given.cell(given.say("points.system", system=words), "system")


def _left_out(given: Given, lacking: Sequence[Entry]) -> Notes:
    return Notes(
        name="left_out",
        title=given.say("points.left_out", count=len(lacking)),
        lines=tuple(
            given.cell(
                given.say("points.no_outline", label=given.label(one)),
                f"{given.place(one)}/rings",
                f"{given.place(one)}/geometry_class",
            )
            for one in lacking
        ),
    )


def _parcel(given: Given, parcel: Entry, *, new_page: bool) -> Iterator[Block]:
    at = given.place(parcel)
    yield Heading(
        text=given.say("parcel", label=given.label(parcel)),
        key=str(parcel["key"]),
        label=given.label(parcel),
        new_page=new_page,
        rests=(f"{at}/id", f"{at}/name"),
    )
    for number, ring in enumerate(parcel["rings"]):
        yield _ring(given, ring, number, f"{at}/rings/{number}")
    yield _areas(given, parcel, at)
    yield Signatures(
        boxes=tuple(
            Fact(
                name=one,
                label=given.say(f"signature.{one}"),
                value=Cell(text=given.say("signature.blank") if one == "date" else ""),
            )
            for one in ("maker", "checker", "date")
        )
    )


def _ring(given: Given, ring: Entry, number: int, place: str) -> Table:
    """List the points of a ring; the first stands again at the end."""
    spots, names = ring["north_east"], ring["names"]
    around = [*range(len(spots)), 0] if spots else []
    last = len(around) - 1
    kind = "hole" if ring["hole"] else "outer"
    return Table(
        name="points",
        title=given.say(f"points.{kind}", number=number + 1, count=len(spots)),
        columns=tuple(
            Column(
                name=name,
                label=given.say(f"columns.{name}"),
                width=width,
                kind="text" if name == "point" else "number",
                places=LENGTH_PLACES if name == "side" else COORDINATE_PLACES,
            )
            for name, width in _NAMES.items()
        ),
        rows=tuple(
            (
                given.cell(names[at], f"{place}/names/{at}"),
                *_spot(given, spots[at], f"{place}/north_east/{at}"),
                Cell() if row == last else _side(spots, at, place),
            )
            for row, at in enumerate(around)
        ),
        empty=given.unknown,
    )


def _spot(given: Given, spot: Sequence[float], place: str) -> tuple[Cell, Cell]:
    north, east = (
        figure(one, COORDINATE_PLACES, (f"{place}/{axis}",), unknown=given.unknown, grouped=False)
        for axis, one in enumerate(spot)
    )
    return north, east


def _side(spots: Sequence[Sequence[float]], at: int, place: str) -> Cell:
    """Write the plane length from a point to the next, from unrounded coordinates."""
    after = (at + 1) % len(spots)
    number = rounded(exact(math.dist(spots[at], spots[after])), LENGTH_PLACES)
    rests = (f"{place}/north_east/{at}", f"{place}/north_east/{after}")
    return Cell(text=written(number), number=number, rests=rests)


def _areas(given: Given, parcel: Entry, at: str) -> Facts:
    return Facts(
        rows=tuple(
            Fact(
                name=f"{source}_{unit}",
                label=given.say(f"points.{source}", unit=given.say(f"unit.{unit}")),
                value=area_cell(given, parcel.get(source), unit, f"{at}/{source}"),
            )
            for source, unit in _AREAS
        )
    )
