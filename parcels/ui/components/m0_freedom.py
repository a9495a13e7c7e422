"""What may change, what a change costs and what stays as it is: asked for the smallest change."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.proposal.functions import function_names
from parcels.proposal.remedies.advice import LEVERS, Freedom
from parcels.proposal.remedies.advice_words import quantity_name
from parcels.ui import state
from parcels.ui.markup import literal, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.proposal.remedies.advice import Lever
    from parcels.ui.components.m0_now import Now

_LEVERS, _LOCKED, _ADDABLE = "m0_levers", "m0_locked", "m0_addable"
_ASKED = "m0_freedom"
_FIRST = Freedom()
_MOST = Decimal("1e9")


def freedom() -> Freedom:
    """Return what the user lets change in this session."""
    asked: Freedom = state.recall(_ASKED, _FIRST)
    return asked


def ask_freedom(now: Now) -> None:
    """Draw the popover: levers, their weights, what is locked, what may be added."""
    lang = now.lang
    asked = freedom()
    used = [one for one in LEVERS if one in asked.levers]
    label = text(lang, "ui.m0.may_change", count=len(used), total=len(LEVERS))
    opened = st.popover(
        label, icon=":material/tune:", key="m0_freedom", on_change=state.hold_params
    )
    if not opened.open:
        return
    with opened, st.container(key="m0_freedom_box"):
        state.keep_widget(_LEVERS, used)
        st.pills(
            text(lang, "ui.m0.levers"),
            LEVERS,
            selection_mode="multi",
            format_func=lambda one: text(lang, f"proposal.lever.{one}"),
            key=_LEVERS,
            on_change=_choose,
        )
        _weights(lang, asked)
        _several(now, _LOCKED, sorted(asked.locked), _lockable(now), _lock_name(now))
        names = list(function_names())
        _several(
            now,
            _ADDABLE,
            list(asked.addable),
            names,
            lambda one: text(lang, f"ui.rules.function.{one}"),
        )


def _weights(lang: str, asked: Freedom) -> None:
    """Ask what one unit of each change costs, as text: a number above 0."""
    st.html(tag("p", text(lang, "ui.m0.weights"), cls="pl-note"))
    with st.container(key="m0_weights", horizontal=True, gap="small"):
        for lever in LEVERS:
            key = f"m0_weight_{lever}"
            if state.recall(f"{key}_typed") is None:
                state.keep_widget(key, _plain(asked.weights.get(lever, Fraction(1))))
            with st.container(key=f"{key}_box", width=92):
                st.text_input(text(lang, f"proposal.lever.{lever}"), key=key, on_change=_choose)
    wrong = [one for one in LEVERS if state.recall(f"m0_weight_{one}_typed") is not None]
    for lever in wrong:
        sentence = text(
            lang,
            "ui.m0.weight_unfit",
            lever=text(lang, f"proposal.lever.{lever}"),
            value=state.recall(f"m0_weight_{lever}_typed"),
        )
        st.html(tag("p", sentence, cls="pl-note pl-m0-fault", role="alert"))


def _several(
    now: Now,
    key: str,
    chosen: list[str],
    offered: list[str],
    named: Callable[[str], str],
) -> None:
    state.keep_widget(key, [one for one in chosen if one in offered])
    st.multiselect(
        text(now.lang, f"ui.{key.replace('_', '.', 1)}"),
        offered,
        format_func=named,
        placeholder=text(now.lang, "ui.m0.none_chosen"),
        key=key,
        on_change=_choose,
    )


def _lockable(now: Now) -> list[str]:
    """Offer what a remedy could change: quantities that are known, and answers."""
    return [*now.proposal.amounts, *now.proposal.answers]


def _lock_name(now: Now) -> Callable[[str], str]:
    return lambda one: literal(quantity_name(now.lang, now.proposal, one))


def _choose() -> None:
    """Take what the widgets show; a weight that is no number above 0 is told and left out."""
    state.hold_params()
    weights: dict[Lever, Fraction] = {}
    for lever in LEVERS:
        key = f"m0_weight_{lever}"
        typed = str(state.widget(key))
        weight = _weight(typed)
        state.remember(f"{key}_typed", typed if weight is None else None)
        if weight is not None and weight != 1:
            weights[lever] = weight
    state.remember(
        _ASKED,
        Freedom(
            levers=frozenset(state.widget(_LEVERS)),
            weights=MappingProxyType(weights),
            locked=frozenset(state.widget(_LOCKED)),
            addable=tuple(state.widget(_ADDABLE)),
        ),
    )


def forget_locks() -> None:
    """Free everything: another proposal has other rows."""
    asked = freedom()
    state.remember(
        _ASKED, Freedom(levers=asked.levers, weights=asked.weights, addable=asked.addable)
    )


def _weight(typed: str) -> Fraction | None:
    try:
        number = Decimal(typed.strip())
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() and 0 < number <= _MOST else None


def _plain(weight: Fraction) -> str:
    return f"{Decimal(weight.numerator) / Decimal(weight.denominator):f}"
