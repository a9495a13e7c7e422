"""What tests of the page M0 share: opening it, and reading what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from tests.ui.test_pages import html

if TYPE_CHECKING:
    from parcels.proposal.draft import Draft


def _page() -> None:
    from parcels.ui.views import m0_page

    m0_page.render()


def opened(draft: Draft | None = None, **params: str) -> AppTest:
    """Open the page, on a draft that somebody typed before or on what the address says."""
    from parcels.proposal_shelf import DRAFTS

    app = AppTest.from_function(_page, default_timeout=60)
    if draft is not None:
        params["proposal"] = DRAFTS.keep(draft)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def table(app: AppTest) -> dict:
    """Return what the table of verdicts is told."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def rows(app: AppTest) -> dict[str, dict]:
    """Return the rows of the table by title, folded ones too."""
    told = [
        row
        for group in table(app)["groups"]
        for part in (group, *group["folds"])
        for row in part["rows"]
    ]
    return {row["title"]: row for row in told}


def words(row: dict) -> list[str]:
    """Return the cells of a row in words, packs without such a rule as a dash."""
    return [" ".join(one["word"] for one in cell) or "—" for cell in row["cells"]]


def totals(app: AppTest) -> dict[str, str]:
    """Return the verdict of each pack."""
    return {one["id"].removeprefix("pack:"): one["outcome"] for one in table(app)["packs"]}


def typed(app: AppTest, field: str, value: str) -> AppTest:
    """Type into a field."""
    app.text_input(key=f"m0_field_{field}").set_value(value).run()
    assert not app.exception
    return app


def pressed(app: AppTest, key: str) -> AppTest:
    """Press a button."""
    app.button(key=key).click().run()
    assert not app.exception
    return app


def opening(app: AppTest, popover: str) -> AppTest:
    """Open a popover."""
    app.session_state[popover] = True
    return app.run()


def said(app: AppTest) -> str:
    """Return all that the page says in HTML of its own."""
    return html(app)
