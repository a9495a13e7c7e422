"""One drawn polygon against a whole coverage: ours, a tree in memory, `geopandas.overlay`.

    python -m benchmarks.overlap_interactive [--size 100k] [--size 1M] [--queries 500]

A polygon of 20 vertices is asked for its shared areas with zones, constraints and parcels, its
own area on the ellipsoid and the nearest parcel of an annoying use within 50 m. Layers are
loaded once; answers are compared before times are told. Opening saved arrays is measured in a
process of its own, once kernels are loaded.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import shapely

from benchmarks.coverage import CRS, SIZES, coverage_folder
from benchmarks.coverage_lattice import CENTRE
from benchmarks.overlap_scale import InverseScale
from benchmarks.overlap_shapely import shapes_of
from benchmarks.overlap_task import ANNOYING, LEAST_M2, NEAR_M, THREADS

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).parent.parent
LAYERS = ("zones", "constraints", "parcels")
GOAL_MS, GOAL_OPEN_MS = 2.0, 100.0
_VERTICES, _RADIUS_M = 20, (60.0, 160.0)
_FRAMES_ASKED, _WARM_UP = 3, 20


class Answer(NamedTuple):
    """What one polygon is told."""

    shared: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]]
    area: float
    nearest: float


class Planner(Protocol):
    """Something that holds the layers and answers for one polygon."""

    def ask(self, polygon: BaseGeometry) -> Answer:
        """Answer for one polygon."""


class Ours:
    """The product's bases."""

    def __init__(self, bases: list[Any], use: npt.NDArray[np.object_]) -> None:
        import pyproj

        self._bases, self._crs = bases, pyproj.CRS(CRS)
        self._is_annoying = np.isin(use, ANNOYING)

    def ask(self, polygon: BaseGeometry) -> Answer:
        """Ask every base for the polygon, taken apart once."""
        from geo.overlap.polygons import Polygons

        drawn = Polygons.from_shapes([polygon])
        found = [base.overlaps_of(drawn, least_m2=LEAST_M2) for base in self._bases]
        area = float(drawn.ellipsoidal_areas(self._crs)[0])
        rows, distances = self._bases[-1].within(polygon, NEAR_M)
        nearest = distances[self._is_annoying[rows]].min(initial=np.inf)
        return Answer([(pairs.second, pairs.area) for pairs in found], area, float(nearest))


class Tree:
    """Trees of shapely over geometries in memory, as one writes it by hand."""

    def __init__(self, layers: list[npt.NDArray[np.object_]], use: npt.NDArray[np.object_]) -> None:
        self._layers = layers
        self._trees = [shapely.STRtree(shapes) for shapes in layers]
        for tree in self._trees:
            tree.query(shapely.box(0, 0, 1, 1))  # built at the first question
        self._scale = InverseScale(CRS, *shapely.bounds(layers[-1]).reshape(-1, 2).T)
        self._is_annoying = np.isin(use, ANNOYING)

    def ask(self, polygon: BaseGeometry) -> Answer:
        """Query, intersect, measure."""
        found = []
        for shapes, tree in zip(self._layers, self._trees, strict=True):
            rows = np.sort(tree.query(polygon, predicate="intersects"))
            areas = shapely.area(shapely.intersection(polygon, shapes[rows]))
            found.append((rows[areas > LEAST_M2], areas[areas > LEAST_M2]))
        rows = self._trees[-1].query(polygon, predicate="dwithin", distance=NEAR_M)
        near = shapely.distance(polygon, self._layers[-1][rows[self._is_annoying[rows]]])
        area = polygon.area * float(self._scale(polygon.centroid.x, polygon.centroid.y))
        return Answer(found, area, float(near.min(initial=np.inf)))


