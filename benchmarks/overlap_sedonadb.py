"""The overlap job with SedonaDB, tuned by hand: covers and touches before intersections.

Its joins prepare geometries, so predicates that can be a join are one. A filter in the query of
a join is pushed into it and computed twice, so pairs are materialized before they are filtered.
Each of the forms here was the quickest of several that were measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.coverage import CRS
from benchmarks.overlap_scale import areas_on_the_ellipsoid
from benchmarks.overlap_task import (
    ANNOYING,
    LEAST_M2,
    NEAR_M,
    SENSITIVE,
    THREADS,
    Absent,
    Answers,
    Clock,
)

if TYPE_CHECKING:
    from pathlib import Path

_ZONES = """
SELECT p.pid, arrow_cast(z.code, 'Utf8') AS code, CASE
    WHEN ST_Covers(z.geometry, p.geometry) THEN ST_Area(p.geometry)
    WHEN ST_Touches(z.geometry, p.geometry) THEN 0
    ELSE ST_Area(ST_Intersection(p.geometry, z.geometry)) END AS area
FROM parcels p JOIN zones z ON ST_Intersects(p.geometry, z.geometry)"""
_COVERED = """
SELECT p.pid, c.cid, ST_Area(p.geometry) AS area
FROM parcels p JOIN constraints c ON ST_Covers(c.geometry, p.geometry)"""
_MEETING = """
SELECT p.pid, c.cid, p.geometry AS one, c.geometry AS other
FROM parcels p JOIN constraints c ON ST_Intersects(c.geometry, p.geometry)"""
_CONSTRAINTS = """
SELECT * FROM covered UNION ALL
SELECT pid, cid, ST_Area(ST_Intersection(one, other)) AS area
FROM meeting LEFT ANTI JOIN covered ON meeting.pid = covered.pid AND meeting.cid = covered.cid"""
_NEIGHBOURS = """
SELECT p.pid AS a, q.pid AS b, p.geometry AS one, q.geometry AS other
FROM parcels p JOIN parcels q ON ST_Intersects(p.geometry, q.geometry) WHERE p.pid < q.pid"""
_PARCELS = """
SELECT a, b, ST_Area(ST_Intersection(one, other)) AS area FROM neighbours
WHERE NOT ST_Touches(one, other)"""
_PLANE = """
SELECT pid, ST_Area(geometry) AS area,
    ST_X(ST_Centroid(geometry)) AS x, ST_Y(ST_Centroid(geometry)) AS y FROM parcels"""
_NEAR = f"""
SELECT p.pid, min(ST_Distance(p.geometry, q.geometry)) AS distance
FROM (SELECT * FROM parcels WHERE "use" IN {SENSITIVE}) p
JOIN (SELECT * FROM parcels WHERE "use" IN {ANNOYING}) q
    ON ST_DWithin(p.geometry, q.geometry, {NEAR_M})
GROUP BY p.pid"""  # noqa: S608 -- constants of ours


def sedonadb_tuned(folder: Path, clock: Clock) -> Answers:
    """Do the job."""
    import pyarrow.compute as pc

    try:
        import geoarrow.pyarrow  # noqa: F401 -- its answers need it
        import sedonadb
    except ImportError as error:
        raise Absent(str(error)) from error
    clock.lap("imports")
    database = sedonadb.connect()
    database.sql(f"SET datafusion.execution.target_partitions = {THREADS}").to_arrow_table()
    for name in ("parcels", "zones", "constraints"):
        database.read_parquet(folder / f"{name}.parquet").to_memtable().to_view(name)
    clock.lap("load")
    in_zones = _rows(database, _ZONES).group_by(["pid", "code"]).aggregate([("area", "sum")])
    in_zones = in_zones.rename_columns(["pid", "code", "area"])
    in_zones = in_zones.filter(pc.field("area") > LEAST_M2)
    clock.lap("zones")
    _keep(database, "covered", _COVERED)
    _keep(database, "meeting", _MEETING)
    in_constraints = _rows(database, _CONSTRAINTS).filter(pc.field("area") > LEAST_M2)
    clock.lap("constraints")
    _keep(database, "neighbours", _NEIGHBOURS)
    pairs = _rows(database, _PARCELS).filter(pc.field("area") > LEAST_M2)
    clock.lap("parcels")
    plane = _rows(database, _PLANE)
    numbers = (plane[name].to_numpy() for name in ("area", "x", "y"))
    areas = plane.select(["pid"]).append_column("area", [areas_on_the_ellipsoid(CRS, *numbers)])
    clock.lap("areas")
    near = _rows(database, _NEAR)
    clock.lap("near")
    overlaps = {"zones": in_zones, "constraints": in_constraints, "parcels": pairs}
    return overlaps | {"areas": areas, "near": near}


def _keep(database: Any, name: str, query: str) -> None:
    database.sql(query).to_memtable().to_view(name, overwrite=True)


def _rows(database: Any, query: str) -> Any:
    return database.sql(query).to_arrow_table()
