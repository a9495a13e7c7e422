"""What a report rests on: rules, layers, what was not checked, day, digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.report.figures import figure
from parcels.report.model import Block, Cell, Column, Fact, Facts, Heading, Notes, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.report.given import Entry, Given

_SHORT = 8
_LAYER = ("layer", "extent", "complete")


def basis(
    given: Given, parcels: Sequence[Entry] = (), *, new_page: bool = False
) -> Iterator[Block]:
    """Give the blocks at the end of a report; layers that lack are those of these parcels."""
    yield Heading(text=given.say("basis.title"), name="basis", new_page=new_page)
    yield _head(given)
    yield _packs(given)
    if given.content["kind"] != "permu":
        yield _layers(given)
    if given.content["kind"] == "review":
        found = [one for parcel in parcels for one in given.findings.get(parcel["key"], ())]
        yield unchecked_layers(given, found)
    yield from _refused(given)
    yield from _withheld(given)


def _head(given: Given) -> Facts:
    content = given.content
    made = content.get("made") or {}
    rows = {
        "snapshot": given.cell(content.get("title"), "title"),
        "as_of": given.cell(content.get("as_of"), "as_of"),
        "made_at": given.cell(given.moment(made.get("at")), "made/at"),
        "made_by": Cell(text=given.cell(given.who(made)).text, rests=("made",)),
        "app": given.cell(made.get("app"), "made/app"),
        "level": Cell(text=given.say(f"level.{content['level']}"), rests=("level",)),
        "digest": Cell(text=given.digest, rests=("digest",)),
    }
    if content.get("rests_on"):
        rows["rests_on"] = given.cell(content["rests_on"], "rests_on")
    return Facts(
        rows=tuple(
            Fact(
                name=name,
                label=given.say(f"basis.{name}"),
                value=value,
                wide=name in {"snapshot", "digest", "rests_on"},
            )
            for name, value in rows.items()
        )
    )


def _packs(given: Given) -> Table:
    """List the rule packs with their versions."""
    place = "answers/packs"
    return Table(
        name="packs",
        title=given.say("basis.packs"),
        columns=_columns(given, {"pack": 3, "version": 1}),
        rows=tuple(
            (
                given.cell(_pack_title(given, one["id"]), f"{place}/{at}/id"),
                given.cell(one["version"], f"{place}/{at}/version"),
            )
            for at, one in enumerate(given.answers.get("packs") or ())
        ),
        empty=given.say("basis.no_packs"),
    )


def _pack_title(given: Given, pack: str) -> str:
    """Name a pack by its title where the snapshot holds it, always by its id."""
    titles = {one.get("id"): one.get("title") for one in _packs_in_full(given.content)}
    found: Any = titles.get(pack)
    title = found.get(given.lang) if isinstance(found, dict) else found
    return given.beside(str(title), pack) if title else pack


def _packs_in_full(content: Any) -> Sequence[Entry]:
    inputs = content.get("inputs") or {}
    packs: Any = (inputs.get("book") or {}).get("packs") or inputs.get("packs") or ()
    return [one.get("pack", one) for one in packs if isinstance(one, dict)]


def _layers(given: Given) -> Table:
    """List the layers that the verdicts rest on."""
    place = _place_of_layers(given)
    names = ("title", "date", "source", "digest")
    return Table(
        name="layers",
        title=given.say("basis.layers"),
        columns=_columns(
            given, {f"layer_{one}": width for one, width in zip(names, (3, 1, 3, 1), strict=True)}
        ),
        rows=tuple(
            tuple(_layer_cell(given, layer, name, f"{place}/{at}") for name in names)
            for at, layer in enumerate(_at(given.content, place) or ())
        ),
        empty=given.say("basis.no_layers"),
    )


def _layer_cell(given: Given, layer: Entry, name: str, place: str) -> Cell:
    if name not in layer:
        return given.cell(given.kept_back, place)
    return given.cell(_short(name, layer[name]), f"{place}/{name}")


def _place_of_layers(given: Given) -> str:
    """Say where the layers are listed: a proposal is judged by those around it."""
    return "answers/around/layers" if given.content["kind"] == "proposal" else "answers/layers"


def _at(content: Any, place: str) -> Any:
    """Return what stands at a place of the content; None where it is not."""
    for part in place.split("/"):
        content = (content or {}).get(part)
    return content


def _short(name: str, value: Any) -> Any:
    return str(value)[:_SHORT] if name == "digest" and value else value


def unchecked_layers(given: Given, findings: Sequence[Entry]) -> Notes:
    """Name every layer that a verdict still waits for, with the findings that say so."""
    waiting: dict[str, list[str]] = {}
    for one in findings:
        for need in one.get("needs") or ():
            if need.partition(":")[0] in _LAYER:
                waiting.setdefault(need, []).append(one["id"])
    return Notes(
        name="unchecked",
        title=given.say("basis.unchecked", count=len(waiting)),
        lines=tuple(
            given.cell(
                given.say(
                    "basis.unchecked_layer",
                    layer=given.need(need),
                    count=len(ids),
                    first=ids[0],
                ),
                *ids,
            )
            for need, ids in waiting.items()
        ),
    )


def data_gaps(given: Given, most: int) -> Table:
    """List the missing data that settle most verdicts, and say how many are not listed."""
    gaps = list(given.answers.get("worklist") or ())
    is_listed = given.is_internal or bool(gaps)  # a copy that leaves the house has no list
    place, unknown = "answers/worklist", given.unknown
    rest = len(gaps) - most
    numbers = ("alone", "involved", "parcels")
    return Table(
        name="gaps",
        title=given.say("gaps.title", shown=min(len(gaps), most), count=len(gaps))
        if is_listed
        else given.say("gaps.title_kept_back"),
        columns=(
            *_columns(given, {"need": 5}),
            *(
                Column(name=one, label=given.say(f"columns.gap_{one}"), width=1.4, kind="number")
                for one in numbers
            ),
        ),
        rows=tuple(
            (
                given.cell(gap["title"], f"{place}/{at}/title"),
                *(
                    figure(gap[one], 0, (f"{place}/{at}/{one}",), unknown=unknown)
                    for one in numbers
                ),
            )
            for at, gap in enumerate(gaps[:most])
        ),
        empty=given.say("gaps.none" if is_listed else "gaps.kept_back"),
        foot=((given.cell(given.say("gaps.rest", count=len(gaps)), place), *([Cell()] * 3)),)
        if rest > 0
        else (),
    )


def _refused(given: Given) -> Iterator[Notes]:
    """Say what the reading of the file refused, so that nothing judged it."""
    entries = given.answers.get("rejected") or ()
    if entries:
        yield Notes(
            name="rejected",
            title=given.say("rejected", count=len(entries)),
            lines=tuple(
                given.cell(f"{one.get('where')}：{one.get('message')}", f"answers/rejected/{at}")
                for at, one in enumerate(entries)
            ),
        )


def _withheld(given: Given) -> Iterator[Notes]:
    """Say what a copy that leaves the house does not hold."""
    notes = (given.content.get("withheld") or {}).get("notes") or ()
    if notes:
        yield Notes(
            name="withheld",
            title=given.say("withheld"),
            lines=tuple(given.cell(one, f"withheld/notes/{at}") for at, one in enumerate(notes)),
        )


def accuracy_notice(given: Given) -> Iterator[Notes]:
    """Repeat how far off the places on the map are."""
    notice = (given.content.get("drawn") or {}).get("notice")
    if notice:
        yield Notes(name="notice", title="", lines=(given.cell(notice, "drawn/notice"),))


def _columns(given: Given, widths: dict[str, float]) -> tuple[Column, ...]:
    return tuple(
        Column(name=name, label=given.say(f"columns.{name}"), width=width)
        for name, width in widths.items()
    )
