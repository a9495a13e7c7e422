"""Scenarios side by side: every figure, every difference, and the steps that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.planning.comparing.compare import Difference, Measured, compare
from parcels.planning.comparing.figure_words import figure_of
from parcels.planning.wording import step_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.planning.comparing.compare import Cause
    from parcels.planning.comparing.figure_words import Figure
    from parcels.planning.line import Line
    from parcels.snapshot.scenarios.case import ScenariosCase

Entry = dict[str, Any]
Found = tuple[Difference, ...]


def comparison_entry(case: ScenariosCase, lang: str) -> Entry:
    """Compare all with the first: one row a figure.

    Returns
    -------
    dict
        ``first``; ``rows``: values of all scenarios in the unit of the figure, then for each other
        scenario the difference and its causes, whose changes add up to it. ``text`` is rounded so
        that printed parts add up to the printed difference. None: not known.
    """
    measured = Measured(case.measuring.figures)
    first, *others = case.lines
    found = [compare(first, one, measured) for one in others]
    outcomes = [
        {index.id: index.outcome for index in case.measuring.indices(line.state)}
        for line in case.lines
    ]
    metrics = dict.fromkeys(one.metric for each in found for one in each)
    return {
        "first": first.scenario.id,
        "note": text(lang, "ui.sketch.compare_note"),
        "rows": [
            {"id": f"D{at}", **_row(case, metric, found, outcomes, lang)}
            for at, metric in enumerate(metrics, start=1)
        ],
    }


def _row(
    case: ScenariosCase,
    metric: str,
    found: Sequence[Found],
    outcomes: Sequence[Mapping[Any, str]],
    lang: str,
) -> Entry:
    figure = figure_of(lang, metric)
    differences = [_of(metric, each) for each in found]
    values = [differences[0].first, *(one.value for one in differences)]
    others = case.lines[1:]
    return {
        "metric": metric,
        "name": figure.name,
        "factor": float(figure.factor),
        "unit": figure.unit.strip(),
        "step": figure.step.strip(),
        "places": figure.places,
        "values": [
            {
                "scenario": line.scenario.id,
                "value": value,
                "text": figure.value(value) or text(lang, "outcome.unknown"),
                "outcome": judged.get(metric),
            }
            for line, value, judged in zip(case.lines, values, outcomes, strict=True)
        ],
        "differences": [
            {"scenario": line.scenario.id, **_difference(case, one, figure, lang)}
            for line, one in zip(others, differences, strict=True)
        ],
    }


def _of(metric: str, found: Found) -> Difference:
    none = Difference(metric=metric, first=0.0, value=0.0, causes=())
    return next((one for one in found if one.metric == metric), none)


def _difference(case: ScenariosCase, one: Difference, figure: Figure, lang: str) -> Entry:
    changes = [cause.change for cause in one.causes if cause.change is not None]
    written = iter(figure.parts(changes))
    return {
        "change": None if one.change is None else float(one.change),
        "text": _difference_text(one, figure, lang),
        "causes": [
            _cause(case, cause, "" if cause.change is None else next(written), lang)
            for cause in one.causes
        ],
    }


def _difference_text(one: Difference, figure: Figure, lang: str) -> str:
    if one.change is None:
        return text(lang, "outcome.unknown")
    return figure.difference(one.change) if one.change else text(lang, "ui.sketch.compare_same")


def _cause(case: ScenariosCase, cause: Cause, written: str, lang: str) -> Entry:
    """Give the steps behind a part of a difference: what was done, by whom and when."""
    line = next(one for one in case.lines if one.scenario.id == cause.scenario)
    steps = [_step(line, one.id, lang) for one in cause.operations]
    numbers = [one["number"] for one in steps]
    said = text(
        lang,
        "ui.sketch.compare_step",
        scenario=line.scenario.name,
        number=str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}",
        step=text(lang, "ui.list_mark").join(dict.fromkeys(one["text"] for one in steps)),
    )
    return {
        "scenario": cause.scenario,
        "change": None if cause.change is None else float(cause.change),
        "change_text": written or text(lang, "ui.sketch.compare_unknown_on_the_way"),
        "text": said,
        "steps": steps,
    }


def _step(line: Line, operation: str, lang: str) -> Entry:
    at = next(place for place, one in enumerate(line.operations) if one.id == operation)
    step = line.operations[at]
    return {
        "number": at + 1,
        "id": step.id,
        "kind": step.kind,
        "text": step_text(lang, step),
        "by": step.by,
        "at": step.at,
    }
