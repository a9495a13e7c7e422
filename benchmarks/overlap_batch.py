"""The overlap job for a whole coverage: ours beside every peer that is here, in one run.

    python -m benchmarks.overlap_batch [--size 10k] [--size 100k] [--size 1M] [--engine NAME]

Every engine works in a process of its own, one after the other, round after round; the slow ones
take part in the first round. "ours" is a fresh process whose kernels lie compiled on the disk,
"ours, warm" the same job again in a process that has done it. Wall: files on disk to answers in
memory, without imports. Ratios are medians of those of each round, and are printed only when the
answers are equal.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.coverage import SIZES, coverage_folder
from benchmarks.overlap_answers import differences, shares_missing
from benchmarks.overlap_job import ENGINES
from benchmarks.overlap_task import PHASES

ROOT = Path(__file__).parent.parent
ROUNDS = {"10k": 5, "100k": 3, "1M": 1}
SLOW = ("geopandas", "DuckDB", "PostGIS")
TUNED = ("shapely", "SedonaDB")
WARM = "ours, warm"
_REPEATS = 4
GOALS = {
    "10k": {"ours": 2.0, WARM: 8.0},
    "100k": {"ours": 6.0, WARM: 10.0, "plain": 1.0},
    "1M": {"ours": 7.0},
}
GOAL_GEOPANDAS, GOAL_MB, GOAL_EXPONENT = 25.0, {"100k": 700.0, "1M": 2500.0}, 1.1

Runs = dict[str, list[dict[str, Any]]]


def main() -> int:
    """Measure and print; the number of engines whose answers differ from shapely's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", action="append", choices=tuple(SIZES))
    parser.add_argument("--engine", action="append", choices=tuple(ENGINES))
    given = parser.parse_args()
    failed = 0
    cpu: dict[str, float] = {}
    for size in given.size or ["10k", "100k"]:
        wanted = given.engine or [name for name in ENGINES if size != "1M" or name not in SLOW]
        with tempfile.TemporaryDirectory() as name:
            runs = _rounds(size, wanted, Path(name))
            wrong = _differing(size, runs, Path(name))
        _print_table(size, runs)
        failed += len(wrong)
        if wrong:
            print("no ratios: the answers differ")
            continue
        _print_ratios(size, runs)
        if WARM in runs:
            cpu[size] = _median(runs[WARM], _cpu)
    _print_exponents(cpu)
    return failed


