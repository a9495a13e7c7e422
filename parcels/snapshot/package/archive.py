"""All files of a package, and the archive that is the same on every system."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.snapshot.package.contents import map_files, table_file
from parcels.snapshot.package.readme import readme_text
from parcels.snapshot.writers import WRITERS, own_template, settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Snapshot

_TIME = (1980, 1, 1, 0, 0, 0)
_README, _MANIFEST = "README.txt", "MANIFEST.sha256"
_BOM = "\ufeff"  # older editors on Windows take a text without it for one in the local encoding


def package_files(snapshot: Snapshot) -> Mapping[str, bytes]:
    """Write every file of the package of a snapshot.

    Returns
    -------
    mapping of name to bytes
        README.txt, snapshot.json, snapshot.html, sheet.pdf (of a ranking report.pdf), the files
        for maps, the workbook and, last, MANIFEST.sha256 over all others. Names are ASCII. The
        content alone decides every byte, so a snapshot of a level gives no more than its level.
    """
    snapshot = settled(snapshot)
    printed, missing = _printed(snapshot)
    files = {
        "snapshot.json": WRITERS["json"](snapshot),
        "snapshot.html": WRITERS["html"](snapshot),
        **printed,
        **map_files(snapshot),
        **table_file(snapshot),
    }
    told = readme_text(snapshot, [_README, *files, _MANIFEST], missing)
    files = {_README: (_BOM + told).encode(), **files}
    return {**files, _MANIFEST: manifest_bytes(files)}


def _printed(snapshot: Snapshot) -> tuple[dict[str, bytes], dict[str, PlannerError]]:
    """Write what is to be printed, or give the reason for which there is none.

    Land that fits on no paper is no reason to have no package.
    """
    name = "sheet.pdf" if own_template(snapshot) else "report.pdf"
    try:
        return {name: WRITERS["pdf"](snapshot)}, {}
    except PlannerError as error:
        return {}, {name: error}


def manifest_bytes(files: Mapping[str, bytes]) -> bytes:
    """Write the SHA-256 of files, a line each, as ``sha256sum --check`` reads it."""
    lines = [f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in files.items()]
    return "".join(lines).encode("ascii")


def package_zip(snapshot: Snapshot) -> bytes:
    """Pack the files of a package; the same content gives the same bytes on every system."""
    return zip_bytes(package_files(snapshot))


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Pack files in their order: fixed times, no system."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, held in files.items():
            member = zipfile.ZipInfo(name, _TIME)
            is_packed = name.endswith((".xlsx", ".pdf"))
            member.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, held)
    return packed.getvalue()
