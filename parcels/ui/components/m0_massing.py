"""The volumes of a proposal: rows that can be changed, figures beside limits, three drawings."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.proposal.fields import field_title, fields
from parcels.proposal.massing.axonometric import axonometric_svg
from parcels.proposal.massing.plan import plan_svg
from parcels.proposal.massing.section import section_svg
from parcels.proposal.massing.sheet import DARK, LIGHT
from parcels.proposal.massing.study import study
from parcels.ui import state
from parcels.ui.components.m0_draft import editing
from parcels.ui.components.m0_faults import faults_at
from parcels.ui.components.m0_massing_figures import figure_table, use_table
from parcels.ui.components.m0_massing_ground import outline_of
from parcels.ui.components.m0_massing_rows import row_table
from parcels.ui.components.m0_now import now
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.proposal.draft import Draft
    from parcels.proposal.massing.model import Study
    from parcels.proposal.model import Proposal
    from parcels.ui.components.m0_now import Now

_STYLE = Path(__file__).parents[1] / "m0_massing.css"
_DRAWINGS: Mapping[str, Callable[..., str]] = {
    "plan": plan_svg,
    "axonometric": axonometric_svg,
    "section": section_svg,
}
_SWITCH, _PARAM = "m0_massing_drawing", "drawing"
_FIELDS = ("setback", "spacing", "site_width")
_WIDTH = 440  # px
_ROWS_WIDTH = 404  # px


def massing_panel(
    lang: str, proposal: Proposal, draft: Draft, put: Callable[[Draft], None]
) -> None:
    """Draw the volume study of a proposal.

    Parameters
    ----------
    lang : str
    proposal : Proposal
        What was read of ``draft``.
    draft : Draft
    put : callable
        Takes the draft that an edit makes.
    """
    ground = outline_of(draft.fields.get("parcel", ""))
    made = state.once(
        "m0_massing_study", (draft, ground.key), lambda: study(proposal, ground.outline)
    )
    with st.container(key="m0_massing_style"):
        st.html(_STYLE)
    with st.container(key="m0_massing", horizontal=True, wrap=False):
        with st.container(key="m0_massing_left", width="stretch"):
            if made.not_drawn and not made.buildings:
                lacks_area = any(one.floor_area is None for one in made.not_drawn)
                empty = text(lang, f"ui.massing.empty{'_area' if lacks_area else ''}")
                st.html(tag("p", empty, cls="pl-box pl-note", role="status"))
            _drawings(lang, made, draft)
            _remarks(lang, made, ground.note(lang))
            use_table(lang, made)
        with st.container(key="m0_massing_right", width=_ROWS_WIDTH):
            row_table(lang, made, draft, put)
            _assumptions(lang, put)
            figure_table(lang, proposal, made)


def _assumptions(lang: str, put: Callable[[Draft], None]) -> None:
    """Draw the fields that shape the envelope and the places."""
    current = now()
    with st.container(key="m0_massing_fields", horizontal=True, wrap=False, gap="small"):
        for name in _FIELDS:
            with st.container(key=f"m0_massing_cell_{name}", gap=None):
                key, typed = f"m0_massing_{name}", current.draft.fields.get(name, "")
                state.keep_widget(key, typed)
                st.text_input(
                    field_title(lang, fields()[name]),
                    key=key,
                    on_change=_typed,
                    args=(name, put),
                    placeholder=text(lang, "ui.massing.not_stated"),
                    autocomplete="off",
                )
                st.html(_beneath(current, name, typed))


def _beneath(current: Now, name: str, typed: str) -> Markup:
    """Say what was read of a field, or what is wrong with it."""
    faults = faults_at(current, name)
    echo = current.reading.echoes.get(name, "")
    shown = faults or ([join(echo)] if echo != typed else [])
    return tag("div", *shown, cls=f"pl-m0-echo{'' if faults else ' pl-muted'}")


def _typed(name: str, put: Callable[[Draft], None]) -> None:
    put(editing().draft.put(name, state.widget(f"m0_massing_{name}") or ""))


def _drawings(lang: str, made: Study, draft: Draft) -> None:
    """Draw the chosen drawing; the style sheet shows all of them where there is room."""
    asked = state.param(_PARAM)
    chosen = asked if asked in _DRAWINGS else "plan"
    state.put_widget(_SWITCH, chosen)
    st.segmented_control(
        text(lang, "ui.massing.drawing"),
        tuple(_DRAWINGS),
        required=True,
        format_func=lambda one: text(lang, f"massing.drawing.{one}"),
        key=_SWITCH,
        on_change=_choose,
        label_visibility="collapsed",
    )
    is_dark = st.context.theme.type == "dark"
    drawn = state.once(
        "m0_massing_drawn", (draft, made.site, lang, is_dark), lambda: _drawn(lang, made, is_dark)
    )
    pictures = [
        tag(
            "figure",
            tag("figcaption", text(lang, f"massing.drawing.{name}")),
            tag("img", src=source, alt=_alt(lang, name, made)),
            cls=f"pl-massing-{'chosen' if name == chosen else 'other'}",
        )
        for name, source in drawn.items()
    ]
    st.html(tag("div", *pictures, cls="pl-massing"))


def _choose() -> None:
    chosen = state.widget(_SWITCH)
    state.set_params(**{_PARAM: None if chosen == "plan" else chosen})


def _drawn(lang: str, made: Study, is_dark: bool) -> dict[str, str]:
    """Write drawings as addresses of their own: the page takes no SVG inside its HTML."""
    inks = DARK if is_dark else LIGHT
    found = {}
    for name, draw in _DRAWINGS.items():
        svg = draw(made, lang, width=_WIDTH, inks=inks).encode("utf-8")
        found[name] = "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")
    return found


def _alt(lang: str, name: str, made: Study) -> str:
    title = text(lang, f"massing.drawing.{name}")
    return text(lang, "ui.massing.alt", title=title, count=len(made.buildings))


def _remarks(lang: str, made: Study, note: str) -> None:
    """Say what is assumed, left open or contradictory."""
    said = [text(lang, f"massing.remark.{one.code}", **one.values) for one in made.remarks]
    lines = [tag("li", one) for one in [note, *said] if one]
    if lines:
        st.html(tag("ul", *lines, cls="pl-massing-remarks"))
