"""QR codes as dark squares and as one shape to be drawn, without an image in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.path import Path

QUIET_MODULES = 4
"""Light modules that a code needs on every side (ISO/IEC 18004:2015, 5.3.8)."""


def qr_modules(text: str) -> npt.NDArray[np.bool_]:
    """Encode a text as a QR code of error level M: 15 % of it may be lost under a stamp.

    Parameters
    ----------
    text : str
        Up to 2,331 bytes in UTF-8.

    Returns
    -------
    bool array, shape (n, n)
        True is dark; row 0 is the upper one; no quiet zone.
    """
    import segno

    code = segno.make_qr(text, error="m", boost_error=False)
    return np.array([list(row) for row in code.matrix], dtype=bool)


def qr_path(text: str, *, left: float, bottom: float, side: float) -> Path:
    """Draw a code as one compound shape: squares that touch are one, so that no seam shows.

    Parameters
    ----------
    left, bottom, side : float
        The square that the code takes with its quiet zone, in the units of the drawing (y up);
        at least 25 mm on paper.

    Returns
    -------
    matplotlib.path.Path
        To be filled dark, without an outline.
    """
    import shapely
    from matplotlib.path import Path

    modules = qr_modules(text)
    size = side / (len(modules) + 2 * QUIET_MODULES)
    rows, columns = np.nonzero(modules)
    west = columns + QUIET_MODULES
    south = len(modules) + QUIET_MODULES - 1 - rows
    dark = shapely.union_all(shapely.box(west, south, west + 1, south + 1))
    rings = [
        shapely.get_coordinates(ring)
        for part in shapely.get_parts(shapely.orient_polygons(dark))
        for ring in (part.exterior, *part.interiors)
    ]
    corner = np.array([left, bottom])
    return Path.make_compound_path(*(Path(ring * size + corner, closed=True) for ring in rings))
