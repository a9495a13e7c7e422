"""A change that could not be saved: why, both states where somebody else was faster, ways on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import error_text, text
from parcels.planning.plane import area_of
from parcels.planning.wording import element_name
from parcels.ui.components.sketch_now import line_of
from parcels.ui.components.sketch_saving import again, as_copy, forget_trouble, trouble, upon_theirs
from parcels.ui.components.sketch_words import clock_text, mu_text, person
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.planning.line import Line
    from parcels.planning.model import Element, Scenario
    from parcels.ui.components.sketch_now import Desk
    from parcels.ui.components.sketch_saving import Trouble

_MOVED_ON = "scenario_moved_on"
_MAY_COME_BACK = {"store_busy", "store_full", "store_read_only", "store_unreachable"}
_MOST_ROWS = 4


def trouble_box(desk: Desk) -> None:
    """Say what was not saved; nothing where all was."""
    kept = trouble()
    if kept is None:
        return
    with st.container(key="sketch_trouble"):
        st.html(tag("div", *_words(desk.lang, kept), cls="pl-problem", role="alert"))
        theirs = desk.of(kept.change.scenario.id)
        if kept.error.code == _MOVED_ON and theirs is not None:
            st.html(_both(desk.lang, kept, theirs))
        with st.container(key="sketch_trouble_ways", horizontal=True, gap="small"):
            _ways(desk, kept, theirs)


def _words(lang: str, kept: Trouble) -> list[Markup]:
    sentence, hint = error_text(lang, _spoken(lang, kept))
    what = text(lang, "ui.sketch.not_saved", step=kept.change.said)
    return [tag("strong", what), join(" ", sentence), tag("div", hint)]


def _spoken(lang: str, kept: Trouble) -> PlannerError:
    """Name the other writer, and the time as the browser's clock shows it."""
    error = kept.error
    if error.code != _MOVED_ON:
        return error
    values = dict(error.values)
    by, at = str(values.pop("by", "")), str(values.pop("at", ""))
    return PlannerError(error.code, by=person(lang, by), at=clock_text(at), **values)


def _ways(desk: Desk, kept: Trouble, theirs: Scenario | None) -> None:
    lang = desk.lang
    if kept.error.code == _MOVED_ON and theirs is not None:
        _button(lang, "upon_theirs", ":material/sync:", partial(upon_theirs, theirs))
        name = text(lang, "ui.sketch.copy_name", name=theirs.name)
        _button(lang, "as_copy", ":material/content_copy:", partial(as_copy, name))
    elif kept.error.code in _MAY_COME_BACK:
        _button(lang, "again", ":material/refresh:", again)
    _button(lang, "forget", ":material/close:", forget_trouble)


def _button(lang: str, what: str, icon: str, act: object) -> None:
    st.button(
        text(lang, f"ui.sketch.{what}"),
        key=f"sketch_{what}",
        icon=icon,
        help=text(lang, f"ui.sketch.{what}_what"),
        on_click=act,  # type: ignore[arg-type]
    )


def _both(lang: str, kept: Trouble, theirs: Scenario) -> Markup:
    """Lay the two states beside each other: their totals, and the elements that differ."""
    mine, now = kept.seen, line_of(theirs)
    if mine is None:
        return Markup("")
    heads = (
        "",
        text(lang, "ui.sketch.mine", version=kept.change.scenario.version),
        text(
            lang,
            "ui.sketch.theirs",
            version=theirs.version,
            who=person(lang, theirs.saved_by),
            when=clock_text(theirs.saved_at),
        ),
    )
    rows = [(text(lang, "ui.sketch.total"), _total(lang, mine), _total(lang, now))]
    rows += _differing(lang, mine, now)
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", *(tag("th", one) for one in heads))),
            *(tag("tr", tag("th", row[0]), *(tag("td", one) for one in row[1:])) for row in rows),
        ),
        cls="pl-extract pl-sk-both",
    )


def _differing(lang: str, mine: Line, theirs: Line) -> list[tuple[str, str, str]]:
    ids = [*dict.fromkeys([*mine.state, *theirs.state])]
    differing = [one for one in ids if mine.state.get(one) != theirs.state.get(one)]
    rows = []
    for one in differing[:_MOST_ROWS]:
        ours, other = mine.state.get(one), theirs.state.get(one)
        named = ours or other
        if named is not None:
            rows.append((element_name(lang, named), _size(lang, ours), _size(lang, other)))
    if len(differing) > _MOST_ROWS:
        rest = text(lang, "ui.sketch.differing_more", count=len(differing) - _MOST_ROWS)
        rows.append((rest, "", ""))
    return rows


def _total(lang: str, line: Line) -> str:
    areas = [area_of(one.shape) for one in line.state.values()]
    return text(lang, "ui.sketch.total_of", count=len(line.state), mu=mu_text(sum(areas)))


def _size(lang: str, element: Element | None) -> str:
    if element is None:
        return text(lang, "ui.sketch.not_there")
    return text(lang, "ui.sketch.mu", mu=mu_text(area_of(element.shape)))