def _rounds(size: str, engines: list[str], folder: Path) -> Runs:
    """Let every engine do the job, round after round; answers of the first round are kept."""
    data = coverage_folder(SIZES[size])
    if "ours" in engines:
        start = time.perf_counter()
        _done("ours", coverage_folder(SIZES["10k"]))
        print(f"kernels compiled, or found on the disk: {time.perf_counter() - start:.1f} s")
    runs: Runs = {}
    for number in range(ROUNDS[size]):
        for name in engines:
            if number and (name in SLOW or name not in runs):
                continue
            found = _done(name, data, "--out", str(folder / name))
            if found:
                runs.setdefault(name, []).append(found[0])
        if "ours" in runs:
            again = _done("ours", data, "--repeat", str(_REPEATS), "--out", str(folder / WARM))
            runs.setdefault(WARM, []).append(sorted(again[1:], key=_wall)[_REPEATS // 2 - 1])
    return runs


def _done(name: str, data: Path, *options: str) -> list[dict[str, Any]]:
    """Run one engine in a process of its own; nothing when it is absent."""
    command = [sys.executable, "-m", "benchmarks.overlap_job", name, str(data), *options]
    answer = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
    told = json.loads(answer.stdout.splitlines()[-1]) if answer.stdout else {"absent": "it failed"}
    if isinstance(told, dict):
        print(f"{name} left out: {told['absent']}", flush=True)
        return []
    return told


def _differing(size: str, runs: Runs, folder: Path) -> list[str]:
    """Name engines whose answers are not those of shapely; what differs is printed."""
    truth = "shapely" if "shapely" in runs else next(iter(runs))
    wrong = []
    for name in [name for name in runs if name != truth]:
        found = differences(folder / truth, folder / name)
        wrong += [name] if found else []
        for sentence in found:
            print(f"{name}, beside {truth}: {sentence}")
    if not wrong:
        print(f"answers of {', '.join(runs)} are equal to 1e-6")
    for name in [name for name in ("ours", "plain") if name in runs]:
        missing = shares_missing(folder / name, coverage_folder(SIZES[size]))
        print(f"{name}: shares of zoned parcels miss 1 by {missing:.0e} at most (goal 1e-7)")
    return wrong


def _wall(run: dict[str, Any]) -> float:
    return sum(run["wall"][phase] for phase in PHASES)


def _cpu(run: dict[str, Any]) -> float:
    return sum(run["cpu"][phase] for phase in PHASES) + run["servers_cpu"]


def _median(runs: list[dict[str, Any]], of: Any) -> float:
    return statistics.median(of(run) for run in runs)


def _print_table(size: str, runs: Runs) -> None:
    """Print medians of all rounds: seconds, and the peak of the memory."""
    heads = ("wall", "best", "CPU", *PHASES, "imports", "(c) near")
    print(f"\n{size + ' parcels':12}" + "".join(f"{head:>12}" for head in heads) + "  peak MB")
    for name, several in runs.items():
        phases = [
            _median(several, lambda run, p=p: run["wall"][p]) for p in (*PHASES, "imports", "near")
        ]
        numbers = [
            _median(several, _wall),
            min(map(_wall, several)),
            _median(several, _cpu),
            *phases,
        ]
        peak = max(run["peak_mb"] + run["servers_mb"] for run in several)
        print(f"{name:12}" + "".join(f"{number:12.3f}" for number in numbers) + f"{peak:9,.0f}")


def _print_ratios(size: str, runs: Runs) -> None:
    """Print how many times quicker ours is than the best tuned peer, beside the goals."""
    tuned = [name for name in TUNED if name in runs]
    best = min(tuned, key=lambda name: _median(runs[name], _wall), default="")
    for name in [name for name in ("ours", WARM, "plain") if best and name in runs]:
        wall, cpu = (_ratio(runs[best], runs[name], of) for of in (_wall, _cpu))
        goal = f" (goal {GOALS[size][name]:g})" if name in GOALS[size] else ""
        print(f"{name}: {wall:.1f} times {best}{goal}; CPU {cpu:.1f}")
    if "ours" not in runs:
        return
    for name in [name for name in SLOW if name in runs]:
        goal = f" (goal {GOAL_GEOPANDAS:g} at 100k)" if name == "geopandas" else ""
        wall, cpu = (_ratio(runs[name], runs["ours"], of) for of in (_wall, _cpu))
        print(f"ours: {wall:.0f} times {name}{goal}; CPU {cpu:.0f}")
    if size in GOAL_MB:
        peak = max(run["peak_mb"] for run in runs["ours"])
        print(f"ours: peak of the memory {peak:,.0f} MB (goal {GOAL_MB[size]:g})")
    near = _median(runs["ours"], lambda run: run["wall"]["near"]) / SIZES[size]
    print(f"(c) nearest annoying use: {1e6 * near:.1f} µs a parcel (goal 5)")


def _ratio(slow: list[dict[str, Any]], quick: list[dict[str, Any]], of: Any) -> float:
    """Median of the ratios of each round: what was measured at about the same time."""
    return statistics.median(of(one) / of(other) for one, other in zip(slow, quick, strict=False))


def _print_exponents(cpu: dict[str, float]) -> None:
    sizes = sorted(cpu, key=SIZES.__getitem__)
    for few, many in itertools.pairwise(sizes):
        power = math.log(cpu[many] / cpu[few]) / math.log(SIZES[many] / SIZES[few])
        print(f"CPU of ours, warm: N^{power:.2f} from {few} to {many} (goal {GOAL_EXPONENT})")


if __name__ == "__main__":
    sys.exit(main())
