"""What a table leaves open: units that no heading states, columns of one meaning."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.permu.headings import kind_of
from parcels.permu.sentences import role_title
from parcels.permu.terms import indicators
from parcels.permu.units import spellings
from parcels.ui import state
from parcels.ui.components.permu_source import settle
from parcels.ui.markup import literal

if TYPE_CHECKING:
    from parcels.ui.components.permu_source import Held

_NONE = ""
_OPEN = {"permu_unit_missing", "permu_unit_unread"}


def open_questions(lang: str, held: Held) -> None:
    """Offer the units and columns that are open, and those that were settled; nothing without."""
    units, columns = _units(held), _columns(held)
    if not units and not columns:
        return
    is_open = sum(bool(one.problem) for one in held.table.columns)
    with st.popover(text(lang, "ui.permu.settle", count=is_open)):
        for role, options in columns.items():
            _choose(lang, held, role, options, "columns")
        for role in units:
            _choose(lang, held, role, _possible(role), "units")


def _units(held: Held) -> list[str]:
    asked = [one.role for one in held.table.columns if one.problem in _OPEN]
    return list(dict.fromkeys([*asked, *held.answers.units]))


def _columns(held: Held) -> dict[str, tuple[str, ...]]:
    """Return the headings among which a role must be chosen."""
    twice = {
        str(note.values["role"]): tuple(str(note.values["columns"]).split("、"))
        for note in held.table.notes
        if note.code == "permu_column_twice"
    }
    return {**{role: (name,) for role, name in held.answers.columns.items()}, **twice}


def _possible(role: str) -> tuple[str, ...]:
    kind = kind_of(role)
    if kind is not None:
        return spellings(kind)
    unit = indicators()[role].unit
    return ("%", "1") if unit == "1" else (unit,)


def _choose(lang: str, held: Held, role: str, options: tuple[str, ...], what: str) -> None:
    chosen = getattr(held.answers, what).get(role, _NONE)
    key = f"permu_{what}_{role}"
    state.put_widget(key, chosen)
    st.selectbox(
        text(lang, f"ui.permu.settle_{what}", role=literal(role_title(role, lang))),
        (_NONE, *options),
        key=key,
        format_func=lambda one: one or text(lang, "permu.cli.unknown"),
        on_change=partial(_settle, held, role, what, key),
    )


def _settle(held: Held, role: str, what: str, key: str) -> None:
    given = dict(getattr(held.answers, what))
    given.pop(role, None)
    if value := state.widget(key):
        given[role] = value
    answers = held.answers
    is_unit = what == "units"
    settle(replace(answers, units=given) if is_unit else replace(answers, columns=given))
