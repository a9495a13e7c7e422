"""What the volumes add up to, beside what the proposal states and what the packs ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.proposal.massing.uses import sign_of
from parcels.proposal.massing.wording import measured_text, square_metres
from parcels.proposal.measuring.measures import Measured
from parcels.rule_words import in_words
from parcels.ui.components.m0_now import now
from parcels.ui.components.m0_rows import limit_cell
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.proposal.massing.model import Study
    from parcels.proposal.model import Proposal

_UNITS = {"footprint": "m2", "density": "share", "far": "ratio", "height": "m", "green": "share"}
_METRICS = {"density": "density", "far": "far", "green": "green_ratio"}
_STATED = {"footprint": "footprint", "height": "height"}
_SHARES = {"density": "footprint", "green": "green"}


def figure_table(lang: str, proposal: Proposal, made: Study) -> None:
    """Draw figures, with the limits that the packs set beneath them."""
    heads = _heads(lang, ("figure", "drawn", "stated"))
    rows = [row for name in _UNITS for row in _rows(lang, proposal, made, name)]
    body = tag("tbody", *rows, _free(lang, proposal, made))
    note = tag("p", text(lang, "ui.massing.limits_note"), cls="pl-note pl-muted")
    table = tag("table", tag("thead", heads), body)
    st.html(tag("div", table, note, cls="pl-extract pl-massing-figures"))


def use_table(lang: str, made: Study) -> None:
    """List floor area by use, above and below ground; nothing where there is none."""
    if not made.figures.by_use:
        return
    rows = [
        tag(
            "tr",
            tag("th", _key(kind), text(lang, f"massing.kind.{kind}"), scope="row"),
            tag("td", square_metres(above), cls="pl-num"),
            tag("td", square_metres(below), cls="pl-num"),
        )
        for kind, above, below in made.figures.by_use
    ]
    heads = tag("thead", _heads(lang, ("use", "above", "below")))
    table = tag("table", heads, tag("tbody", *rows))
    st.html(tag("div", table, cls="pl-extract pl-massing-figures"))


def _heads(lang: str, names: tuple[str, ...]) -> Markup:
    """Head a column of words and columns of numbers."""
    cells = [
        tag("th", text(lang, f"ui.massing.head_{one}"), scope="col", cls="pl-num" if at else "")
        for at, one in enumerate(names)
    ]
    return tag("tr", *cells)


def _rows(lang: str, proposal: Proposal, made: Study, name: str) -> list[Markup]:
    figures = made.figures
    drawn = {
        "footprint": figures.footprint,
        "density": figures.density,
        "far": figures.far,
        "height": figures.height,
        "green": figures.green_most,
    }[name]
    unit = _UNITS[name]
    unknown = tag("span", text(lang, "outcome.unknown"), cls="pl-text-unknown")
    shown = unknown if drawn.low is None else measured_text(drawn, unit)
    row = tag(
        "tr",
        tag("th", text(lang, f"massing.figure.{name}"), scope="row"),
        tag("td", shown, cls="pl-num"),
        tag("td", _stated(proposal, name, unit), cls="pl-num"),
    )
    limits = [
        tag("tr", tag("td", one, colspan="3"), cls="pl-massing-limit")
        for one in _limits(lang, name)
    ]
    return [row, *limits]


def _stated(proposal: Proposal, name: str, unit: str) -> str:
    """Write what the proposal itself states; — where it states nothing."""
    if name in _STATED:
        amount = proposal.amounts.get(_STATED[name])
    elif name in _SHARES:
        part, land = proposal.exact(_SHARES[name]), proposal.exact("site_area")
        if part is None or not land:
            return "—"
        return measured_text(Measured(low=part / land, high=part / land), unit)
    else:
        return "—"
    if amount is None:
        return "—"
    return measured_text(Measured(low=amount.low, high=amount.high), unit)


def _limits(lang: str, name: str) -> list[Markup]:
    """Give for each pack what it asks and whether that is kept."""
    lines = []
    for verdict in now().verdicts:
        found = [
            tag("span", limit_cell(lang, one), cls=f"pl-m0-{one.outcome}")
            for one in verdict.results
            if one.limits and one.applied.rule.metric == _METRICS.get(name)
        ]
        if found:
            title = tag("span", in_words(lang, verdict.pack.title), cls="pl-muted")
            lines.append(join(title, *(piece for one in found for piece in (" ", one))))
    return lines


def _free(lang: str, proposal: Proposal, made: Study) -> Markup:
    """Give the envelope; of a site that has only a least area at least that of it."""
    area, land = made.figures.envelope_area, proposal.amounts.get("site_area")
    is_least = made.site is not None and made.site.kind != "outline"
    is_least = is_least and land is not None and land.exact is None
    shown = "—" if area is None else f"{'≥ ' if is_least else ''}{square_metres(area)}"
    return tag(
        "tr",
        tag("th", text(lang, "massing.figure.envelope"), scope="row"),
        tag("td", shown, cls="pl-num"),
        tag("td", "—", cls="pl-num"),
    )


def _key(kind: str) -> Markup:
    sign = sign_of(kind)
    return tag(
        "span", cls="pl-m0-key", style=f"background:{sign.tone};border:1px solid {sign.outline}"
    )
