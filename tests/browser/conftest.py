from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.harness import CHROMIUM_ARGS, NoChromiumError, find_chromium, serve


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the system's browser; in CI its absence is a failure, elsewhere a reason to skip."""
    try:
        program = find_chromium()
    except NoChromiumError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    return {**browser_type_launch_args, "executable_path": program, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def app_address():
    """Address of the application, run once for all browser tests."""
    with serve() as address:
        yield address


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
