"""审查意见表: a parcel with three lists of findings, or a batch with an overview before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.report.basis import accuracy_notice, basis, data_gaps
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
from parcels.report.finding_lists import finding_lists, override_words, sign_width, verdict
from parcels.report.model import Block, Cell, Column, Fact, Facts, Heading, Notes, Signatures, Table
from parcels.report.parcel_facts import parcel_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from parcels.report.given import Entry, Given

_BOXES = ("first", "second", "deputy", "head")
_MOST_GAPS = 12


def opinion(given: Given, parcels: Sequence[Entry]) -> Iterator[Block]:
    """Give the blocks for some parcels of a review; several have an overview first."""
    yield Notes(
        name="reading",
        title="",
        lines=(Cell(text=given.say("reading", ids=given.say("ids.opinion"))),),
    )
    if len(parcels) > 1:
        yield from accuracy_notice(given)
        yield _totals(given, parcels)
        yield _overview(given, parcels)
        yield data_gaps(given, _MOST_GAPS)
    for one in parcels:
        yield from _parcel(given, one, new_page=len(parcels) > 1)
    yield from basis(given, parcels, new_page=len(parcels) > 1)


def _parcel(given: Given, parcel: Entry, *, new_page: bool) -> Iterator[Block]:
    at = given.place(parcel)
    yield Heading(
        text=given.say("parcel", label=given.label(parcel)),
        key=str(parcel["key"]),
        label=given.label(parcel),
        new_page=new_page,
        rests=(f"{at}/id", f"{at}/name"),
    )
    yield from accuracy_notice(given)
    yield parcel_facts(given, parcel)
    yield from finding_lists(given, parcel)
    yield from _said(given, parcel, at)
    yield _signatures(given, parcel, at)


def _totals(given: Given, parcels: Sequence[Entry]) -> Facts:
    """Count findings of the parcels that are shown, by outcome, and their opinions."""
    rests = tuple(f"{given.place(one)}/counts" for one in parcels)
    rows = [
        Fact(
            name="parcels",
            label=given.say("facts.parcels"),
            value=Cell(
                text=given.say("counted_parcels", shown=len(parcels), count=len(given.parcels)),
                rests=("parcels",),
            ),
        )
    ]
    for outcome in OUTCOMES:
        count = sum((one.get("counts") or {}).get(outcome, 0) for one in parcels)
        label = f"{given.say(f'glyph.{outcome}')} {text(given.lang, f'outcome.{outcome}')}"
        value = Cell(text=given.say("counted_findings", count=f"{count:,}"), rests=rests)
        rows.append(Fact(name=outcome, label=label, value=value))
    return Facts(rows=tuple(rows))


def _overview(given: Given, parcels: Sequence[Entry]) -> Table:
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
    return Table(
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


def _said(given: Given, parcel: Entry, at: str) -> Iterator[Block]:
    """Give the opinion with name and day, then verdicts of persons, then remarks."""
    said = parcel.get("said") or {}
    signed = said.get("opinion")
    lines = (
        [_signed(given, signed, at)]
        if signed
        else [Cell(text=given.say("no_opinion"), rests=(f"{at}/said/opinion",))]
    )
    yield Notes(name="opinion", title=given.say("opinion"), lines=tuple(lines))
    overrides = said.get("overrides") or ()
    if overrides:
        yield Notes(
            name="overrides",
            title=given.say("overrides", count=len(overrides)),
            lines=tuple(
                _override(given, one, f"{at}/said/overrides/{number}", parcel)
                for number, one in enumerate(overrides)
            ),
        )
    comments = said.get("comments") or ()
    if comments:
        yield Notes(
            name="comments",
            title=given.say("comments", count=len(comments)),
            lines=tuple(
                given.cell(
                    f"{given.who(one)} {given.moment(one['at'])}：{one['text']}",
                    f"{at}/said/comments/{number}",
                )
                for number, one in enumerate(comments)
            ),
        )


def _signed(given: Given, signed: Entry, at: str) -> Cell:
    words = given.say(
        "signed",
        verdict=text(given.lang, f"reviews.verdict.{signed['verdict']}"),
        reason=signed.get("reason") or ("—" if given.is_internal else given.kept_back),
        by=given.who(signed),
        at=given.moment(signed["at"]),
    )
    if not signed.get("valid"):
        changed = [
            text(given.lang, f"reviews.changed.{one}") for one in signed.get("changed") or ()
        ]
        words += given.say("void_because", changed=changed)
    return given.cell(words, f"{at}/said/opinion")


def _override(given: Given, override: Entry, place: str, parcel: Entry) -> Cell:
    titles = {(one["check"], one["rule_id"]): one for one in given.findings.get(parcel["key"], ())}
    about = titles.get((override["check"], override["rule"]))
    title = (about or {}).get("rule_title") or override["rule"]
    stands = "" if override.get("counts") else given.say("override_ended")
    rests = (place, about["id"]) if about else (place,)
    return given.cell(f"{title}：{override_words(given, override)}{stands}", *rests)


def _signatures(given: Given, parcel: Entry, at: str) -> Signatures:
    """Give the boxes; who signed an opinion that stands has the first."""
    signed = (parcel.get("said") or {}).get("opinion") or {}
    rests = (f"{at}/said/opinion",)
    blank = Cell(text=given.say("signature.blank"))
    first = blank
    if signed.get("valid"):
        words = [
            text(given.lang, f"reviews.verdict.{signed['verdict']}"),
            given.who(signed),
            str(signed["at"])[:10],
        ]
        first = given.cell("\n".join(words), *rests)
    return Signatures(
        boxes=tuple(
            Fact(
                name=one,
                label=given.say(f"signature.{one}"),
                value=first if one == "first" else blank,
            )
            for one in _BOXES
        )
    )
