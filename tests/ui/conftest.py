"""What tests of pages share: a store of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from parcels.storage.store import open_store
from parcels.ui import cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parcels.reviews.store import ReviewStore


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[ReviewStore]:
    """Let pages keep what people make and say in an empty store."""
    held = open_store(tmp_path / "planner.sqlite")
    with patch.object(cache, "store", lambda: held):
        yield cache.review_store()
