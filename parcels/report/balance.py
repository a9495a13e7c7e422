"""用地平衡表: the land of each scenario by code in both schemes; parts add up to their total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.report.basis import accuracy_notice, basis
from parcels.report.figures import exact, figure, in_unit, is_number, rounded, shares, written
from parcels.report.model import Block, Cell, Column, Fact, Facts, Heading, Notes, Table
from parcels.report.parcel_facts import area_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcels.report.given import Entry, Given

_PLACES = {"m2": 2, "ha": 4, "mu": 2, "share": 2}
_MOST_NAMES = 3
_SAVED = ("version", "saved_by", "saved_at")


def balance(given: Given, parcels: Sequence[Entry]) -> Iterator[Block]:  # noqa: ARG001 -- one shape
    """Give the tables of every scenario of the snapshot, each on its own page."""
    yield Notes(name="reading", title="", lines=(Cell(text=given.say("balance.reading")),))
    yield from _notices(given)
    yield from accuracy_notice(given)
    titles = _titles(given)
    for at, one in enumerate(given.answers.get("scenarios") or ()):
        place = f"answers/scenarios/{at}"
        yield Heading(
            text=given.say("balance.scenario", name=given.cell(one["name"]).text),
            key=str(one["id"]),
            label=given.cell(one["name"]).text,
            new_page=at > 0,
            rests=(f"{place}/name",),
        )
        yield _about(given, one, at)
        for number, table in enumerate(one.get("balance") or ()):
            yield from _scheme(given, table, titles, f"{place}/balance/{number}")
        yield from _ledger(given, one.get("ledger") or {}, f"{place}/ledger")
    yield from basis(given, new_page=True)


def _titles(given: Given) -> Mapping[str, str]:
    """Names of the elements by id."""
    return {
        one["id"]: given.cell(one.get("title")).text
        for scenario in given.content.get("scenarios") or ()
        for one in scenario["elements"]
    }


def _notices(given: Given) -> Iterator[Notes]:
    notices = given.answers.get("notices") or ()
    if notices:
        yield Notes(
            name="notices",
            title="",
            lines=tuple(
                given.cell(one["text"], f"answers/notices/{at}") for at, one in enumerate(notices)
            ),
        )


def _about(given: Given, scenario: Entry, at: int) -> Facts:
    """Say whose scenario it is, of which version, and how far its outlines are known."""
    place = f"answers/scenarios/{at}"
    saved = given.say(
        "balance.saved",
        version=scenario.get("version") or given.unknown,
        by=given.who({"by": scenario.get("saved_by")}),
        at=given.moment(scenario.get("saved_at")),
    )
    rows = {"outlines": _outlines(given, at)}
    if "version" in scenario:
        rows["saved"] = given.cell(saved, *(f"{place}/{one}" for one in _SAVED if one in scenario))
    return Facts(
        rows=tuple(
            Fact(name=name, label=given.say(f"balance.{name}_label"), value=value, wide=True)
            for name, value in rows.items()
        )
    )


def _outlines(given: Given, at: int) -> Cell:
    """Count the elements by where their outline comes from, with the worst accuracy of each."""
    elements = (given.content.get("scenarios") or [{}])[at].get("elements") or ()
    said = []
    for kind in dict.fromkeys(str(one.get("geometry_class") or "") for one in elements):
        own = [one for one in elements if str(one.get("geometry_class") or "") == kind]
        metres = [float(one["accuracy_m"]) for one in own if is_number(one.get("accuracy_m"))]
        worst = max(metres) if len(metres) == len(own) else None
        word = given.word(f"map.geometry_{kind}", kind or given.unknown)
        off = given.unknown
        if worst is not None:
            off = f"±{figure(worst, 0 if worst >= 1 else 2, (), unknown='').text} m"
        said.append(given.say("balance.outline", kind=word, count=len(own), off=off))
    mark = text(given.lang, "ui.review.clause_mark")
    return given.cell(mark.join(said), f"scenarios/{at}/elements")


def _scheme(
    given: Given, table: Entry, titles: Mapping[str, str], place: str
) -> Iterator[Table | Notes]:
    """Give the table of one scheme, then what it does not count and what it counts once."""
    rows = table["rows"]
    columns = {unit: _column(rows, unit) for unit in _PLACES}
    widths = {"code": 1.2, "use": 3, "m2": 2.2, "ha": 1.8, "mu": 1.8, "share": 1.3, "elements": 4}
    yield Table(
        name="balance",
        title=given.cell(table["title"]).text,
        columns=tuple(
            Column(
                name=name,
                label=given.say(f"balance.column_{name}"),
                width=width,
                kind="number" if name in _PLACES else "text",
                places=_PLACES.get(name, 0),
            )
            for name, width in widths.items()
        ),
        rows=tuple(
            (
                *_named(given, row, f"{place}/rows/{at}"),
                *(_number(columns[unit][at], unit, f"{place}/rows/{at}") for unit in _PLACES),
                _elements(given, row, titles, f"{place}/rows/{at}"),
            )
            for at, row in enumerate(rows)
        ),
        foot=(_total(given, table, columns, place),) if rows else (),
        empty=given.say("balance.empty"),
    )
    yield from _remarks(given, table, titles, place, columns)


def _column(rows: Sequence[Entry], unit: str) -> list[tuple[Decimal, bool]]:
    """Round the rows of a table so that they add up: classes to the total, groups by classes."""
    values = [_value(one, unit) for one in rows]
    leaves = [at for at, one in enumerate(rows) if one["standing"] != "group"]
    found = dict(zip(leaves, shares([values[at] for at in leaves], _PLACES[unit]), strict=True))
    for at, one in enumerate(rows):
        if one["standing"] == "group":
            own = sum((found[leaf][0] for leaf in _classes(rows, at)), Decimal(0))
            found[at] = (own, own != rounded(values[at], _PLACES[unit]))
    return [found[at] for at in range(len(rows))]


def _classes(rows: Sequence[Entry], group: int) -> Iterator[int]:
    """Give the positions of the classes of a group: those that follow it."""
    for at in range(group + 1, len(rows)):
        if rows[at]["standing"] != "class":
            return
        yield at


def _value(row: Entry, unit: str) -> Decimal:
    if unit == "share":
        return exact(float(row["share"])) * 100
    return in_unit(exact(float(row["area_m2"])), unit)


def _number(rounded_: tuple[Decimal, bool], unit: str, place: str) -> Cell:
    number, moved = rounded_
    rests = (f"{place}/{'share' if unit == 'share' else 'area_m2'}",)
    return Cell(text=written(number, moved=moved), number=number, rests=rests, moved=moved)


def _named(given: Given, row: Entry, place: str) -> tuple[Cell, Cell]:
    name = row.get("name") or text(given.lang, f"ui.sketch.balance_{row['standing']}")
    return (
        Cell(text=given.cell(row["code"] or "—").text, rests=(f"{place}/code",)),
        given.cell(name, f"{place}/name", f"{place}/standing"),
    )


def _elements(given: Given, row: Entry, titles: Mapping[str, str], place: str) -> Cell:
    """Name the elements of a row; of many the first ones and how many they are."""
    if row["standing"] == "group":
        return Cell()
    named = [titles.get(one, one) for one in row["elements"]]
    words = text(given.lang, "ui.list_mark").join(named[:_MOST_NAMES])
    more = given.say("balance.more", count=len(named)) if len(named) > _MOST_NAMES else ""
    return given.cell(f"{words}{more}", f"{place}/elements")


def _total(
    given: Given, table: Entry, columns: Mapping[str, list[tuple[Decimal, bool]]], place: str
) -> tuple[Cell, ...]:
    leaves = [at for at, one in enumerate(table["rows"]) if one["standing"] != "group"]
    sums = {
        unit: sum((column[at][0] for at in leaves), Decimal(0)) for unit, column in columns.items()
    }
    return (
        Cell(),
        Cell(text=given.say("total")),
        *(
            Cell(
                text=written(sums[unit]),
                number=sums[unit],
                rests=tuple(f"{place}/rows/{at}/share" for at in leaves)
                if unit == "share"
                else (f"{place}/total_m2",),
            )
            for unit in _PLACES
        ),
        Cell(),
    )


def _remarks(
    given: Given,
    table: Entry,
    titles: Mapping[str, str],
    place: str,
    columns: Mapping[str, list[tuple[Decimal, bool]]],
) -> Iterator[Notes]:
    lines = [
        given.cell(
            given.say(
                "balance.overlap",
                counted=titles.get(one["counted"], one["counted"]),
                left=titles.get(one["left"], one["left"]),
                area=area_cell(given, one["area_m2"], "m2").text,
            ),
            f"{place}/overlaps/{at}",
        )
        for at, one in enumerate(table.get("overlaps") or ())
    ]
    lines += [
        given.cell(given.say("balance.unmeasured", title=one["title"]), f"{place}/unmeasured/{at}")
        for at, one in enumerate(table.get("unmeasured") or ())
    ]
    if any(moved for column in columns.values() for _, moved in column):
        lines.append(Cell(text=given.say("moved")))
    if lines:
        yield Notes(name=f"balance_{table['scheme']}", title="", lines=tuple(lines))


def _ledger(given: Given, ledger: Entry, place: str) -> Iterator[Table | Notes]:
    """List the land account: gross, roads, green and water, setbacks, net; unknown stays so."""
    lines = ledger.get("lines") or ()
    if not lines:
        return
    units = ("m2", "ha", "mu")
    yield Table(
        name="ledger",
        title=given.say("balance.ledger"),
        columns=(
            Column(name="part", label=given.say("balance.column_use"), width=3),
            *(
                Column(
                    name=one,
                    label=given.say(f"balance.column_{one}"),
                    width=2,
                    kind="number",
                    places=_PLACES[one],
                )
                for one in units
            ),
        ),
        rows=tuple(
            (
                given.cell(line["title"], f"{place}/lines/{at}/title"),
                *(_ledger_area(given, line, unit, f"{place}/lines/{at}") for unit in units),
            )
            for at, line in enumerate(lines)
        ),
    )
    needs = ledger.get("needs") or ()
    if needs:
        yield Notes(
            name="ledger_needs",
            title=given.say("balance.needs"),
            lines=tuple(given.cell(one, f"{place}/needs/{at}") for at, one in enumerate(needs)),
        )


def _ledger_area(given: Given, line: Entry, unit: str, place: str) -> Cell:
    if not line.get("asked", True):
        return Cell(text=given.say("balance.not_asked"), rests=(f"{place}/asked",))
    if not is_number(line["area_m2"]):
        return Cell(text=given.unknown, rests=(f"{place}/area_m2",))
    number = rounded(in_unit(exact(float(line["area_m2"])), unit), _PLACES[unit])
    return Cell(text=written(number), number=number, rests=(f"{place}/area_m2",))
