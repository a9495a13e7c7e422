"""The overlap job with `geopandas.overlay`, as most people write it, and geodesic areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.overlap_task import ANNOYING, LEAST_M2, NEAR_M, SENSITIVE, Answers, Clock

if TYPE_CHECKING:
    from pathlib import Path


def geopandas_overlay(folder: Path, clock: Clock) -> Answers:
    """Do the job."""
    import geopandas as gpd
    import pyarrow as pa
    from pyproj import Geod

    clock.lap("imports")
    parcels, zones, constraints = (
        gpd.read_parquet(folder / f"{name}.parquet") for name in ("parcels", "zones", "constraints")
    )
    clock.lap("load")
    cut = gpd.overlay(parcels, zones, how="intersection", keep_geom_type=True)
    sums = cut.area.groupby([cut["pid"], cut["code"]]).sum().rename("area").reset_index()
    in_zones = sums[sums["area"] > LEAST_M2]
    clock.lap("zones")
    in_constraints = _cut(parcels, constraints, ["pid", "cid"])
    clock.lap("constraints")
    pairs = _cut(parcels, parcels, ["pid_1", "pid_2"]).query("pid_1 < pid_2")
    pairs = pairs.set_axis(["a", "b", "area"], axis=1)
    clock.lap("parcels")
    measure = Geod(ellps="GRS80").geometry_area_perimeter
    shapes = parcels.to_crs(4490).geometry.orient_polygons()
    areas = parcels[["pid"]].assign(area=[measure(shape)[0] for shape in shapes])
    clock.lap("areas")
    near = _nearest(parcels)
    clock.lap("near")
    frames = {
        "zones": in_zones,
        "constraints": in_constraints,
        "parcels": pairs,
        "areas": areas,
        "near": near,
    }
    return {
        name: pa.Table.from_pandas(frame, preserve_index=False) for name, frame in frames.items()
    }


def _cut(one: Any, other: Any, keys: list[str]) -> Any:
    import geopandas as gpd

    cut = gpd.overlay(one, other, how="intersection", keep_geom_type=True)
    found = cut[keys].assign(area=cut.area)
    return found[found["area"] > LEAST_M2]


def _nearest(parcels: Any) -> Any:
    here, there = (parcels[parcels["use"].isin(uses)] for uses in (SENSITIVE, ANNOYING))
    near = here.sjoin_nearest(there, max_distance=NEAR_M, distance_col="distance")
    return near.groupby("pid_left")["distance"].min().rename_axis("pid").reset_index()
