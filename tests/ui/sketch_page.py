"""What tests of the page 扩区 share: a store of their own, opening the page, what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from parcels.planning.demo import demo_scenarios
from parcels.planning.editing.workbench import Workbench
from parcels.planning.model import Scenario
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from parcels.ui import cache, state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parcels.storage.access import Actor
    from parcels.storage.store import Store

AT = "2026-11-22T06:02:00+00:00"
HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"
SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[112.52, 32.80], [112.53, 32.80], [112.53, 32.81], [112.52, 32.81], [112.52, 32.80]]
    ],
}


def _page() -> None:
    from parcels.ui.views import sketch_page

    sketch_page.render()


def stored(tmp_path: Path, actor: Actor = SINGLE_DESK) -> Iterator[Store]:
    """Let the page work on an empty store, in somebody's name."""
    held = open_store(tmp_path / "planner.sqlite")
    with patch.object(cache, "store", lambda: held), patch.object(state, "actor", lambda: actor):
        yield held


def opened(**params: str) -> AppTest:
    """Open the page at an address."""
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in params.items():
        app.query_params[name.rstrip("_")] = value
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """Return all that the page wrote as HTML, without its tags."""
    body = " ".join(element.proto.body for element in app.get("html"))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def pressed(app: AppTest, key: str) -> AppTest:
    """Press a button."""
    app.button(key=key).click().run()
    assert not app.exception
    return app


def opening(app: AppTest, popover: str) -> AppTest:
    """Open a popover."""
    app.session_state[popover] = True
    app.run()
    assert not app.exception
    return app


def with_demo(store: Store) -> tuple[Scenario, ...]:
    """Put the example into the store."""
    for scenario, operations in demo_scenarios(at=AT):
        store.create(SINGLE_DESK, scenario, operations, key=scenario.id)
    return store.scenarios(SINGLE_DESK)


def with_square(store: Store, *, name: str = "一号", kind: str = "parcel") -> Scenario:
    """Make a scenario with one square of about 1 km²."""
    made = Scenario(id="5" * 32, name="方案", made_at=AT, saved_at=AT)
    store.create(SINGLE_DESK, made, key=made.id)
    return done(store, made.id, {"do": "draw", "kind": kind, "geometry": SQUARE, "name": name})


def done(store: Store, scenario: str, command: dict, *, key: str = "") -> Scenario:
    """Carry out a command as another window would."""
    version = next(one for one in store.scenarios(SINGLE_DESK) if one.id == scenario).version
    bench = Workbench(store, SINGLE_DESK, scenario)
    return bench.do(command, seen=version, key=key or f"k{version}", at=AT).scenario


def elements(store: Store, scenario: str) -> dict[str, object]:
    """Return what stands in a scenario, by name."""
    return {one.name: one for one in store.line(SINGLE_DESK, scenario).state.values()}
