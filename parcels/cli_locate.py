"""``locate``: phrases in, bounds and places out, as tables or as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import track

from geo.errors import PlannerError
from geo.location.network import Network
from geo.location.phrases import area_in, parse
from geo.location.reading import Reading
from geo.location.report import to_json
from geo.location.solve import locate
from geo.location.twins import twins
from geo.units import parse_area
from parcels.cli_table import network_account, print_location, printable
from parcels.messages import error_text, text
from parcels.phrase_file import PhraseRow, read_csv, read_lines
from parcels.wording import option_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOCATED, CONFLICT, UNUSABLE, OPEN = 0, 1, 2, 3
_WORST_FIRST = (UNUSABLE, CONFLICT, OPEN, LOCATED)

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user typed after ``locate``; see ``docs/cli.md``."""

    phrases: tuple[str, ...] = ()
    area: str | None = None
    network: Path | None = None
    name_column: str | None = None
    crs: str | None = None
    layer: str | None = None
    source: str | None = None
    column: str | None = None
    as_json: bool = False
    lang: str = "zh"


def run(options: Options) -> int:
    """Locate all phrases and write the answers.

    Parameters
    ----------
    options : Options
        What the user typed.

    Returns
    -------
    int
        0 all located, 1 a contradiction or an area that does not fit, 3 something is
        ambiguous or unknown, 2 unusable input; of several the worst, in the order 2, 1, 3, 0.
    """
    messages = _console(sys.stderr)
    try:
        rows = _rows(options)
        area_m2 = parse_area(options.area) if options.area else None
        network = _network(options, messages)
    except PlannerError as error:
        _say_error(messages, error, options.lang)
        if options.as_json:
            _write({"error": _error(error, options.lang)})
        return UNUSABLE
    answers = _answers(rows, network, area_m2=area_m2, lang=options.lang)
    quiet = len(rows) == 1 or not messages.is_terminal or sys.stdout.isatty()
    label = text(options.lang, "cli.locate.progress")
    shown = track(answers, label, len(rows), console=messages, disable=quiet, transient=True)
    return _emit(shown, options, messages)


def exit_code(answer: Answer) -> int:
    """Give the exit code of one answer."""
    if "error" in answer:
        return UNUSABLE
    notes = [note for part in answer["parts"] for note in part["notes"]]
    if answer["class"] == "contradictory" or "area_does_not_fit" in notes:
        return CONFLICT
    anchors = [anchor for part in answer["parts"] for anchor in part["anchors"]]
    if answer["class"] in ("ambiguous", "unresolved"):
        return OPEN
    return LOCATED if all(anchor["status"] == "matched" for anchor in anchors) else OPEN


def _rows(options: Options) -> list[PhraseRow]:
    typed = [PhraseRow(line=0, phrase=phrase) for phrase in options.phrases]
    rows = typed + (_rows_of(options.source, options.column) if options.source else [])
    if not rows:
        raise PlannerError("phrases_missing")
    return rows


def _rows_of(source: str, column: str | None) -> list[PhraseRow]:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        is_table = column is not None or Path(source).suffix.lower() == ".csv"
        return read_csv(data, column=column) if is_table else read_lines(data)
    except FileNotFoundError as error:
        raise PlannerError("file_not_found", file=source) from error
    except OSError as error:
        raise PlannerError("file_unreadable", file=source, reason=str(error.strerror)) from error
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": source, **error.values}) from error


def _network(options: Options, messages: Console) -> Network:
    if options.network is None:
        from layers.load import builtin_features

        return Network.build(builtin_features())
    from geo.read.network import read_network

    read = read_network(
        options.network,
        options.network.name,
        name_column=options.name_column,
        crs=options.crs,
        layer=options.layer,
    )
    network = Network.build(read.features)
    messages.print(network_account(read.report, network.notes, options.lang), style="dim")
    return network


def _answers(
    rows: Sequence[PhraseRow], network: Network, *, area_m2: float | None, lang: str
) -> Iterator[Answer]:
    """Solve one row after the other: a bad phrase does not stop the batch."""
    readings = [_reading(row.phrase, network) for row in rows]
    empty = Reading(phrase="", parts=())
    groups = twins([one if isinstance(one, Reading) else empty for one in readings])
    group_of = {position: group for group in groups for position in group}
    for position, (row, reading) in enumerate(zip(rows, readings, strict=True)):
        answer: dict[str, Any] = {"phrase": row.phrase}
        if row.line:
            answer["line"] = row.line
        if position in group_of:
            answer["twins"] = [other + 1 for other in group_of[position] if other != position]
        yield answer | _answer(row, reading, network, area_m2=area_m2, lang=lang)


def _reading(phrase: str, network: Network) -> Reading | PlannerError:
    try:
        return parse(phrase, network.gazetteer)
    except PlannerError as error:
        return error


def _answer(
    row: PhraseRow,
    reading: Reading | PlannerError,
    network: Network,
    *,
    area_m2: float | None,
    lang: str,
) -> dict[str, Any]:
    try:
        if isinstance(reading, PlannerError):
            raise reading
        area = parse_area(row.area) if row.area else area_m2 or area_in(row.phrase)
        return to_json(locate(reading, network, area_m2=area))
    except PlannerError as error:
        return {"error": _error(error, lang)}


def _emit(answers: Iterator[Answer] | Any, options: Options, messages: Console) -> int:
    console = _console(sys.stdout)
    worst = LOCATED
    for answer in answers:
        worst = min(worst, exit_code(answer), key=_WORST_FIRST.index)
        if options.as_json:
            _write(answer)
        elif "error" in answer:
            found = answer["error"]
            messages.print(f"{printable(answer['phrase'])}: {found['message']} {found['hint']}")
        else:
            print_location(console, answer, options.lang)
    sys.stdout.flush()
    return worst


def _write(answer: Answer) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _error(error: PlannerError, lang: str) -> dict[str, str]:
    message, hint = error_text(lang, error)
    advice = f"{hint} {option_text(lang, error)}".strip()
    return {"code": error.code, "message": message, "hint": advice}


def _say_error(messages: Console, error: PlannerError, lang: str) -> None:
    for sentence in (*error_text(lang, error), option_text(lang, error)):
        if sentence:
            messages.print(printable(sentence))


def _console(stream: Any) -> Console:
    """Make a console on which text is text: no markup, no emoji codes, no highlighting."""
    return Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=True)
