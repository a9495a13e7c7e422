"""A small run of what `make torture` does a thousand times."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = {"sqlite": 25, "postgresql": 12}
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("engine", KILLS)
def test_no_kill_costs_an_acknowledged_save(engine, request):
    if engine == "postgresql":
        request.getfixturevalue("postgres")  # or say that there is none
    options = ["--engine", engine, "--kills", str(KILLS[engine]), "--seed", "6", "--json"]
    program = [sys.executable, "-m", "tests.parcels.storage.torture", *options]

    done = subprocess.run(program, cwd=ROOT, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr[-4000:]
    tally = json.loads(done.stdout)[engine]
    assert tally["faults"] == []
    assert tally["kills"] == KILLS[engine]
    assert tally["crashes"] == (engine == "postgresql")
    assert tally["saving"] >= KILLS[engine] / 2
    assert tally["acknowledged"] >= KILLS[engine]
