"""What tests of pages share: a review store of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from parcels.reviews.store import ReviewStore
from parcels.ui import cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReviewStore]:
    """Let pages keep reviews in an empty store."""
    held = ReviewStore(tmp_path / "reviews.sqlite")
    with patch.object(cache, "review_store", lambda: held):
        yield held
