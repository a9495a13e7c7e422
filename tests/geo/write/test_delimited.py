"""CSV: read back by our reader and by Python's."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.write.delimited import write_listing_csv, write_points_csv
from tests.geo.read.table_samples import column, read_text, shapes_of
from tests.geo.write.outgoing_samples import EXAMPLE, outgoing, rings_of

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(
    st.one_of(
        st.sampled_from("=+-@'\",;甲\t|＝"),
        st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn")),
    ),
    max_size=10,
).map(str.strip)


def rows_of(data: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def test_one_row_a_point_with_north_first() -> None:
    rows = rows_of(write_points_csv(outgoing([EXAMPLE], ids=["01"])))
    assert rows[0] == ["地块序号", "地块编号", "地块名称", "圈号", "点号", "X", "Y"]
    assert rows[1] == ["1", "01", "地块1", "1", "J1", "3650512.350", "37637200.000"]
    assert rows[6] == ["1", "01", "地块1", "2", "J5", "3650420.000", "37637300.000"]
    assert len(rows) == 11


@pytest.mark.parametrize(("epsg", "said"), [(4546, "111"), (4547, "114"), (4508, "111")])
def test_eastings_without_zone_are_named(tmp_path: Path, epsg: int, said: str) -> None:
    shape = shapely.transform(EXAMPLE, lambda points: points - [37_000_000, 0])
    written = outgoing([shape], epsg=epsg)
    rows = rows_of(write_points_csv(written))
    assert len(rows[0]) == 1
    assert rows[1][5:] == ["X", "Y"]
    parsed = read_text(tmp_path, write_points_csv(written))
    assert not parsed.faults
    assert parsed.header["中央经线"].startswith(said)
    assert read_text(tmp_path, write_listing_csv(written)).crs == f"EPSG:{epsg}"


@pytest.mark.parametrize("epsg", [4525, 4490])
def test_numbers_that_name_their_system_stand_alone(tmp_path: Path, epsg: int) -> None:
    written = outgoing([EXAMPLE], epsg=epsg)
    assert rows_of(write_points_csv(written))[0][0] == "地块序号"
    assert read_text(tmp_path, write_listing_csv(written)).crs is None


def test_lines_end_as_spreadsheets_expect_and_encodings_are_kept() -> None:
    parcels = outgoing([EXAMPLE], names=["南阳𠮷"])
    assert write_points_csv(parcels).startswith(b"\xef\xbb\xbf")
    gbk = write_points_csv(parcels, encoding="gb18030")
    assert gbk.count(b"\r\n") == gbk.count(b"\n") == 11
    assert rows_of(gbk, "gb18030")[1][2] == "南阳𠮷"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "'a", "＝1", "\t=1"])
def test_texts_are_no_formulas_and_numbers_stay_numbers(text: str) -> None:
    table = pa.table({"备注": [text], "差": [-1.5]})
    rows = rows_of(write_listing_csv(outgoing([EXAMPLE], names=[text], attributes=table)))
    assert rows[1][:4] == ["", f"'{text}", f"'{text}", "-1.5"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(data=st.data())
def test_points_are_read_back(tmp_path: Path, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 3))
    shapes = [data.draw(rings_of()) for _ in range(count)]
    names, ids = ([data.draw(TEXTS) for _ in range(count)] for _ in range(2))
    epsg = data.draw(st.sampled_from([4525, 4490]))
    written = outgoing(shapes, names=names, ids=ids, epsg=epsg)
    parsed = read_text(tmp_path, write_points_csv(written))
    assert not parsed.faults
    assert [one or "" for one in column(parsed, "name")] == names
    assert [one or "" for one in column(parsed, "id")] == ids
    for parcel, lines in zip(written.geometries, shapes_of(parsed), strict=True):
        rings = shapely.get_rings(shapely.get_parts(parcel))
        order = slice(None) if epsg == 4490 else slice(None, None, -1)
        assert [list(line.coords) for line in lines.geoms] == [
            [point[order] for point in ring.coords] for ring in rings
        ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_a_listing_is_read_back(tmp_path: Path, data: st.DataObject) -> None:
    shapes = [data.draw(rings_of()) for _ in range(2)]
    names, ids, notes = ([data.draw(TEXTS) for _ in range(2)] for _ in range(3))
    table = pa.table({"说明": notes})
    written = outgoing(shapes, names=names, ids=ids, attributes=table)
    parsed = read_text(tmp_path, write_listing_csv(written))
    assert not parsed.faults
    assert [one.wkt for one in shapes_of(parsed)] == [one.wkt for one in shapes]
    found = parsed.table.to_pydict()
    assert [one or "" for one in found["地块名称"]] == names
    assert [one or "" for one in found["地块编号"]] == ids
    assert [one or "" for one in found["说明"]] == notes
