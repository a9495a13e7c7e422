"""Which level a protection zone of drinking water has, as its own columns write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from layers.overlay import Overlay

_FIRST = re.compile(
    r"(?:一|(?<![0-9])1|１|Ⅰ|(?<![IVX])I)\s*级|first.class|class\s*1|level\s*1", re.IGNORECASE
)
_OTHER = re.compile(
    r"(?:二|三|(?<![0-9])[23]|２|３|Ⅱ|Ⅲ|(?<![IVX])I{2,3})\s*级|准保护|second.class|class\s*[23]|level\s*[23]",
    re.IGNORECASE,
)


def is_level_one(layer: Overlay) -> npt.NDArray[np.bool_]:
    """Tell which features say that they are of the first level (一级), shape (n,)."""
    return np.array([_level(said) is True for said in _said(layer)], dtype=bool)


def may_be_level_one(layer: Overlay) -> npt.NDArray[np.bool_]:
    """Tell which features say no level, or several, shape (n,)."""
    return np.array([_level(said) is None for said in _said(layer)], dtype=bool)


def _said(layer: Overlay) -> list[str]:
    columns = [layer.names, *layer.attributes.values()]
    return [
        " ".join(str(column[at]) for column in columns if column[at] is not None)
        for at in range(len(layer))
    ]


def _level(said: str) -> bool | None:
    first, other = bool(_FIRST.search(said)), bool(_OTHER.search(said))
    return None if first == other else first
