"""The overlap job with PostGIS: a server of our own for one run, on a socket, gone afterwards.

Needs Debian's `postgresql` and `postgis`, and `psycopg`. Copying the rows in and indexing them
is part of the job, starting the server is not.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.coverage import CRS
from benchmarks.overlap_scale import areas_on_the_ellipsoid
from benchmarks.overlap_task import (
    ANNOYING,
    LEAST_M2,
    NEAR_M,
    SENSITIVE,
    Absent,
    Answers,
    Clock,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROGRAMS = Path("/usr/lib/postgresql")
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "work_mem": "256MB",
    "maintenance_work_mem": "256MB",
    "fsync": "off",
    "max_parallel_workers_per_gather": "1",
    "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0",
    "min_parallel_table_scan_size": "0",
    "jit": "off",
}
_KEYS = {"parcels": ("pid", "use"), "zones": ("code",), "constraints": ("cid",)}
_TYPES = {"pid": "bigint", "cid": "bigint", "use": "text", "code": "text"}
_ZONES = f"""
SELECT pid, code, sum(area) FROM (
    SELECT p.pid, z.code, CASE WHEN ST_Covers(z.geometry, p.geometry) THEN ST_Area(p.geometry)
        WHEN ST_Touches(z.geometry, p.geometry) THEN 0
        ELSE ST_Area(ST_Intersection(p.geometry, z.geometry)) END AS area
    FROM zones z JOIN parcels p ON ST_Intersects(z.geometry, p.geometry)) pieces
GROUP BY pid, code HAVING sum(area) > {LEAST_M2}"""  # noqa: S608 -- constants of ours
_CONSTRAINTS = f"""
SELECT * FROM (
    SELECT p.pid, c.cid, CASE WHEN ST_Covers(c.geometry, p.geometry) THEN ST_Area(p.geometry)
        ELSE ST_Area(ST_Intersection(p.geometry, c.geometry)) END AS area
    FROM constraints c JOIN parcels p ON ST_Intersects(c.geometry, p.geometry)
    OFFSET 0) pieces
WHERE area > {LEAST_M2}"""  # noqa: S608
_PARCELS = f"""
SELECT * FROM (
    SELECT p.pid, q.pid, ST_Area(ST_Intersection(p.geometry, q.geometry)) AS area
    FROM parcels p JOIN parcels q ON p.geometry && q.geometry AND p.pid < q.pid
        AND ST_Relate(p.geometry, q.geometry, '2********')
    OFFSET 0) pieces
WHERE area > {LEAST_M2}"""  # noqa: S608
_PLANE = """
SELECT pid, ST_Area(geometry), ST_X(ST_Centroid(geometry)), ST_Y(ST_Centroid(geometry))
FROM parcels"""
_NEAR = f"""
SELECT p.pid, min(ST_Distance(p.geometry, q.geometry))
FROM parcels p JOIN parcels q ON ST_DWithin(p.geometry, q.geometry, {NEAR_M})
WHERE p.use IN {SENSITIVE} AND q.use IN {ANNOYING} GROUP BY p.pid"""  # noqa: S608


def postgis(folder: Path, clock: Clock) -> Answers:
    """Do the job."""
    try:
        import psycopg
    except ImportError as error:
        raise Absent(str(error)) from error
    import pyarrow.parquet as pq

    with _server() as (where, process), psycopg.connect(where, autocommit=True) as link:
        try:
            link.execute("CREATE EXTENSION postgis")
        except psycopg.Error as error:
            raise Absent(str(error).splitlines()[0]) from error
        clock.lap("imports")
        with _watched(process, clock):
            for name, columns in _KEYS.items():
                _copy(link, name, pq.read_table(folder / f"{name}.parquet"), columns)
            clock.lap("load")
            in_zones = _rows(link, _ZONES, "pid", "code", "area")
            clock.lap("zones")
            in_constraints = _rows(link, _CONSTRAINTS, "pid", "cid", "area")
            clock.lap("constraints")
            pairs = _rows(link, _PARCELS, "a", "b", "area")
            clock.lap("parcels")
            areas = _areas(_rows(link, _PLANE, "pid", "area", "x", "y"))
            clock.lap("areas")
        near = _rows(link, _NEAR, "pid", "distance")
        clock.lap("near")
    overlaps = {"zones": in_zones, "constraints": in_constraints, "parcels": pairs}
    return overlaps | {"areas": areas, "near": near}


def _copy(link: Any, name: str, table: Any, columns: tuple[str, ...]) -> None:
    """Make a table of text and WKB, then its index."""
    fields = [*(f"{column} {_TYPES[column]}" for column in columns), "geometry geometry"]
    link.execute(f"CREATE UNLOGGED TABLE {name} ({', '.join(fields)})")
    rows = zip(*(table[column].to_pylist() for column in (*columns, "geometry")), strict=True)
    with link.cursor().copy(f"COPY {name} FROM STDIN") as copy:
        for *keys, wkb in rows:
            copy.write_row((*keys, wkb.hex()))
    link.execute(f"CREATE INDEX ON {name} USING gist (geometry)")
    link.execute(f"ANALYZE {name}")


def _rows(link: Any, query: str, *names: str) -> Any:
    import pyarrow as pa

    columns = zip(*link.execute(query), strict=True)
    return pa.table(dict(zip(names, map(list, columns), strict=True)))


def _areas(plane: Any) -> Any:
    numbers = (plane[name].to_numpy() for name in ("area", "x", "y"))
    return plane.select(["pid"]).append_column("area", [areas_on_the_ellipsoid(CRS, *numbers)])


@contextlib.contextmanager
def _server() -> Iterator[tuple[str, int]]:
    """Start a server in a folder of its own, as user postgres where we are root."""
    programs = sorted(_PROGRAMS.glob("*/bin/initdb"))
    if not programs:
        raise Absent("no PostgreSQL on this machine")
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="postgis-") as name:
        if user:
            shutil.chown(name, **user)
        data = str(Path(name) / "data")
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | user
        init = [str(programs[-1]), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(init, check=True, cwd=name, **quiet)
        options = [word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")]
        program = str(programs[-1].with_name("postgres"))
        server = subprocess.Popen([program, "-D", data, "-k", name, *options], cwd=name, **quiet)
        try:
            ready = [str(programs[-1].with_name("pg_isready")), "-q", "-h", name, "-t", "20"]
            for _ in range(50):
                if subprocess.run(ready, check=False).returncode == 0:
                    break
                threading.Event().wait(0.2)
            yield f"host={name} user=postgres dbname=postgres", server.pid
        finally:
            server.send_signal(2)
            server.wait()


@contextlib.contextmanager
def _watched(server: int, clock: Clock) -> Iterator[None]:
    """Note the CPU time of the server's processes and the peak of their memory."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            clock.servers_mb = max(clock.servers_mb, sum(map(_memory_mb, _processes(server))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    before = _cpu_seconds(server)
    yield
    clock.servers_cpu = _cpu_seconds(server) - before
    over.set()
    watcher.join()


def _processes(server: int) -> list[Path]:
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [Path(f"/proc/{process}") for process in (server, *children)]


def _memory_mb(process: Path) -> float:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _cpu_seconds(server: int) -> float:
    """Sum up what the server and its children took, ended ones included."""
    ticks = 0
    for process in _processes(server):
        with contextlib.suppress(OSError):
            numbers = (process / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, numbers[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
