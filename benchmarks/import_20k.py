"""20,000 parcels of a GeoPackage with full report, beside plain reading and measuring.

    python -m benchmarks.import_20k [--rounds 5]

The peer is `pyogrio.read_dataframe` and the geodesic area of every parcel: it checks nothing.
Whole: a new process each, from its start to its end. Warm: again in a process that has
imported its libraries; ours still starts the reading process for every file.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.survey_files import parcels_file

COUNT = 20_000
GOAL = 3.0
ROOT = Path(__file__).parent.parent


def ours(path: Path) -> int:
    """Read with full report; the number of parcels."""
    from geo.survey.read import read_survey
    from parcels.survey_report import survey_report

    return len(survey_report(read_survey(path, path.name), "zh")["parcels"])


def peer(path: Path) -> int:
    """Read into a frame and measure; the number of parcels."""
    import pyogrio
    from pyproj import Geod

    frame = pyogrio.read_dataframe(path).to_crs(4490)
    measure = Geod(ellps="GRS80").geometry_area_perimeter
    return len([abs(measure(shape)[0]) for shape in frame.geometry])


def main() -> int:
    """Measure and print; 1 when parcels are missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--once", choices=("ours", "peer"))
    given = parser.parse_args()
    path = parcels_file(COUNT)
    work = {"ours": ours, "peer": peer}
    if given.once:
        return int(work[given.once](path) != COUNT)
    whole: dict[str, list[float]] = {name: [] for name in work}
    warm: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(given.rounds):
        for name, function in work.items():
            whole[name].append(_seconds(lambda name=name: _process(name)))
            function(path)
            warm[name].append(_seconds(lambda function=function: function(path)))
    for title, seconds in (("whole process", whole), ("warm", warm)):
        mine, theirs = (statistics.median(seconds[name]) for name in work)
        print(
            f"{title}: import with report {mine:.2f} s, read_dataframe + geodesic area "
            f"{theirs:.2f} s, ratio {mine / theirs:.2f} (goal {GOAL})"
        )
    return 0


def _process(name: str) -> None:
    command = [sys.executable, "-m", "benchmarks.import_20k", "--once", name]
    subprocess.run(command, cwd=ROOT, check=True)


def _seconds(call) -> float:  # noqa: ANN001 -- any call without arguments
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
