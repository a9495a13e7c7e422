"""Archives that want more than they say."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from geo.read.archive import open_shapefile
from geo.read.limits import Limits
from tests.geo.read.read_samples import code_of, roads, shapefile, zipped

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = Limits()


def open_it(data: bytes, layer: str | None = None, **limits: int):
    return open_shapefile(data, layer=layer, limits=Limits(**limits) if limits else LIMITS)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({}, "archive_empty"),
        ({"readme.txt": b"x"}, "archive_no_layer"),
        ({"a.shp": b"x", "inner.zip": b"PK"}, "archive_nested"),
        ({"../a.shp": b"x"}, "archive_unsafe_path"),
        ({"a/../../b.shp": b"x"}, "archive_unsafe_path"),
        ({"/etc/a.shp": b"x"}, "archive_unsafe_path"),
        ({"..\\a.shp": b"x"}, "archive_unsafe_path"),
        ({"C:\\a.shp": b"x"}, "archive_unsafe_path"),
        ({"a.shp": bytes(10_000_000)}, "archive_bomb"),
        ({"a.shp": b"x", "b.shp": b"x"}, "file_many_layers"),
        ({"__MACOSX/._a.shp": b"x"}, "archive_no_layer"),
    ],
    ids=lambda value: str(list(value)) if isinstance(value, dict) else value,
)
def test_archive_is_refused(members: dict[str, bytes], code: str) -> None:
    assert code_of(open_it, zipped(members)) == code


def test_limits_of_members_and_size() -> None:
    many = zipped({f"{number}.txt": b"" for number in range(12)})
    assert code_of(open_it, many, members=10) == "archive_too_many_members"
    stored = zipped({"a.shp": bytes(range(256)) * 10}, zipfile.ZIP_STORED)
    assert code_of(open_it, stored, unpacked_bytes=1_000) == "archive_too_large"


def test_a_header_that_lies_about_the_size() -> None:
    honest = zipped({"a.shp": bytes(range(256)) * 100}, zipfile.ZIP_STORED)
    lying = honest.replace((25_600).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert code_of(open_it, lying, unpacked_bytes=1_000) in ("archive_broken", "archive_too_large")


def test_members_that_overlap() -> None:
    packed = zipped({"a.shp": b"1234", "b.dbf": b"5678"}, zipfile.ZIP_STORED)
    first, second = (info.header_offset for info in zipfile.ZipFile(io.BytesIO(packed)).infolist())
    start = packed.rindex(b"PK\x01\x02") + 42
    assert packed[start : start + 4] == second.to_bytes(4, "little")
    overlapping = packed[:start] + first.to_bytes(4, "little") + packed[start + 4 :]
    assert code_of(open_it, overlapping) in ("archive_bomb", "archive_broken")


def test_a_symbolic_link_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("a.shp")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert code_of(open_it, packed.getvalue()) == "archive_unsafe_path"


def test_layers_are_named_and_can_be_chosen() -> None:
    members = {"北/路.shp": b"n", "南/路.shp": b"s", "河.SHP": b"r", "河.DBF": b"d"}
    assert open_it(zipped(members), "河").parts == {".shp": b"r", ".dbf": b"d"}
    assert open_it(zipped(members), "南/路").parts == {".shp": b"s"}
    assert code_of(open_it, zipped(members), "路") == "file_layer_unknown"


def test_gbk_names_in_an_archive_are_read(tmp_path: Path) -> None:
    members = shapefile(tmp_path, roads())
    packed = zipped({name.replace("roads", "AABB"): content for name, content in members.items()})
    gbk = packed.replace(b"AABB", "路网".encode("gbk"))
    assert open_it(gbk).name == "路网"
