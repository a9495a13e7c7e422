"""Set-up for all tests: hypothesis without deadlines, the browser last."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")  # the same examples in CI

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items):
    """Run the browser tests last: their driver keeps an event loop running until the end."""
    items.sort(key=lambda item: BROWSER in item.path.parents)
