"""对比: two to four scenarios on maps in step, and which step made each difference."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.expansion.surroundings import surroundings_of
from parcels.messages import text
from parcels.planning.comparing.compare import Measured, compare
from parcels.planning.comparing.figure_words import figure_of
from parcels.planning.comparing.metrics import Measuring
from parcels.planning.wording import step_text
from parcels.ui import cache, state
from parcels.ui.components.sketch_bar import compared
from parcels.ui.components.sketch_map import sketch_map
from parcels.ui.components.sketch_now import now_of
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.findings import Outcome
    from parcels.planning.comparing.compare import Cause, Difference
    from parcels.planning.comparing.figure_words import Figure
    from parcels.ui.components.sketch_now import Now

_LEAST = 2
_MOST_CAUSES = 3


def compare_panel(now: Now) -> None:
    """Draw the maps side by side and the table of figures below."""
    lang = now.lang
    shown = compared(now.desk, now.scenario)
    chosen = [now, *(now_of(now.desk, one) for one in shown[1:])]
    with st.container(key="sketch_compare_maps", horizontal=True, wrap=False, gap="small"):
        for at, one in enumerate(chosen):
            with st.container(key=f"sketch_compare_{at}", width="stretch"):
                st.html(tag("div", one.scenario.name, cls="pl-sk-map-title"))
                sketch_map(one, at=at, beside=chosen)
    with st.container(key="sketch_compare_table"):
        if len(chosen) < _LEAST:
            st.html(tag("p", text(lang, "ui.sketch.compare_choose"), cls="pl-empty"))
            return
        version = (lang, *(one.version for one in chosen))
        st.html(state.once("sketch_compare", version, partial(_table, now, chosen)))


def _table(now: Now, chosen: Sequence[Now]) -> Markup:
    """Write a row a figure: values, differences to the first, and the steps behind them."""
    lang = now.lang
    differences, outcomes = _measured(now, chosen)
    first = chosen[0].scenario.name
    heads = [
        tag("th", text(lang, "ui.sketch.compare_metric")),
        *(tag("th", one.scenario.name, cls="pl-num") for one in chosen),
        *(
            tag(
                "th",
                text(lang, "ui.sketch.compare_difference", other=one.scenario.name, first=first),
                cls="pl-num",
            )
            for one in chosen[1:]
        ),
        tag("th", text(lang, "ui.sketch.compare_cause")),
    ]
    metrics = dict.fromkeys(one.metric for found in differences for one in found)
    rows = [_row(now, metric, chosen, differences, outcomes) for metric in metrics]
    table = tag("table", tag("thead", tag("tr", *heads)), *rows)
    note = tag("p", text(lang, "ui.sketch.compare_note"), cls="pl-note pl-muted")
    return tag("div", table, note, cls="pl-extract pl-sk-compare")


def _measured(
    now: Now, chosen: Sequence[Now]
) -> tuple[list[tuple[Difference, ...]], list[dict[str, Outcome]]]:
    """Measure all with the layers, rules and settings of the first."""
    measuring = Measuring(
        ground=now.ground.ground,
        around=surroundings_of(cache.reference(), state.overlays()),
        settings=now.scenario.settings,
    )
    settings = repr(sorted(now.scenario.settings.items()))
    measured = state.once(
        "sketch_measured",
        (now.ground.version, settings),
        lambda: Measured(measuring.figures),
    )
    differences = [compare(now.line, one.line, measured) for one in chosen[1:]]
    outcomes = [
        {index.id: index.outcome for index in measuring.indices(one.line.state)} for one in chosen
    ]
    return differences, outcomes  # type: ignore[return-value]  # ids are words


def _row(
    now: Now,
    metric: str,
    chosen: Sequence[Now],
    differences: Sequence[Sequence[Difference]],
    outcomes: Sequence[dict[str, Outcome]],
) -> Markup:
    lang, figure = now.lang, figure_of(now.lang, metric)
    found = [_of(metric, one) for one in differences]
    values = [found[0].first, *(one.value for one in found)]
    causes = [cause for one in found for cause in _causes(now, chosen, figure, one)]
    return tag(
        "tr",
        tag("th", figure.name),
        *(
            tag("td", _value(lang, figure, value, judged.get(metric)), cls="pl-num")
            for value, judged in zip(values, outcomes, strict=True)
        ),
        *(tag("td", _difference(lang, figure, one), cls="pl-num") for one in found),
        tag("td", *dict.fromkeys(causes)),
    )


def _of(metric: str, found: Sequence[Difference]) -> Difference:
    from parcels.planning.comparing.compare import Difference

    none = Difference(metric=metric, first=0.0, value=0.0, causes=())
    return next((one for one in found if one.metric == metric), none)


def _value(lang: str, figure: Figure, value: float | None, outcome: Outcome | None) -> Markup:
    """Write a value after the sign of its verdict; one that is not known says so."""
    written = figure.value(value)
    if not written:
        word = f"{text(lang, 'glyph.unknown')} {text(lang, 'outcome.unknown')}"
        return tag("span", word, cls="pl-text-unknown")
    if outcome is None or outcome == "not_applicable":
        return join(written)
    glyph = text(lang, f"glyph.{outcome}")
    word = text(lang, f"outcome.{outcome}")
    sign = tag("span", glyph, cls=f"pl-badge pl-{outcome}", title=word, aria_label=word)
    return join(sign, " ", written)


def _difference(lang: str, figure: Figure, one: Difference) -> str:
    if one.change is None:
        return "—"
    return figure.difference(one.change) if one.change else text(lang, "ui.sketch.compare_same")


def _causes(now: Now, chosen: Sequence[Now], figure: Figure, one: Difference) -> Iterator[Markup]:
    """Name the steps, the largest parts first in their order; what is more is counted."""
    lang = now.lang
    changes = [cause.change for cause in one.causes if cause.change is not None]
    written = iter(figure.parts(changes))
    shown = [(cause, next(written) if cause.change is not None else "") for cause in one.causes]
    for cause, part in shown[:_MOST_CAUSES]:
        step = _step(now, chosen, cause)
        said = part or text(lang, "ui.sketch.compare_unknown_on_the_way")
        yield tag("div", text(lang, "ui.sketch.compare_part", step=step, change=said))
    if len(shown) > _MOST_CAUSES:
        rest = [
            text(lang, "ui.sketch.compare_part", step=_step(now, chosen, cause), change=part)
            for cause, part in shown[_MOST_CAUSES:]
        ]
        summary = tag("summary", text(lang, "ui.sketch.and_more", count=len(rest)))
        yield tag("details", summary, *(tag("div", line) for line in rest))


def _step(now: Now, chosen: Sequence[Now], cause: Cause) -> str:
    """Name a step by scenario, number and words; several as a range."""
    lang = now.lang
    of = next(one for one in chosen if one.scenario.id == cause.scenario)
    numbers = [of.line.operations.index(step) + 1 for step in cause.operations]
    said = [step_text(lang, step) for step in cause.operations]
    number = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    return text(
        lang,
        "ui.sketch.compare_step",
        scenario=of.scenario.name,
        number=number,
        step=text(lang, "ui.list_mark").join(dict.fromkeys(said)),
    )
