"""Tables that state promises: their firms are scored like others, never ranked or graded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcels.permu.headings import kind_of
from parcels.permu.terms import indicators, quantities
from parcels.permu.units import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcels.permu.model import Column

_PROMISED = re.compile(r"承诺|预计|预期|计划|规划|拟|达产|目标|promised|planned|expected|target")
_TITLE = re.compile(r"承诺(?:值|指标|数|表|事项|情况)|promised")


def promised_columns(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the headings that say that their numbers are promises: 税收（承诺值）（万元）.

    Areas do not count: land may be planned under a factory that works.
    """
    return tuple(
        one.heading
        for one in columns
        if (one.role in quantities() or one.role in indicators())
        and kind_of(one.role) not in {"land", "floor"}
        and not one.problem
        and _PROMISED.search(fold(one.heading))
    )


def title_promises(above: Iterable[str]) -> bool:
    """Tell whether a line above the table calls its figures promises."""
    return any(_TITLE.search(fold(cell)) for cell in above)
