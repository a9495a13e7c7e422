"""The overlap job, done once or several times by one engine in this process.

    python -m benchmarks.overlap_job ENGINE FOLDER [--out FOLDER] [--repeat 1]

Prints one line of JSON: what each run took, see `benchmarks.overlap_task.Clock`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

from benchmarks.overlap_task import Absent, Answers, Clock

ENGINES = {
    "ours": "benchmarks.overlap_ours:compiled",
    "plain": "benchmarks.overlap_ours:plain",
    "shapely": "benchmarks.overlap_shapely:shapely_tuned",
    "SedonaDB": "benchmarks.overlap_sedonadb:sedonadb_tuned",
    "DuckDB": "benchmarks.overlap_duckdb:duckdb_spatial",
    "PostGIS": "benchmarks.overlap_postgis:postgis",
    "geopandas": "benchmarks.overlap_frames:geopandas_overlay",
}


def main() -> int:
    """Do the job and print what it took; 3 when the engine is absent."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", choices=tuple(ENGINES))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    module, function = ENGINES[given.engine].split(":")
    runs: list[Clock] = []
    try:
        for _ in range(given.repeat):
            runs.append(Clock())
            answers = getattr(importlib.import_module(module), function)(given.folder, runs[-1])
    except Absent as reason:
        print(json.dumps({"absent": str(reason)}))
        return 3
    print(json.dumps([vars(run) for run in runs]))
    if given.out:
        _write(answers, given.out)
    return 0


def _write(answers: Answers, folder: Path) -> None:
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    for name, table in answers.items():
        pq.write_table(table, folder / f"{name}.parquet")


if __name__ == "__main__":
    sys.exit(main())
