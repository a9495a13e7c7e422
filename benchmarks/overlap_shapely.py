"""The overlap job with shapely by hand: covers and touches first, two threads.

What someone writes who knows GEOS well: one tree, prepared geometries, no intersection where a
predicate settles the area. Which predicates pay was measured: parcels touch their neighbours and
zones, and hardly ever a constraint. Prepared geometries must not be shared between threads, so
the work is cut only between queries.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from benchmarks.coverage import CRS
from benchmarks.overlap_scale import areas_on_the_ellipsoid, by_code
from benchmarks.overlap_task import ANNOYING, LEAST_M2, NEAR_M, SENSITIVE, THREADS, Answers, Clock

if TYPE_CHECKING:
    from pathlib import Path

Shapes = npt.NDArray[np.object_]
_PIECES = 8 * THREADS
_INTERIORS_MEET = "2********"


def shapely_tuned(folder: Path, clock: Clock) -> Answers:
    """Do the job."""
    import pyarrow as pa
    import pyarrow.dataset  # imports are told apart
    import pyarrow.parquet as pq  # imports are told apart
    import shapely

    clock.lap("imports")
    with ThreadPoolExecutor(THREADS) as pool:
        names = ("parcels", "zones", "constraints")
        tables = {name: pq.read_table(folder / f"{name}.parquet") for name in names}
        parcels, zones, constraints = (shapes_of(tables[name], pool) for name in names)
        base = _Base(parcels, shapely.STRtree(parcels), shapely.area(parcels))
        clock.lap("load")
        zone, parcel, area = _overlaps(pool, zones, base, touching=True)
        codes = tables["zones"]["code"].combine_chunks().dictionary_encode()
        pid = tables["parcels"]["pid"].to_numpy()
        number = codes.indices.to_numpy()[zone]
        in_zones = by_code(pid, parcel, number, codes.dictionary, area, LEAST_M2)
        clock.lap("zones")
        number, parcel, area = _overlaps(pool, constraints, base, touching=False)
        kept = area > LEAST_M2
        cid = tables["constraints"]["cid"].to_numpy()[number[kept]]
        in_constraints = pa.table({"pid": pid[parcel[kept]], "cid": cid, "area": area[kept]})
        clock.lap("constraints")
        one, other, area = _overlaps(pool, parcels, base, touching=True, each_once=True)
        kept = area > LEAST_M2
        pairs = pa.table({"a": pid[one[kept]], "b": pid[other[kept]], "area": area[kept]})
        clock.lap("parcels")
        centre = shapely.get_coordinates(shapely.centroid(parcels)).T
        areas = pa.table({"pid": pid, "area": areas_on_the_ellipsoid(CRS, base.plane, *centre)})
        clock.lap("areas")
        near = nearest(tables["parcels"], parcels, pool)
        clock.lap("near")
    return {
        "zones": in_zones,
        "constraints": in_constraints,
        "parcels": pairs,
        "areas": areas,
        "near": near,
    }


def shapes_of(table: Any, pool: ThreadPoolExecutor) -> Shapes:
    """Read the geometry column in threads."""
    import shapely

    wkb = table["geometry"].combine_chunks()
    wkb = getattr(wkb, "storage", wkb).to_numpy(zero_copy_only=False)
    return np.concatenate(list(pool.map(shapely.from_wkb, np.array_split(wkb, THREADS))))


def nearest(table: Any, parcels: Shapes, pool: ThreadPoolExecutor) -> Any:
    """Find how near the nearest annoying use is to parcels of a sensitive one."""
    import pyarrow as pa
    import shapely

    use, pid = table["use"].to_numpy(), table["pid"].to_numpy()
    asking, others = (np.flatnonzero(np.isin(use, uses)) for uses in (SENSITIVE, ANNOYING))
    there = parcels[others]
    tree = shapely.STRtree(there)
    tree.query(there[:1])  # built at the first question, which must not be asked by two at once

    def piece(rows: Any) -> tuple[Any, Any]:
        here = parcels[rows]
        one, other = tree.query(here, predicate="dwithin", distance=NEAR_M)
        first = np.flatnonzero(np.diff(one, prepend=-1))
        distance = shapely.distance(here[one], there[other])
        return rows[one[first]], np.minimum.reduceat(distance, first) if len(first) else distance

    pieces = list(pool.map(piece, np.array_split(asking, _PIECES)))
    rows, least = (np.concatenate(column) for column in zip(*pieces, strict=True))
    return pa.table({"pid": pid[rows], "distance": least})


def _overlaps(
    pool: ThreadPoolExecutor,
    queries: Shapes,
    base: _Base,
    *,
    touching: bool,
    each_once: bool = False,
) -> tuple[Any, Any, Any]:
    """Query, parcel and shared area of all whose boxes meet, by query."""
    import shapely

    query, parcel = base.tree.query(queries)
    if each_once:
        query, parcel = query[query < parcel], parcel[query < parcel]
    shapely.prepare(queries)
    wanted = query[np.linspace(0, len(query), _PIECES + 1).astype(int)[1:-1]]
    cuts = np.unique([0, *np.searchsorted(query, wanted), len(query)])

    def piece(start: int, end: int) -> Any:
        return base.areas(queries[query[start:end]], parcel[start:end], touching=touching)

    areas = list(pool.map(piece, cuts[:-1], cuts[1:]))
    return query, parcel, np.concatenate(areas)


@dataclass(frozen=True, slots=True)
class _Base:
    """Parcels with their tree and their plane areas."""

    shapes: Shapes
    tree: Any
    plane: Any

    def areas(self, queries: Shapes, parcel: Any, *, touching: bool) -> Any:
        """Shared area of pairs; intersections only where no predicate settles it."""
        import shapely

        parcels = self.shapes[parcel]
        covered = shapely.covers(queries, parcels)
        area = np.where(covered, self.plane[parcel], 0.0)
        rest = np.flatnonzero(~covered)
        rest = rest[shapely.intersects(queries[rest], parcels[rest])]
        if touching:
            rest = rest[shapely.relate_pattern(queries[rest], parcels[rest], _INTERIORS_MEET)]
        area[rest] = shapely.area(shapely.intersection(parcels[rest], queries[rest]))
        return area
