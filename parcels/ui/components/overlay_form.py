"""Load a reference layer: what it is, the file, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from geo.read.limits import DEFAULT_LIMITS, MEGABYTE
from layers.codes import SCHEMES
from layers.overlay_kinds import overlay_kinds
from layers.overlay_stated import stated
from parcels.import_reading import joined_shapefiles
from parcels.messages import text
from parcels.overlay_words import kind_title
from parcels.ui import state
from parcels.ui.markup import LINE_BREAK, join, tag
from parcels.wording import failure_text

if TYPE_CHECKING:
    from layers.overlay import Overlay

_ROUND, _ERROR, _ASKED, _LAYERS, _DONE = (
    f"overlay_{name}" for name in ("round", "error", "asked", "layers", "done")
)
_USES = ("unknown", "internal", "partner", "public")
_COVERS = ("bounding_box", "all")
_FIELDS = ("source", "date", "accuracy_m", "licence", "allowed_use", "covers")
_QUESTIONS = ("crs", "axes", "layer", "code_scheme")
_ASKED_BY = {
    "crs_missing": "crs",
    "crs_mismatch": "crs",
    "overlay_far_away": "crs",
    "file_many_layers": "layer",
    "file_layer_unknown": "layer",
    "overlay_code_scheme_missing": "code_scheme",
}


def overlay_form(lang: str) -> None:
    """Draw the form; what was typed stays until the layer is in use."""
    st.subheader(text(lang, "ui.overlays.load"), anchor=False)
    st.html(tag("p", text(lang, "ui.overlays.what"), cls="pl-note pl-muted"))
    with st.form("overlay_form", enter_to_submit=False, border=False):
        _what(lang)
        _questions(lang)
        _known(lang)
        with st.container(key="overlay_foot", gap="xsmall"):
            _answer(lang)
            submitted = st.form_submit_button(text(lang, "ui.overlays.submit"), type="primary")
            if submitted:
                with st.spinner(text(lang, "ui.overlays.reading")):
                    _submit()
                st.rerun()


def _what(lang: str) -> None:
    st.selectbox(
        text(lang, "ui.overlays.kind"),
        list(overlay_kinds()),
        index=None,
        placeholder=text(lang, "ui.data.choose"),
        format_func=lambda one: _option(lang, one),
        key=_key("kind"),
    )
    st.file_uploader(
        text(lang, "ui.overlays.files"),
        accept_multiple_files=True,
        key=_key("file"),
        max_upload_size=DEFAULT_LIMITS.file_bytes // MEGABYTE,
    )


def _option(lang: str, kind: str) -> str:
    title = kind_title(lang, kind)
    is_secret = overlay_kinds()[kind].secret
    return text(lang, "ui.overlays.secret", kind=title) if is_secret else title


def _round() -> int:
    """Count the layers that were loaded: every one has a form of its own."""
    return int(state.recall(_ROUND, 0))


def _key(name: str) -> str:
    return f"overlay_{name}_{_round()}"


def _known(lang: str) -> None:
    """Ask what is known of the layer; nothing of it is needed."""
    label = {name: text(lang, f"ui.overlays.{name}") for name in _FIELDS}
    st.text_input(label["source"], key=_key("source"), max_chars=500)
    left, right = st.columns(2, gap="small")
    left.text_input(label["date"], key=_key("date"), placeholder="2023-06", max_chars=20)
    right.text_input(label["accuracy_m"], key=_key("accuracy_m"), max_chars=20)
    left.text_input(label["licence"], key=_key("licence"), max_chars=500)
    right.selectbox(
        label["allowed_use"],
        _USES,
        format_func=lambda one: text(lang, f"ui.overlays.use_{one}"),
        key=_key("allowed_use"),
    )
    st.selectbox(
        label["covers"],
        _COVERS,
        format_func=lambda one: text(lang, f"ui.overlays.choose_{one}"),
        key=_key("covers"),
        help=text(lang, "ui.overlays.covers_help"),
    )


def _questions(lang: str) -> None:
    """Say what the file leaves open, and let the user settle it."""
    error: PlannerError | None = state.recall(_ERROR)
    if error is not None and _question_of(error):
        sentences = (sentence for sentence in failure_text(lang, error) if sentence)
        lines = (tag("p", sentence, cls="pl-note") for sentence in sentences)
        st.html(tag("div", *lines, cls="pl-box pl-ask", role="status"))
    for question in state.recall(_ASKED, ()):
        _ask(lang, question)


def _ask(lang: str, question: str) -> None:
    label, key = text(lang, f"ui.overlays.ask_{question}"), _key(question)
    if question == "crs":
        st.text_input(label, key=key, placeholder="EPSG:4526", max_chars=500)
        return
    options = {
        "axes": ("en", "ne"),
        "code_scheme": SCHEMES,
        "layer": state.recall(_LAYERS, ()),
    }[question]
    words = {"axes": "report.axes_{}", "code_scheme": "ui.overlays.scheme_{}"}.get(question)
    st.selectbox(
        label,
        options,
        index=None,
        placeholder=text(lang, "ui.data.choose"),
        format_func=lambda one: text(lang, words.format(one)) if words else one,
        key=key,
    )


def _answer(lang: str) -> None:
    """Say what became of the last attempt."""
    error: PlannerError | None = state.recall(_ERROR)
    if error is not None and not _question_of(error):
        sentence, hint = failure_text(lang, error)
        advice = join(LINE_BREAK, hint) if hint else None
        st.html(tag("div", tag("strong", sentence), advice, cls="pl-problem pl-note", role="alert"))
    done = state.recall(_DONE)
    if done:
        sentence = text(lang, "ui.overlays.done", titles=list(done))
        st.html(tag("p", sentence, cls="pl-note", role="status"))


def _submit() -> None:
    """Take all files or none of them."""
    state.remember(_ERROR, None)
    state.remember(_DONE, ())
    try:
        read = _read()
        for one in read:
            state.use_overlay(one)
    except PlannerError as error:
        state.remember(_ERROR, error)
        _remember_question(error)
        return
    state.remember(_DONE, tuple(one.title for one in read))
    state.remember(_ASKED, ())
    state.remember(_ROUND, _round() + 1)  # what was said of one layer is not said of the next


def _read() -> list[Overlay]:
    from layers.overlay_read import read_overlay

    kind = state.widget(_key("kind"))
    if kind is None:
        raise PlannerError("overlay_kind_missing")
    dropped = [(one.name, one.getvalue()) for one in state.widget(_key("file"))]
    if not dropped:
        raise PlannerError("overlay_file_missing")
    files = joined_shapefiles(dropped)
    names = (*_FIELDS, *state.recall(_ASKED, ()))
    typed = {name: _typed(name) for name in names}
    said = stated({name: value for name, value in typed.items() if value}, files[0][0])
    return [read_overlay(content, name, kind, stated=said) for name, content in files]


def _typed(name: str) -> str | None:
    value = state.widget(_key(name))
    return value.strip() if isinstance(value, str) else value


def _question_of(error: PlannerError) -> str | None:
    """Return the field that settles an error; None where there is none."""
    asked = error.values.get("question") or _ASKED_BY.get(error.code)
    return str(asked) if asked in _QUESTIONS else None


def _remember_question(error: PlannerError) -> None:
    asked, known = _question_of(error), state.recall(_ASKED, ())
    layers = error.values.get("layers")
    if isinstance(layers, (list, tuple)):
        state.remember(_LAYERS, tuple(str(one) for one in layers))
    if asked and asked not in known:
        state.remember(_ASKED, (*known, asked))
