"""Broken files of every format: an answer or a refusal, never a death of the parent or a leak.

``FUZZ_FILES`` says how many files are made (2,000; ``make fuzz``: 20,000), ``FUZZ_FIRST`` the
number of the first. File ``n`` is the same each time: `tests.fuzz.mutations.mutated`.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from geo.errors import PlannerError
from geo.read import isolate
from geo.read.isolate import parse_isolated
from geo.read.limits import Limits
from geo.read.sniff import sniff
from parcels.messages import LANGUAGES, error_text
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import seeds

ROOT = Path(__file__).parents[2]
FILES = int(os.environ.get("FUZZ_FILES", "2000"))
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
SAMPLE = 60
BATCH = 250
WORKERS = 2


@dataclass
class Outcomes:
    counts: Counter[str] = field(default_factory=Counter)
    killed: dict[int, int] = field(default_factory=dict)
    raised: dict[int, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seed_files() -> list[bytes]:
    return list(seeds().values())


def test_seeds_are_sound(seed_files: list[bytes]) -> None:
    for name, data in zip(seeds(), seed_files, strict=True):
        parsed = parse_isolated(data, sniff(data, name), layer=None, limits=Limits())
        assert len(parsed.wkb) - len(parsed.faults) == (
            1 if name in ("xlsx", "csv") else len(parsed.wkb)
        ), name


def run_batch(numbers: list[int], seeds_file: Path, outcomes: Outcomes) -> None:
    """Let workers read the files, a new one after each death."""
    while numbers:
        ran = subprocess.run(
            [sys.executable, "-X", "faulthandler", "-m", "tests.fuzz.worker", str(seeds_file)],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **isolate._ENVIRONMENT},
            input="".join(f"{number}\n" for number in numbers),
            capture_output=True,
            text=True,
            check=False,
        )
        answers = [line.split(" ", 1) for line in ran.stdout.splitlines()]
        outcomes.counts.update(outcome for _, outcome in answers)
        numbers = numbers[len(answers) :]
        if numbers:
            dead, *numbers = numbers
            if ran.returncode < 0:
                outcomes.killed[dead] = ran.returncode
            else:
                outcomes.raised[dead] = ran.stderr[-1500:]


def test_broken_files_are_read_or_refused(seed_files: list[bytes], tmp_path: Path) -> None:
    seeds_file = tmp_path / "seeds"
    seeds_file.write_bytes(pickle.dumps(seed_files))
    outcomes = Outcomes()
    numbers = list(range(FIRST, FIRST + FILES))
    batches = [numbers[start : start + BATCH] for start in range(0, FILES, BATCH)]
    with ThreadPoolExecutor(WORKERS) as pool:
        for future in [pool.submit(run_batch, one, seeds_file, outcomes) for one in batches]:
            future.result()
    assert outcomes.raised == {}
    answered = outcomes.counts.total() + len(outcomes.killed)
    assert answered == FILES
    assert outcomes.counts["read"] > FILES / 20
    for number in outcomes.killed:
        data = mutated(seed_files, number)
        with pytest.raises(PlannerError, match=r"file_(crashed_reader|timeout|memory)"):
            parse_isolated(data, sniff(data, "file"), layer=None, limits=Limits())
    assert len(outcomes.killed) <= FILES / 200, outcomes.killed


def held() -> tuple[int, int, int]:
    """Count what this process holds: open files, children, folders of the reader."""
    files = len(list(Path("/proc/self/fd").iterdir()))
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    folders = list(Path(tempfile.gettempdir()).glob("planner-*"))
    return files, len(children), len(folders)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts through /proc")
def test_the_server_keeps_nothing_of_broken_files(
    seed_files: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = held()

    def through_the_child(number: int) -> PlannerError | None:
        data = mutated(seed_files, number)
        try:
            parse_isolated(data, sniff(data, "file"), layer=None, limits=Limits())
        except PlannerError as error:
            return error
        return None

    with ThreadPoolExecutor(WORKERS) as pool:
        errors = list(pool.map(through_the_child, range(FIRST, FIRST + SAMPLE)))
    assert held() == before
    for error in filter(None, errors):
        for lang in LANGUAGES:
            shown = " ".join(
                error_text(lang, PlannerError(error.code, **{"file": "甲", **error.values}))
            )
            assert str(tmp_path) not in shown
            assert str(ROOT) not in shown
