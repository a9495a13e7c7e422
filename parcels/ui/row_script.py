"""The script that brings the chosen row of a table into sight."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

_SCRIPT = (Path(__file__).parent / "show_row.js").read_text("utf-8")


def show_row(key: str, row: int, row_height: int) -> None:
    """Scroll the table with this key to a row, unless it is in sight.

    Parameters
    ----------
    key : str
        Of the table, a constant of the caller.
    row : int
        From 0, in the order in which the table was given.
    row_height : int
        Pixels.
    """
    shown = json.dumps({"key": key, "row": int(row), "rowHeight": int(row_height)})
    script = _SCRIPT.replace("SHOWN", shown)
    with st.container(key=f"{key}_script"):
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
