"""Core, support and the rest as one bar, by the floor area that a share refers to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import streamlit as st

from parcels.finding_words import amount
from parcels.messages import text
from parcels.proposal.functions import roles_of
from parcels.proposal.measuring.measures import floor_form
from parcels.proposal.model import FLOOR
from parcels.proposal.remedies.advice_words import exact_words
from parcels.proposal.reports.report import denominator_of
from parcels.proposal.ruling.fact_rules import part_name
from parcels.rule_words import denominator_words
from parcels.ui import state
from parcels.ui.components.m0_rows import WHOLES
from parcels.ui.components.m0_words import option_word
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from parcels.proposal.model import Proposal, Role
    from parcels.ui.components.m0_now import Now

_ROLES: tuple[Role, ...] = ("core", "support", "other")
_SWITCH, _PARAM = "m0_whole", "whole"
_LIMITED: dict[str, Role] = {"support_gfa_share": "support", "core_gfa_share": "core"}
_ALL = 100


def share_bar(now: Now) -> None:
    """Draw the bar with its denominator, and the limits that the chosen packs set on it."""
    lang, whole = now.lang, _whole()
    with st.container(key="m0_bar_head", horizontal=True, wrap=False, vertical_alignment="center"):
        st.html(tag("span", text(lang, "ui.m0.mix"), cls="pl-step"))
        st.space("stretch")
        state.put_widget(_SWITCH, whole)
        st.segmented_control(
            text(lang, "ui.m0.whole"),
            WHOLES,
            required=True,
            format_func=lambda one: text(lang, f"ui.m0.{one}"),
            key=_SWITCH,
            on_change=_choose,
            label_visibility="collapsed",
        )
    st.html(_drawn(now, whole))


def _drawn(now: Now, whole: str) -> Markup:
    lang = now.lang
    shares = floor_shares(now.proposal, whole)
    if shares is None:
        return tag("p", text(lang, "ui.m0.bar_unknown"), cls="pl-note pl-text-unknown")
    total, pieces = shares
    sums = {
        role: sum((area for _, one, area in pieces if one == role), Fraction(0)) for role in _ROLES
    }
    open_area = sum((area for _, role, area in pieces if role is None), Fraction(0))
    said = [
        tag(
            "span",
            tag("span", cls=f"pl-m0-key pl-m0-{role}"),
            tag("strong", option_word(lang, "role", role)),
            f" {amount(lang, float(sums[role] / total), 'ratio')}",
            cls="pl-m0-share",
        )
        for role in _ROLES
        if sums[role] or role != "other"
    ]
    if open_area:
        share = amount(lang, float(open_area / total), "ratio")
        said.append(tag("span", text(lang, "ui.m0.open_share", share=share), cls="pl-text-unknown"))
    limits = limits_on(now, whole)
    named = text(
        lang, "ui.m0.bar_whole", whole=denominator_words(lang, whole), area=exact_words(total, "m²")
    )
    if limits:
        named += text(lang, "ui.m0.bar_limits", limits=[_limit_words(lang, one) for one in limits])
    drawn = [
        tag(
            "span",
            cls=f"pl-m0-piece pl-m0-{role or 'open'}",
            style=f"width: {float(area / total) * _ALL:.3f}%",
            title=f"{name} {exact_words(area, 'm²')}",
        )
        for name, role, area in pieces
    ]
    return tag(
        "div",
        tag("div", *said, cls="pl-m0-shares"),
        tag("div", *drawn, *map(_mark, sorted({at for _, at in limits})), cls="pl-m0-bar"),
        tag("div", named, cls="pl-note pl-muted"),
    )


def floor_shares(
    proposal: Proposal, whole: str
) -> tuple[Fraction, list[tuple[str, Role | None, Fraction]]] | None:
    """Return a floor area and its pieces by row, core first; None: it is not known.

    A row whose kind is open has none.
    """
    form = floor_form(proposal, whole)
    pieces = []
    for at, part in enumerate(proposal.parts):
        span = form.get(f"{FLOOR}:{at}")
        area = proposal.exact(f"{FLOOR}:{at}")
        if span is None or area == 0:
            continue
        if area is None or span[0] != span[1]:
            return None
        roles = roles_of(part)
        role = next(iter(roles)) if len(roles) == 1 else None
        pieces.append((part_name(part), role, area * span[0]))
    total = sum((area for *_, area in pieces), Fraction(0))
    order: list[Role | None] = [*_ROLES, None]
    pieces.sort(key=lambda one: order.index(one[1]))
    return (total, pieces) if total else None


def limits_on(now: Now, whole: str) -> list[tuple[Role, Fraction]]:
    """Return where the packs draw the line between core and support, for one floor area.

    Both as the share of core: at most 30 % of support is at least 70 % of what is left.
    """
    found: dict[tuple[Role, Fraction], None] = {}
    for verdict in now.verdicts:
        for one in verdict.results:
            role = _LIMITED.get(one.applied.rule.metric)
            if role is None or denominator_of(one) != whole:
                continue
            for least, most in one.limits:
                if role == "support" and most is not None:
                    found[role, 1 - most] = None
                if role == "core" and least is not None:
                    found[role, least] = None
    return [one for one in found if 0 <= one[1] <= 1]


def _limit_words(lang: str, limit: tuple[Role, Fraction]) -> str:
    role, at = limit
    share = amount(lang, float(1 - at if role == "support" else at), "ratio")
    sign = text(lang, "op.<=" if role == "support" else "op.>=")
    return f"{option_word(lang, 'role', role)} {sign} {share}"


def _mark(at: Fraction) -> Markup:
    return tag("span", cls="pl-m0-mark", style=f"left: {float(at) * _ALL:.3f}%")


def _whole() -> str:
    asked = state.param(_PARAM)
    return asked if asked in WHOLES else "gfa_above_ground"


def _choose() -> None:
    chosen = state.widget(_SWITCH)
    state.set_params(**{_PARAM: None if chosen == "gfa_above_ground" else chosen})
