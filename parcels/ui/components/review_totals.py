"""The totals of a review; they filter its rows at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.findings import OUTCOMES, Outcome
from parcels.messages import text
from parcels.review import counts
from parcels.ui import state

if TYPE_CHECKING:
    from parcels.ui.components.review_current import Current

_FILTER = "review_filter"
_ALL = "all"


def filter_pills(now: Current) -> None:
    """Draw the totals of the whole batch; they filter the rows at the same time."""
    lang = state.lang()
    counted = counts(now.matrix)
    labels = {_ALL: text(lang, "ui.review.all", count=f"{now.matrix.size:,}")}
    for outcome in OUTCOMES:
        labels[outcome] = text(
            lang,
            "ui.review.count_of",
            glyph=text(lang, f"glyph.{outcome}"),
            outcome=text(lang, f"outcome.{outcome}"),
            count=f"{counted[outcome]:,}",
        )
    state.put_widget(_FILTER, chosen_outcome() or _ALL)
    st.pills(
        text(lang, "ui.review.filter"),
        list(labels),
        required=True,
        format_func=lambda value: labels[value],
        key=_FILTER,
        on_change=_choose_filter,
        label_visibility="collapsed",
    )


def chosen_outcome() -> Outcome | None:
    """Return the outcome that the rows are filtered by, None for all."""
    asked = state.param("outcome")
    return next((one for one in OUTCOMES if one == asked), None)


def _choose_filter() -> None:
    value = state.widget(_FILTER)
    state.set_params(outcome=None if value == _ALL else value)
