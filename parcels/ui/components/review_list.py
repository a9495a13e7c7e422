"""The checks of the chosen parcel as a list: a click explains one and shows its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.review_finding import opinion_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.ui.components.review_current import Current

_TABLE = "review_checks_list"
_PARCEL = "review_parcel_choice"
_ROW_HEIGHT = 33
_MOST_CHOICES = 1_000


def review_list(now: Current, listed: Sequence[int]) -> None:
    """Draw the choice of the parcel and the list of its checks, worst first."""
    lang = state.lang()
    _parcel_choice(now, listed)
    row = now.matrix[now.parcel]
    order = np.argsort(row, kind="stable")
    checks = [now.review.assessment.checks[at] for at in order]
    frame = pd.DataFrame(
        {
            "check": [text(lang, f"check.{check}.short") for check in checks],
            "outcome": [_verdict(lang, int(row[at])) for at in order],
        }
    )
    state.remember("review_listed_checks", checks)
    state.select_row(_TABLE, checks.index(now.check) if now.check in checks else None)
    st.dataframe(
        frame,
        key=_TABLE,
        on_select=_choose,
        selection_mode=("single-row", "single-cell"),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content",
        column_config={
            "check": st.column_config.TextColumn(text(lang, "ui.review.gap_checks"), width=182),
            "outcome": st.column_config.TextColumn(
                text(lang, "ui.review.verdict_column"), width=96
            ),
        },
    )


def _parcel_choice(now: Current, listed: Sequence[int]) -> None:
    """Offer the parcels that the filter leaves in, around the chosen one in a long list."""
    lang = state.lang()
    positions = list(listed)
    if now.parcel not in positions:
        positions.insert(0, now.parcel)
    at = positions.index(now.parcel)
    first = max(0, min(at - _MOST_CHOICES // 2, len(positions) - _MOST_CHOICES))
    shown = positions[first : first + _MOST_CHOICES]
    titles = {one: _title(lang, now, one) for one in shown}
    state.put_widget(_PARCEL, now.parcel)
    state.remember("review_addresses", {one: now.address(one) for one in shown})
    st.selectbox(
        text(lang, "ui.review.parcel_column"),
        shown,
        format_func=titles.__getitem__,
        key=_PARCEL,
        on_change=_choose_parcel,
        label_visibility="collapsed",
    )


def _title(lang: str, now: Current, parcel: int) -> str:
    """Name a parcel, with the opinion that stands on it."""
    opinion = opinion_word(lang, now.record(parcel).opinion)
    return " ".join(filter(None, (f"{parcel + 1}", now.parcels.names[parcel], opinion)))


def _verdict(lang: str, rank: int) -> str:
    outcome = OUTCOMES[rank]
    return f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')}"


def _choose() -> None:
    row = state.selected_row(_TABLE)
    if row is None:
        state.hold_params()
    else:
        state.set_params(check=state.recall("review_listed_checks")[row])


def _choose_parcel() -> None:
    state.set_params(parcel=state.recall("review_addresses")[state.widget(_PARCEL)])
