"""The overview of a batch: findings by outcome, then a row for each parcel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.report.figures import (
    AREA_PLACES,
    exact,
    figure,
    in_unit,
    is_number,
    rounded,
    shares,
    written,
)
from parcels.report.finding_lists import sign_width, verdict
from parcels.report.model import Block, Cell, Column, Fact, Facts, Notes, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from parcels.report.given import Entry, Given


def totals(given: Given, parcels: Sequence[Entry]) -> Facts:
    """Count findings of the parcels that are shown, by outcome, and their opinions."""
    rests = tuple(f"{given.place(one)}/counts" for one in parcels)
    told = tuple(f"{given.place(one)}/outcome" for one in parcels)
    rows = [
        Fact(
            name="verdicts",
            label=given.say("facts.verdict"),
            value=Cell(text=_verdicts(given, parcels), rests=told),
            wide=True,
        ),
        Fact(
            name="parcels",
            label=given.say("facts.parcels"),
            value=Cell(
                text=given.say("counted_parcels", shown=len(parcels), count=len(given.parcels)),
                rests=("parcels",),
            ),
        ),
    ]
    for outcome in OUTCOMES:
        count = sum((one.get("counts") or {}).get(outcome, 0) for one in parcels)
        label = f"{given.say(f'glyph.{outcome}')} {text(given.lang, f'outcome.{outcome}')}"
        held = given.withheld.get(outcome, 0) if len(parcels) == len(given.parcels) else 0
        said = given.say(
            "counted_withheld" if held else "counted_findings",
            count=f"{count:,}",
            withheld=f"{held:,}",
        )
        own = (*rests, f"withheld/findings/{outcome}") if held else rests
        rows.append(Fact(name=outcome, label=label, value=Cell(text=said, rests=own)))
    return Facts(rows=tuple(rows))


def _verdicts(given: Given, parcels: Sequence[Entry]) -> str:
    """Say how many parcels have which verdict, the gravest first."""
    found = [one.get("outcome") or "unknown" for one in parcels]
    return given.say(
        "verdicts",
        counts="　".join(
            given.say(
                "verdict_of",
                sign=given.say(f"glyph.{one}"),
                outcome=text(given.lang, f"outcome.{one}"),
                count=f"{found.count(one):,}",
            )
            for one in OUTCOMES
            if one in found
        ),
    )


def overview(given: Given, parcels: Sequence[Entry]) -> Iterator[Block]:
    """List the parcels; say under the table what a marked figure means."""
    places = [given.place(one) for one in parcels]
    areas = _areas(given, parcels, places)
    columns = [
        Column(name="number", label=given.say("columns.number"), width=8, kind="number"),
        Column(name="id", label=given.say("columns.parcel_id"), width=14),
        Column(name="name", label=given.say("columns.name"), width=28),
        *(
            Column(
                name=f"area_{one}",
                label=given.say(f"columns.area_{one}"),
                width=19,
                kind="number",
                places=places_,
            )
            for one, places_ in AREA_PLACES.items()
        ),
        Column(name="outcome", label=given.say("columns.outcome"), width=sign_width(given)),
        *(
            Column(name=one, label=text(given.lang, f"outcome.{one}"), width=11, kind="number")
            for one in OUTCOMES
        ),
        Column(name="opinion", label=given.say("columns.opinion"), width=16),
    ]
    yield Table(
        name="overview",
        title=given.say("overview"),
        columns=tuple(columns),
        rows=tuple(
            _overview_row(
                given, parcel, at, number, [areas[unit][number - 1] for unit in AREA_PLACES]
            )
            for number, (parcel, at) in enumerate(zip(parcels, places, strict=True), start=1)
        ),
        foot=(_overview_foot(given, parcels, places),),
    )
    if any(one.moved for column in areas.values() for one in column):
        yield Notes(name="moved", title="", lines=(Cell(text=given.say("moved")),))


def _overview_row(
    given: Given, parcel: Entry, at: str, number: int, areas: Sequence[Cell]
) -> tuple[Cell, ...]:
    counts = parcel.get("counts") or {}
    return (
        Cell(text=str(number), rests=(at,)),
        given.cell(parcel.get("id"), f"{at}/id"),
        given.cell(parcel.get("name"), f"{at}/name"),
        *areas,
        verdict(given, parcel.get("outcome") or "unknown", f"{at}/outcome"),
        *(
            figure(counts.get(one), 0, (f"{at}/counts/{one}",), unknown=given.unknown)
            for one in OUTCOMES
        ),
        Cell(text=_opinion_words(given, parcel), rests=(f"{at}/said/opinion",)),
    )


def _areas(given: Given, parcels: Sequence[Entry], places: Sequence[str]) -> dict[str, list[Cell]]:
    """Write areas so that they add up to the total, where all are known."""
    found: dict[str, list[Cell]] = {}
    known = [one.get("area_m2") for one in parcels]
    whole = all(is_number(one) for one in known)
    for unit, decimals in AREA_PLACES.items():
        rests = [(f"{at}/area_m2",) for at in places]
        if whole:
            parts = shares([in_unit(exact(float(str(one))), unit) for one in known], decimals)
            found[unit] = [
                Cell(text=written(number, moved=moved), number=number, rests=rest, moved=moved)
                for (number, moved), rest in zip(parts, rests, strict=True)
            ]
        else:
            found[unit] = [
                _area(given, one, unit, rest) for one, rest in zip(known, rests, strict=True)
            ]
    return found


def _area(given: Given, area: object, unit: str, rests: tuple[str, ...]) -> Cell:
    if not is_number(area):
        return Cell(text=given.unknown, rests=rests)
    number = rounded(in_unit(exact(float(str(area))), unit), AREA_PLACES[unit])
    return Cell(text=written(number), number=number, rests=rests)


def _overview_foot(
    given: Given, parcels: Sequence[Entry], places: Sequence[str]
) -> tuple[Cell, ...]:
    """Add up; a total with an unknown part is unknown, and says how many parts are."""
    rests = tuple(f"{at}/area_m2" for at in places)
    known = [exact(float(one["area_m2"])) for one in parcels if is_number(one.get("area_m2"))]
    lacking = len(parcels) - len(known)
    counts = [sum((one.get("counts") or {}).get(name, 0) for one in parcels) for name in OUTCOMES]
    told = tuple(f"{at}/counts" for at in places)
    areas = [
        Cell(text=given.say("unknown_of", count=lacking), rests=rests)
        if lacking
        else _sum(known, unit, rests)
        for unit in AREA_PLACES
    ]
    return (
        Cell(),
        Cell(text=given.say("total")),
        Cell(),
        *areas,
        Cell(),
        *(figure(one, 0, told, unknown=given.unknown) for one in counts),
        Cell(),
    )


def _sum(known: Sequence[Decimal], unit: str, rests: tuple[str, ...]) -> Cell:
    number = rounded(sum((in_unit(one, unit) for one in known), exact(0.0)), AREA_PLACES[unit])
    return Cell(text=written(number), number=number, rests=rests)


def _opinion_words(given: Given, parcel: Entry) -> str:
    signed = (parcel.get("said") or {}).get("opinion")
    if not signed:
        return given.say("no_opinion")
    words = text(given.lang, f"reviews.verdict.{signed['verdict']}")
    return words if signed.get("valid") else given.beside(words, given.say("void"))
