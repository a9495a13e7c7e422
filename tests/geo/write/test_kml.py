"""KML that we write: GDAL and our own reader see the same parcels."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.kml.reader import parse_kml
from geo.write.kml import write_kml
from tests.geo.read.kml_samples import kmz, request
from tests.geo.write.outgoing_samples import EXAMPLE, outgoing

if TYPE_CHECKING:
    from pathlib import Path

LONLAT = 4490
SHELL = [(112.5, 33.0), (112.5, 33.001), (112.501, 33.001), (112.501, 33.0)]
HOLE = [(112.5002, 33.0002), (112.5004, 33.0002), (112.5004, 33.0004)]
PARCEL = shapely.Polygon(SHELL, [HOLE])
TWO = shapely.MultiPolygon([PARCEL, shapely.affinity.translate(PARCEL, 0.01, 0)])
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@pytest.mark.parametrize("suffix", ["kml", "kmz"])  # GDAL has a driver of its own for each
def test_gdal_reads_the_same_parcels(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"out.{suffix}"
    names = ["地块一 <&> \"'", "二"]
    attributes = pa.table({"用途": ["工业 & 仓储", None], "亩": [1.5, 2.0]})
    parcels = outgoing([PARCEL, TWO], names=names, epsg=LONLAT, attributes=attributes)
    written = write_kml(parcels)
    file.write_bytes(written if suffix == "kml" else kmz(doc_kml=written))
    meta, _, wkb, fields = pyogrio.raw.read(file)
    columns = dict(zip(meta["fields"].tolist(), fields, strict=True))
    assert columns["Name"].tolist() == names
    if suffix == "kmz":
        assert columns["用途"].tolist()[0] == "工业 & 仓储"
        assert columns["亩"].tolist() == ["1.5", "2.0"]
    read = shapely.force_2d(shapely.from_wkb(wkb))
    expected = shapely.normalize([PARCEL, TWO])
    assert shapely.equals_exact(shapely.normalize(read), expected, tolerance=1e-9).all()
    parts = shapely.get_parts(read)
    assert all(part.exterior.is_ccw for part in parts)
    assert not any(hole.is_ccw for part in parts for hole in part.interiors)


def test_values_are_written_as_exchange_formats_do(tmp_path: Path) -> None:
    attributes = pa.table(
        {"是": [True], "日期": [dt.date(2026, 3, 1)], "数": [7], "空": pa.nulls(1)}
    )
    written = write_kml(outgoing([PARCEL], epsg=LONLAT, ids=["37-1"], attributes=attributes))
    [row] = parse_kml(request(tmp_path, written)).table.to_pylist()
    assert row == {"name": "地块1", "id": "37-1", "是": "true", "日期": "2026-03-01", "数": "7"}


def test_signs_that_xml_cannot_hold_become_blanks(tmp_path: Path) -> None:
    written = write_kml(outgoing([PARCEL], epsg=LONLAT, names=["a\x00b\x0bc\ufffe]]>"]))
    [row] = parse_kml(request(tmp_path, written)).table.to_pylist()
    assert row["name"] == "a b c ]]>"


def test_metres_are_refused() -> None:
    with pytest.raises(PlannerError, match="kml_needs_degrees"):
        write_kml(outgoing([EXAMPLE]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, st.floats(-0.9, 0.9)), min_size=1, max_size=4),
)
def test_what_is_written_is_read(rows: list, tmp_path: Path) -> None:
    shapes = [shapely.affinity.translate(TWO, shift, shift) for _, _, shift in rows]
    names = [name for name, _, _ in rows]
    attributes = pa.table({"备注": [text for _, text, _ in rows]})
    given_parcels = outgoing(shapes, names=names, epsg=LONLAT, attributes=attributes)
    written = write_kml(given_parcels)
    assert written == write_kml(given_parcels)
    parsed = parse_kml(request(tmp_path, written))
    assert parsed.skipped == parsed.remarks == parsed.notes == ()
    assert not parsed.faults
    assert parsed.table.column("name").to_pylist() == [name.strip() for name in names]
    assert parsed.table.column("备注").to_pylist() == [text.strip() for _, text, _ in rows]
    read = shapely.get_coordinates(shapely.from_wkb(parsed.wkb.to_pylist()))
    turned = shapely.orient_polygons(np.array(shapes), exterior_cw=False)
    assert np.abs(read - shapely.get_coordinates(turned)).max() <= 0.5000001e-9 + 1e-13
