"""What writers are given: the system, the numbers, the order of rings, the names of points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.errors import PlannerError
from geo.survey.model import AxesDecision, CrsDecision
from geo.survey.read import read_survey
from geo.write.formats import FORMAT_OF_SUFFIX, WRITERS, writer_of
from parcels import exporting
from parcels.export_labels import clockwise, kept_labels
from parcels.export_systems import export_systems, system_text
from parcels.exporting import export
from parcels.messages import LANGUAGES
from tests.parcels.survey_samples import FIRST, LABELS, SECOND, lonlat, parcels, survey

if TYPE_CHECKING:
    from geo.write.model import Outgoing

GCJ = CrsDecision(epsg=None, name="GCJ-02", how="chosen", definition="GCJ-02")
DEGREES = CrsDecision(epsg=4490, name="CGCS2000", how="format", definition="EPSG:4490")


@dataclass
class Wanted:
    """Stands for a writer and keeps what it is given."""

    needs: str | None = None
    usual_degrees: bool = False
    encodings: bool = True
    rounded: bool = False
    given: list[Outgoing] = field(default_factory=list)

    def write(self, outgoing: Outgoing, encoding: str | None = None) -> bytes:
        self.given.append(outgoing)
        return (encoding or "").encode()


def outgoing(monkeypatch: pytest.MonkeyPatch, made: object, **options: object) -> Outgoing:
    writer = Wanted(**options.pop("writer", {}))
    monkeypatch.setattr(exporting, "writer_of", lambda _: writer)
    monkeypatch.setattr(exporting, "losses_of", lambda *_: ())
    export(made, "any", **options)
    return writer.given[0]


def code_of(made: object, file_format: str, **options: object) -> str:
    with pytest.raises(PlannerError) as caught:
        export(made, file_format, **options)
    return caught.value.code


def in_degrees() -> object:
    table = parcels()
    native = table.schema.field("native")
    position = table.column_names.index("native")
    table = table.set_column(position, native, table.column("wkb"))
    return survey(parcels=table, crs=DEGREES, axes=AxesDecision(value="en", how="format"))


def test_numbers_stay_to_the_last_bit_in_the_own_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for to in (None, "EPSG:4525"):
        given_out = outgoing(monkeypatch, survey(), to=to)
        assert given_out.epsg == 4525
        for mine, own in zip(given_out.geometries, (FIRST, SECOND), strict=True):
            assert set(map(tuple, shapely.get_coordinates(mine))) == set(
                map(tuple, shapely.get_coordinates(own))
            )


def test_another_zone_agrees_with_pyproj_to_a_tenth_of_a_millimetre(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change = Transformer.from_crs("EPSG:4525", "EPSG:4547", always_xy=True).transform
    given_out = outgoing(monkeypatch, survey(), to="EPSG:4547")
    east, north = change(*shapely.get_coordinates(SECOND).T)
    assert shapely.get_coordinates(given_out.geometries[1]) == pytest.approx(
        np.column_stack([east, north]), abs=1e-4
    )
    assert given_out.crs.to_epsg() == 4547
    assert given_out.area_m2.tolist() == survey().parcels.column("area_m2").to_pylist()
    assert given_out.area_plane_m2 == pytest.approx(shapely.area(given_out.geometries))


def test_degrees_carry_the_area_on_the_ellipsoid(monkeypatch: pytest.MonkeyPatch) -> None:
    given_out = outgoing(monkeypatch, survey(), writer={"usual_degrees": True})
    assert (given_out.epsg, given_out.is_degrees) == (4490, True)
    assert given_out.area_plane_m2.tolist() == given_out.area_m2.tolist()
    assert shapely.get_coordinates(given_out.geometries[1]) == pytest.approx(
        shapely.get_coordinates(lonlat([SECOND])), abs=1e-12
    )


def test_a_choice_of_parcels_keeps_everything_in_step(monkeypatch: pytest.MonkeyPatch) -> None:
    given_out = outgoing(monkeypatch, survey(), positions=[1])
    assert (given_out.ids, given_out.names) == (("2",), ("示例地块2",))
    assert given_out.attributes.column("地块编号").to_pylist() == ["2"]
    assert given_out.labels == (tuple(LABELS[1]),)
    assert given_out.header == survey().header
    assert given_out.title == "示例"


def test_a_file_name_that_is_no_text_gives_a_title_that_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert outgoing(monkeypatch, survey(file="a/\udcd7\udcd6.x.txt")).title == "??.x"


def test_outer_rings_are_clockwise_and_points_keep_their_names() -> None:
    turned = shapely.reverse(np.array([FIRST, SECOND]))
    names = kept_labels(turned, [LABELS[0], LABELS[1]])
    assert [one.exterior.is_ccw for one in clockwise(turned)] == [False, False]
    assert not any(ring.is_ccw is False for ring in clockwise(turned)[0].interiors)
    for before, after, old, new in zip(turned, clockwise(turned), LABELS, names, strict=True):
        known = dict(zip(map(tuple, shapely.get_coordinates(before)), old, strict=True))
        assert [known[tuple(xy)] for xy in shapely.get_coordinates(after)] == list(new)


def test_names_without_closing_points_get_them() -> None:
    open_names = ["A", "B", "C", "D"]
    assert kept_labels(np.array([SECOND]), [open_names]) == (("A", "B", "C", "D", "A"),)


@pytest.mark.parametrize("names", [None, [], ["A"], ["A"] * 6, ["A", None, "C", "D", "A"]])
def test_names_that_do_not_fit_are_left_out(names: list[str] | None) -> None:
    assert kept_labels(np.array([SECOND]), [names]) == (None,)


def test_renumbering_begins_in_the_north_west(monkeypatch: pytest.MonkeyPatch) -> None:
    given_out = outgoing(monkeypatch, survey(), renumber=True)
    assert given_out.labels == (None, None)
    assert shapely.get_coordinates(given_out.geometries[0])[0].tolist() == [37637200.0, 3650512.35]
    assert shapely.area(given_out.geometries) == pytest.approx(shapely.area([FIRST, SECOND]))


@pytest.mark.parametrize(
    ("file_format", "to", "code"),
    [
        ("geojson", "GCJ-02", "export_shifted"),
        ("geopackage", "BD-09", "export_shifted"),
        ("txt", "EPSG:4490", "export_needs_metres"),
        ("kml", "EPSG:4526", "export_needs_degrees"),
        ("geopackage", "EPSG:4513", "export_far"),
        ("geopackage", "EPSG:4491", "export_far"),
        ("geopackage", "EPSG:2384", "crs_refused"),
        ("geopackage", "nonsense", "crs_unreadable"),
        ("word", None, "format_not_written"),
    ],
)
def test_what_is_not_written(file_format: str, to: str | None, code: str) -> None:
    assert code_of(survey(), file_format, to=to) == code


def test_nothing_to_write_is_said() -> None:
    assert code_of(survey(), "geojson", positions=[]) == "export_nothing"


def test_an_encoding_is_only_for_formats_that_leave_it_open() -> None:
    assert code_of(survey(), "geojson", encoding="gbk") == "export_encoding_fixed"


@pytest.mark.parametrize(
    ("typed", "codec"), [("GBK", "gb18030"), ("utf8", "utf-8"), ("UTF-8-SIG", "utf-8-sig")]
)
def test_encodings_go_by_their_usual_names(
    monkeypatch: pytest.MonkeyPatch, typed: str, codec: str
) -> None:
    monkeypatch.setattr(exporting, "writer_of", lambda _: Wanted())
    monkeypatch.setattr(exporting, "losses_of", lambda *_: ())
    assert export(survey(), "any", encoding=typed).decode() == codec


def test_an_encoding_that_is_none_is_refused() -> None:
    assert code_of(survey(), "txt", encoding="rot13") == "export_encoding_unknown"


def test_shifted_or_geographic_sources_need_a_target_for_plane_formats() -> None:
    assert code_of(in_degrees(), "txt") == "export_target_needed"
    assert code_of(survey(crs=GCJ), "geopackage") == "export_target_needed"


def test_a_shifted_source_is_written_as_degrees_of_cgcs2000(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given_out = outgoing(monkeypatch, survey(crs=GCJ), writer={"usual_degrees": True})
    assert given_out.epsg == 4490
    assert shapely.get_coordinates(given_out.geometries[1])[0] == pytest.approx(
        shapely.get_coordinates(lonlat([SECOND]))[0]
    )


def test_systems_of_nanyang_name_both_zones() -> None:
    codes = [system.epsg for system in export_systems(112.53)]
    assert codes[:5] == [4526, 4547, 4525, 4546, 4490]
    assert codes[5:] == [4497, 4508]  # 6-degree zone 19, central meridian 111°


@given(st.floats(min_value=73.6, max_value=135.0))
def test_every_place_has_systems_within_reach(lon: float) -> None:
    systems = export_systems(lon)
    zones = [system.zone for system in systems if system.zone]
    assert {zone.width for zone in zones} == {3, 6}
    nearest = {width: next(z for z in zones if z.width == width) for width in (3, 6)}
    assert all(abs(zone.meridian - lon) <= zone.width / 2 for zone in nearest.values())
    assert len({system.epsg for system in systems}) == len(systems)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_systems_have_names(lang: str) -> None:
    names = [system_text(lang, system) for system in export_systems(112.53)]
    assert len(set(names)) == len(names)
    assert all("EPSG" in name for name in names)


def test_every_suffix_leads_to_a_writer() -> None:
    assert {writer_of(name).suffix for name in FORMAT_OF_SUFFIX.values()} <= set(FORMAT_OF_SUFFIX)


@pytest.mark.parametrize("file_format", WRITERS)
def test_what_is_written_is_read_back(file_format: str) -> None:
    # A drawing holds rings only: a hole comes back as a parcel of its own, with a note.
    first = shapely.Polygon(FIRST.exterior) if file_format == "dxf" else FIRST
    columns = pa.table({"编号": ["1", "2"], "名称": ["甲", "乙"]})
    made = survey(parcels=parcels((first, SECOND)), attributes=columns, labels=None)
    content, again = (export(made, file_format) for _ in range(2))
    assert content == again
    back = read_survey(content, f"再读{writer_of(file_format).suffix}")
    shapes = shapely.normalize(shapely.from_wkb(back.parcels.column("wkb").to_numpy()))
    wanted = shapely.normalize(lonlat([first, SECOND]))
    assert len(shapes) == 2
    assert shapely.get_coordinates(shapes) == pytest.approx(
        shapely.get_coordinates(wanted), abs=1e-8
    )
    assert not back.rejected


def test_moved_numbers_are_rounded_where_people_read_them() -> None:
    text = export(survey(), "csv", to="EPSG:4490").decode("utf-8-sig").splitlines()[1:]
    assert all(len(one.partition(".")[2]) == 9 for row in text for one in row.split(",")[5:])
    moved = export(survey(), "csv", to="EPSG:4547").decode("utf-8-sig").splitlines()[2:]
    assert all(len(one.partition(".")[2]) == 3 for row in moved for one in row.split(",")[5:])
    full = export(survey(), "listing", to="EPSG:4547").decode("utf-8-sig")
    assert max(len(one) for one in full.replace(",", " ").split()) > len("SRID=4547;POLYGON")
