"""What may be chosen for a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from layers.sheet.paper import Paper

Tone = Literal["colour", "grey"]
DEFAULT_DPI = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOptions:
    """How a snapshot is drawn.

    Attributes
    ----------
    template : str
        Name in `parcels.sheets.templates.TEMPLATES`.
    paper : str
        ``A4`` or ``A3``.
    landscape : bool
        False: upright.
    scale : int or None
        1,000 for 1:1000, of the fixed series; None: the largest at which everything fits.
    parcels : tuple of str
        Keys or numbers of parcels; empty: those that the snapshot selected.
    tone : str
        ``colour`` or ``grey``; patterns stand in both.
    maker, checker, reviewer : str
        Names for the foot; empty: room to sign by hand.
    system : str
        ``EPSG:4526``; "": that of the file, else the 3-degree zone of the place, with prefix.
    """

    template: str
    paper: Paper = "A4"
    landscape: bool = True
    scale: int | None = None
    parcels: tuple[str, ...] = ()
    tone: Tone = "colour"
    maker: str = ""
    checker: str = ""
    reviewer: str = ""
    system: str = ""
