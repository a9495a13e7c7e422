"""Memory of the reading process for each byte of geometry, and what it takes before any data.

    python -m benchmarks.import_memory [--millions 1 2 4.9] [--formats gpkg txt geojson]

Parcels of 100,000 vertices in each format, files of growing size. Geometry is two numbers of
8 bytes a vertex. The ratio of two sizes is (peak - peak) / (geometry - geometry): what every
further byte of geometry costs. Sizes whose file would be over the limit of an upload are left out.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.big_parcel import BYTES_A_VERTEX, GOAL_MEMORY, measured_apart
from benchmarks.survey_files import big_geojson, big_geopackage, big_txt
from geo.read.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable

_MILLION = 1_000_000
_A_PARCEL = 100_000
_WRITERS: dict[str, Callable[[int, int], bytes]] = {
    "gpkg": big_geopackage,
    "txt": big_txt,
    "geojson": big_geojson,
}


def main() -> int:
    """Measure and print; the number of files that were not read whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 2, 4, 4.9])
    parser.add_argument("--formats", nargs="+", default=list(_WRITERS), choices=list(_WRITERS))
    given = parser.parse_args()
    sizes = [round(one * _MILLION) for one in given.millions]
    with tempfile.TemporaryDirectory() as name:
        return sum(_measure(one, sizes, Path(name)) for one in given.formats)


def _measure(title: str, sizes: list[int], folder: Path) -> int:
    path = folder / f"memory.{title}"
    path.write_bytes(_WRITERS[title](4, 1))
    least = measured_apart(path)["peak"]
    print(f"{title}: {least / 1e6:.0f} MB for four vertices")
    peaks: dict[int, float] = {0: least}
    failed = 0
    for size in sizes:
        path.write_bytes(_WRITERS[title](_A_PARCEL, size // _A_PARCEL))
        if path.stat().st_size > DEFAULT_LIMITS.file_bytes:
            print(f"  {size:9,} vertices: {path.stat().st_size / 1e6:.0f} MB, over the limit")
            continue
        one = measured_apart(path)
        failed += one["vertices"] != size
        peaks[size] = one["peak"]
        print(f"  {size:9,} vertices: {one['peak'] / 1e6:5.0f} MB  {one['seconds']:.1f} s")
    for (few, low), (many, high) in itertools.pairwise(peaks.items()):
        ratio = (high - low) / ((many - few) * BYTES_A_VERTEX)
        print(f"  from {few:,} to {many:,}: {ratio:.1f} bytes a byte (goal {GOAL_MEMORY:g})")
    return failed


if __name__ == "__main__":
    sys.exit(main())
