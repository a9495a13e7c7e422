"""The outline of the parcel that a proposal names, among the parcels of the session's files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geo.crs import local_tm, to_local
from parcels.messages import text
from parcels.parcel_sets import SETS
from parcels.ui import state

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from parcels.parcel_sets import ParcelSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is known of where a proposal stands.

    Attributes
    ----------
    parcel : str
        As typed; "" where nothing is.
    outline : Polygon or MultiPolygon or None
        In a plane in metres around the parcel, x east, y north.
    code : str
        ``ui.massing.ground_<code>`` says what was found; "" says nothing.
    file : str
        Title of the set.
    """

    parcel: str = ""
    outline: BaseGeometry | None = None
    code: str = ""
    file: str = ""

    @property
    def key(self) -> bytes:
        """Tell one outline from another."""
        return b"" if self.outline is None else self.outline.wkb

    def note(self, lang: str) -> str:
        """Say where the outline comes from, or why there is none."""
        if not self.code:
            return ""
        return text(lang, f"ui.massing.ground_{self.code}", parcel=self.parcel, file=self.file)


def outline_of(typed: str) -> Ground:
    """Find a parcel by its id or name in the set of the address, else in the session's own.

    Two parcels of one name settle nothing; a shape that is not valid is not drawn.
    """
    parcel = typed.strip()
    if not parcel:
        return Ground()
    named = state.param("set")
    tokens = [*([named] if named else []), *reversed(state.own_sets())]
    for token in dict.fromkeys(tokens):
        held = SETS.find(token)
        if held is None:
            continue
        places = _places(held, parcel)
        if len(places) > 1:
            return Ground(parcel=parcel, code="several", file=held.title)
        if places:
            return _found(parcel, held, places[0])
    return Ground(parcel=parcel, code="none")


def _places(held: ParcelSet, parcel: str) -> list[int]:
    """Return the rows whose id is this, else those whose name is."""
    for column in ("id", "name"):
        words = held.survey.parcels.column(column).to_pylist()
        rows = [at for at, one in enumerate(words) if (one or "").strip() == parcel]
        if rows:
            return rows
    return []


def _found(parcel: str, held: ParcelSet, place: int) -> Ground:
    shape = held.shapes[place]
    if shape is None or shape.is_empty or not shapely.is_valid(shape):
        return Ground(parcel=parcel, code="invalid", file=held.title)
    centre = shape.centroid
    outline = to_local(shape, local_tm(centre.x, centre.y))
    return Ground(parcel=parcel, outline=outline, code="found", file=held.title)
