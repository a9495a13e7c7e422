"""Archives as offices send them: what belongs to a file is no news, what is meant is read."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from geo.errors import PlannerError
from tests.geo.read.gis_files import bundle, notes, polygon, read, square
from tests.geo.read.read_samples import zipped

if TYPE_CHECKING:
    from pathlib import Path

SHELL = square(0, 0, 100)


def test_what_belongs_to_a_shapefile_is_no_news(tmp_path: Path) -> None:
    beside = ("sbn", "sbx", "qix", "qpj", "shp.xml", "dbf.xml", "shp.pc.1.2.sr.lock", "lyrx", "idx")
    members = {f"地块.{suffix}": b"x" for suffix in beside}
    members |= {"readme.txt": b"1,2\n3,4\n5,6\n", "说明.docx": b"x", "FIELDS.txt": b"a = b"}
    members |= {"Thumbs.db": b"x", "desktop.ini": b"x"}
    with zipfile.ZipFile(io.BytesIO(bundle([polygon(SHELL)]))) as archive:
        members |= {name: archive.read(name) for name in archive.namelist()}
    parsed = read(zipped(members), tmp_path)
    assert notes(parsed) == []


def test_a_file_geodatabase_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="file_format_refused"):
        read(zipped({"数据.gdb/a00000001.gdbtable": b"x", "数据.gdb/gdb": b"x"}), tmp_path)
