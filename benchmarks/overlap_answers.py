"""Whether two engines gave the same answers to the overlap job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.overlap_task import LEAST_M2, NEAR_M

if TYPE_CHECKING:
    from pathlib import Path

_RELATIVE = 1e-6
_ROUNDING = 1e-6  # m² or m: eastings and northings of millions have no more digits
_VALUES = {
    "zones": ("area", LEAST_M2),
    "constraints": ("area", LEAST_M2),
    "parcels": ("area", LEAST_M2),
    "areas": ("area", 0.0),
    "near": ("distance", NEAR_M),
}


def differences(one: Path, other: Path) -> list[str]:
    """Compare answers in two folders, row by row, in no order.

    A row may be in one only if its value lies at the limit from which rows are told.

    Returns
    -------
    list of str
        A sentence for each table that differs; empty when the answers are equal.
    """
    return [
        f"{name}: {count} of {len(rows)} rows differ, by up to {worst:.2e} of the value"
        for name in _VALUES
        for rows, count, worst in [_differing(one, other, name)]
        if count
    ]


def _differing(one: Path, other: Path, name: str) -> tuple[Any, int, float]:
    import pandas as pd

    value, limit = _VALUES[name]
    tables = [pd.read_parquet(folder / f"{name}.parquet") for folder in (one, other)]
    keys = [column for column in tables[0] if column != value]
    if any(table.duplicated(keys).any() for table in tables):
        raise ValueError(f"{name}: a row is there twice")
    rows = tables[0].merge(tables[1], on=keys, how="outer").fillna(limit)
    first, second = rows[f"{value}_x"], rows[f"{value}_y"]
    apart = (first - second).abs()
    wrong = apart > _RELATIVE * first.abs().clip(lower=second.abs()) + _ROUNDING
    worst = (apart / first.abs().clip(lower=_ROUNDING))[wrong]
    return rows, int(wrong.sum()), float(worst.max()) if len(worst) else 0.0


def shares_missing(answers: Path, data: Path) -> float:
    """Find how far the shares of a parcel in zones are from 1, where it lies within all zones.

    Parcels that meet the rim of all zones together, or lie outside, are left out.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    rim = gpd.read_parquet(data / "zones.parquet").geometry.union_all(method="coverage").boundary
    parcels = gpd.read_parquet(data / "parcels.parquet")
    shapely.prepare(rim)
    inside = parcels["pid"][~shapely.intersects(rim, parcels.geometry.values)]
    areas = pd.read_parquet(answers / "plane.parquet").set_index("pid")["area"]
    zoned = pd.read_parquet(answers / "zones.parquet").groupby("pid")["area"].sum()
    within = zoned.index.intersection(inside)
    return float((1 - zoned[within] / areas[within]).abs().max())
