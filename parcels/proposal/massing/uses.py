"""Kinds of use that drawings tell apart, and their colours: those of land uses on the map."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from layers.style import USES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.style import UseSign

_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "production": "industrial",
        "research": "m0",
        "storage": "logistics",
        "commerce": "commercial",
        "living": "residential",
        "public": "public",
        "parking": "road",
        "open_space": "green",
        "unknown": "unknown",
    }
)
KINDS = tuple(_SIGNS)
"""In the order of legends."""
_FUNCTIONS = {
    "F_PROD_CLEAN": "production",
    "F_PROD_2": "production",
    "F_PROD_3": "production",
    "F_RD": "research",
    "F_PILOT": "research",
    "F_DESIGN": "research",
    "F_TEST": "research",
    "F_WH": "storage",
    "F_WH_DG": "storage",
    "F_OFFICE": "commerce",
    "F_RETAIL": "commerce",
    "F_HOTEL": "commerce",
    "F_DORM": "living",
    "F_APT": "living",
    "F_HOUSE": "living",
    "F_TRAIN": "public",
    "F_EXPO": "public",
    "F_KINDER": "public",
    "F_PARK": "parking",
    "F_GREEN": "open_space",
}


def kind_of(functions: tuple[str, ...]) -> str:
    """Return the kind of use; ``unknown`` where the functions are open between several kinds."""
    kinds = {_FUNCTIONS[one] for one in functions}
    return kinds.pop() if len(kinds) == 1 else "unknown"


def sign_of(kind: str) -> UseSign:
    """Return the colours of a kind of use."""
    return USES[_SIGNS[kind]]
