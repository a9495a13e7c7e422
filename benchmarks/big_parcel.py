"""One parcel of 200,000 vertices as survey text and as GeoJSON: time, and memory of the reader.

    python -m benchmarks.big_parcel

Memory is the peak of the reading process above what it needs for a file of four vertices,
beside the size of the geometry (two numbers of 8 bytes a vertex).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.import_20k import COUNT, ROOT
from benchmarks.survey_files import big_geojson, big_txt, parcels_file

VERTICES = 200_000
GOAL_SECONDS = 5.0
GOAL_MEMORY = 6.0
BYTES_A_VERTEX = 16


def main() -> int:
    """Measure and print; the number of files that were not read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--once", type=Path)
    once = parser.parse_args().once
    if once:
        print(json.dumps(measured(once)))
        return 0
    with tempfile.TemporaryDirectory() as name:
        return sum(_print(title, *pair) for title, pair in _files(Path(name)).items())


def measured(path: Path) -> dict[str, float]:
    """Read one file in this process's child: vertices, seconds, peak of the child in bytes."""
    from geo.errors import PlannerError
    from geo.survey.read import read_survey
    from parcels.survey_report import survey_report

    start = time.perf_counter()
    try:
        report = survey_report(read_survey(path, path.name), "zh")
    except PlannerError as error:
        print(error.code, file=sys.stderr)
        report = {"parcels": []}
    return {
        "vertices": sum(parcel["vertices"] for parcel in report["parcels"]),
        "seconds": time.perf_counter() - start,
        "peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024,
    }


def _files(folder: Path) -> dict[str, tuple[Path, Path]]:
    """Give each file with a small one of its format."""
    made: dict[str, tuple[Path, Path]] = {}
    for title, write in (("txt", big_txt), ("geojson", big_geojson)):
        small, big = folder / f"small.{title}", folder / f"big.{title}"
        small.write_bytes(write(4))
        big.write_bytes(write(VERTICES))
        made[title] = (small, big)
    made["gpkg"] = (parcels_file(1), parcels_file(COUNT))
    return made


def _print(title: str, small: Path, big: Path) -> int:
    base, one = measured_apart(small), measured_apart(big)
    geometry = one["vertices"] * BYTES_A_VERTEX
    more = one["peak"] - base["peak"]
    seconds = f"{one['seconds']:5.2f} s (goal {GOAL_SECONDS:g})"
    memory = f"{one['peak'] / 1e6:.0f} MB, {base['peak'] / 1e6:.0f} MB of it without data"
    print(
        f"{title:8} {one['vertices']:7,.0f} vertices  {seconds}  geometry {geometry / 1e6:.1f} MB, "
        f"reader {memory}: {more / geometry:.1f} times the geometry (goal {GOAL_MEMORY:g})"
    )
    return int(one["vertices"] < VERTICES)


def measured_apart(path: Path) -> dict[str, float]:
    """Run `measured` in a process of its own, so that the peak is that of one file."""
    command = [sys.executable, "-m", "benchmarks.big_parcel", "--once", str(path)]
    answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
