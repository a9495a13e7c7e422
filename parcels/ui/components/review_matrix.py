"""Parcels × checks: one cell a verdict with its decisive fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import numpy as np
import pandas as pd
import streamlit as st

from parcels.finding_words import cell_text
from parcels.findings import OUTCOMES, RANK
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.review_cell import chosen_check
from parcels.ui.components.review_finding import opinion_word, outcome_of, override_of
from parcels.ui.components.review_mark import clicked_cell, mark_cell
from parcels.ui.components.review_totals import chosen_outcome
from parcels.ui.markup import tag
from parcels.ui.row_script import show_row

if TYPE_CHECKING:
    import numpy.typing as npt

    from parcels.findings import Finding
    from parcels.ui.components.review_current import Current

_TABLE = "review_matrix"
_PAGE_ROWS = 50
_WORST_FIRST_FROM = 30
_ROW_HEIGHT = 33
_CONTENT_ROWS = 9
_PINNED = 2  # columns that stay: parcel and opinion
_MOST_PARCEL_WIDTH, _OPINION_WIDTH = 204, 64
_TABLE_WIDTH = 1_330
_CELL_PADDING, _WIDE_CHARACTER, _CHARACTER = 17, 13, 7  # pixels
# Text and ground of a cell by outcome, in the order of `OUTCOMES`: light theme, then dark.
_COLOURS = {
    "light": (
        "#7D140E #F6C9C5",
        "#53378C #F1ECFA",
        "#7D4B00 #FDF0D8",
        "#17603C #FFFFFF",
        "#5D6B78 #FFFFFF",
    ),
    "dark": (
        "#FFE3E0 #7A2A25",
        "#C9B8F4 #30264B",
        "#F5C277 #42300F",
        "#86DCAB #12181E",
        "#B2C0CC #12181E",
    ),
}


def listed_parcels(now: Current) -> npt.NDArray[np.int64]:
    """Return positions of the rows that the filter leaves in, worst first in a long list."""
    outcome = chosen_outcome()
    rows = np.arange(len(now.matrix))
    if outcome is not None:
        rows = rows[(now.matrix == RANK[outcome]).any(axis=1)]
    if len(now.matrix) > _WORST_FIRST_FROM:
        fails = (now.matrix[rows] == RANK["fail"]).sum(axis=1)
        unknown = (now.matrix[rows] == RANK["unknown"]).sum(axis=1)
        rows = rows[np.lexsort((rows, -unknown, -fails))]
    return rows


def review_matrix(now: Current) -> None:
    """Draw the matrix; a click on a cell writes parcel and check to the address."""
    lang = state.lang()
    rows = listed_parcels(now)
    if not len(rows):
        _nothing(lang, now)
        return
    first = _first_row(rows, now.parcel)
    shown = rows[first : first + _PAGE_ROWS].tolist()
    checks = _used_checks(now)
    said = sum(map(len, now.events.values()))
    version = (id(now.review), lang, tuple(shown), checks, said)
    frame, outcomes = state.once("review_frame", version, lambda: _frame(lang, now, shown, checks))
    state.remember("review_rows", [now.address(row) for row in shown])
    state.remember("review_checks", list(checks))
    _select(now, shown, checks)
    columns = _columns(lang, checks, frame)
    st.dataframe(
        frame.style.apply(lambda _: _styles(outcomes, frame), axis=None),
        key=_TABLE,
        on_select=_choose_cell,
        selection_mode="single-cell",
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(shown) <= _CONTENT_ROWS else _ROW_HEIGHT * (_CONTENT_ROWS + 1),
        alt=text(lang, "ui.review.matrix_alt"),
        column_config={name: column for name, (column, _) in columns.items()},
    )
    _bring_in_sight(now, shown, {name: width for name, (_, width) in columns.items()})
    _below(lang, now, rows, first, checks)
    _tell_rows(min(len(shown), _CONTENT_ROWS))


def _bring_in_sight(now: Current, shown: list[int], widths: dict[str, int]) -> None:
    if now.parcel not in shown:
        return
    names = list(widths)
    until = names.index(now.check) + 1 if now.check in widths else 0
    before = [widths[name] for name in names[:until]]
    show_row(_TABLE, shown.index(now.parcel), _ROW_HEIGHT, columns=before, pinned=_PINNED)


def _tell_rows(count: int) -> None:
    """Tell the style sheet how much of the window the matrix takes."""
    with st.container(key="setup_rows"):
        st.html(f"<style>.stApp {{ --pl-rows: {count:d}; }}</style>")


def _frame(
    lang: str, now: Current, shown: list[int], checks: tuple[str, ...]
) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
    rows = [_row(lang, now, parcel, checks) for parcel in shown]
    columns = ["parcel", "opinion", *checks]
    at = [now.review.assessment.checks.index(check) for check in checks]
    return pd.DataFrame(rows, columns=columns), now.matrix[np.ix_(shown, at)]


def _row(lang: str, now: Current, parcel: int, checks: tuple[str, ...]) -> list[str]:
    found: dict[str, list[Any]] = {check: [] for check in checks}
    for finding in now.review.assessment.of(parcel):
        if finding.check in found:
            found[finding.check].append(finding)
    column = now.review.assessment.checks.index
    cells = []
    for check in checks:
        outcome = OUTCOMES[now.matrix[parcel, column(check)]]
        glyph = text(lang, f"glyph.{outcome}")
        fact = _fact(lang, now, found[check])
        cells.append(glyph if outcome == "not_applicable" else f"{glyph} {fact}".strip())
    name = now.parcels.names[parcel]
    number = parcel + 1
    opinion = opinion_word(lang, now.record(parcel).opinion)
    return [f"{number} {name}".strip(), opinion, *cells]


def _fact(lang: str, now: Current, findings: list[Finding]) -> str:
    """Say in a few characters what decides a cell, or that a person did."""
    if not findings:
        return ""
    speaks = min(findings, key=lambda one: RANK[outcome_of(now, one)])
    if override_of(now, speaks):
        return text(lang, "ui.review.overridden_cell")
    return cell_text(lang, speaks)


def _styles(outcomes: npt.NDArray[np.int64], frame: pd.DataFrame) -> pd.DataFrame:
    theme = "dark" if st.context.theme.type == "dark" else "light"
    colours = [pair.split() for pair in _COLOURS[theme]]
    looks = [f"color: {ink}; background-color: {ground}" for ink, ground in colours]
    looks[RANK["fail"]] += "; font-weight: 600"
    styles = pd.DataFrame("", index=frame.index, columns=frame.columns)
    styles.iloc[:, 2:] = np.array(looks, dtype=object)[outcomes]
    return styles


def _used_checks(now: Current) -> tuple[str, ...]:
    """Leave out the checks that apply to no parcel at all."""
    applies = (now.matrix != RANK["not_applicable"]).any(axis=0)
    return tuple(
        check for check, used in zip(now.review.assessment.checks, applies, strict=True) if used
    )


def _columns(lang: str, checks: tuple[str, ...], frame: pd.DataFrame) -> dict[str, tuple[Any, int]]:
    """Lay out the columns: how each looks, and how wide it is."""
    column = st.column_config.TextColumn
    titles = {check: text(lang, f"check.{check}.short") for check in checks}
    widths = {
        check: max(_pixels(written) for written in (title, *frame[check].unique()))
        for check, title in titles.items()
    }
    names = min(_MOST_PARCEL_WIDTH, max(_pixels(name) for name in frame["parcel"]))
    left = _TABLE_WIDTH - names - _OPINION_WIDTH - sum(widths.values())
    spare = max(0, left // len(checks))
    fixed = {
        key: (column(text(lang, f"ui.review.{key}_column"), width=width, pinned=True), width)
        for key, width in (("parcel", names), ("opinion", _OPINION_WIDTH))
    }
    wide = {check: widths[check] + spare for check in checks}
    return fixed | {
        check: (
            column(title, width=wide[check], help=text(lang, f"check.{check}.title")),
            wide[check],
        )
        for check, title in titles.items()
    }


def _pixels(written: str) -> int:
    """Estimate how wide a cell must be for its text."""
    wide = sum(east_asian_width(char) in "WF" for char in written)
    return _CELL_PADDING + _WIDE_CHARACTER * wide + _CHARACTER * (len(written) - wide)


def _select(now: Current, shown: list[int], checks: tuple[str, ...]) -> None:
    explained = chosen_check(now)
    is_shown = now.parcel in shown and explained in checks
    mark_cell(_TABLE, (shown.index(now.parcel), explained) if is_shown else None)


def _choose_cell() -> None:
    clicked = clicked_cell(_TABLE)
    if clicked is None:
        state.hold_params()
        return
    row, column = clicked
    parcel = state.recall("review_rows")[row]
    if column in state.recall("review_checks"):
        state.set_params(parcel=parcel, check=column)
    else:
        state.set_params(parcel=parcel, check=None, mode="parcel")


def _below(
    lang: str, now: Current, rows: npt.NDArray[np.int64], first: int, checks: tuple[str, ...]
) -> None:
    folded = [
        text(lang, f"check.{check}.short")
        for check in now.review.assessment.checks
        if check not in checks
    ]
    notes = [text(lang, "ui.review.folded", names=folded)] if folded else []
    if len(rows) > _PAGE_ROWS:
        last = min(first + _PAGE_ROWS, len(rows))
        notes.append(
            text(
                lang,
                "ui.review.page",
                first=f"{first + 1:,}",
                last=f"{last:,}",
                total=f"{len(rows):,}",
            )
        )
    if not notes:
        return
    with st.container(key="review_below", horizontal=True, vertical_alignment="center"):
        st.html(tag("span", " · ".join(notes), cls="pl-note pl-muted"))
        if len(rows) > _PAGE_ROWS:
            st.space("stretch")
            _turn_keys(lang, rows, first)


def _turn_keys(lang: str, rows: npt.NDArray[np.int64], first: int) -> None:
    left = len(rows) - first - _PAGE_ROWS
    steps = (
        ("before", ":material/chevron_left:", first, -1),
        ("after", ":material/chevron_right:", left, 1),
    )
    for key, icon, count, direction in steps:
        st.button(
            "",
            icon=icon,
            key=f"review_page_{key}",
            help=text(lang, f"ui.review.{key}", count=max(0, min(count, _PAGE_ROWS))),
            disabled=count <= 0,
            on_click=_turn,
            args=(first + direction * _PAGE_ROWS,),
        )


def _first_row(rows: npt.NDArray[np.int64], parcel: int) -> int:
    """Turn to the page of the chosen parcel, unless the user turned on since."""
    turned = state.recall("review_page")
    if turned and turned[0] == (len(rows), parcel):
        return int(turned[1])
    found = np.flatnonzero(rows == parcel)
    first = int(found[0]) // _PAGE_ROWS * _PAGE_ROWS if len(found) else 0
    state.remember("review_page", ((len(rows), parcel), first))
    return first


def _turn(first: int) -> None:
    version, _ = state.recall("review_page")
    state.remember("review_page", (version, first))


def _nothing(lang: str, now: Current) -> None:
    outcome = chosen_outcome() or "fail"
    sentence = text(
        lang, "ui.review.nothing", outcome=text(lang, f"outcome.{outcome}"), total=len(now.matrix)
    )
    st.html(tag("p", sentence, cls="pl-note", role="status"))
    st.button(text(lang, "ui.review.clear"), key="review_clear", on_click=_clear)


def _clear() -> None:
    state.set_params(outcome=None)
