"""What a land-use class of one scheme is in another."""

from __future__ import annotations

from functools import cache

from layers.codes import code_table
from parcels.rules.tables import table


@cache
def counterparts(code: str, scheme: str, other: str) -> tuple[str, ...]:
    """Return the classes of another scheme that a code may stand for; in its own scheme itself.

    None where the code is not in its scheme or only a city's own (M0): no national table has it.
    """
    own = code_table(scheme).get(code) if scheme else None
    if own is None or not own.national:
        return ()
    if scheme == other:
        return (code,)
    rows = table("class_counterparts.csv")
    same = [row[other] for row in rows if row[scheme] == code]
    below = [row[other] for row in rows if code in ancestors(row[scheme], scheme)]
    return tuple(dict.fromkeys(same or below))


def ancestors(code: str, scheme: str) -> list[str]:
    """Return the code and the classes above it, upwards; [] for an unknown one."""
    classes = code_table(scheme)
    found: list[str] = []
    while code in classes:
        found.append(code)
        code = classes[code].parent
    return found
