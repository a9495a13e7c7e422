from __future__ import annotations

import os

import pytest

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
