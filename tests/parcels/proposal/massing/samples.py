"""Proposals for volume studies, built from rows as people would type them."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from parcels.proposal.model import Part, Proposal, exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DEMO_ROWS = (
    ("A座", "F_RD", "30000", 10, "4.5", False),
    ("A座", "F_PILOT", "14000", 2, "6", False),
    ("生产楼", "F_PROD_CLEAN", "10000", 4, "6", False),
    ("办公", "F_OFFICE", "6000", 6, "4", False),
    ("宿舍", "F_DORM", "16000", 8, "3.6", False),
    ("食堂·商业", "F_RETAIL", "4000", 2, "", False),
    ("A座", "F_PARK", "9000", 1, "4", True),
    ("设备用房", "F_TEST", "500", 0, "", False),
)
DEMO_GIVEN = {
    "site_area": "40000",
    "site_width": "250",
    "setback": "10",
    "spacing": "12",
    "height": "60",
}


def made(rows: Iterable[Sequence[Any]], given: Mapping[str, str]) -> Proposal:
    """Build a proposal: rows of name, function, m², storeys (0: none), m ("": none), below."""
    rows = list(rows)
    parts = tuple(
        Part(
            name=name,
            functions=(function,) if function else (),
            storeys=storeys or None,
            storey_height_m=Fraction(height) if height else None,
            below_ground=below,
        )
        for name, function, _, storeys, height, below in rows
    )
    amounts = {name: exactly(Fraction(value)) for name, value in given.items()}
    floors = {f"floor:{at}": exactly(Fraction(row[2])) for at, row in enumerate(rows) if row[2]}
    return Proposal(parts=parts, amounts=MappingProxyType(amounts | floors))


def demo(**given: str) -> Proposal:
    """Return the demo with everything in it: a stack, a basement, rows with something missing."""
    return made(DEMO_ROWS, {**DEMO_GIVEN, **given})
