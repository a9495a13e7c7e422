"""One's own network in three steps: what was read, what must be asked, take it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from geo.location.network import Network
from geo.read.network import read_network
from parcels.map_scene import large_lines
from parcels.messages import error_text, text
from parcels.ui import cache, state
from parcels.ui.boundary import show_error
from parcels.ui.markup import Markup, join, tag
from parcels.workspace import LoadedNetwork, solve_rows

if TYPE_CHECKING:
    from geo.read.network import NetworkFile

_FILE = "network_file"
_NAME_COLUMN = "network_name_column"
_CRS = "network_crs"
_LAYER = "network_layer"
# Which field settles which refusal, and the value of the error that lists the choices.
_QUESTIONS = {
    "network_no_name_column": (_NAME_COLUMN, "columns"),
    "network_name_column_unknown": (_NAME_COLUMN, "columns"),
    "crs_missing": (_CRS, "candidates"),
    "crs_mismatch": (_CRS, "candidates"),
    "file_many_layers": (_LAYER, "layers"),
}


def network_import(lang: str, loaded: LoadedNetwork | None) -> None:
    """Draw the upload, the questions that the file leaves, and the account of the reading."""
    st.subheader(text(lang, "ui.data.network"), anchor=False)
    st.html(tag("p", text(lang, "ui.data.network_what"), cls="pl-note pl-muted"))
    if loaded:
        _account(lang, loaded)
        st.button(
            text(lang, "ui.data.use_builtin"),
            icon=":material/undo:",
            key="network_back",
            on_click=state.use_network,
            args=(None,),
        )
    upload = st.file_uploader(
        text(lang, "ui.data.formats"),
        key=_FILE,
        on_change=_forget_answers,
    )
    if upload is not None:
        _offer(lang, upload.name, upload.getvalue(), loaded)


def _offer(lang: str, filename: str, content: bytes, loaded: LoadedNetwork | None) -> None:
    """Read the file with the answers given so far; ask, refuse, or offer to take it."""
    try:
        with st.spinner(text(lang, "ui.data.reading", file=filename)):
            read, network = _read(filename, content)
    except PlannerError as error:
        _ask(lang, error) if error.code in _QUESTIONS else show_error(error, lang)
        return
    st.html(_report(lang, read))
    if loaded is None or loaded.report != read.report:
        accepted = st.button(text(lang, "ui.data.accept"), type="primary", key="network_accept")
        if accepted:
            with st.spinner(text(lang, "ui.data.solving", count=f"{len(network.features):,}")):
                _take(filename, read, network)
            st.rerun()


def _read(filename: str, content: bytes) -> tuple[NetworkFile, Network]:
    """Read a file once for the answers given: every click on the page runs this again."""
    answers = {key: state.recall(key) for key in (_NAME_COLUMN, _CRS, _LAYER)}

    def read() -> tuple[NetworkFile, Network]:
        found = read_network(
            content,
            filename,
            name_column=answers[_NAME_COLUMN],
            crs=answers[_CRS],
            layer=answers[_LAYER],
        )
        return found, Network.build(found.features)

    return state.once("network", (sha256(content).digest(), *answers.values()), read)


def _take(filename: str, read: NetworkFile, network: Network) -> None:
    lines = large_lines(network)
    state.use_network(
        LoadedNetwork(
            title=filename,
            network=network,
            parcels=solve_rows(cache.reference().rows, network),
            report=read.report,
            lines=cache.serve_lines(filename, lines) if lines else None,
        )
    )
    state.set_params(feature=None, v=None)


def _ask(lang: str, error: PlannerError) -> None:
    """Let the user settle what the file leaves open."""
    sentence, _ = error_text(lang, error)
    st.html(tag("p", sentence, cls="pl-box pl-note", role="status"))
    question, choices = _QUESTIONS[error.code]
    listed = error.values[choices]
    options = [str(choice) for choice in listed] if isinstance(listed, (list, tuple)) else []
    st.selectbox(
        text(lang, f"ui.data.ask_{question}"),
        options,
        index=None,
        placeholder=text(lang, "ui.data.choose"),
        key=question,
        on_change=_answer,
        args=(question,),
    )


def _forget_answers() -> None:
    """Forget what was answered for another file."""
    for question in (_NAME_COLUMN, _CRS, _LAYER):
        state.remember(question, None)


def _answer(question: str) -> None:
    state.remember(question, state.widget(question))


def _account(lang: str, loaded: LoadedNetwork) -> None:
    solved = sum(1 for p in loaded.parcels if any(part.envelope for part in p.location.parts))
    sentence = text(
        lang, "ui.data.in_use", title=loaded.title, solved=solved, total=len(loaded.parcels)
    )
    st.html(tag("p", sentence, cls="pl-note"))


def _report(lang: str, read: NetworkFile) -> Markup:
    report = read.report
    rows = [
        ("format", report.format),
        ("encoding", report.encoding),
        ("layer", report.layer),
        ("crs", f"{report.crs} · {text(lang, f'ui.data.how_{report.crs_how}')}"),
        ("name_column", report.name_column),
        (
            "features",
            text(lang, "ui.data.rows", rows=f"{report.rows:,}", features=f"{report.features:,}"),
        ),
        *((f"skipped_{reason}", str(count)) for reason, count in report.skipped.items()),
    ]
    cells = [
        tag("tr", tag("th", text(lang, f"ui.data.report_{key}"), scope="row"), tag("td", value))
        for key, value in rows
        if value
    ]
    notes = [
        tag("p", text(lang, f"note.{note}.text"), cls="pl-note pl-muted") for note in report.notes
    ]
    return tag("div", tag("table", join(*cells)), *notes, cls="pl-extract pl-box")
