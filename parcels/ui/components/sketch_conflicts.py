"""What the shown elements run into, worst first; a click looks at the place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.findings import OUTCOMES, RANK
from parcels.messages import text
from parcels.planning.wording import element_name
from parcels.ui import state
from parcels.ui.components.sketch_look import look_at
from parcels.ui.components.sketch_signs import verdict
from parcels.ui.components.sketch_words import mu_text
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.ui.components.sketch_now import Now

    Told = Mapping[str, Any]

_MOST = 40
_PERCENT = 100


def conflict_panel(now: Now) -> None:
    """Draw totals, the conflicts that have a place, and in one line what cannot be judged."""
    lang = now.lang
    told: Sequence[Told] = now.answer["conflicts"]
    if not now.line.state:
        st.html(tag("p", text(lang, "ui.sketch.no_elements"), cls="pl-note pl-muted"))
        return
    st.html(_totals(lang, told))
    listed = sorted((one for one in told if not _is_wall(one)), key=_rank)
    for at, one in enumerate(listed[:_MOST]):
        _row(now, at, one)
    if len(listed) > _MOST:
        more = text(lang, "ui.sketch.conflicts_more", count=len(listed) - _MOST)
        st.html(tag("p", more, cls="pl-note pl-muted"))
    if not listed:
        st.html(tag("p", text(lang, "ui.sketch.conflicts_none"), cls="pl-note"))
    _wall(lang, [one for one in told if _is_wall(one)])


def _rank(one: Told) -> tuple[int, float]:
    return RANK[one["outcome"]], -(one["area_m2"] or 0.0)


def _is_wall(one: Told) -> bool:
    """Whether it says nothing about a place, only that a datum is missing."""
    return one["outcome"] == "unknown" and one["geometry"] is None


def _totals(lang: str, told: Sequence[Told]) -> Markup:
    counted = {outcome: sum(one["outcome"] == outcome for one in told) for outcome in OUTCOMES}
    shown = [one for one in OUTCOMES[:3] if counted[one]]
    badges = (
        tag("span", verdict(lang, one), " ", str(counted[one]), cls="pl-total") for one in shown
    )
    return tag("div", *badges, cls="pl-badges")


def _row(now: Now, at: int, one: Told) -> None:
    with st.container(key=f"sketch_conflict_{at}", horizontal=True, wrap=False, gap="small"):
        st.html(_told(now, one))
        if one["geometry"] is not None:
            st.button(
                text(now.lang, "ui.sketch.look"),
                key=f"sketch_look_{at}",
                icon=":material/my_location:",
                help=text(now.lang, "ui.sketch.look_what"),
                type="tertiary",
                on_click=partial(_look, one["element"], one["geometry"]),
            )


def _told(now: Now, one: Told) -> Markup:
    lang = now.lang
    element = now.line.state.get(one["element"])
    between = text(lang, "ui.sketch.dot")
    about = [element_name(lang, element) if element else "", one["other"] or ""]
    head = join(
        verdict(lang, one["outcome"]),
        " ",
        tag("strong", one["title"]),
        tag("span", _amount(lang, one), cls="pl-sk-amount"),
    )
    return tag(
        "div",
        tag("div", head),
        tag("div", one["message"], cls="pl-note"),
        tag("div", between.join(filter(None, about)), cls="pl-note pl-muted"),
        cls="pl-sk-conflict",
    )


def _amount(lang: str, one: Told) -> str:
    if not one["area_m2"]:
        return ""
    said = text(lang, "ui.sketch.mu", mu=mu_text(one["area_m2"]))
    share = one["share"]
    if share is None:
        return said
    return text(lang, "ui.sketch.with_share", area=said, share=f"{share * _PERCENT:,.2f}")


def _look(element: str, geometry: Mapping[str, Any]) -> None:
    state.set_params(element=element)
    look_at(geometry)


def _wall(lang: str, told: Sequence[Told]) -> None:
    """Say in one line what is not judged for lack of data; the sentences fold out."""
    if not told:
        return
    sentences = dict.fromkeys(
        f"{one['title']}：{one['message']}" if one["title"] else one["message"] for one in told
    )
    title = text(lang, "ui.sketch.conflicts_unknown", count=len(told))
    lines = (tag("p", one, cls="pl-note") for one in sentences)
    summary = tag("summary", verdict(lang, "unknown"), " ", title)
    st.html(tag("details", summary, *lines, cls="pl-extract"))
