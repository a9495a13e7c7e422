"""The script that brings the chosen row of a table into sight."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPT = (Path(__file__).parent / "show_row.js").read_text("utf-8")


def show_row(
    key: str, row: int, row_height: int, *, columns: Sequence[int] = (), pinned: int = 0
) -> None:
    """Scroll the table with this key to a row, and to its chosen column, unless in sight.

    Parameters
    ----------
    key : str
        Of the table, a constant of the caller.
    row : int
        From 0, in the order in which the table was given.
    row_height : int
        Pixels.
    columns : sequence of int
        Widths of the columns up to the chosen one, the pinned ones included; pixels. Empty: no
        column is chosen.
    pinned : int
        How many columns stay where they are.
    """
    told = {"key": key, "row": int(row), "rowHeight": int(row_height), "pinned": 0, "left": 0}
    if len(columns) > pinned:
        told |= {"pinned": sum(columns[:pinned]), "left": sum(columns[pinned:-1])}
        told["width"] = columns[-1]
    shown = json.dumps(told)
    script = _SCRIPT.replace("SHOWN", shown)
    with st.container(key=f"{key}_script"):
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
