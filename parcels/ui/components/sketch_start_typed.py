"""Outlines from coordinates that are pasted or typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from geo.errors import PlannerError
from geo.survey.model import Answers
from parcels.importing import import_file
from parcels.messages import text
from parcels.subjects import survey_parcels
from parcels.survey_report import question_of
from parcels.ui import state
from parcels.ui.components.sketch_started import Started
from parcels.ui.markup import tag
from parcels.wording import candidate_text, failure_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.survey.model import Survey
    from parcels.ui.components.sketch_now import Now

_TEXT, _PLACE = "sketch_start_text", "sketch_start_place_of"
_HEIGHT = 150


def survey_text(now: Now) -> Started | None:
    """Read pasted boundary points as a file of them would be read; ask what they leave open.

    Raises
    ------
    PlannerError
        What is wrong with the text (`import_file`).
    """
    lang = now.lang
    typed = st.text_area(
        text(lang, "ui.sketch.start_text"),
        key=_TEXT,
        height=_HEIGHT,
        placeholder=text(lang, "ui.sketch.start_text_hint"),
        on_change=state.hold_params,
    )
    if not typed or not typed.strip():
        return None
    read = _read(lang, typed, Answers())
    settled = _ask(lang, typed, read) if isinstance(read, PlannerError) else read
    return None if settled is None else _of_survey(settled)


def _read(lang: str, typed: str, answers: Answers) -> Survey | PlannerError:
    """Read a text once for the answers given; a refusal is kept as well."""

    def read() -> Survey | PlannerError:
        name = text(lang, "ui.sketch.pasted")
        try:
            return import_file(typed.encode(), name, answers=answers)
        except PlannerError as error:
            return error

    return state.once(
        f"sketch_pasted_{answers.crs}", (typed, answers.crs, answers.axes, lang), read
    )


def _ask(lang: str, typed: str, error: PlannerError) -> Survey | None:
    """Ask where the numbers lie, if that is what is open."""
    given: Any = error.values.get("candidates")
    offered: list[Mapping[str, Any]] = list(given or ())
    if question_of(error) not in {"crs", "axes"} or not offered:
        raise error
    sentence, _ = failure_text(lang, error)
    st.html(tag("p", sentence, cls="pl-note pl-text-unknown", role="status"))
    at = st.selectbox(
        text(lang, "ui.sketch.start_crs"),
        range(len(offered)),
        index=None,
        format_func=lambda one: candidate_text(lang, offered[one]),
        placeholder=text(lang, "ui.sketch.start_crs_ask"),
        key=_PLACE,
        on_change=state.hold_params,
    )
    if at is None or at >= len(offered):
        return None
    answers = replace(Answers(), crs=str(offered[at]["crs"]), axes=offered[at]["axes"])
    read = _read(lang, typed, answers)
    if isinstance(read, PlannerError):
        raise read
    return read


def _of_survey(survey: Survey) -> Started | None:
    parcels = survey_parcels(survey)
    shapes = shapely.from_wkb(survey.parcels.column("wkb").to_numpy())
    kept = [at for at, one in enumerate(shapes) if one is not None and not one.is_empty]
    if not kept:
        return None
    return Started(
        shapes=tuple(shapes[at] for at in kept),
        names=tuple(parcels.names[at] or parcels.ids[at] for at in kept),
        source="survey",
        ids=tuple(parcels.ids[at] for at in kept),
        geometry_class="surveyed",
        accuracy_m=float(parcels.accuracy_m[kept[0]]),
    )
