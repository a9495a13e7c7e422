"""A located phrase as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from geo.units import square_metres_to_mu
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console

    from geo.read.network import NetworkReport

_SIDES = ("N", "E", "S", "W")


def print_location(console: Console, answer: Mapping[str, Any], lang: str) -> None:
    """Print one answer of ``locate``: a table for each part of the phrase.

    Parameters
    ----------
    console : Console
        Without markup: names are shown exactly as typed.
    answer : mapping
        The JSON shape of ``locate``.
    lang : str
        ``zh`` or ``en``.
    """
    for number, part in enumerate(answer["parts"] or [None], start=1):
        title = printable(answer["phrase"])
        if len(answer["parts"]) > 1:
            title = f"{title} ({number}/{len(answer['parts'])})"
        table = Table(title=Text(title), title_justify="left", show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for label, value in _lines(answer, part, lang):
            table.add_row(Text(text(lang, f"cli.locate.{label}")), Text(printable(value)))
        console.print(table)


def network_account(report: NetworkReport, counted: Sequence[tuple[str, int]], lang: str) -> str:
    """Say in one line what came of a network file.

    Parameters
    ----------
    report : NetworkReport
        Rows, skipped rows and why, CRS, names.
    counted : sequence of (str, int)
        Notes of the network that was built of it, each with how often it holds.
    lang : str
        ``zh`` or ``en``.

    Returns
    -------
    str
        Sentences, without control characters.
    """
    skipped = [f"{text(lang, f'skipped.{why}')} {count}" for why, count in report.skipped.items()]
    sentences = [
        text(
            lang,
            "cli.locate.network",
            file=report.file,
            rows=report.rows,
            features=report.features,
            crs=report.crs,
            column=report.name_column,
        ),
        *([text(lang, "cli.locate.skipped", reasons=skipped)] if skipped else []),
        *(text(lang, f"note.{note}.text") for note in report.notes),
        *(f"{text(lang, f'note.{note}.text')} ({count})" for note, count in counted),
    ]
    return printable(" ".join(sentences))


def printable(value: str) -> str:
    """Write control characters as escapes, so that no text can steer the terminal."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in value
    )


def _lines(
    answer: Mapping[str, Any], part: Mapping[str, Any] | None, lang: str
) -> Iterator[tuple[str, str]]:
    if part is None:
        yield "class", text(lang, f"ui.class.{answer['class']}")
        return
    yield "class", text(lang, f"ui.class.{part.get('class', answer['class'])}")
    yield from _relation_lines(part, lang)
    yield from _anchor_lines(part, lang)
    yield from _number_lines(part, lang)
    for note in part["notes"]:
        yield "note", text(lang, f"note.{note}.text")
    if answer.get("twins"):
        yield "note", text(lang, "cli.locate.twins", numbers=answer["twins"])


def _relation_lines(part: Mapping[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    mark = text(lang, "ui.list_mark")
    for side in _SIDES:
        if names := part["bounds"].get(side):
            yield f"side_{side}", mark.join(names)
    if part["missing"]:
        yield "missing", mark.join(text(lang, f"cli.side.{side}") for side in part["missing"])
    for key in ("straddles", "within"):
        if part[key]:
            yield key, mark.join(part[key])
    for pair in part["between"]:
        yield "between", mark.join(pair)
    for name, metres in part["distance_m"].items():
        yield "distance", f"{name} {metres:g} m"


def _anchor_lines(part: Mapping[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    for anchor in part["anchors"]:
        status = text(lang, f"cli.status.{anchor['status']}")
        line = f"{anchor['name']}: {status}"
        if anchor["candidates"]:
            line += text(lang, "cli.locate.candidates", names=anchor["candidates"])
        yield "anchor", line


def _number_lines(part: Mapping[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    accuracy = part["accuracy_m"]
    unknown = text(lang, "cli.locate.accuracy_unknown")
    yield "accuracy", unknown if accuracy is None else f"± {accuracy:g} m"
    drawn = [
        text(lang, f"cli.locate.{key}")
        for key in ("envelope", "block", "candidate")
        if part.get(key)
    ]
    nothing = text(lang, "cli.locate.nothing_drawn")
    yield "drawn", text(lang, "ui.list_mark").join(drawn) or nothing
    if part["area_m2"] is not None:
        area = float(part["area_m2"])
        yield "area", f"{square_metres_to_mu(area):,.2f} 亩 = {area:,.0f} m²"
