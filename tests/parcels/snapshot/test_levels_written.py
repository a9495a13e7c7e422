"""What stayed in the house is in no file that is made of what leaves, whatever its format."""

from __future__ import annotations

import io
import zipfile

import pytest
from pypdf import PdfReader

from parcels.snapshot.levels import reduced
from parcels.snapshot.model import seal
from parcels.snapshot.writers import WRITERS
from tests.parcels.snapshot.talked_about import talked_about

SECRETS = (
    *("张某某", "13937712345", "内部意见", "李工", "赵工", "看过", "已调解", "review?at=1"),
    *("秘密", "禁区", "farmland.geojson", "第三行坏了"),
)
PUBLIC_SECRETS = (*SECRETS, "王工", "3650512", "37637200", "112.46", "32.97")


def texts(data, suffix):
    """Give everything that a file says, files within files too."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from texts(archive.read(name), name.rpartition(".")[2])
    elif suffix == "pdf":
        reader = PdfReader(io.BytesIO(data))
        yield str(reader.metadata)
        yield from (page.extract_text() for page in reader.pages)
    yield data.decode("utf-8", errors="replace")


@pytest.mark.parametrize(("level", "secrets"), [("partner", SECRETS), ("public", PUBLIC_SECRETS)])
def test_nothing_that_stays_is_in_any_file(level, secrets):
    shown = reduced(seal(talked_about()), level)
    for suffix in ("zip", "png"):  # the archive holds page, sheet, tables and geometry
        said = list(texts(WRITERS[suffix](shown), suffix))
        assert any("示例地块1" in one for one in said) or suffix == "png"
        assert {secret for secret in secrets if any(secret in one for one in said)} == set()
