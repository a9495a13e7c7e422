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
    marked, former = state.recall(_MARKED, (None, ()))
    former = [(until, one) for until, one in former if now - until < _ECHO_SECONDS]
    if marked != cell:
        former.append((now, marked))
    state.remember(_MARKED, (cell, former))
    cells = [] if cell is None else [cell]
    state.put_widget(table, {"selection": {"rows": [], "columns": [], "cells": cells}})


def clicked_cell(table: str) -> Cell | None:
    """Return the cell that was clicked; what the page itself has just marked is no click."""
    cells = state.widget(table)["selection"]["cells"]
    if not cells:
        return None
    cell = (int(cells[0][0]), str(cells[0][1]))
    marked, former = state.recall(_MARKED, (None, ()))
    just = [one for until, one in former if monotonic() - until < _ECHO_SECONDS]
    return None if cell in (marked, *just) else cell
