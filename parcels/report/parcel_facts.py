"""What is known of a parcel: name, place, area in three units, use, where its shape comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from layers.codes import SCHEMES, codes_for_use, look_up
from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.report.figures import AREA_PLACES, exact, figure, in_unit, is_number, rounded, written
from parcels.report.finding_lists import verdict
from parcels.report.model import Cell, Fact, Facts

if TYPE_CHECKING:
    from layers.codes import Scheme
    from parcels.report.given import Entry, Given

_SIDES = ("N", "E", "S", "W")
_WIDE = {"verdict", "location", "use"}


def parcel_facts(given: Given, parcel: Entry) -> Facts:
    """Give the facts of a parcel; what is not known is said to be unknown."""
    at = given.place(parcel)
    rows = {
        "verdict": counted(given, parcel, at),
        "id": given.cell(parcel.get("id"), f"{at}/id"),
        "name": given.cell(parcel.get("name"), f"{at}/name"),
        **_areas(given, parcel, at),
        "declared": _declared(given, parcel, at),
        "geometry": _geometry(given, parcel, at),
        "accuracy": _accuracy(given, parcel, at),
        "location": _location(given, parcel, at),
        "use": given.cell((parcel.get("use") or {}).get("text"), f"{at}/use/text"),
        **{f"use_{one}": _use(given, parcel, at, one) for one in SCHEMES},
    }
    labels = {f"use_{one}": text(given.lang, f"ui.scheme.{one}") for one in SCHEMES}
    return Facts(
        rows=tuple(
            Fact(
                name=name,
                label=labels.get(name) or given.say(f"facts.{name}"),
                value=value,
                wide=name in _WIDE or name in labels,
            )
            for name, value in rows.items()
        )
    )


def area_cell(given: Given, square_metres: object, unit: str, *rests: str) -> Cell:
    """Write an area in one unit, with the unit; unknown stays unknown."""
    if not is_number(square_metres):
        return Cell(text=given.unknown, rests=rests)
    number = rounded(in_unit(exact(float(str(square_metres))), unit), AREA_PLACES[unit])
    name = given.say(f"unit.{unit}")
    return Cell(text=f"{written(number)} {name}", number=number, unit=name, rests=rests)


def counted(given: Given, parcel: Entry, at: str) -> Cell:
    """Say the verdict on a parcel with the number of its findings by outcome: all five."""
    found = parcel.get("counts") or {}
    whole = verdict(given, parcel.get("outcome") or "unknown", f"{at}/outcome", f"{at}/counts")
    numbers = "　".join(
        f"{text(given.lang, f'outcome.{one}')} {found.get(one, given.unknown)}" for one in OUTCOMES
    )
    return Cell(text=given.beside(whole.text, numbers), rests=whole.rests)


def _areas(given: Given, parcel: Entry, at: str) -> dict[str, Cell]:
    area = parcel.get("area_m2")
    found = {f"area_{one}": area_cell(given, area, one, f"{at}/area_m2") for one in AREA_PLACES}
    if parcel.get("geometry_class") != "surveyed" and is_number(area):
        found = {
            name: replace(one, text=given.say("about", amount=one.text))
            for name, one in found.items()
        }
    if is_number(parcel.get("plane_m2")):
        found["plane"] = area_cell(given, parcel["plane_m2"], "m2", f"{at}/plane_m2")
    return found


def _declared(given: Given, parcel: Entry, at: str) -> Cell:
    """Show the declared area in m², and as it was typed."""
    typed, rests = parcel.get("declared_text") or "", (f"{at}/declared_text", f"{at}/declared_m2")
    if not typed:
        return Cell(text=given.say("not_declared"), rests=rests)
    area = area_cell(given, parcel.get("declared_m2"), "m2")
    return given.cell(given.say("declared", area=area.text, typed=typed), *rests)


def _geometry(given: Given, parcel: Entry, at: str) -> Cell:
    kind = parcel.get("geometry_class") or ""
    words = given.word(f"map.geometry_{kind}", kind) if kind else given.say("no_geometry")
    return Cell(text=words, rests=(f"{at}/geometry_class",))


def _accuracy(given: Given, parcel: Entry, at: str) -> Cell:
    """Write how far off a place may be; whole metres from 10 m on."""
    metres, rests = parcel.get("accuracy_m"), (f"{at}/accuracy_m",)
    if not is_number(metres):
        return Cell(text=given.unknown, rests=rests)
    found = figure(metres, 0 if float(str(metres)) >= 10 else 2, rests, unknown=given.unknown)  # noqa: PLR2004
    return Cell(text=f"±{found.text} m", number=found.number, unit="m", rests=rests)


def _location(given: Given, parcel: Entry, at: str) -> Cell:
    """Repeat the words that locate a parcel, and the sides they name."""
    words = [str(parcel.get("location_text") or "")]
    bounds = parcel.get("bounds") or {}
    mark = text(given.lang, "ui.list_mark")
    sides = [
        f"{text(given.lang, f'ui.extract.side_{one}')} "
        + (mark.join(bounds.get(one) or ()) or text(given.lang, "ui.extract.not_given"))
        for one in _SIDES
    ]
    if any(bounds.values()):
        words.append(given.say("sides", sides="；".join(sides)))
    said = "\n".join(one for one in words if one)
    if not said:
        return Cell(text=given.say("no_words"), rests=(f"{at}/location_text",))
    return given.cell(said, f"{at}/location_text", f"{at}/bounds")


def _use(given: Given, parcel: Entry, at: str, scheme: Scheme) -> Cell:
    """Give the class of a use in a scheme: as the file has it, or as its words are read.

    A code of one scheme is never turned into one of another.
    """
    use = parcel.get("use") or {}
    rests = (f"{at}/use",)
    if use.get("code"):
        return _coded(given, use, scheme, rests)
    reading = next(
        one for one in codes_for_use(use.get("text") or "").readings if one.scheme == scheme
    )
    if reading.code is None:
        return Cell(text=given.unknown, rests=rests)
    words = f"{reading.code.code} {reading.code.name}"
    told = [text(given.lang, f"note.{reading.note}.text")] if reading.note else []
    told += (
        [given.say("sub_classes", codes=[one.code for one in reading.options])]
        if reading.options
        else []
    )
    told.append(text(given.lang, f"mark.{reading.code.mark}"))
    return Cell(text=given.beside(words, " ".join(told)), rests=rests)


def _coded(given: Given, use: Entry, scheme: Scheme, rests: tuple[str, ...]) -> Cell:
    """Show the code of the file in its own scheme; with another it says nothing."""
    if use.get("scheme") != scheme:
        return Cell(text=given.unknown, rests=rests)
    try:
        name = look_up(use["code"], scheme).name
    except PlannerError:
        name = given.say("code_not_in_scheme")
    return given.cell(f"{use['code']} {name}", *rests)
