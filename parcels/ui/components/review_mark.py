"""The marked cell of the matrix: what the page marks, and what a reader clicks."""

from __future__ import annotations

from time import monotonic

from parcels.ui import state

_MARKED = "review_marked"
_ECHO_SECONDS = 2.0  # a table may report a cell after another one was marked for it

Cell = tuple[int, str]


def mark_cell(table: str, cell: Cell | None) -> None:
    """Mark a cell of a table before it is drawn; None leaves it without a mark."""
    now = monotonic()
    known = [one for one in state.recall(_MARKED, ()) if now - one[0] < _ECHO_SECONDS]
    state.remember(_MARKED, [*known, (now, cell)])
    cells = [] if cell is None else [cell]
    state.put_widget(table, {"selection": {"rows": [], "columns": [], "cells": cells}})


def clicked_cell(table: str) -> Cell | None:
    """Return the cell that was clicked; what the page itself has just marked is no click."""
    cells = state.widget(table)["selection"]["cells"]
    if not cells:
        return None
    cell = (int(cells[0][0]), str(cells[0][1]))
    marked = [one for _, one in state.recall(_MARKED, ())]
    return None if cell in marked else cell
