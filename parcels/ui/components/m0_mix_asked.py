"""What is asked of the best mix: packs, goal, what stays; kept in the address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.proposal.functions import roles_of
from parcels.proposal.mix.terms import GOALS, HOLDS
from parcels.proposal.model import FLOOR
from parcels.rule_words import in_words
from parcels.ui import state
from parcels.ui.components.m0_mix_tables import row_name
from parcels.ui.markup import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from parcels.proposal.mix.terms import Goal, Hold
    from parcels.proposal.model import Proposal
    from parcels.rules.load import RuleBook
    from parcels.rules.model import Pack

_ALL, _FIRST = "all", "m0_nanyang_pilot"
_PARAMS = {"target": "target", "goal": "mixgoal", "hold": "mixhold", "keep": "mixkeep"}
_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for.

    Attributes
    ----------
    offered : tuple of Pack
    target : str
        Id of a pack, or ``all``.
    rows : tuple of int
        Rows with floor area or yields that may be asked to stay.
    keep : tuple of int
        Rows that stay.
    """

    proposal: Proposal
    offered: tuple[Pack, ...]
    target: str
    goal: Goal
    hold: Hold
    rows: tuple[int, ...]
    keep: tuple[int, ...]

    @property
    def packs(self) -> tuple[str, ...]:
        """Ids of the packs to keep."""
        known = tuple(one.id for one in self.offered)
        return known if self.target == _ALL else (self.target,)

    @property
    def key(self) -> tuple[object, ...]:
        """Tell one question from another."""
        return self.packs, self.goal, self.hold, self.keep


def asked_of(proposal: Proposal, book: RuleBook, packs: Sequence[str]) -> Asked:
    """Read what the address asks for; the pilot pack and tax a 亩 where it does not say."""
    offered = tuple(one for one in book.packs if one.id in packs)
    goal, hold = state.param(_PARAMS["goal"]), state.param(_PARAMS["hold"])
    rows = tuple(at for at, part in enumerate(proposal.parts) if len(part.functions) == 1)
    return Asked(
        proposal=proposal,
        offered=offered,
        target=_target(offered),
        goal=goal if goal in GOALS else GOALS[0],
        hold=hold if hold in HOLDS else HOLDS[0],
        rows=rows,
        keep=_kept(proposal, rows),
    )


def ask(lang: str, asked: Asked) -> None:
    """Draw the choices in one line."""
    titles = {one.id: in_words(lang, one.title) for one in asked.offered}
    with st.container(key="m0_mix_asked", horizontal=True, wrap=False, gap="small"):
        _choice(lang, "goal", GOALS, asked.goal, lambda one: text(lang, f"ui.best_mix.asked.{one}"))
        _choice(lang, "hold", HOLDS, asked.hold, lambda one: text(lang, f"ui.best_mix.hold_{one}"))
        state.put_widget("m0_mix_target", asked.target)
        st.selectbox(
            text(lang, "ui.best_mix.target"),
            [*titles, *([_ALL] if len(titles) > 1 else [])],
            format_func=lambda one: titles.get(one) or text(lang, "ui.best_mix.all_packs"),
            key="m0_mix_target",
            on_change=partial(_chosen, "target"),
            label_visibility="collapsed",
        )
        _ask_rows(lang, asked)


def _choice(
    lang: str, name: str, options: Sequence[str], chosen: str, words: Callable[[Any], str]
) -> None:
    key = f"m0_mix_{name}"
    state.put_widget(key, chosen)
    st.segmented_control(
        text(lang, f"ui.best_mix.{name}"),
        options,
        required=True,
        format_func=words,
        key=key,
        on_change=partial(_chosen, name),
        label_visibility="collapsed",
    )


def _ask_rows(lang: str, asked: Asked) -> None:
    """Let rows stay as they are."""
    label = text(lang, "ui.best_mix.keep_label", count=len(asked.keep))
    with st.popover(label, icon=":material/lock:", key="m0_mix_keep_box"):
        state.put_widget("m0_mix_keep", list(asked.keep))
        st.pills(
            text(lang, "ui.best_mix.keep"),
            asked.rows,
            selection_mode="multi",
            format_func=lambda at: literal(row_name(asked.proposal, at)),
            key="m0_mix_keep",
            on_change=_keep_chosen,
        )


def _target(offered: Sequence[Pack]) -> str:
    """Return the pack that the address names, else the pilot, else the first."""
    ids = [one.id for one in offered]
    named = state.param(_PARAMS["target"]) or ""
    if named in ids or (named == _ALL and len(ids) > 1):
        return named
    return _FIRST if _FIRST in ids else next(iter(ids), _ALL)


def _kept(proposal: Proposal, rows: Sequence[int]) -> tuple[int, ...]:
    """Return the rows that the address names, else those that are neither core nor support."""
    written = state.param(_PARAMS["keep"])
    if written is None:
        return tuple(
            at
            for at in rows
            if roles_of(proposal.parts[at]) == {"other"} and proposal.exact(f"{FLOOR}:{at}")
        )
    return tuple(at for at in rows if str(at + 1) in written.split("."))


def _chosen(name: str) -> None:
    state.set_params(**{_PARAMS[name]: state.widget(f"m0_mix_{name}")})


def _keep_chosen() -> None:
    named = ".".join(str(at + 1) for at in sorted(state.widget("m0_mix_keep")))
    state.set_params(**{_PARAMS["keep"]: named or _NONE})
