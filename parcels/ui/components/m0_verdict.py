"""What every pack says of the proposal: a table whose cells open their explanation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from parcels.ui import state
from parcels.ui.components.m0_faults import faulty
from parcels.ui.components.m0_rows import table_of

if TYPE_CHECKING:
    from parcels.ui.components.m0_now import Now

CELL = "cell"  # in the address
_TABLE = "m0_verdict"
_SCRIPT = (Path(__file__).parents[1] / "m0_verdict.js").read_text("utf-8")


def verdict_table(now: Now) -> None:
    """Draw the table; a click writes the cell to the address, a second one takes it out."""
    told = state.once(
        "m0_table",
        (now.version, now.lang),
        lambda: table_of(now.lang, now.proposal, now.verdicts, faulty(now)),
    )
    table = st.components.v2.component(
        "planner_m0_verdict",
        html='<div class="pl-m0-place pl-extract pl-m0-verdict" tabindex="0"></div>',
        js=_SCRIPT,
        isolate_styles=False,
    )
    table(
        key=_TABLE,
        data=told | {"chosen": state.param(CELL) or ""},
        on_chosen_change=_choose,
    )


def _choose() -> None:
    clicked = state.widget(_TABLE)["chosen"]
    state.hold_params()
    state.set_params(**{CELL: None if clicked == state.param(CELL) else clicked})
