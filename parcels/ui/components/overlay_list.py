"""The reference layers in use, with what a reader must know of each, and those still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.overlay_kinds import overlay_kinds
from parcels.messages import text
from parcels.overlay_words import account, extent_text, features_text, kind_title, skipped_text
from parcels.ui import cache, state
from parcels.ui.markup import Markup, join, tag
from parcels.wording import failure_text

if TYPE_CHECKING:
    from layers.overlay import Overlay

_COLUMNS = ("title", "features", "extent", "accuracy", "source", "licence")
_SIDE = 62


def overlay_list(lang: str) -> None:
    """List the layers in use, then the kinds that nobody loaded."""
    configured = cache.configured_overlays()
    own = state.own_overlays()
    count = len(own) + len(configured.overlays)
    st.subheader(text(lang, "ui.overlays.loaded", count=count), anchor=False)
    st.html(tag("p", text(lang, "ui.overlays.memory"), cls="pl-note pl-muted"))
    _gone(lang)
    for kind, error in configured.problems:
        sentence, hint = failure_text(lang, error)
        title = text(lang, "ui.overlays.not_read", kind=kind_title(lang, kind))
        st.html(tag("div", tag("strong", title), " ", sentence, hint, cls="pl-problem pl-note"))
    with st.container(key="overlay_rows", gap="xxsmall"):
        if count:
            _line(_head(lang), "head")
        for number, overlay in enumerate(configured.overlays):
            _line(_row(lang, overlay), f"set_{number}", text(lang, "ui.overlays.by_settings"))
        for token, overlay in own:
            _line(_row(lang, overlay), token, lang=lang, token=token)
    _missing(lang)


def _gone(lang: str) -> None:
    lost = state.lost_overlays()
    if lost:
        sentence = text(lang, "ui.overlays.lost", count=lost)
        st.html(tag("p", sentence, cls="pl-note pl-text-unknown", role="status"))


def _line(cells: Markup, key: str, side: str = "", *, lang: str = "", token: str = "") -> None:
    """Draw one line of the list with its button, or with words in its place."""
    with st.container(key=f"overlay_line_{key}", horizontal=True, wrap=False):
        st.html(tag("div", tag("table", cells), cls="pl-extract pl-overlay"))
        with st.container(width=_SIDE):
            if token:
                st.button(
                    text(lang, "ui.overlays.remove"),
                    key=f"overlay_remove_{token}",
                    type="tertiary",
                    on_click=state.drop_overlay,
                    args=(token,),
                )
            else:
                st.html(tag("span", side, cls="pl-note pl-muted"))


def _head(lang: str) -> Markup:
    return tag("tr", *(tag("th", text(lang, f"ui.overlays.column_{one}")) for one in _COLUMNS))


def _row(lang: str, overlay: Overlay) -> Markup:
    accuracy = None if overlay.accuracy_m is None else f"±{overlay.accuracy_m:g}"
    use = overlay.allowed_use
    cells = (
        join(
            tag("strong", kind_title(lang, overlay.kind)),
            tag("div", overlay.title, cls="pl-muted"),
            _details(lang, overlay),
        ),
        join(features_text(lang, overlay), _incomplete(lang, overlay)),
        extent_text(lang, overlay),
        _or_unknown(lang, accuracy),
        join(
            tag("div", _or_unknown(lang, overlay.source)),
            tag("div", _or_unknown(lang, overlay.date)),
        ),
        join(
            tag("div", _or_unknown(lang, overlay.licence)),
            tag(
                "div", _or_unknown(lang, use != "unknown" and text(lang, f"ui.overlays.use_{use}"))
            ),
        ),
    )
    return tag("tr", *(tag("td", cell) for cell in cells))


def _details(lang: str, overlay: Overlay) -> Markup:
    lines = (tag("p", line, cls="pl-note pl-muted") for line in account(lang, overlay))
    return tag("details", tag("summary", text(lang, "ui.overlays.details")), *lines)


def _incomplete(lang: str, overlay: Overlay) -> Markup | None:
    if overlay.complete:
        return None
    skipped = skipped_text(lang, overlay)
    return join(
        tag("div", skipped, cls="pl-muted") if skipped else None,
        tag("div", text(lang, "ui.overlays.incomplete"), cls="pl-text-unknown"),
    )


def _or_unknown(lang: str, value: object) -> object:
    """Write a statement, or that nobody made it."""
    return value or tag("span", text(lang, "ui.overlays.not_stated"), cls="pl-text-unknown")


def _missing(lang: str) -> None:
    """List the kinds without a layer by group: what they would settle stays unknown."""
    held = state.overlays()
    groups: dict[str, list[str]] = {}
    for kind, entry in overlay_kinds().items():
        if kind not in held:
            groups.setdefault(entry.group, []).append(kind)
    count = sum(len(kinds) for kinds in groups.values())
    if not count:
        return
    st.subheader(text(lang, "ui.overlays.missing", count=count), anchor=False)
    rows = (
        tag(
            "tr",
            tag("th", text(lang, f"ui.overlays.group_{group}"), scope="row"),
            tag("td", tag("div", *(_badge(lang, one) for one in kinds), cls="pl-badges")),
        )
        for group, kinds in groups.items()
    )
    sentence = tag("p", text(lang, "ui.overlays.missing_what"), cls="pl-note pl-muted")
    st.html(join(sentence, tag("div", tag("table", *rows), cls="pl-extract")))


def _badge(lang: str, kind: str) -> Markup:
    return tag("span", kind_title(lang, kind), cls="pl-badge", title=kind)
