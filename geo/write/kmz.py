"""KMZ: a KML in an archive of its own."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from geo.write.kml import write_kml

if TYPE_CHECKING:
    from geo.write.model import Outgoing

_TIME = (1980, 1, 1, 0, 0, 0)


def write_kmz(outgoing: Outgoing) -> bytes:
    """Write parcels as `write_kml` does, packed as ``doc.kml``; the same bytes every time."""
    packed = io.BytesIO()
    member = zipfile.ZipInfo("doc.kml", _TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(member, write_kml(outgoing))
    return packed.getvalue()
