"""亩均排名: the firms of a table scored by each scheme, and the zone's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.report.basis import basis
from parcels.report.figures import exact, figure, is_number, rounded, written
from parcels.report.model import Block, Cell, Column, Fact, Facts, Heading, Notes, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.report.given import Entry, Given

_SCORE_PLACES = 2


def ranking(given: Given, parcels: Sequence[Entry]) -> Iterator[Block]:  # noqa: ARG001 -- one shape
    """Give a table of firms for each scheme that was used."""
    yield Notes(name="reading", title="", lines=(Cell(text=given.say("ranking.reading")),))
    for at, one in enumerate(given.answers.get("results") or ()):
        yield from _scheme(given, one, f"answers/results/{at}", new_page=at > 0)
    yield from _zone(given)
    yield from basis(given)


def _scheme(given: Given, result: Entry, place: str, *, new_page: bool) -> Iterator[Block]:
    yield Heading(
        text=given.cell(result["title"]).text,
        name=str(result["scheme"]),
        new_page=new_page,
        rests=(f"{place}/title",),
    )
    yield _about(given, result, place)
    yield _rows(given, result, place)
    yield from _told(given, result, place)


def _about(given: Given, result: Entry, place: str) -> Facts:
    titles = result.get("denominator_titles") or {}
    used = result.get("denominator")
    classes = result.get("classes_title") or "—"
    borrowed = given.say("ranking.borrowed") if result.get("classes_borrowed") else ""
    rows = {
        "source": given.cell(result.get("source"), f"{place}/source"),
        "read": given.cell(result.get("basis"), f"{place}/basis"),
        "file": given.cell(result.get("file"), f"{place}/file"),
        "denominator": given.cell(titles.get(used, used), f"{place}/denominator"),
        "classes": given.cell(f"{classes}{borrowed}", f"{place}/classes_title"),
        "ranked": given.cell(
            given.say("ranking.ranked", ranked=result.get("ranked"), count=len(result["rows"])),
            f"{place}/ranked",
            f"{place}/rows",
        ),
    }
    return Facts(
        rows=tuple(
            Fact(
                name=name,
                label=given.say(f"ranking.{name}_label"),
                value=value,
                wide=name == "source",
            )
            for name, value in rows.items()
        )
    )


def _rows(given: Given, result: Entry, place: str) -> Table:
    """List the firms by rank, those without one at the end; ids are those of the snapshot."""
    indices = result.get("indices") or ()
    rows = list(enumerate(result["rows"]))
    rows.sort(key=lambda pair: (pair[1]["rank"] is None, pair[1]["rank"] or 0))
    unit = given.say("ranking.points")
    return Table(
        name="firms",
        title=given.say("ranking.firms"),
        columns=(
            Column(name="rank", label=given.say("ranking.rank"), width=1.15, kind="number"),
            Column(name="firm", label=given.say("ranking.firm"), width=3),
            Column(name="class", label=given.say("ranking.class"), width=1.15),
            Column(
                name="score",
                label=given.say("ranking.score", unit=unit),
                width=1.3,
                kind="number",
                places=_SCORE_PLACES,
            ),
            Column(
                name="area", label=given.say("ranking.area"), width=1.4, kind="number", places=2
            ),
            *(
                Column(
                    name=one["id"],
                    label=given.beside(one["title"], "%" if one["unit"] == "1" else one["unit"]),
                    width=1.5,
                    kind="number",
                    places=2,
                )
                for one in indices
            ),
            Column(name="standing", label=given.say("ranking.standing"), width=1.5),
            Column(name="id", label=given.say("columns.id"), width=0.9),
        ),
        rows=tuple(_row(given, one, result, f"{place}/rows/{at}") for at, one in rows),
        empty=given.say("ranking.none"),
    )


def _row(given: Given, row: Entry, result: Entry, place: str) -> tuple[Cell, ...]:
    used = result.get("denominator")
    area = (row.get("by_denominator") or {}).get(used) or {}
    unknown = given.unknown
    blank = "—" if not row.get("unknown") else unknown
    return (
        figure(row["rank"], 0, (row["id"], f"{place}/rank"), unknown=blank),
        given.cell(row.get("firm") or row.get("name"), row["id"], f"{place}/name"),
        Cell(text=given.cell(row.get("class") or blank).text, rests=(row["id"], f"{place}/class")),
        figure(row.get("score"), _SCORE_PLACES, (row["id"], f"{place}/score"), unknown=unknown),
        figure(
            area["area_mu"],
            2,
            (row["id"], f"{place}/by_denominator/{used}/area_mu"),
            unknown=unknown,
        )
        if area
        else given.cell(given.kept_back, row["id"]),
        *(
            _index(
                given,
                (row.get("indices") or {}).get(one["id"]) or {},
                row,
                f"{place}/indices/{one['id']}/value",
            )
            for one in result.get("indices") or ()
        ),
        given.cell(row.get("standing_text"), row["id"], f"{place}/standing_text"),
        Cell(text=row["id"], rests=(row["id"],)),
    )


def _land(given: Given, area: Entry, row: Entry, place: str) -> Cell:
    if not area:
        return given.cell(given.kept_back, row["id"])
    return figure(area["area_mu"], 2, (row["id"], place), unknown=given.unknown)


def _index(given: Given, index: Entry, row: Entry, place: str) -> Cell:
    """Write an index in its unit; a ratio is percent."""
    value: Any = index.get("value")
    if not is_number(value):
        return Cell(text=given.unknown, rests=(row["id"],))
    number = exact(float(value)) * (100 if index.get("unit") == "1" else 1)
    shown = rounded(number, _SCORE_PLACES)
    return Cell(text=written(shown), number=shown, rests=(row["id"], place))


def _told(given: Given, result: Entry, place: str) -> Iterator[Notes]:
    """Repeat what is to be known: of the whole, of single firms, of lines that were left out."""
    lines = [
        given.cell(one["message"], f"{place}/notes/{at}")
        for at, one in enumerate(result.get("notes") or ())
    ]
    gaps = result.get("gaps") or ()
    if gaps:
        lines.append(given.cell(given.say("ranking.gaps", gaps=list(gaps)), f"{place}/gaps"))
    for name in ("remarks", "classes_remarks"):
        lines += [
            given.cell(one, f"{place}/{name}/{at}") for at, one in enumerate(result.get(name) or ())
        ]
    lines += [
        given.cell(f"{one['where']}：{one['message']}", f"{place}/skipped/{at}")
        for at, one in enumerate(result.get("skipped") or ())
    ]
    lines += [
        given.cell(f"{row['id']} {note['message']}", row["id"], f"{place}/rows/{at}/notes/{number}")
        for at, row in enumerate(result["rows"])
        for number, note in enumerate(row.get("notes") or ())
    ]
    if lines:
        yield Notes(
            name=f"told_{result['scheme']}", title=given.say("ranking.told"), lines=tuple(lines)
        )


def _zone(given: Given) -> Iterator[Block]:
    """List the zone's own figures of 表1 per 亩."""
    zone = given.answers.get("zone") or {}
    figures = zone.get("figures") or ()
    if not figures:
        return
    years = list(dict.fromkeys(year for one in figures for year in one["per_mu"]))
    yield Heading(text=given.say("ranking.zone"), name="zone")
    yield Table(
        name="zone",
        title=given.say("ranking.zone_land", land=zone.get("land"), source=zone.get("source")),
        columns=(
            Column(name="title", label=given.say("columns.name"), width=3),
            *(
                Column(name=f"written_{one}", label=given.say("ranking.written", year=one), width=2)
                for one in years
            ),
            *(
                Column(
                    name=f"per_mu_{one}",
                    label=given.say("ranking.per_mu", year=one),
                    width=2,
                    kind="number",
                    places=2,
                )
                for one in years
            ),
            Column(name="id", label=given.say("columns.id"), width=0.8),
        ),
        rows=tuple(
            _zone_row(given, one, years, f"answers/zone/figures/{at}")
            for at, one in enumerate(figures)
        ),
    )


def _zone_row(given: Given, figure_: Entry, years: Sequence[str], place: str) -> tuple[Cell, ...]:
    rests = (figure_["id"],)
    return (
        given.cell(figure_["title"], *rests, f"{place}/title"),
        *(
            given.cell(
                f"{figure_['values'][one]} {figure_['unit']}" if one in figure_["values"] else None,
                *rests,
                f"{place}/values",
            )
            for one in years
        ),
        *(
            figure(
                figure_["per_mu"].get(one),
                2,
                (*rests, f"{place}/per_mu"),
                unknown=given.unknown,
            )
            for one in years
        ),
        Cell(text=figure_["id"], rests=rests),
    )
