"""One sketch of 20 vertices against 100,000 polygons: what the map's editor waits for.

    python -m benchmarks.sketch [--queries 300]

Engine and answer for shared land (`look`, while a shape is dragged) in CPU time, beside a tree in
memory and `geopandas.overlay` asked the same; all checks of an element after it is closed; a
whole save over HTTP on this machine. Answers are compared before times are told.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import tempfile
import threading
import time
import warnings
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from benchmarks.generate import CENTRE, parcels
from geo.crs import local_tm, to_local, to_lonlat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from parcels.planning.ground.prepared import Ground

COUNT, GOAL_MS, LEAST_M2 = 100_000, 10.0, 1e-4
_VERTICES, _RADIUS_M, _WARM_UP, _FRAMES_ASKED, _SAVES = 20, (60.0, 160.0), 20, 3, 9
DAY = date(2026, 11, 22)
PLANE = local_tm(*CENTRE)


def main() -> int:
    """Measure and print; 1 when the answers differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--queries", type=int, default=300)
    given = parser.parse_args()
    from geo.overlap.engine import ready, warm_up

    warm_up()
    base = parcels(COUNT)
    start, busy = time.perf_counter(), time.process_time()
    ground = _ground(base)
    built = time.perf_counter() - start, time.process_time() - busy
    print(f"ground of {COUNT:,} polygons: {built[0]:.2f} s, CPU {built[1]:.2f} s")
    drawn = _drawn(given.queries)
    here = to_local(base, PLANE)
    planners = {
        "ours: look": _look(ground),
        "ours: areas alone": _areas(ground),
        "STRtree": _tree(here),
    }
    if not _agree([{name: ask(one) for name, ask in planners.items()} for one in drawn[:50]]):
        print("no times: the answers differ")
        return 1
    engine = "compiled" if ready() else "plain"
    print(f"{given.queries} sketches of {_VERTICES} vertices, {engine} kernels, areas agree")
    _print_times(planners, drawn)
    _print_overlay(here, drawn[:_FRAMES_ASKED])
    _print_times({"ours: all checks": _judged(ground)}, drawn)
    for name, one in (("9 rows of 表2", _small_ground()), (f"{COUNT:,} polygons", ground)):
        _print_saves(name, one, drawn[:_SAVES])
    return 0


def _ground(base: npt.NDArray[np.object_]) -> Ground:
    from layers.overlay import Overlay
    from parcels.planning.ground.prepared import ground_of
    from parcels.rules.load import rule_book

    blank = ("",) * len(base)
    farmland = Overlay(
        kind="farmland",
        title="farmland",
        shapes=base,
        names=blank,
        codes=blank,
        extent=None,
        extent_how="declared_all",
        digest="",
        report=None,  # type: ignore[arg-type]
        complete=True,
    )
    return ground_of(book=rule_book(DAY), overlays={"farmland": farmland}, plane_at=CENTRE)


def _small_ground() -> Ground:
    from parcels.planning.ground.prepared import ground_of
    from parcels.rules.load import rule_book
    from parcels.subjects import plan_parcels
    from parcels.workspace import load_reference, solve_rows

    known = load_reference()
    rows = plan_parcels(solve_rows(known.rows, known.network))
    return ground_of(book=rule_book(DAY), parcels=rows)


