"""The one-parcel extract: everything that is known of the chosen row, read from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.reading_box import class_badge, drawn_table, reading_box
from parcels.ui.components.review_button import review_button
from parcels.ui.markup import LINE_BREAK, Markup, join, tag
from parcels.workspace import MISUSED_DISTRICT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.location.location import LocatedPart, Location
    from layers.codes import CodeReading, SchemeReading
    from parcels.workspace import PlannedParcel


def parcel_extract(
    parcel: PlannedParcel,
    listed: Sequence[PlannedParcel],
    numbers: dict[str, int],
    open_review: Callable[[], None],
) -> None:
    """Draw the extract of a parcel, with the keys that go to its neighbours in the list.

    Parameters
    ----------
    listed : sequence of PlannedParcel
        The rows that the filter leaves in, in order.
    numbers : dict of str to int
        Row number of every parcel by id.
    open_review : callable
        Leads to the page 审查.
    """
    lang = state.lang()
    row = parcel.row
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="extract_head"):
        st.html(tag("div", tag("h2", f"{row.number} · {row.name}"), cls="pl-extract"))
        step_buttons(lang, row.parcel_id, [other.row.parcel_id for other in listed])
    review_button(open_review, row.parcel_id)
    st.html(
        tag(
            "div",
            _badges(lang, parcel),
            location_boxes(
                lang, parcel.location, text(lang, "ui.extract.source", number=row.number)
            ),
            tag("h3", text(lang, "ui.extract.remarks")),
            *(_hint(lang, sentence) for sentence in _remarks(lang, parcel, numbers)),
            tag("h3", text(lang, "ui.extract.use")),
            _use_table(lang, parcel),
            cls="pl-extract",
        )
    )


def location_boxes(lang: str, location: Location, source: str) -> Markup:
    """Build how each part of a phrase was read, and what of it is on the map."""
    written = join(
        tag("span", location.phrase, cls="pl-quote"), tag("span", source, cls="pl-muted")
    )
    if not location.parts:
        nothing = text(lang, "ui.extract.nothing_read")
        return tag("div", written, tag("p", nothing, cls="pl-note pl-text-unknown"), cls="pl-box")
    if len(location.parts) == 1:
        return _part(lang, written, location.parts[0])
    pieces = (
        _part(lang, join(_piece(lang, at, location), " ", class_badge(lang, part.class_)), part)
        for at, part in enumerate(location.parts, start=1)
    )
    return join(tag("p", written), *pieces)


def _part(lang: str, head: Markup, part: LocatedPart) -> Markup:
    return join(
        reading_box(lang, head, part),
        tag("h3", text(lang, "ui.extract.on_map")),
        drawn_table(lang, part),
    )


def _piece(lang: str, at: int, location: Location) -> Markup:
    sentence = text(lang, "ui.extract.piece", number=at, total=len(location.parts))
    return tag("span", sentence, cls="pl-quote")


def step_buttons(lang: str, parcel_id: str, ids: Sequence[str]) -> None:
    """Draw the keys that go to the neighbours of a parcel among the listed ones."""
    sides = (
        ("previous", "K", ":material/chevron_left:", -1),
        ("next", "J", ":material/chevron_right:", 1),
    )
    for key, shortcut, icon, step in sides:
        st.button(
            "",
            icon=icon,
            key=f"extract_{key}",
            help=text(lang, f"ui.parcels.{key}"),
            shortcut=shortcut,
            disabled=not ids,
            on_click=_step,
            args=(parcel_id, ids, step),
        )


def _step(drawn: str, ids: Sequence[str], step: int) -> None:
    """Go on from the parcel that is chosen now: a quick second key comes before the page does."""
    kept = state.kept_param("parcel")
    here = kept if kept in ids else drawn
    outside = -1 if step > 0 else 0
    position = ids.index(here) if here in ids else outside
    state.set_params(parcel=ids[(position + step) % len(ids)])


def _badges(lang: str, parcel: PlannedParcel) -> Markup:
    row = parcel.row
    return tag(
        "div",
        tag("span", text(lang, f"ui.row_status.{row.status_code}"), cls="pl-badge"),
        None if MISUSED_DISTRICT in row.remarks else tag("span", row.district_text, cls="pl-badge"),
        class_badge(lang, parcel.location.class_),
        cls="pl-badges",
    )


def _remarks(lang: str, parcel: PlannedParcel, numbers: dict[str, int]) -> list[str]:
    row = parcel.row
    remarks = [text(lang, f"note.{code}.text", pieces=row.pieces) for code in row.remarks]
    if parcel.twins:
        rows = text(lang, "ui.list_mark").join(str(numbers[twin]) for twin in parcel.twins)
        remarks.insert(0, text(lang, "ui.extract.twin_of", rows=rows))
    drawn = "nothing"
    if state.loaded_network() is None:
        drawn = "box"
    elif any(part.block is not None for part in parcel.location.parts):
        drawn = "block"
    return [*remarks, text(lang, f"ui.extract.no_area_{drawn}")]


def _hint(lang: str, sentence: str) -> Markup:
    badge = tag("span", "! ", text(lang, "ui.extract.hint"), cls="pl-badge pl-warning")
    return tag("p", badge, " ", sentence, cls="pl-note")


def _use_table(lang: str, parcel: PlannedParcel) -> Markup:
    written = tag(
        "tr",
        tag("th", text(lang, "ui.extract.use_written"), scope="row"),
        tag("td", parcel.row.use_text),
    )
    codes: CodeReading = parcel.codes
    rows = [
        tag(
            "tr",
            tag("th", text(lang, f"ui.scheme.{reading.scheme}"), scope="row"),
            tag("td", _code(lang, reading)),
        )
        for reading in codes.readings
    ]
    return join(tag("table", written, *rows), _suggestion(lang, parcel))


def _code(lang: str, reading: SchemeReading) -> Markup:
    if reading.code is None:
        return tag("span", text(lang, "note.use_not_in_table.text"), cls="pl-text-unknown")
    named = join(reading.code.code, " ", reading.code.name)
    if reading.note is None:
        return named
    options = text(lang, "ui.list_mark").join(option.code for option in reading.options)
    return join(
        named,
        LINE_BREAK,
        tag(
            "span",
            "? " if options else "",
            text(lang, f"note.{reading.note}.text"),
            text(lang, "ui.extract.options", options=options) if options else "",
            cls="pl-text-unknown" if options or reading.assumed else "pl-muted",
        ),
    )


def _suggestion(lang: str, parcel: PlannedParcel) -> Markup | None:
    row = parcel.row
    if row.suggested_code is None:
        return None
    reason = text(lang, f"note.{row.suggestion_reason}.text")
    sentence = text(lang, "ui.extract.suggested", code=row.suggested_code, reason=reason)
    return tag("p", sentence, cls="pl-note pl-muted")
