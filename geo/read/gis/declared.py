"""The coordinate reference system that a GIS file declares, as one text."""

from __future__ import annotations

import contextlib
import re
from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.read.parsed import Note

_CODE = re.compile(r"EPSG:\s*(\d{4,6})", re.IGNORECASE)
_WKT = re.compile(r"[A-Za-z]\w+\s*\[")
_NAMES = re.compile(r'(?<=\[)"[^"]*",?(?=[\w(]+\[|[\d-])')
_SHOWN = 80


def declared_crs(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """Read what a ``.prj`` file or a table of a data base says of the coordinates.

    Parameters
    ----------
    text : str
        WKT of any dialect or ``EPSG:4526``; never a link or a path.

    Returns
    -------
    crs : str or None
        ``EPSG:<code>`` where PROJ knows the definition by a code, else the WKT; None: unknown.
    notes : tuple of Note
        ``crs_text_unreadable`` when there is a text that says nothing.
    """
    text = text.strip("\ufeff\x00 \t\r\n")
    code = _CODE.fullmatch(text)
    if code:
        return f"EPSG:{code[1]}", ()
    if not text or "undefined" in text[:60].lower():
        return None, ()
    if _WKT.match(text):
        try:
            return _named(CRS.from_wkt(text)), ()
        except CRSError:
            pass
    return None, (Note(code="crs_text_unreadable", values={"text": text[:_SHOWN]}),)


def crs_of_json(definition: Any) -> str | None:
    """Read PROJJSON; None: it cannot be read."""
    try:
        return _named(CRS.from_json_dict(definition))
    except (CRSError, TypeError, AttributeError, KeyError):
        return None


def same_crs(first: str, second: str) -> bool:
    """Compare two texts of `declared_crs` by their numbers, not by names, codes or axes."""
    try:
        plain = [CRS.from_user_input(text).to_wkt("WKT1_ESRI") for text in (first, second)]
    except CRSError:
        return False
    return len({_NAMES.sub("", text) for text in plain}) == 1


def _named(crs: CRS) -> str:
    """Give the code that stands in the definition, if it is right, else the one that fits."""
    stated = crs.to_json_dict().get("id") or {}
    if stated.get("authority") == "EPSG" and same_crs(f"EPSG:{stated.get('code')}", crs.to_wkt()):
        return f"EPSG:{stated['code']}"
    code = crs.to_epsg()
    if code is None:
        with contextlib.suppress(CRSError):  # its axes are in another order than the code's
            code = CRS.from_wkt(crs.to_wkt("WKT1_ESRI")).to_epsg()
    return f"EPSG:{code}" if code else crs.to_wkt()
