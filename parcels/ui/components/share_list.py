"""The list of kept snapshots: one row each, the chosen one is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.review_say import on_the_clock
from parcels.ui.components.share_kept import choose, standing
from parcels.ui.row_script import show_row

if TYPE_CHECKING:
    import pandas as pd

    from parcels.ui.components.share_kept import Desk

_TABLE = "share_list"
_ROW_HEIGHT = 33
_DAY = 10  # letters of a moment that name the day
_WHOLE = 6  # rows that stand in sight without a bar


def share_list(desk: Desk) -> None:
    """Draw the table."""
    lang = state.lang()
    digests = [one.digest for one in desk.kept]
    state.remember(_TABLE, digests)
    chosen = digests.index(desk.chosen.digest) if desk.chosen else None
    state.select_row(_TABLE, chosen)
    columns = {"date": 84, "kind": 76, "title": 132, "level": 64, "digest": 76, "links": 52}
    st.dataframe(
        _frame(lang, desk),
        key=_TABLE,
        on_select=_choose,
        selection_mode=("single-row", "single-cell"),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(digests) <= _WHOLE else _ROW_HEIGHT * (_WHOLE + 1) + 2,
        column_config={
            name: st.column_config.TextColumn(text(lang, f"ui.share.column_{name}"), width=width)
            for name, width in columns.items()
        },
        alt=text(lang, "ui.share.list_alt"),
    )
    if chosen is not None:
        show_row(_TABLE, chosen, _ROW_HEIGHT)


def _frame(lang: str, desk: Desk) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "date": on_the_clock(one.made_at)[:_DAY],
            "kind": text(lang, f"ui.share.kind_{one.kind}"),
            "title": one.title,
            "level": text(lang, f"share.level.{one.level}"),
            "digest": one.digest[:8],
            "links": _links(lang, desk, one.digest),
        }
        for one in desk.kept
    ]
    return pd.DataFrame(rows)


def _links(lang: str, desk: Desk, digest: str) -> str:
    links = desk.links.get(digest, ())
    if not links:
        return "—"
    live = sum(standing(one) == "open" for one in links)
    return text(lang, "ui.share.links_of", live=live, all=len(links))


def _choose() -> None:
    row = state.selected_row(_TABLE)
    if row is None:
        state.hold_params()
    else:
        choose(state.recall(_TABLE)[row])
