"""The proposal as a file: examples, templates, download, upload, a new one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import text
from parcels.proposal.document.documents import read_document, template, write_document
from parcels.proposal.document.examples import examples
from parcels.proposal.draft import Draft
from parcels.rule_words import in_words
from parcels.ui import state
from parcels.ui.components.m0_draft import open_example, put_new
from parcels.ui.components.m0_freedom import forget_locks, freedom
from parcels.ui.components.m0_report import REPORTS, report
from parcels.ui.markup import join, tag
from parcels.wording import failure_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.ui.components.m0_now import Now

Kind = Literal["xlsx", "toml", "json"]
_KINDS: tuple[Kind, ...] = get_args(Kind)
_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "toml": "application/toml",
    "json": "application/json",
    "html": "text/html",
}
_LABEL = 88  # width of what stands before the files
_ERROR, _ROUND = "m0_file_error", "m0_file_round"


def file_menu(now: Now) -> None:
    """Draw the popover; a file that cannot be used leaves the present draft as it is."""
    lang = now.lang
    opened = st.popover(
        text(lang, "ui.m0.files"),
        icon=":material/folder_open:",
        key="m0_files",
        on_change=state.hold_params,
    )
    if not opened.open:
        return
    with opened, st.container(key="m0_files_box"):
        st.button(
            text(lang, "ui.m0.new"),
            key="m0_new",
            icon=":material/add:",
            on_click=_new,
            args=(lang,),
        )
        st.html(tag("h3", text(lang, "ui.m0.examples"), cls="pl-step"))
        with st.container(key="m0_examples", gap=None):
            for name, example in examples().items():
                st.button(
                    in_words(lang, example.title),
                    key=f"m0_example_{name}",
                    type="tertiary",
                    help=in_words(lang, example.source),
                    on_click=_open,
                    args=(name, lang),
                )
        st.html(tag("h3", text(lang, "ui.m0.upload"), cls="pl-step"))
        st.file_uploader(
            text(lang, "ui.m0.upload"),
            key=_key(),
            on_change=_take_in,
            label_visibility="collapsed",
        )
        _downloads(lang, "template", {one: partial(template, one) for one in _KINDS})
        _downloads(lang, "save", {one: partial(write_document, now.draft, one) for one in _KINDS})
        _downloads(lang, "report", {one: partial(report, now, freedom(), one) for one in REPORTS})


def file_error(lang: str) -> None:
    """Say why the last file could not be used."""
    error: PlannerError | None = state.recall(_ERROR)
    if error is None:
        return
    sentence, hint = failure_text(lang, error)
    body = join(tag("p", sentence, cls="pl-note"), tag("p", hint, cls="pl-note"))
    with st.container(key="m0_file_error", horizontal=True, wrap=False):
        st.html(tag("div", body, cls="pl-problem", role="alert"))
        st.button(
            text(lang, "ui.m0.close"), key="m0_error_close", type="tertiary", on_click=_forget_error
        )


def _downloads(lang: str, what: str, files: Mapping[str, Callable[[], bytes]]) -> None:
    """Offer some files, each made when it is asked for."""
    with st.container(
        key=f"m0_{what}", horizontal=True, wrap=False, gap="small", vertical_alignment="center"
    ):
        st.html(tag("h3", text(lang, f"ui.m0.{what}"), cls="pl-step"), width=_LABEL)
        for kind, make in files.items():
            st.download_button(
                text(lang, f"ui.m0.{what}_{kind}") if what == "report" else kind.upper(),
                data=make,
                file_name=f"{text(lang, f'ui.m0.{what}_name')}.{kind}",
                mime=_MIME[kind],
                key=f"m0_{what}_{kind}",
                on_click="ignore",
            )


def _key() -> str:
    return f"m0_upload_{state.recall(_ROUND, 0)}"


def _take_in() -> None:
    dropped = state.widget(_key())
    state.hold_params()
    state.remember(_ROUND, state.recall(_ROUND, 0) + 1)
    if dropped is None:
        return
    try:
        draft = read_document(dropped.getvalue(), dropped.name)
    except PlannerError as error:
        state.remember(_ERROR, error)
        return
    _begin()
    put_new(draft, text(state.lang(), "ui.m0.taken_in", file=dropped.name))


def _new(lang: str) -> None:
    _begin()
    put_new(Draft(), text(lang, "ui.m0.begun"))


def _open(example: str, lang: str) -> None:
    _begin()
    open_example(
        example, text(lang, "ui.m0.opened", title=in_words(lang, examples()[example].title))
    )


def _forget_error() -> None:
    state.hold_params()
    state.remember(_ERROR, None)


def _begin() -> None:
    state.remember(_ERROR, None)
    forget_locks()
