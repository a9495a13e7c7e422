"""分享 without a browser: a page that shares, the page with the list, what is in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from parcels.storage.access import SINGLE_DESK
from parcels.ui import cache

if TYPE_CHECKING:
    from parcels.snapshot.model import Snapshot

AT = "2026-11-22T08:00:00Z"


def _share_page() -> None:
    from parcels.ui.views import share_page

    share_page.render()


def _review_page() -> None:
    from parcels.ui.components.share_button import share_dialog
    from parcels.ui.views import review_page

    review_page.render(lambda: None)
    share_dialog(lambda: None)


def _empty_ranking() -> None:
    from parcels.ui.components.share_button import share_dialog
    from parcels.ui.views import permu_page

    permu_page.render()
    share_dialog(lambda: None)


def _opened(page, params) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def page(**params: str) -> AppTest:
    """Open the page 分享."""
    return _opened(_share_page, params)


def dialog(**params: str) -> AppTest:
    """Open the dialog on the page 审查."""
    return pressed(_opened(_review_page, params), "share_open")


def nothing_to_share() -> AppTest:
    """Open the dialog on 亩均 without a table."""
    return pressed(_opened(_empty_ranking, {}), "share_open")


def keep(*snapshots: Snapshot) -> None:
    """Put snapshots into the store of the test."""
    for one in snapshots:
        cache.store().keep_snapshot(SINGLE_DESK, one, at=AT)


def kept() -> list:
    return list(cache.store().snapshots(SINGLE_DESK))


def links() -> list:
    return list(cache.store().shares(SINGLE_DESK))


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def button(app: AppTest, key: str):
    return next(one for one in app.button if (one.key or "").startswith(key))


def pressed(app: AppTest, key: str) -> AppTest:
    button(app, key).click().run()
    assert not app.exception
    return app


def chosen(app: AppTest, key: str, value: str) -> AppTest:
    """Choose in a row of buttons."""
    rows = (*app.segmented_control, *app.button_group, *app.pills, *app.selectbox)
    next(one for one in rows if (one.key or "").startswith(key)).set_value(value).run()
    assert not app.exception
    return app


def keeping(*snapshots: Snapshot) -> AppTest:
    """Open the page 分享 on snapshots that are kept, the last one chosen."""
    keep(*snapshots)
    return page()
