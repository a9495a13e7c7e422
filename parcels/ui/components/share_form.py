"""What stands in the dialog 分享: the address of the page, then a snapshot of what it shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.storage.access import may
from parcels.ui import share_state, state
from parcels.ui.components.share_copy import copy_line, page_address
from parcels.ui.components.share_jobs import job_lines
from parcels.ui.components.share_kept import choose
from parcels.ui.components.share_level import choose_level, leaving_box
from parcels.ui.components.share_making import base_of
from parcels.ui.components.share_result import made_lines, make_button
from parcels.ui.components.share_small import small_preview
from parcels.ui.components.share_subjects import SHARED_PAGES, subject_of
from parcels.ui.components.share_wanted import Wanted, choose_output, choose_until
from parcels.ui.markup import join, literal, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.snapshot.model import Snapshot
    from parcels.ui.components.share_result import Made
    from parcels.ui.components.share_subjects import Subject
    from parcels.ui.share_state import Opened

_SUBJECT, _TITLE, _SCOPE = "share_subject", "share_title", "share_scope"
_LONGEST = 80


def share_form(opened: Opened, open_share: Callable[[], None]) -> None:
    """Draw the dialog: nothing is made before its one filled button is pressed.

    Parameters
    ----------
    open_share : callable
        Leads to the page 分享.
    """
    lang = state.lang()
    page = opened.page
    if page in SHARED_PAGES:
        _address(lang)
    else:
        page = _choose_subject(lang)
    actor = state.actor()
    if not may(actor.role, "create", "snapshot"):
        role = text(lang, f"access.role.{actor.role}")
        _note(text(lang, "ui.share.may_not_create", role=role))
        return
    subject = subject_of(page)
    if subject is None:
        _note(text(lang, "ui.share.nothing_to_share"))
        return
    made = _snapshot(opened, subject)
    if made is not None and opened.page in SHARED_PAGES:
        label = text(lang, "ui.share.to_page")
        if st.button(label, key="share_to_page", icon=":material/arrow_forward:"):
            choose(made.snapshot.digest)
            share_state.close_dialog()
            open_share()


def _snapshot(opened: Opened, subject: Subject) -> Made | None:
    lang = state.lang()
    with st.container(key="share_what", horizontal=True, gap="small"):
        title, scope = _title(lang, opened, subject), _scope(lang, subject)
    for note in subject.notes:
        _note(note)
    level = choose_level()
    with st.spinner(text(lang, "ui.share.collecting"), show_time=True):
        version = (opened, subject.page, scope, lang)
        base: Snapshot = share_state.held(
            "share_base", version, partial(base_of, subject, scope, lang)
        )
        told = leaving_box(base, level)
    offer = choose_output(subject.kind, level)
    with st.container(key="share_do", horizontal=True, vertical_alignment="bottom", gap="small"):
        until = None if offer else choose_until("dialog")
        wanted = Wanted(base=base, title=title, level=level, offer=offer, until=until)
        make_button(wanted, refused=bool(told.refusals))
    if not told.refusals:
        small_preview(wanted)
    made = made_lines(wanted)
    job_lines()
    return made


def _address(lang: str) -> None:
    label = tag("span", text(lang, "ui.share.copy_address"), cls="pl-share-head")
    note = tag("p", text(lang, "ui.share.address_note"), cls="pl-note pl-muted pl-share-note")
    st.html(join(copy_line(page_address(), label), note))


def _choose_subject(lang: str) -> str:
    page: str = st.segmented_control(
        text(lang, "ui.share.new_of"),
        SHARED_PAGES,
        default=SHARED_PAGES[0],
        required=True,
        format_func=lambda one: text(lang, f"ui.share.subject_{one}"),
        key=_SUBJECT,
    )
    return page


def _title(lang: str, opened: Opened, subject: Subject) -> str:
    typed = st.text_input(
        text(lang, "ui.share.name"),
        value=subject.title,
        max_chars=max(_LONGEST, len(subject.title)),
        key=f"{_TITLE}_{subject.page}_{opened.serial}",
    )
    return (typed or "").strip() or subject.title


def _scope(lang: str, subject: Subject) -> str:
    scopes = list(subject.scopes)
    if len(scopes) == 1:
        return scopes[0]
    scope: str = st.segmented_control(
        text(lang, "ui.share.scope"),
        scopes,
        default=scopes[0],
        required=True,
        format_func=lambda one: literal(subject.scopes[one]),
        key=f"{_SCOPE}_{subject.page}",
    )
    return scope


def _note(sentence: str) -> None:
    st.html(tag("p", sentence, cls="pl-box pl-note", role="status"))