def _drawn(count: int, seed: int = 5) -> npt.NDArray[np.object_]:
    """Draw sketches anywhere in the base, EPSG:4490."""
    random = np.random.default_rng(seed)
    half = 0.4 * np.sqrt(COUNT * 112.0 * 113.0)
    angle = 2 * np.pi * np.arange(_VERTICES) / _VERTICES
    reach = random.uniform(*_RADIUS_M, (count, 1)) * random.uniform(0.6, 1.0, (count, _VERTICES))
    middle = random.uniform(-half, half, (count, 1, 2))
    ring = middle + reach[..., None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    sketches: npt.NDArray[np.object_] = to_lonlat(shapely.polygons(np.round(ring, 3)), PLANE)
    return sketches


def _element(shape: Any) -> Any:
    from parcels.planning.model import Element

    return Element(id="sketch", kind="extension", shape=shape)


def _look(ground: Ground) -> Callable[[Any], list[float]]:
    from parcels.planning.desk.answer import look_of

    def ask(shape: Any) -> list[float]:
        answer = look_of(_element(shape), ground, "zh")
        json.dumps(answer, ensure_ascii=False)
        return sorted(one["area_m2"] for one in answer["conflicts"])

    return ask


def _areas(ground: Ground) -> Callable[[Any], list[float]]:
    """Ask the kernels for areas, without rules, sentences and pieces to draw."""
    base = ground.surfaces[0].base
    return lambda shape: sorted(base.overlaps_of(to_local(shape, PLANE)).area.tolist())


def _judged(ground: Ground) -> Callable[[Any], list[float]]:
    from parcels.planning.conflicts.judging import judge

    return lambda shape: [len(judge(_element(shape), ground).conflicts)]


def _tree(here: npt.NDArray[np.object_]) -> Callable[[Any], list[float]]:
    """Ask a tree of shapely over geometries in memory: shared areas and what is drawn of them."""
    tree = shapely.STRtree(here)
    tree.query(shapely.box(0, 0, 1, 1))  # built at the first question

    def ask(shape: Any) -> list[float]:
        own = to_local(shape, PLANE)
        rows = tree.query(own, predicate="intersects")
        shared = shapely.intersection(own, here[rows])
        areas = shapely.area(shared)
        kept = areas > LEAST_M2
        shapely.to_geojson(to_lonlat(shared[kept], PLANE))
        return sorted(areas[kept].tolist())

    return ask


def _agree(answers: list[dict[str, list[float]]]) -> bool:
    """Compare areas as far as they are told; ours lie on the ellipsoid, the tree's in a plane."""
    return all(
        np.allclose(_above(one["ours: look"]), _above(one["STRtree"]), rtol=2e-5, atol=0.02)
        for one in answers
    )


def _above(areas: list[float]) -> list[float]:
    """Leave out touches and slivers below what a sketch is told."""
    return [round(sum(areas), 2), *(one for one in areas if one > 50.0)]


def _print_times(planners: dict[str, Callable[[Any], Any]], drawn: npt.NDArray[np.object_]) -> None:
    """Ask in turn, so that a busy moment of the machine meets all; CPU is that of the thread."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in planners}
    for shape in drawn:
        for name, ask in planners.items():
            start, busy = time.perf_counter(), time.thread_time()
            ask(shape)
            taken[name].append((time.perf_counter() - start, time.thread_time() - busy))
    for name, times in taken.items():
        wall, cpu = 1e3 * np.percentile(times[_WARM_UP:], [50, 95], axis=0).T
        goal = f"  (goal {GOAL_MS:g} ms CPU)" if name == "ours: look" else ""
        print(
            f"{name:18} median {wall[0]:7.2f}  p95 {wall[1]:7.2f} ms; "
            f"CPU median {cpu[0]:6.2f}  p95 {cpu[1]:6.2f} ms{goal}"
        )


def _print_overlay(here: npt.NDArray[np.object_], drawn: npt.NDArray[np.object_]) -> None:
    import geopandas as gpd

    frame = gpd.GeoDataFrame(geometry=here)
    taken = []
    for shape in drawn:
        one = gpd.GeoDataFrame(geometry=[to_local(shape, PLANE)])
        busy = time.thread_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gpd.overlay(one, frame, how="intersection").area.sum()
        taken.append(1e3 * (time.thread_time() - busy))
    print(
        f"{'geopandas.overlay':18} CPU median {np.median(taken):6.1f} ms, of {len(taken)} sketches"
    )


def _print_saves(name: str, ground: Ground, drawn: npt.NDArray[np.object_]) -> None:
    """Draw one element after the other over HTTP: each save is synced before it is answered."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder), ground) as (port, path):
        link = http.client.HTTPConnection("127.0.0.1", port)
        taken, seen, busy = [], 1, time.process_time()
        for at, shape in enumerate(drawn):
            command = {
                "do": "draw",
                "kind": "parcel",
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
            body = json.dumps({"command": command, "seen": seen, "key": f"k{at}"})
            start = time.perf_counter()
            link.request("POST", f"{path}/do", body, {"Content-Type": "application/json"})
            answer = json.loads(link.getresponse().read())
            taken.append(1e3 * (time.perf_counter() - start))
            seen = answer["scenario"]["version"]
        cpu = 1e3 * (time.process_time() - busy) / len(taken)
        first, rest = taken[0], taken[1:]
        print(
            f"save of a drawing, {name}: first {first:.0f} ms, then median {np.median(rest):.0f}  "
            f"p95 {np.percentile(rest, 95):.0f} ms, CPU {cpu:.0f} ms each "
            f"(up to {len(taken)} elements in the answer)"
        )
        link.close()


@contextmanager
def _served(folder: Path, ground: Ground) -> Iterator[tuple[int, str]]:
    import uvicorn
    from starlette.applications import Starlette

    from parcels.api.sketch_routes import sketch_routes, sketch_url
    from parcels.planning.desk.desks import DESKS, Desk
    from parcels.planning.editing.workbench import Workbench
    from parcels.planning.model import Scenario
    from parcels.storage.access import SINGLE_DESK
    from parcels.storage.store import open_store

    store = open_store(folder / "planner.sqlite")
    scenario = Scenario(id="s", name="s", made_at="2026-11-22T00:00:00Z")
    store.create(SINGLE_DESK, scenario, key="made")
    token = DESKS.keep(Desk(Workbench(store, SINGLE_DESK, "s"), ground, "zh"))
    config = uvicorn.Config(Starlette(routes=sketch_routes("")), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield port, sketch_url("", token)
    finally:
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
