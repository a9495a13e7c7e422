"""The zone's own figures of 表1 per 亩: always there, with what the plan does not say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.permu.figures import area_text, rounded
from parcels.permu.sentences import in_words, note_sentence
from parcels.permu.zone import YEARS, zone
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from fractions import Fraction

    from parcels.permu.zone import Zone, ZoneFigure


def zone_panel(lang: str) -> None:
    """Draw the figures with area, totals, growth, levels and source."""
    found = zone()
    title = text(lang, "ui.permu.zone_title", land=found.land_text, mu=area_text(found.land_mu))
    head = tag(
        "tr",
        tag("th", text(lang, "ui.permu.zone_unit")),
        *(tag("th", year, cls="pl-num") for year in YEARS),
        tag("th", text(lang, "ui.permu.zone_growth"), cls="pl-num"),
    )
    rows = [_row(lang, figure) for figure in found.figures]
    table = tag("table", tag("thead", head), tag("tbody", *rows, _energy(lang, found)))
    notes = [*_remarks(lang, found), _expansion(lang, found), text(lang, "ui.permu.zone_source")]
    body = join(
        tag("h3", title), table, *(tag("p", note, cls="pl-note pl-muted") for note in notes)
    )
    st.html(tag("div", body, cls="pl-extract pl-permu pl-permu-zone"))


def _row(lang: str, figure: ZoneFigure) -> Markup:
    below = [_wanted(lang, figure), *_levels(lang, figure)]
    if not figure.written:
        below.insert(0, text(lang, "ui.permu.zone_tax"))
    name = join(
        in_words(figure.title, lang),
        *(tag("div", line, cls="pl-muted pl-permu-below") for line in below if line),
    )
    growth = "—" if figure.growth is None else f"× {rounded(figure.growth)}"
    return tag(
        "tr",
        tag("td", name),
        *(_cell(lang, figure, year) for year in YEARS),
        tag("td", growth, cls="pl-num"),
    )


def _cell(lang: str, figure: ZoneFigure, year: str) -> Markup:
    value = figure.per_mu.get(year)
    if value is None:
        unknown = join(tag("span", "?", cls="pl-icon"), text(lang, "permu.cli.unknown"))
        return tag("td", tag("span", unknown, cls="pl-text-unknown"), cls="pl-num")
    total = text(lang, "ui.permu.zone_total", value=f"{Decimal(figure.written[year]):,}")
    below = tag("div", total, cls="pl-muted pl-permu-below")
    return tag("td", f"{rounded(value):,}", below, cls="pl-num")


def _levels(lang: str, figure: ZoneFigure) -> list[str]:
    return [
        text(lang, "ui.permu.zone_level", title=in_words(title, lang), value=str(rounded(value)))
        for title, value in figure.levels
    ]


def _wanted(lang: str, figure: ZoneFigure) -> str:
    if figure.wanted is None:
        return ""
    return text(lang, "ui.permu.zone_wanted", value=str(rounded(figure.wanted)))


def _energy(lang: str, found: Zone) -> Markup:
    first, last = (found.energy[year] for year in YEARS)
    unit = text(lang, "ui.permu.zone_energy_unit", first=first, last=last)
    name = join(text(lang, "ui.permu.zone_energy"), tag("div", unit, cls="pl-muted pl-permu-below"))
    values = (found.va_energy[year] for year in YEARS)
    cells = (
        tag("td", f"{sign} {rounded(value, 3)}".strip(), cls="pl-num") for sign, value in values
    )
    return tag("tr", tag("td", name), *cells, tag("td", "—", cls="pl-num"))


def _remarks(lang: str, found: Zone) -> list[str]:
    from geo.read.parsed import Note

    codes = [code for figure in found.figures for code in figure.remarks]
    return [note_sentence(lang, Note(code=code)) for code in codes]


def _expansion(lang: str, found: Zone) -> str:
    figures = [
        text(lang, "ui.permu.zone_figure", title=in_words(one.title, lang), value=_shown(value))
        for one in found.figures
        if (value := one.per_mu_expanded) is not None
    ]
    return text(
        lang,
        "ui.permu.zone_expansion",
        land=found.expansion_text,
        mu=area_text(found.expansion_mu),
        figures=text(lang, "ui.list_mark").join(figures),
    )


def _shown(value: Fraction) -> str:
    return f"{rounded(value):,}"
