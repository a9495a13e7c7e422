"""The tab 规则包: every pack with its rules, what is unknown, and what the bureau set itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import error_text, text
from parcels.rule_words import in_words
from parcels.ui import state
from parcels.ui.components.review_current import as_of
from parcels.ui.components.rules_limit import ask_end
from parcels.ui.components.rules_list import pack_facts, rules_list
from parcels.ui.components.rules_now import held_shelf, limits_or_problem
from parcels.ui.components.rules_table import Shown, rules_table
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from geo.errors import PlannerError
    from parcels.pack_shelf import Shelf
    from parcels.rules.model import Override, Pack
    from parcels.ui.components.rules_now import Limits

_STYLE = Path(__file__).parents[1] / "rules.css"
_SCRIPT = (Path(__file__).parents[1] / "show_rule.js").read_text("utf-8")
_LIST_WIDTH = 352
_MOST_FOUND = 60


def rules_tab(lang: str) -> None:
    """Draw packs on the left, rules on the right."""
    packs = held_shelf()
    rules = packs.rules()
    limits, problem = limits_or_problem(rules)
    chosen = _pack(packs)
    with st.container(key="rules_style"):
        st.html(_STYLE)
    with st.container(key="rules_panels", horizontal=True, wrap=False):
        with st.container(key="rules_left", width=_LIST_WIDTH):
            rules_list(lang, packs, limits, chosen)
        with st.container(key="rules_right", width="stretch"):
            _problems(lang, [*packs.problems, *([problem] if problem else [])])
            _orphans(lang, limits.orphans)
            term = state.param("term")
            if term:
                _found(lang, packs, limits, term)
            else:
                _rules_of(lang, packs, limits, chosen)


def _pack(packs: Shelf) -> Pack:
    """Return what the address names: a pack, else that of the rule, else the first default one."""
    known = packs.packs
    asked = state.param("pack") or ""
    if asked in known:
        return known[asked]
    of_rule = packs.rules().get(state.param("rule") or "")
    return of_rule[1] if of_rule else next(one for one in known.values() if one.default)


def _rules_of(lang: str, packs: Shelf, limits: Limits, pack: Pack) -> None:
    st.html(
        tag(
            "div",
            tag("h2", in_words(lang, pack.title)),
            tag("p", pack_facts(lang, packs, pack), cls="pl-note pl-muted"),
            tag("p", in_words(lang, pack.legal_status), cls="pl-note pl-text-unknown")
            if pack.legal_status
            else None,
            cls="pl-extract",
        )
    )
    chosen = state.param("rule") or ""
    rules_table(lang, [(rule, pack) for rule in pack.rule], _shown(limits, chosen=chosen))
    if any(rule.id == chosen for rule in pack.rule):
        _show(chosen)


def _found(lang: str, packs: Shelf, limits: Limits, term: str) -> None:
    found = packs.search(term)
    sentence = text(lang, "ui.rules.found", count=len(found), term=term)
    st.html(tag("p", sentence, cls="pl-note", role="status"))
    st.button(text(lang, "ui.rules.clear"), key="rules_clear", on_click=_clear)
    if found:
        rules_table(lang, found[:_MOST_FOUND], _shown(limits, with_pack=True))
    if len(found) > _MOST_FOUND:
        more = text(lang, "ui.rules.more", count=len(found) - _MOST_FOUND)
        st.html(tag("p", more, cls="pl-note pl-muted"))


def _shown(limits: Limits, *, chosen: str = "", with_pack: bool = False) -> Shown:
    return Shown(
        day=as_of(),
        limits={one.rule: one for one in limits.all},
        by_file=frozenset(one.rule for one in limits.by_file),
        chosen=chosen,
        with_pack=with_pack,
    )


def _problems(lang: str, problems: list[PlannerError]) -> None:
    for error in problems:
        sentence, hint = error_text(lang, error)
        words = tag("strong", sentence), " ", hint
        st.html(tag("div", *words, cls="pl-problem pl-note", role="alert"))


def _orphans(lang: str, orphans: tuple[Override, ...]) -> None:
    for one in orphans:
        with st.container(key=f"rules_orphan_{one.rule}", horizontal=True, wrap=False):
            said = {"rule": one.rule, "by": one.by, "day": one.day.isoformat()}
            sentence = text(lang, "ui.rules.orphan", value=str(one.value), **said)
            st.html(tag("p", sentence, cls="pl-note pl-text-unknown"))
            if st.button(text(lang, "ui.rules.end"), key=f"rules_drop_{one.rule}", type="tertiary"):
                ask_end(one.rule, one.rule)


def _show(rule: str) -> None:
    """Scroll to the rule once, when the address begins to name it."""
    number = state.serial("rules_chosen", rule)
    with st.container(key="rules_script"):
        script = _SCRIPT.replace("NUMBER", str(number))
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _clear() -> None:
    state.set_params(term=None)
