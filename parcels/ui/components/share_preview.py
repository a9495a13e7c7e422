"""The sheet of a snapshot at the proportions of its paper, drawn again with every choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.jobs.wish import Wish
from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.boundary import show_error
from parcels.ui.components.share_making import start_job
from parcels.ui.components.share_outputs import file_name
from parcels.ui.components.share_sheet import chosen_sheet, selected_keys
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.jobs.drawing import Pages
    from parcels.snapshot.model import Snapshot
    from parcels.ui.components.share_sheet import Chosen

_SCREEN, _PAPER = 110, 300  # dots per inch
_DRAWN_EACH = "cadastral"
_LEAF = "leaf"  # in the address


def preview(snapshot: Snapshot) -> None:
    """Draw the fields, one page of the sheet, and what leads to the others and to files."""
    lang = state.lang()
    chosen = chosen_sheet(snapshot)
    try:
        with st.spinner(text(lang, "ui.share.sheet_drawing"), show_time=True):
            drawn = cache.sheet(snapshot.digest, chosen.version, partial(_drawn, snapshot, chosen))
            page = _page(drawn)
            picture = drawn.png(page, _SCREEN)
    except PlannerError as error:
        with st.container(key="share_sheet_error"):
            show_error(error, lang)
        return
    with st.container(key="share_leaf"):
        alt = text(
            lang,
            "ui.share.sheet_alt",
            template=text(lang, f"ui.share.template_{chosen.template}"),
            page=page,
            pages=drawn.pages,
        )
        st.image(picture, output_format="PNG", width="content", alt=alt)
    _foot(snapshot, chosen, drawn, page)


def _drawn(snapshot: Snapshot, chosen: Chosen) -> Pages:
    from parcels.jobs.drawing import drawing, report_pages

    return (report_pages if chosen.is_report else drawing)(snapshot, chosen.options)


def _page(drawn: Pages) -> int:
    asked = state.param(_LEAF) or ""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1  # noqa: PLR2004
    return min(max(number, 1), drawn.pages)


def _foot(snapshot: Snapshot, chosen: Chosen, drawn: Pages, page: int) -> None:
    lang = state.lang()
    with st.container(
        key="share_sheet_foot",
        horizontal=True,
        wrap=False,
        vertical_alignment="center",
        gap="small",
    ):
        for name, step, icon in (("before", -1, "chevron_left"), ("next", 1, "chevron_right")):
            if name == "next":
                said = text(lang, "ui.share.page_of", page=page, pages=drawn.pages)
                st.html(tag("span", said, cls="pl-note"), width="content")
            st.button(
                "",
                key=f"share_page_{name}",
                icon=f":material/{icon}:",
                help=text(lang, f"ui.share.page_{name}"),
                disabled=not 1 <= page + step <= drawn.pages,
                on_click=partial(_turn, page + step),
            )
        st.space("stretch")
        _each(lang, snapshot, chosen)
        if not chosen.is_report:
            number = f"-{page}" if drawn.pages > 1 else ""
            name = file_name(snapshot, f"{chosen.template}{number}", "png")
            _download("png", "image/png", partial(drawn.png, page, _PAPER), name)
        name = file_name(snapshot, chosen.template, "pdf")
        _download("pdf", "application/pdf", drawn.pdf, name)


def _download(suffix: str, mime: str, write: Callable[[], bytes], name: str) -> None:
    """Offer a file that is written when somebody asks for it."""
    st.download_button(
        text(state.lang(), f"ui.share.download_{suffix}"),
        write,
        file_name=name,
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        key=f"share_{suffix}",
    )


def _each(lang: str, snapshot: Snapshot, chosen: Chosen) -> None:
    """Offer a sheet of every parcel, made in a process of its own."""
    parcels = selected_keys(snapshot)
    if chosen.template != _DRAWN_EACH or len(parcels) == 1:
        return
    title = text(lang, "ui.share.output_sheets_zip", count=f"{len(parcels):,}")
    if st.button(title, key="share_each", icon=":material/folder_zip:"):
        wish = Wish(what="sheets", suffix="zip", options={**chosen.options, "parcels": parcels})
        name = file_name(snapshot, chosen.template, "zip")
        start_job(snapshot, wish, title, name)
        st.rerun()


def _turn(page: int) -> None:
    state.set_params(**{_LEAF: None if page == 1 else str(page)})
