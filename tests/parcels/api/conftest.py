from __future__ import annotations

import pytest

from parcels.planning.editing.workbench import Workbench
from parcels.planning.model import Scenario
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.api.editors import AT, Editor


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "planner.sqlite")
    opened.create(SINGLE_DESK, Scenario(id="s", name="南区", made_at=AT, saved_at=AT), key="made")
    return opened


@pytest.fixture
def editor(store):
    return Editor(Workbench(store, SINGLE_DESK, "s"))
