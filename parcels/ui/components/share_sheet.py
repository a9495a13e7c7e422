"""How the sheet of a snapshot is to look: template, paper, scale, parcel; the address keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from layers.sheet.frame import SCALES
from parcels.messages import text
from parcels.snapshot.writers import own_template
from parcels.ui import state
from parcels.ui.components.share_outputs import reports_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from parcels.snapshot.model import KindName, Snapshot

_TEMPLATES: dict[KindName, tuple[str, ...]] = {
    "review": ("cadastral", "survey_map", "location"),
    "proposal": ("m0",),
    "scenarios": ("comparison",),
    "permu": (),
}
EACH = ("cadastral", "opinion", "points")
"""Templates that give each parcel pages of its own."""
_PAPERS = ("A4", "A3")
_TURNS = ("landscape", "portrait")
_INKS = ("colour", "grey")
_PEOPLE = ("maker", "checker", "reviewer")
_ALL, _AUTO = "", ""
_MOST_LISTED = 1_000
_MOST_TOGETHER = 12
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the address and the fields say.

    Attributes
    ----------
    options : mapping
        Values of JSON for `parcels.jobs.drawing.drawing`.
    is_report : bool
        A report and no sheet.
    """

    template: str
    options: Mapping[str, Any]
    is_report: bool = False

    @property
    def version(self) -> str:
        """Tell two sheets of one snapshot apart."""
        return repr(sorted(self.options.items()))


def templates_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the sheets that suit a snapshot, the most fitting one first, then its reports."""
    return (*_sheets_of(snapshot), *reports_of(snapshot.kind, snapshot.level))


def _sheets_of(snapshot: Snapshot) -> tuple[str, ...]:
    fitting = _TEMPLATES[snapshot.kind]
    if snapshot.kind == "review":
        first = own_template(snapshot)
        return (first, *(one for one in fitting if one != first))
    return fitting


def chosen_sheet(snapshot: Snapshot) -> Chosen:
    """Draw the fields in one line and return what they say."""
    lang, templates = state.lang(), templates_of(snapshot)
    with st.container(
        key="share_sheet_bar", horizontal=True, wrap=False, vertical_alignment="center", gap="small"
    ):
        template = _one_of(lang, "template", templates, _titled(lang, "template"), width=148)
        lot = _parcel(lang, snapshot, each=template in EACH)
        of = {"template": template, "parcels": [lot] if lot else []}
        if template not in _sheets_of(snapshot):
            return Chosen(template=template, options=of, is_report=True)
        paper = _one_of(lang, "paper", _PAPERS, str, width=76)
        turn = _one_of(lang, "turn", _TURNS, _titled(lang), width=72)
        scales = (_AUTO, *map(str, SCALES))
        scale = _one_of(lang, "scale", scales, partial(_scale_text, lang), width=106)
        ink = _one_of(lang, "ink", _INKS, _titled(lang, "ink"), width=84)
        names = _people(lang)
    options = {
        **of,
        "paper": paper,
        "landscape": turn == _TURNS[0],
        "scale": int(scale) if scale else None,
        "tone": ink,
        **names,
    }
    return Chosen(template=template, options=options)


def _titled(lang: str, prefix: str = "") -> Callable[[str], str]:
    head = f"{prefix}_" if prefix else ""
    return lambda one: text(lang, f"ui.share.{head}{one}")


def _scale_text(lang: str, scale: str) -> str:
    return f"1:{int(scale):,}" if scale else text(lang, "ui.share.scale_auto")


def _one_of(
    lang: str, param: str, options: Sequence[str], label: Callable[[str], str], *, width: int
) -> str:
    """Ask for one of a few; the first one is not written to the address."""
    asked = state.param(param)
    shown = asked if asked is not None and asked in options else options[0]
    key = f"share_of_{param}"
    state.put_widget(key, shown)
    st.selectbox(
        text(lang, f"ui.share.{param}"),
        options,
        format_func=label,
        key=key,
        on_change=partial(_choose, param, options[0]),
        label_visibility="collapsed",
        width=width,
    )
    return shown


def _choose(param: str, usual: str) -> None:
    chosen = state.widget(f"share_of_{param}")
    state.set_params(leaf=None, **{param: None if chosen == usual else chosen})


def selected_keys(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the keys of the parcels that a snapshot is about; none of another kind."""
    if snapshot.kind != "review":
        return ()
    return tuple(one["key"] for one in snapshot.content["parcels"] if one["selected"])


def _parcel(lang: str, snapshot: Snapshot, *, each: bool) -> str:
    """Ask for the parcel of a review; the empty answer stands for all that were selected.

    Where ``each`` parcel has pages of its own, many of them are drawn one at a time.
    """
    if snapshot.kind != "review":
        return _ALL
    selected = [one for one in snapshot.content["parcels"] if one["selected"]]
    names = {one["key"]: f"{one['key']} {one['name']}".strip() for one in selected[:_MOST_LISTED]}
    together = len(selected) > 1 and not (each and len(selected) > _MOST_TOGETHER)
    every = {_ALL: text(lang, "ui.share.parcel_all")} if together else {}
    labels = every | names
    return _one_of(lang, "lot", tuple(labels), labels.__getitem__, width=128)


def _people(lang: str) -> dict[str, str]:
    """Ask for the names at the foot of the sheet; this visit remembers them."""
    with st.popover(text(lang, "ui.share.people"), key="share_people"):
        return {role: _name(lang, role) for role in _PEOPLE}


def _name(lang: str, role: str) -> str:
    typed = st.text_input(
        text(lang, f"ui.share.{role}"),
        value=state.recall(f"share_{role}", ""),
        max_chars=_LONGEST_NAME,
        key=f"share_name_{role}",
    )
    name = (typed or "").strip()
    state.remember(f"share_{role}", name)
    return name
