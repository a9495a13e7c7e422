"""Parcels whose use cannot be read: what the checks on uses say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.subject import Parcels

_PROBLEMS = {
    "class_unknown": ("use_unknown", "class_unknown", ("class",)),
    "code_without_scheme": ("use_code_without_scheme", "input_unusable", ("scheme",)),
    "code_unknown": ("use_code_unknown", "input_unusable", ("class",)),
}


def unread_uses(parcels: Parcels, check: str, rule: str) -> Iterator[Batch]:
    """Say of which parcels no use is known, with what was written."""
    uses = parcels.uses
    for problem, (reason, cause, needs) in _PROBLEMS.items():
        rows = [at for at, use in enumerate(uses) if not use.groups and use.problem == problem]
        yield Batch(
            check=check,
            rule=rule,
            parcel=np.array(rows, dtype=np.int64),
            outcome="unknown",
            reason=reason,
            cause=cause,
            needs=needs,
            measured=[uses[at].code or uses[at].text or "—" for at in rows],
            values={"scheme": [uses[at].scheme or "—" for at in rows]},
        )
