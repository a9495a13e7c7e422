from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager

import pytest

from tests.parcels.storage.torture_disk import mounted
from tests.postgres import NoPostgresError, cluster


@pytest.fixture(scope="session")
def postgres():
    """Run one server for all tests of the store; in CI its absence is a failure, elsewhere a reason to skip."""
    try:
        with cluster() as server:
            yield server
    except NoPostgresError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture
def postgres_url(postgres):
    """Address of an empty database with PostGIS, of a role that owns it and nothing else."""
    with postgres.database() as address:
        yield address


@pytest.fixture
def small_disk(tmp_path):
    """Give a disk of 512 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=512k", "tmpfs", on=disk):
        yield disk


@pytest.fixture
def read_only(tmp_path):
    """Give a way to make a file or a folder read-only: nobody, not even root, can write to it."""

    @contextmanager
    def make(path):
        with mounted("--bind", path, on=path):
            subprocess.run(["mount", "-o", "remount,ro,bind", path], check=True)
            yield

    return make
