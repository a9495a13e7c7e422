"""What lies around the parcel of a proposal, and the figures of the zone that its set gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.finding_words import amount, finding_text, needs_text, rule_title, source_text
from parcels.messages import text
from parcels.proposal.neighbours import PACKS, around, zone_land
from parcels.ui import state
from parcels.ui.components.m0_draft import editing
from parcels.ui.components.review_current import as_of, parcels_now
from parcels.ui.components.review_finding import badge
from parcels.ui.components.rules_now import book_on
from parcels.ui.components.set_choice import set_choice, shown_set
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.checks.subject import Parcels
    from parcels.proposal.draft import Draft
    from parcels.proposal.model import Proposal
    from parcels.proposal.neighbours import ZoneLand
    from parcels.proposal.verdict import PackVerdict, RuleResult
    from parcels.rules.load import RuleBook

    Put = Callable[[Draft], None]

_SELECT = "m0_place_parcel"
_NONE = ""
_MOST = 2_000
_IDS = 6


def neighbours_panel(lang: str, proposal: Proposal, put: Put) -> None:
    """Draw the panel: the parcel, what its neighbours mean for the proposed use, the zone.

    Parameters
    ----------
    lang : str
    proposal : Proposal
        Its use is put in place of the one that the parcel has.
    put : callable
        Takes the draft with the figures of the zone in it.
    """
    parcels = parcels_now()
    set_choice()
    at = _chosen(lang, parcels)
    book = book_on(as_of(), PACKS)
    overlays = state.overlays()
    layers = sorted((kind, one.digest) for kind, one in overlays.items())
    version = (parcels, at, proposal.use, book.digest, book.as_of, layers)
    judged = state.once(
        "m0_around",
        version,
        lambda: around(parcels, at, proposal.use, book=book, overlays=overlays),
    )
    with st.container(key="m0_around"):
        st.html(tag("p", text(lang, "ui.m0_place.hint", use=proposal.use), cls="pl-note pl-muted"))
        st.html(join(*(_pack(lang, book, one) for one in judged)))
    land = state.once("m0_zone_land", (parcels, at), lambda: zone_land(parcels, at))
    _zone(lang, land, put, has_parcel=at is not None)


def _chosen(lang: str, parcels: Parcels) -> int | None:
    """Let the user choose the parcel; the address keeps it."""
    keys = place_keys(parcels)
    named = state.param("parcel") or editing().draft.fields.get("parcel", _NONE)
    at = keys.get(named)
    labels = {key: _label(lang, parcels, place) for key, place in list(keys.items())[:_MOST]}
    if at is not None and named not in labels:
        labels[named] = _label(lang, parcels, at)
    options = {_NONE: text(lang, "ui.m0_place.none")} | labels
    state.put_widget(_SELECT, _NONE if at is None else named)
    st.selectbox(
        text(lang, "ui.m0_place.parcel"),
        list(options),
        format_func=lambda key: options.get(key, key),
        key=_SELECT,
        on_change=lambda: state.set_params(parcel=state.widget(_SELECT) or None),
    )
    if len(keys) > _MOST:
        most = text(lang, "ui.m0_place.most", count=f"{len(keys):,}", most=f"{_MOST:,}")
        st.html(tag("p", most, cls="pl-note"))
    return at


def place_keys(parcels: Parcels) -> dict[str, int]:
    """Return how the address names parcels: ids of 表2, numbers in a file."""
    if shown_set() is None:
        return {own: at for at, own in enumerate(parcels.ids)}
    return {str(at + 1): at for at in range(len(parcels))}


def _label(lang: str, parcels: Parcels, at: int) -> str:
    use = parcels.uses[at].text or parcels.uses[at].code or text(lang, "ui.m0_place.no_use")
    own = parcels.ids[at] or str(at + 1)
    return text(lang, "ui.m0_place.parcel_named", id=own, name=parcels.names[at], use=use)


def _pack(lang: str, book: RuleBook, judged: PackVerdict) -> Markup:
    title = judged.pack.title.en if lang == "en" else judged.pack.title.zh
    head = text(lang, "ui.m0_place.pack", title=title, day=book.as_of.isoformat())
    dormant = [rule_title(lang, one) for one in judged.dormant]
    asleep = text(lang, "ui.m0_place.dormant", rules=dormant) if dormant else ""
    return tag(
        "section",
        tag("p", badge(lang, judged.outcome), " ", tag("strong", head)),
        *(_result(lang, book, one) for one in judged.results),
        *_sources(lang, judged),
        tag("p", asleep, cls="pl-muted") if asleep else None,
        cls="pl-note",
    )


def _sources(lang: str, judged: PackVerdict) -> list[Markup]:
    """Name each rule that said something once, with its source."""
    rules = {one.applied.id: one.applied for one in judged.results}
    return [
        tag("div", f"{rule_title(lang, one)} · {source_text(lang, one)}", cls="pl-muted")
        for one in rules.values()
    ]


def _result(lang: str, book: RuleBook, result: RuleResult) -> Markup:
    finding = result.finding
    needs = needs_text(lang, finding.needs, book) if finding.needs else ""
    return tag(
        "p",
        badge(lang, finding.outcome),
        " ",
        finding_text(lang, finding),
        " ",
        tag("span", text(lang, "ui.m0_place.needs", needs=needs), cls="pl-text-unknown")
        if needs
        else None,
        cls="pl-note",
    )


def _zone(lang: str, land: ZoneLand, put: Put, *, has_parcel: bool) -> None:
    with st.container(key="m0_zone"):
        lines = [tag("strong", text(lang, "ui.m0_place.zone")), *_zone_lines(lang, land)]
        if not has_parcel:
            lines.append(tag("div", text(lang, "ui.m0_place.zone_no_parcel")))
        st.html(tag("div", *lines, cls="pl-note"))
        st.button(
            text(lang, "ui.m0_place.put"),
            key="m0_zone_put",
            disabled=not has_parcel or land.industrial_m2 is None,
            on_click=lambda: put(_with_zone(lang, editing().draft, land)),
        )


def _zone_lines(lang: str, land: ZoneLand) -> list[Markup]:
    if land.industrial_m2 is not None and land.m0_m2 is not None:
        sentence = text(
            lang,
            "ui.m0_place.zone_known",
            industrial=amount(lang, land.industrial_m2, "m2"),
            m0=amount(lang, land.m0_m2, "m2"),
            outlined=land.by_outline,
            declared=land.by_declaration,
        )
        return [tag("div", sentence)]
    lacking = {"zone_no_area": land.no_area, "zone_no_use": land.no_use}
    told = [
        text(lang, f"ui.m0_place.{key}", count=len(ids), ids=_few(ids))
        for key, ids in lacking.items()
        if ids
    ]
    return [tag("div", one) for one in told or [text(lang, "ui.m0_place.zone_none")]]


def _few(ids: tuple[str, ...]) -> list[str]:
    return [*ids[:_IDS], *(["…"] if len(ids) > _IDS else [])]


def _with_zone(lang: str, draft: Draft, land: ZoneLand) -> Draft:
    """Write the sums to the hundredth of a m² into the draft, and where they come from."""
    from dataclasses import replace

    held = shown_set()
    source = held.title if held else text(lang, "ui.review.table_two")
    note = text(
        lang,
        "ui.m0_place.note",
        source=source,
        outlined=land.by_outline,
        declared=land.by_declaration,
    )
    begins = note.split("“")[0]
    kept = [line for line in draft.note.splitlines() if line and not line.startswith(begins)]
    filled = draft.put("zone_industrial", f"{land.industrial_m2:.2f} m²").put(
        "zone_m0", f"{land.m0_m2:.2f} m²"
    )
    return replace(filled, note="\n".join([*kept, note]))
