"""Survey texts written: canonical input comes back byte for byte, nothing secret goes out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from geo.errors import PlannerError
from geo.write.model import Outgoing
from geo.write.txt import write_txt
from tests.geo.read.txt_samples import loops, read

if TYPE_CHECKING:
    from geo.read.parsed import Parsed

CASES = Path(__file__).parents[2] / "cases" / "txt"
CANONICAL = tomllib.loads((CASES / "canonical.toml").read_text(encoding="utf-8"))["file"]
BOX = shapely.box(37637000, 3650000, 37637100, 3650100, ccw=False)


def nested(wkb: bytes) -> shapely.MultiPolygon:
    """Put holes into the one ring around them, x east and y north; rings stay as written."""
    rings = loops(wkb)
    shells = [ring for ring in rings if sum(other.contains(ring) for other in rings) == 1]
    polygons = [
        shapely.Polygon(
            shell.exterior,
            [one.exterior for one in rings if one is not shell and shell.contains(one)],
        )
        for shell in shells
    ]
    return shapely.transform(shapely.MultiPolygon(polygons), lambda xy: xy[:, ::-1])


def outgoing(geometries: list[object], epsg: int = 4525, **given: object) -> Outgoing:
    count = len(geometries)
    shapes = np.empty(count, dtype=object)
    shapes[:] = geometries
    defaults: dict[str, object] = {
        "ids": tuple(str(place + 1) for place in range(count)),
        "names": ("示例",) * count,
        "attributes": pa.table({"": pa.nulls(count)}).select([]),
        "area_plane_m2": shapely.area(shapes),
    }
    return Outgoing(
        title="示例",
        geometries=shapes,
        crs=CRS.from_epsg(epsg),
        epsg=epsg,
        area_m2=shapely.area(shapes),
        **{**defaults, **given},
    )


def sent_back(parsed: Parsed, epsg: int, **given: object) -> Outgoing:
    return outgoing(
        [nested(wkb) for wkb in parsed.wkb.to_pylist()],
        epsg,
        ids=tuple(parsed.table["地块编号"].to_pylist()),
        names=tuple(parsed.table["地块名称"].to_pylist()),
        attributes=parsed.table,
        fields=parsed.fields,
        labels=tuple(map(tuple, parsed.labels.to_pylist())),
        header=parsed.header,
        **given,
    )


def lines_of(made: bytes) -> list[str]:
    return made.decode("gb18030").split("\r\n")


@pytest.mark.parametrize("case", CANONICAL, ids=lambda case: case["name"])
def test_canonical_input_comes_back_byte_for_byte(tmp_path: Path, case: dict) -> None:
    data = (CASES / case["name"]).read_bytes()
    assert (
        write_txt(sent_back(read(tmp_path, data), case["epsg"]), encoding=case["encoding"]) == data
    )


def test_an_unclosed_dialect_is_written_in_the_canonical_form(tmp_path: Path) -> None:
    parsed = read(tmp_path, (CASES / "example-2-short.txt").read_bytes())
    lines = lines_of(write_txt(sent_back(parsed, 4546)))
    expected = (CASES / "example-1.txt").read_text("gbk").splitlines()
    numbers = [line.replace(",376", ",6").split(",")[1:] for line in expected[13:23]]
    assert [line.split(",")[1:] for line in lines[10:20]] == numbers
    assert lines[9] == "10,5.5833,1,示例地块一,面,,,,@"
    assert lines[7] == "转换参数=0,0,0,0,0,0,0"


@pytest.mark.parametrize(
    ("epsg", "width", "zone"),
    [(4513, 3, 25), (4525, 3, 37), (4533, 3, 45), (4534, 3, 25), (4547, 3, 38), (4554, 3, 45),
     (4491, 6, 13), (4501, 6, 23), (4502, 6, 13), (4508, 6, 19), (4512, 6, 23)],
)  # fmt: skip
def test_the_header_is_that_of_the_zone(epsg: int, width: int, zone: int) -> None:
    name = CRS.from_epsg(epsg).name
    meridian = zone * 3 if width == 3 else zone * 6 - 3
    assert f"zone {zone}" in name or f"CM {meridian}E" in name
    lines = lines_of(write_txt(outgoing([BOX], epsg)))
    assert lines[:12] == [
        "[属性描述]",
        "格式版本号=1.01",
        "数据产生单位=",
        "数据产生日期=",
        "坐标系=2000国家大地坐标系",
        f"几度分带={width}",
        "投影类型=高斯克吕格",
        "计量单位=米",
        f"带号={zone}",
        "精度=0.001",
        "转换参数=,,,,,,",
        "[地块坐标]",
    ]


@pytest.mark.parametrize("epsg", [4490, 4326, 3857, 32649])
def test_other_systems_are_refused(epsg: int) -> None:
    with pytest.raises(PlannerError, match="txt_crs_refused") as caught:
        write_txt(outgoing([BOX], epsg))
    assert str(epsg) in str(caught.value.values["crs"])


def test_a_header_is_set_right_for_the_zone_and_else_kept() -> None:
    header = {
        "[项目信息]项目名称": "示例",
        "坐标系": "WGS84坐标系",
        "分带": "6度带",
        "带号": "37带",
        "中央经线": "111",
        "计量单位": "米",
        "精度": "",
        "审核": "甲",
        "转换参数": "1.5,0,0,0,0,0,0",
    }
    lines = lines_of(write_txt(outgoing([BOX], 4526, header=header)))
    assert lines[: lines.index("[地块坐标]")] == [
        "[项目信息]",
        "项目名称=示例",
        "[属性描述]",
        "坐标系=2000国家大地坐标系",
        "分带=3",
        "带号=38",
        "中央经线=114",
        "计量单位=米",
        "精度=",
        "审核=甲",
        "转换参数=,,,,,,",
        "投影类型=高斯克吕格",
    ]


@pytest.mark.parametrize("key", ["转换参数", "[坐标转换]七参数", "[属性]转换参数"])
def test_parameters_are_never_written(key: str) -> None:
    made = write_txt(outgoing([BOX], header={key: "12.345,1,1,1,1,1,1"})).decode("gb18030")
    assert "12.345" not in made


@pytest.mark.parametrize(
    ("written", "decimals"),
    [("0.001", 3), ("3", 3), ("", 3), ("0.01", 2), ("2", 2), ("很高", 3), ("0.0001", 4)],
)
def test_decimals_are_those_of_the_precision(written: str, decimals: int) -> None:
    made = lines_of(write_txt(outgoing([BOX], header={"精度": written})))
    assert made[-2] == f"J1,1,{3650000:.{decimals}f},{37637000:.{decimals}f}"


def test_decimals_never_lose_what_was_measured() -> None:
    fine = shapely.transform(BOX, lambda xy: xy + np.array([0.0, 0.1234]))
    made = lines_of(write_txt(outgoing([fine], header={"精度": "0.01"})))
    assert made[-2] == "J1,1,3650000.1234,37637000.0000"
    finer = shapely.transform(BOX, lambda xy: xy + np.array([0.0, 0.123456]))
    assert lines_of(write_txt(outgoing([finer])))[-2].endswith("3650000.123,37637000.000")


@pytest.mark.parametrize(
    ("area", "given", "written"),
    [
        (55833.2, None, "5.5833"),
        (16649.5, None, "1.6650"),
        (16650.5, None, "1.6651"),
        (10000.0, "1.00", "1.00"),
        (10000.0, "10000.00", "1.0000"),
        (10000.0, "1.0000公顷", "1.0000"),
        (10000.0, "1.0001", "1.0000"),
        (10000.0, "15亩", "1.0000"),
    ],
)
def test_area_is_in_hectares(area: float, given: str | None, written: str) -> None:
    made = write_txt(
        outgoing(
            [BOX],
            attributes=pa.table({"面积": pa.array([given], pa.string())}),
            fields={"area": "面积"},
            area_plane_m2=np.array([area]),
        )
    )
    assert lines_of(made)[12].split(",")[:2] == ["5", written]


def test_rings_and_points_count_through_all_parts() -> None:
    hole = [(37637010, 3650010), (37637020, 3650010), (37637010, 3650020)]
    parts = shapely.MultiPolygon(
        [shapely.Polygon(BOX.exterior, [hole]), shapely.box(37638000, 3650000, 37638010, 3650010)]
    )
    lines = lines_of(write_txt(outgoing([parts])))[13:-1]
    assert [line.split(",")[:2] for line in lines] == [
        [f"J{name}", str(ring)]
        for ring, names in enumerate(([1, 2, 3, 4, 1], [5, 6, 7, 5], [8, 9, 10, 11, 8]), 1)
        for name in names
    ]


def test_a_name_ends_neither_its_field_nor_its_line() -> None:
    made = outgoing(
        [BOX], names=("甲,乙\r\n9,9,9,丙\u2028@\t丁",), labels=(("a,b", "2", "3", "4", "a,b"),)
    )
    lines = lines_of(write_txt(made))
    assert lines[12] == "5,1.0000,1,甲，乙，9，9，9，丙，@ 丁,面,,,,@"
    assert lines[13].startswith("a，b,1,")


def test_names_that_do_not_fit_are_numbered_anew() -> None:
    lines = lines_of(write_txt(outgoing([BOX], labels=(("A", "B"),))))
    assert [line.split(",")[0] for line in lines[13:-1]] == ["J1", "J2", "J3", "J4", "J1"]


def test_rare_characters_and_utf_8() -> None:
    made = outgoing([BOX], names=("𠮷㙍",))
    assert "𠮷㙍" in write_txt(made).decode("gb18030")
    assert "𠮷㙍" in write_txt(made, encoding="utf-8").decode("utf-8")


millimetres = st.integers(0, 400_000).map(lambda number: number / 1000)


@given(
    st.lists(st.tuples(millimetres, millimetres), min_size=3, max_size=12, unique=True).filter(
        lambda xy: shapely.MultiPoint(xy).convex_hull.area > 1
    ),
    st.sampled_from([(4525, 37_637_000.0), (4547, 362_000.0), (4508, 642_000.0)]),
    st.text("J界1甲，@-", max_size=5),
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, xy: list, zone: tuple[int, float], name: str
) -> None:
    epsg, east = zone
    hull = shapely.MultiPoint([(east + x, 3_650_000 + y) for x, y in xy]).convex_hull
    made = write_txt(outgoing([hull], epsg, names=(name,)))
    parsed = read(tmp_path_factory.getbasetemp(), made)
    numbers = shapely.get_coordinates(shapely.from_wkb(parsed.wkb.to_pylist()[0]))[:, ::-1]
    assert np.array_equal(numbers, np.round(shapely.get_coordinates(hull), 3))
    assert parsed.table["地块名称"].to_pylist() == [name.strip()]
    assert (parsed.remarks, parsed.notes, parsed.skipped, dict(parsed.faults)) == ((), (), (), {})
