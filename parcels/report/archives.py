"""Archives without a clock: documents and workbooks are zip files that say when they were made."""

from __future__ import annotations

import io
import zipfile
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)


def without_clock(
    archive: bytes, changed: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({})
) -> bytes:
    """Write an archive anew with fixed times, its members in their order.

    Parameters
    ----------
    changed : mapping of name to function
        What becomes of the bytes of some members.
    """
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(fixed, "w") as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, date_time=_EPOCH)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            content = source.read(member)
            target.writestr(info, changed.get(member.filename, bytes)(content))
    return fixed.getvalue()
