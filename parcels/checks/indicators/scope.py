"""To which parcels a rule about a use applies: yes, no, open, or nobody knows the use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.checks.subject import Parcels
    from parcels.rules.model import Rule

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scope:
    """Where a rule applies, shape (n,) each; exactly one holds of each parcel."""

    yes: Bools
    no: Bools
    open: Bools
    unknown: Bools


def scope_of(rule: Rule, parcels: Parcels) -> Scope:
    """Compare the uses of a rule with every reading of the use of each parcel.

    A use that may be one group or another is open where the rule applies to some of them only.
    """
    count = len(parcels)
    if not rule.uses:
        everyone, nobody = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
        return Scope(yes=everyone, no=nobody, open=nobody, unknown=nobody)
    applies = set(rule.uses)
    known: dict[tuple[str, ...], int] = {}
    marks = np.empty(count, dtype=np.int8)
    for at, use in enumerate(parcels.uses):
        mark = known.get(use.groups)
        if mark is None:
            mark = known[use.groups] = _mark(use.groups, applies)
        marks[at] = mark
    return Scope(yes=marks == _YES, no=marks == _NO, open=marks == _OPEN, unknown=marks == _UNKNOWN)


_YES, _NO, _OPEN, _UNKNOWN = range(4)


def _mark(groups: Sequence[str], applies: set[str]) -> int:
    if not groups:
        return _UNKNOWN
    hits = [group in applies for group in groups]
    if all(hits):
        return _YES
    return _OPEN if any(hits) else _NO
