"""Indices of the drawn expansion area: value, bands, what is missing; no sum of them."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from parcels.expansion import wording
from parcels.expansion.indices import indices
from parcels.expansion.secrecy import sensitive
from parcels.expansion.surroundings import surroundings_of
from parcels.messages import text
from parcels.planning.figures.extension import extension_of
from parcels.ui import cache, state
from parcels.ui.components.sketch_signs import verdict
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.expansion.model import Index
    from parcels.planning.model import State
    from parcels.rules.load import RuleBook
    from parcels.ui.components.sketch_now import Now

_MOST_DETAILS = 30


def index_panel(now: Now) -> None:
    """Draw the list under the plan's principles, and the note on secrecy where it applies."""
    lang = now.lang
    version = (*now.version, lang)
    found = state.once("sketch_indices", version, partial(indices_of, now.line.state, now.book))
    body = state.once("sketch_indices_html", version, lambda: _list(lang, found, now.book))
    title = tag("strong", text(lang, "ui.sketch.indices"))
    what = tag("span", text(lang, "ui.sketch.indices_what"), cls="pl-note pl-muted")
    st.html(tag("div", title, " ", what))
    if extension_of(now.line.state) is None:
        empty = text(lang, "ui.sketch.indices_empty")
        st.html(tag("p", empty, cls="pl-note pl-muted"))
        return
    _secrecy(now)
    st.html(body)


def indices_of(drawn: State, book: RuleBook) -> tuple[Index, ...]:
    """Measure the extension areas of a state as one."""
    roads = [one.shape for one in drawn.values() if one.kind == "road"]
    around = surroundings_of(cache.reference(), state.overlays(), drawn_roads=roads)
    return indices(extension_of(drawn), around, book)


def _secrecy(now: Now) -> None:
    """Warn where the map shows surveyed land of a size that is classified."""
    classes = {one.geometry_class for one in now.line.state.values()}
    overlays = state.overlays().values()
    if state.once(
        "sketch_secret",
        now.version,
        lambda: sensitive(extension_of(now.line.state), overlays, classes),
    ):
        said = text(now.lang, "expansion.sensitive.text")
        st.html(tag("p", said, cls="pl-problem pl-note", role="alert"))


def _list(lang: str, found: tuple[Index, ...], book: RuleBook) -> Markup:
    groups = groupby(found, key=lambda one: wording.principle_name(lang, one))
    return join(
        *(
            join(
                tag("h3", principle, cls="pl-sk-principle"),
                *(_index(lang, one, book) for one in members),
            )
            for principle, members in groups
        )
    )


def _index(lang: str, one: Index, book: RuleBook) -> Markup:
    head = tag(
        "div",
        verdict(lang, one.outcome),
        tag("span", wording.index_name(lang, one), cls="pl-sk-index-name"),
        tag("span", wording.value_text(lang, one), cls="pl-sk-index-value"),
        cls="pl-sk-index-head",
    )
    return tag("div", head, *_lines(lang, one, book), _details(lang, one), cls="pl-sk-index")


def _lines(lang: str, one: Index, book: RuleBook) -> Iterator[Markup]:
    """Give the bands, why the figure is not sure, and what would settle it."""
    bands = [band for band in one.bands if wording.band_text(lang, band)]
    if bands:
        between = text(lang, "ui.sketch.dot")
        said = between.join(wording.band_text(lang, band) for band in bands)
        titles = "\n".join(wording.band_title(lang, band) for band in bands)
        limits = tag("span", text(lang, "ui.sketch.index_bands"), " ", said, title=titles)
        yield tag("div", limits, cls="pl-note pl-muted")
    reason = wording.reason_text(lang, one)
    if reason:
        yield tag("div", reason, cls="pl-note pl-text-unknown")
    missing = wording.missing_text(lang, one, book)
    if missing:
        yield tag("div", missing, cls="pl-note pl-text-unknown")


def _details(lang: str, one: Index) -> Markup:
    said = [wording.detail_text(lang, detail) for detail in one.details[:_MOST_DETAILS]]
    lines = (tag("div", line, cls="pl-note") for line in said)
    bands = (
        tag(
            "div", wording.band_title(lang, band), " ", wording.band_text(lang, band), cls="pl-note"
        )
        for band in one.bands
    )
    method = tag("div", wording.method_text(lang, one), cls="pl-note pl-muted")
    summary = tag("summary", text(lang, "ui.sketch.index_details"), cls="pl-muted")
    return tag("details", summary, *lines, method, *bands)
