"""The overlap job with DuckDB and its spatial extension, each join materialized first.

An area filter in the query of a join makes DuckDB fall back from its spatial join to nested
loops, so pairs are found first and measured afterwards.
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

_LOAD = "CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')"
_PAIRS = """
CREATE TEMP TABLE in_{layer} AS
SELECT p.pid, z.{key}, p.geometry AS one, z.geometry AS other
FROM {layer} z JOIN parcels p ON ST_Intersects(z.geometry, p.geometry)"""
_ZONES = f"""
SELECT pid, code, sum(ST_Area(ST_Intersection(one, other))) AS area FROM in_zones
GROUP BY pid, code HAVING area > {LEAST_M2}"""  # noqa: S608 -- constants of ours
_CONSTRAINTS = f"""
SELECT * FROM (SELECT pid, cid, ST_Area(ST_Intersection(one, other)) AS area FROM in_constraints)
WHERE area > {LEAST_M2}"""  # noqa: S608
_NEIGHBOURS = """
CREATE TEMP TABLE neighbours AS
SELECT p.pid AS a, q.pid AS b, p.geometry AS one, q.geometry AS other
FROM parcels p JOIN parcels q ON ST_Intersects(p.geometry, q.geometry)"""
_PARCELS = f"""
SELECT * FROM (
    SELECT a, b, ST_Area(ST_Intersection(one, other)) AS area FROM neighbours
    WHERE a < b AND NOT ST_Touches(one, other))
WHERE area > {LEAST_M2}"""  # noqa: S608
_PLANE = """
SELECT pid, ST_Area(geometry) AS area,
    ST_X(ST_Centroid(geometry)) AS x, ST_Y(ST_Centroid(geometry)) AS y FROM parcels"""
_NEAR = f"""
SELECT p.pid, min(ST_Distance(p.geometry, q.geometry)) AS distance
FROM (SELECT * FROM parcels WHERE use IN {SENSITIVE}) p
JOIN (SELECT * FROM parcels WHERE use IN {ANNOYING}) q
    ON ST_DWithin(p.geometry, q.geometry, {NEAR_M})
GROUP BY p.pid"""  # noqa: S608


def duckdb_spatial(folder: Path, clock: Clock) -> Answers:
    """Do the job."""
    database = _connected()
    clock.lap("imports")
    for name in ("parcels", "zones", "constraints"):
        database.execute(_LOAD.format(name=name, path=folder / f"{name}.parquet"))
    clock.lap("load")
    database.execute(_PAIRS.format(layer="zones", key="code"))
    in_zones = _rows(database, _ZONES)
    clock.lap("zones")
    database.execute(_PAIRS.format(layer="constraints", key="cid"))
    in_constraints = _rows(database, _CONSTRAINTS)
    clock.lap("constraints")
    database.execute(_NEIGHBOURS)
    pairs = _rows(database, _PARCELS)
    clock.lap("parcels")
    plane = _rows(database, _PLANE)
    numbers = (plane[name].to_numpy() for name in ("area", "x", "y"))
    areas = plane.select(["pid"]).append_column("area", [areas_on_the_ellipsoid(CRS, *numbers)])
    clock.lap("areas")
    near = _rows(database, _NEAR)
    clock.lap("near")
    overlaps = {"zones": in_zones, "constraints": in_constraints, "parcels": pairs}
    return overlaps | {"areas": areas, "near": near}


def _connected() -> Any:
    """Connect with the spatial extension, from its wheel or as DuckDB has it installed."""
    from pathlib import Path

    try:
        import duckdb
    except ImportError as error:
        raise Absent(str(error)) from error
    database = duckdb.connect(config={"threads": THREADS})
    try:
        import duckdb_extension_spatial as wheel

        found = sorted(Path(wheel.__file__).parent.rglob("*.duckdb_extension"))
    except ImportError:
        found = []
    try:
        database.execute(f"LOAD '{found[-1]}'" if found else "LOAD spatial")
    except duckdb.Error as error:
        raise Absent(str(error).splitlines()[0]) from error
    return database


def _rows(database: Any, query: str) -> Any:
    return database.execute(query).to_arrow_table()
