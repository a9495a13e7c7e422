"""Features that cannot lie where the others of their file lie, each with the number that tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.read.parsed import Fault
from geo.survey.place.axes import fitting
from geo.survey.place.case import Case, Choice, row_prefixes, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.read.parsed import Value


def misfit_faults(case: Case, choice: Choice, where: Callable[[int], str]) -> dict[int, Fault]:
    """Name the rows that do not fit the decision.

    Parameters
    ----------
    case, choice : Case, Choice
    where : callable
        Place of a row in the file.

    Returns
    -------
    dict of int to Fault
        Row to ``zones_in_ring``, ``prefix_mixed``, ``zone_differs``, ``axes_differ`` or
        ``not_in_crs``, with ``x`` and ``y`` of the first vertex that does not fit.
    """
    misfits = np.flatnonzero(~choice.fits)
    if not len(misfits):
        return {}
    system, vertices = choice.system, case.vertices
    low, high = row_prefixes(vertices)
    wide = choice.how == "chosen" or system.is_degrees
    vertex_fits = fitting(vertices, system, choice.order, wide=wide)
    turned = vertices.all_of_row(fitting(vertices, system, "ne" if choice.order == "en" else "en"))
    expected = system.zone.number if system.zone and system.zone.prefixed else 0
    faults = {}
    for position in misfits:
        x, y = (written(one) for one in vertices.first_of_row(int(position), ~vertex_fits))
        values: dict[str, Value] = {"x": x, "y": y}
        first, last = int(low[position]), int(high[position])
        code = "not_in_crs"
        if min(first, last) >= 0 and first != last:
            code = "zones_in_ring" if first else "prefix_mixed"
            values |= {"zone": last, "other": first}
        elif turned[position]:
            code = "axes_differ"
        elif system.zone and first >= 0 and first != expected:
            code = "zone_differs"
            values["zone"] = expected
        row = int(vertices.rows[position])
        faults[row] = Fault(code=code, where=where(row), values=values)
    return faults
