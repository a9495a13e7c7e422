"""The overlap job with the product's own kernel, compiled or plain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import TYPE_CHECKING

from benchmarks.coverage import CRS
from benchmarks.overlap_scale import by_code
from benchmarks.overlap_shapely import nearest, shapes_of
from benchmarks.overlap_task import LEAST_M2, THREADS, Absent, Answers, Clock

if TYPE_CHECKING:
    from pathlib import Path

    from geo.overlap.engine import Engine


def compiled(folder: Path, clock: Clock) -> Answers:
    """Do the job with compiled kernels; loading them from disk is part of it."""
    return _job(folder, clock, "compiled")


def plain(folder: Path, clock: Clock) -> Answers:
    """Do the job as machines without numba do it."""
    return _job(folder, clock, "plain")


def _job(folder: Path, clock: Clock, engine: Engine) -> Answers:
    import pyarrow as pa
    import pyarrow.dataset
    import pyarrow.parquet as pq
    import pyproj

    from geo.overlap.engine import warm_up
    from geo.overlap.join import overlap_areas, own_overlap_areas
    from geo.overlap.polygons import Polygons

    if engine == "compiled":
        _import_numba()
    clock.lap("imports")
    loading = Thread(target=warm_up if engine == "compiled" else int)
    loading.start()
    names = {"parcels": "pid", "zones": "code", "constraints": "cid"}
    tables = {
        name: pq.read_table(folder / f"{name}.parquet", columns=[column, "geometry"])
        for name, column in names.items()
    }
    loading.join()
    columns = {name: tables[name][column] for name, column in names.items()}
    polygons = {name: Polygons.from_wkb(tables.pop(name)["geometry"]) for name in names}
    parcels, pid = polygons["parcels"], columns["parcels"].to_numpy()
    clock.lap("load")
    found = overlap_areas(polygons["zones"], parcels, least_m2=0.0, engine=engine)
    codes = columns["zones"].combine_chunks().dictionary_encode()
    number = codes.indices.to_numpy()[found.first]
    in_zones = by_code(pid, found.second, number, codes.dictionary, found.area, LEAST_M2)
    clock.lap("zones")
    found = overlap_areas(polygons["constraints"], parcels, least_m2=LEAST_M2, engine=engine)
    cid = columns["constraints"].to_numpy()[found.first]
    in_constraints = pa.table({"pid": pid[found.second], "cid": cid, "area": found.area})
    clock.lap("constraints")
    found = own_overlap_areas(parcels, least_m2=LEAST_M2, engine=engine)
    pairs = pa.table({"a": pid[found.first], "b": pid[found.second], "area": found.area})
    clock.lap("parcels")
    areas = pa.table({"pid": pid, "area": parcels.ellipsoidal_areas(pyproj.CRS(CRS))})
    clock.lap("areas")
    overlaps = {"zones": in_zones, "constraints": in_constraints, "parcels": pairs}
    plane = pa.table({"pid": pid, "area": parcels.areas})
    return overlaps | {"areas": areas, "near": _near(folder, clock), "plane": plane}


def _import_numba() -> None:
    """Import what would else be imported, and counted, when the kernels are loaded."""
    try:
        import numba  # noqa: F401
        import scipy.linalg.cython_blas  # noqa: F401
    except ImportError as error:
        raise Absent(str(error)) from error


def _near(folder: Path, clock: Clock) -> object:
    """Read shapes, which the kernel does without, and ask for the distances."""
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "parcels.parquet")
    with ThreadPoolExecutor(THREADS) as pool:
        shapes = shapes_of(table, pool)
        clock.lap("shapes")
        near = nearest(table, shapes, pool)
        clock.lap("near")
    return near