def main() -> int:
    """Measure and print; the number of sizes with different answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", action="append", choices=tuple(SIZES))
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.open:
        print(json.dumps(_opened(given.open)))
        return 0
    return sum(_measured(size, given.queries) for size in given.size or ["100k"])


def polygons(count: int, parcels: int, seed: int = 5) -> npt.NDArray[np.object_]:
    """Draw polygons anywhere in the coverage of so many parcels."""
    random = np.random.default_rng(seed)
    half = 0.45 * np.sqrt(parcels * 80.0**2)
    angle = 2 * np.pi * np.arange(_VERTICES) / _VERTICES
    reach = random.uniform(*_RADIUS_M, (count, 1)) * random.uniform(0.6, 1.0, (count, _VERTICES))
    middle = CENTRE + random.uniform(-half, half, (count, 1, 2))
    ring = middle + reach[..., None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    drawn: npt.NDArray[np.object_] = shapely.polygons(np.round(ring, 3))
    return drawn


def _measured(size: str, count: int) -> int:
    """Measure one size; 1 when the answers differ."""
    import pyarrow.parquet as pq

    from geo.overlap.base import Base
    from geo.overlap.engine import ready, warm_up
    from geo.overlap.polygons import Polygons

    warm_up()
    folder = coverage_folder(SIZES[size])
    start = time.perf_counter()
    columns = [pq.read_table(folder / f"{name}.parquet")["geometry"] for name in LAYERS]
    bases = [Base(Polygons.from_wkb(column)) for column in columns]
    loaded = time.perf_counter() - start
    with ThreadPoolExecutor(THREADS) as pool:
        layers = [shapes_of({"geometry": column}, pool) for column in columns]
    use = pq.read_table(folder / "parcels.parquet", columns=["use"])["use"].to_numpy()
    drawn = polygons(count, SIZES[size])
    planners = {"ours": Ours(bases, use), "STRtree": Tree(layers, use)}
    answers = {name: [planner.ask(one) for one in drawn] for name, planner in planners.items()}
    if not all(map(_equal, *answers.values())):
        print(f"{size}: no times: the answers differ")
        return 1
    engine = "compiled" if ready() else "plain"
    print(f"\n{size} parcels: {count} polygons of {_VERTICES} vertices, {engine}, answers equal")
    _print_times(planners, drawn)
    _print_overlay(layers, drawn[:_FRAMES_ASKED])
    _print_opening(bases, drawn, loaded)
    return 0


def _equal(one: Answer, other: Answer) -> bool:
    return (
        all(
            np.array_equal(rows, others) and np.allclose(area, areas, rtol=1e-6, atol=1e-6)
            for (rows, area), (others, areas) in zip(one.shared, other.shared, strict=True)
        )
        and abs(one.area / other.area - 1) <= 1e-9
        and (one.nearest == other.nearest or abs(one.nearest - other.nearest) <= 1e-6)
    )


def _print_times(planners: dict[str, Planner], drawn: npt.NDArray[np.object_]) -> None:
    """Ask in turn, so that a busy moment of the machine meets all.

    CPU is that of the asking thread: it tells what a busy machine hides.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in planners}
    for polygon in [*drawn[:_WARM_UP], *drawn]:
        for name, planner in planners.items():
            start, busy = time.perf_counter(), time.thread_time()
            planner.ask(polygon)
            taken[name].append((time.perf_counter() - start, time.thread_time() - busy))
    for name, times in taken.items():
        wall, cpu = 1e3 * np.percentile(times[_WARM_UP:], [50, 95, 99], axis=0).T
        numbers = [
            "median {:.2f}  p95 {:.2f}  p99 {:.2f} ms".format(*three) for three in (wall, cpu)
        ]
        goal = f"  (goal p95 {GOAL_MS:g} ms)" if name == "ours" else ""
        print(f"{name:18} {numbers[0]}; CPU {numbers[1]}{goal}")


def _print_overlay(layers: list[Any], drawn: npt.NDArray[np.object_]) -> None:
    import geopandas as gpd

    frames = [gpd.GeoDataFrame(geometry=shapes, crs=CRS) for shapes in layers]
    taken = []
    for polygon in drawn:
        one = gpd.GeoDataFrame(geometry=[polygon], crs=CRS)
        start = time.perf_counter()
        for frame in frames:
            gpd.overlay(one, frame, how="intersection")
        taken.append(1e3 * (time.perf_counter() - start))
    print(f"{'geopandas.overlay':18} median {np.median(taken):7.1f} ms, of {len(taken)} polygons")


def _print_opening(bases: list[Any], drawn: npt.NDArray[np.object_], loaded: float) -> None:
    """Save the bases, open them in another process and ask one question there."""
    with tempfile.TemporaryDirectory() as name:
        for layer, base in zip(LAYERS, bases, strict=True):
            base.save(Path(name) / layer)
        (Path(name) / "drawn.wkb").write_bytes(shapely.to_wkb(drawn[0]))
        size = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file())
        command = [sys.executable, "-m", "benchmarks.overlap_interactive", "--open", name]
        answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    opened, first, second = json.loads(answer.stdout)
    print(
        f"from files {loaded:.2f} s; saved arrays of {size / 1e6:,.0f} MB opened in "
        f"{opened:.1f} ms (goal {GOAL_OPEN_MS:g}), first answer {first:.1f} ms, "
        f"second {second:.2f} ms"
    )


def _opened(folder: Path) -> list[float]:
    """Open saved bases and ask; milliseconds of the opening and of two answers."""
    from geo.overlap.base import Base
    from geo.overlap.engine import warm_up

    warm_up()
    polygon = shapely.from_wkb((folder / "drawn.wkb").read_bytes())
    marks = [time.perf_counter()]
    bases = [Base.open(folder / layer) for layer in LAYERS]
    marks.append(time.perf_counter())
    for _ in range(2):
        for base in bases:
            base.overlaps_of(polygon)
        bases[-1].within(polygon, NEAR_M)
        marks.append(time.perf_counter())
    return (1e3 * np.diff(marks)).tolist()


if __name__ == "__main__":
    sys.exit(main())
