"""DXF that we write: ezdxf finds no fault with it, and it reads back the same."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import ezdxf
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.dxf.reader import parse_dxf
from geo.survey.read import read_survey
from geo.write.dxf import write_dxf
from tests.geo.read.dxf_samples import request
from tests.geo.write.outgoing_samples import EXAMPLE, outgoing, rings_of

if TYPE_CHECKING:
    from pathlib import Path

    from ezdxf.document import Drawing


def opened(data: bytes) -> Drawing:
    return ezdxf.read(io.StringIO(data.decode("gbk"), newline=None))


def test_ezdxf_finds_no_fault(tmp_path: Path) -> None:
    data = write_dxf(outgoing([EXAMPLE], names=["地块一 𠮷é"], ids=["1"]))
    (tmp_path / "out.dxf").write_bytes(data)
    document = ezdxf.readfile(tmp_path / "out.dxf")
    audit = document.audit()
    assert (audit.errors, audit.fixes) == ([], [])
    assert document.dxfversion == "AC1015"
    assert document.header["$DWGCODEPAGE"] == "ANSI_936"
    assert document.header["$INSUNITS"] == 6
    assert int(document.header["$HANDSEED"], 16) > 0x1000
    rings = list(document.modelspace().query("LWPOLYLINE[layer=='JZD']"))
    assert [one.closed for one in rings] == [True, True]
    corners = [list(one.get_points("xy")) for one in rings]
    assert corners[0] == [tuple(point) for point in EXAMPLE.exterior.coords[:-1]]
    assert corners[1] == [tuple(point) for point in EXAMPLE.interiors[0].coords[:-1]]
    names = [one.dxf.text for one in document.modelspace().query("TEXT[layer=='JZDH']")]
    assert names == [f"J{number}" for number in range(1, 9)]
    [title] = document.modelspace().query("TEXT[layer=='DKMC']")
    assert title.dxf.text == "地块一 \\U+D842\\U+DFB7é".replace("é", title.dxf.text[-1])
    assert EXAMPLE.contains(shapely.Point(title.dxf.align_point.vec2))


def test_names_of_points_are_kept() -> None:
    labels = [("J1", "J2", "J3", "J4", "J1", "K1", "K2", "K3", "", "K1")]
    document = opened(write_dxf(outgoing([EXAMPLE], labels=labels)))
    names = [one.dxf.text for one in document.modelspace().query("TEXT[layer=='JZDH']")]
    assert names == ["J1", "J2", "J3", "J4", "K1", "K2", "K3"]


def test_no_parcels_and_degrees() -> None:
    assert len(opened(write_dxf(outgoing([]))).modelspace()) == 0
    with pytest.raises(PlannerError, match="dxf_needs_metres"):
        write_dxf(outgoing([], epsg=4490))


@pytest.mark.parametrize("name", ["a\nb", "0\nENDSEC\n0\nEOF", "\x00\x1b", "  "])
def test_a_name_breaks_no_line(name: str, tmp_path: Path) -> None:
    data = write_dxf(outgoing([EXAMPLE], names=[name]))
    parsed = parse_dxf(request(tmp_path, data))
    assert parsed.table.num_rows == 1
    assert not any(note.code == "dxf_no_end" for note in parsed.notes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    shapes=st.lists(rings_of(), min_size=1, max_size=3),
    name=st.text(
        st.characters(exclude_categories=["C", "Z"], exclude_characters="\\{}%^"), max_size=8
    ),
)
def test_what_is_written_is_read(shapes: list, name: str, tmp_path: Path) -> None:
    parcels = outgoing(shapes, names=[name] * len(shapes))
    data = write_dxf(parcels)
    assert data == write_dxf(parcels)
    parsed = parse_dxf(request(tmp_path, data, columns={"nested": "parcels"}))
    assert parsed.layer == "JZD"
    assert not parsed.faults
    assert parsed.remarks == ()
    read = [
        shapely.get_coordinates(one).tolist() for one in shapely.from_wkb(parsed.wkb.to_pylist())
    ]
    assert read == [
        shapely.get_coordinates(one).tolist()
        for one in shapely.get_rings(shapely.get_parts(shapes))
    ]
    alone = len(shapes) == 1 and shapes[0].geom_type == "Polygon" and not shapes[0].interiors
    if alone and name and not name.lower().startswith("j"):
        assert parsed.table.column("text").to_pylist() == [name]


def test_holes_and_islands_are_read_back(tmp_path: Path) -> None:
    island = shapely.box(38_500_041, 3_600_041, 38_500_059, 3_600_059)
    ground = shapely.box(38_500_000, 3_600_000, 38_500_100, 3_600_100)
    hole = shapely.box(38_500_020, 3_600_020, 38_500_080, 3_600_080)
    parcel = shapely.MultiPolygon([ground.difference(hole), island])
    data = write_dxf(outgoing([parcel], epsg=4526))
    survey = read_survey(data, "a.dxf")
    areas = survey.parcels.column("area_plane_m2").to_pylist()
    assert areas == pytest.approx([10_000 - 3_600, 18 * 18])
