"""M0 memo: one proposal under its packs, what is kept, broken and unknown, what would help."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.report.basis import accuracy_notice, basis
from parcels.report.figures import figure
from parcels.report.finding_lists import lists_of, verdict
from parcels.report.model import Block, Cell, Column, Fact, Facts, Heading, Notes, Signatures, Table
from parcels.report.parcel_facts import area_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.report.given import Entry, Given

_PLACE = "answers/memo"
_BOXES = ("first", "second", "deputy", "head")


def memo(given: Given, parcels: Sequence[Entry]) -> Iterator[Block]:  # noqa: ARG001 -- one shape
    """Give the blocks of a proposal."""
    yield Notes(
        name="reading",
        title="",
        lines=(
            Cell(
                text=given.say(
                    "reading", ids="P1、P2、N1……" if given.lang == "zh" else "P1, P2, N1 …"
                )
            ),
        ),
    )
    yield from accuracy_notice(given)
    yield _about(given)
    yield _figures(given)
    yield _packs(given)
    yield from lists_of(given, _findings(given), lambda one: _pack_title(given, one["pack"]))
    yield from _comparison(given)
    yield from _advice(given)
    yield _missing(given)
    blank = Cell(text=given.say("signature.blank"))
    yield Signatures(
        boxes=tuple(
            Fact(name=one, label=given.say(f"signature.{one}"), value=blank) for one in _BOXES
        )
    )
    yield from basis(given)


def _packs_of(given: Given) -> list[Entry]:
    """Return the packs of the proposal, then those that judge what lies around it."""
    around = given.answers.get("around") or {}
    return [*(given.answers.get("packs") or ()), *(around.get("packs") or ())]


def _findings(given: Given) -> list[Entry]:
    return list(chain.from_iterable(one["findings"] for one in _packs_of(given)))


def _pack_title(given: Given, pack: str) -> str:
    titles = {one["id"]: one.get("title") for one in _packs_of(given)}
    return titles.get(pack) or pack


def _about(given: Given) -> Facts:
    said = given.answers.get("memo") or {}
    land = (given.answers.get("around") or {}).get("parcel") or {}
    rows = {
        "verdict": verdict(given, given.answers.get("outcome") or "unknown", "answers/outcome"),
        "summary": given.cell(said.get("summary"), f"{_PLACE}/summary"),
        "name": given.cell(said.get("title"), f"{_PLACE}/title"),
        "use": given.cell(said.get("use"), f"{_PLACE}/use"),
    }
    if land:
        place = "answers/around/parcel"
        rows["parcel"] = given.cell(given.label(land), f"{place}/id", f"{place}/name")
        rows["area_mu"] = area_cell(given, land.get("area_m2"), "mu", f"{place}/area_m2")
    return Facts(
        rows=tuple(
            Fact(name=name, label=given.say(f"facts.{name}"), value=value, wide=name == "summary")
            for name, value in rows.items()
        )
    )


def _figures(given: Given) -> Table:
    """List the numbers of the proposal, each with its unit and what it refers to."""
    names = ("name", "value", "whole")
    return Table(
        name="figures",
        title=given.say("memo.figures"),
        columns=tuple(
            Column(name=one, label=given.say(f"memo.column_{one}"), width=2.0) for one in names
        ),
        rows=tuple(
            tuple(
                Cell(
                    text=given.cell(one[name]).text if one[name] else "",
                    rests=(f"{_PLACE}/figures/{at}/{name}",),
                )
                for name in names
            )
            for at, one in enumerate((given.answers.get("memo") or {}).get("figures") or ())
        ),
        empty=given.unknown,
    )


def _packs(given: Given) -> Table:
    said = (given.answers.get("memo") or {}).get("packs") or ()
    return Table(
        name="verdicts",
        title=given.say("memo.packs"),
        columns=(
            Column(name="outcome", label=given.say("columns.outcome"), width=1.4),
            Column(name="pack", label=given.say("columns.pack"), width=3),
            Column(name="version", label=given.say("columns.version"), width=0.8),
            *(
                Column(name=one, label=text(given.lang, f"outcome.{one}"), width=1, kind="number")
                for one in OUTCOMES
            ),
            Column(name="status", label=given.say("memo.column_status"), width=5),
        ),
        rows=tuple(_pack_row(given, one, f"{_PLACE}/packs/{at}") for at, one in enumerate(said)),
        empty=given.say("basis.no_packs"),
    )


def _pack_row(given: Given, pack: Entry, place: str) -> tuple[Cell, ...]:
    return (
        verdict(given, pack["outcome"], f"{place}/outcome"),
        given.cell(pack["title"], f"{place}/title"),
        given.cell(pack["version"], f"{place}/version"),
        *(
            figure(pack["counted"].get(one), 0, (f"{place}/counted/{one}",), unknown=given.unknown)
            for one in OUTCOMES
        ),
        Cell(text=given.cell(pack.get("status") or "—").text, rests=(f"{place}/status",)),
    )


def _comparison(given: Given) -> Iterator[Block]:
    """Compare the packs rule by rule, each cell with the findings that it repeats."""
    lines = given.answers.get("comparison") or ()
    packs = list(dict.fromkeys(cell["pack"] for line in lines for cell in line["cells"]))
    if len(packs) < 2:  # noqa: PLR2004 -- nothing to compare
        return
    yield Heading(text=given.say("memo.comparison"), name="comparison")
    yield Table(
        name="comparison",
        title="",
        columns=(
            Column(name="title", label=given.say("memo.column_name"), width=2.4),
            Column(name="own", label=given.say("memo.column_own"), width=1.6),
            *(
                Column(name=f"pack_{at}", label=_pack_title(given, one), width=2.6)
                for at, one in enumerate(packs)
            ),
        ),
        rows=tuple(
            _comparison_row(given, line, packs, f"answers/comparison/{at}")
            for at, line in enumerate(lines)
        ),
    )


def _comparison_row(
    given: Given, line: Entry, packs: Sequence[str], place: str
) -> tuple[Cell, ...]:
    cells = {one["pack"]: one for one in line["cells"]}
    own = str(line.get("own") or "")
    if own and line.get("whole"):
        own = given.say("memo.of_whole", own=own, whole=line["whole"])
    return (
        given.cell(line["title"], f"{place}/title"),
        Cell(text=given.cell(own or "—").text, rests=(f"{place}/own",)),
        *(_pack_cell(given, cells.get(pack)) for pack in packs),
    )


def _pack_cell(given: Given, cell: Entry | None) -> Cell:
    """Repeat what a pack says of a line; a pack without such a rule says nothing."""
    if not cell or not cell["texts"]:
        return Cell(text="—")
    glyphs = {text(given.lang, f"glyph.{one}"): given.say(f"glyph.{one}") for one in OUTCOMES}
    said = [f"{glyphs.get(one[:1], one[:1])}{one[1:]}" for one in cell["texts"]]
    return given.cell("\n".join(said), *cell["findings"])


def _advice(given: Given) -> Iterator[Notes]:
    said = (given.answers.get("memo") or {}).get("changes") or ()
    if said:
        yield Notes(
            name="changes",
            title=given.say("memo.changes"),
            lines=tuple(given.cell(one, f"{_PLACE}/changes/{at}") for at, one in enumerate(said)),
        )


def _missing(given: Given) -> Table:
    """List the missing data with how many rules wait for each."""
    return Table(
        name="gaps",
        title=given.say("memo.missing"),
        columns=(
            Column(name="need", label=given.say("columns.need"), width=5),
            Column(name="rules", label=given.say("memo.column_rules"), width=1, kind="number"),
        ),
        rows=tuple(
            (
                given.cell(one["title"], f"answers/missing/{at}/title"),
                figure(
                    len(one["rules"]), 0, (f"answers/missing/{at}/rules",), unknown=given.unknown
                ),
            )
            for at, one in enumerate(given.answers.get("missing") or ())
        ),
        empty=given.say("gaps.none"),
    )
