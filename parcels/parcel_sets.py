"""Accepted survey files as parcel sets: kept in memory, found by a token nobody can guess."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.survey.model import Survey

MOST_SETS = 64
MOST_BYTES = 1 << 30
_TOKEN_BYTES = 16
_DRAWN = 6  # shapes, their index and what tiles are drawn from, measured on 20,000 parcels


@dataclass(frozen=True, kw_only=True, eq=False)
class ParcelSet:
    """The parcels of one accepted file; nothing in it changes any more.

    Attributes
    ----------
    token : str
        The only right needed to see the set; 22 letters, digits, ``-`` and ``_``.
    title : str
        Name of the file as given; any text.
    survey : Survey
        What was read, with the answers and repairs that were chosen.
    digest : str
        SHA-256 of the file.
    size : int
        Bytes that the set is counted with: its tables, and its shapes as they are drawn.
    """

    token: str
    title: str
    survey: Survey
    digest: str
    size: int

    def __len__(self) -> int:
        """Count the parcels."""
        return int(self.survey.parcels.num_rows)

    @cached_property
    def shapes(self) -> npt.NDArray[np.object_]:
        """Polygons and MultiPolygons in EPSG:4490, x east and y north, shape (n,)."""
        shapes: npt.NDArray[np.object_] = shapely.from_wkb(
            self.survey.parcels.column("wkb").to_numpy()
        )
        return shapes

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all parcels, degrees."""
        west, south, east, north = shapely.total_bounds(self.shapes).tolist()
        return west, south, east, north

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Name of each parcel, else its id; "" for those without either."""
        names, ids = (self.survey.parcels.column(key).to_pylist() for key in ("name", "id"))
        return tuple(name or own for name, own in zip(names, ids, strict=True))

    @cached_property
    def flagged(self) -> npt.NDArray[np.bool_]:
        """Which parcels have a finding that is an error or a warning, shape (n,)."""
        return self._with_severity("error", "warn")

    @cached_property
    def serious(self) -> npt.NDArray[np.bool_]:
        """Which parcels have a finding that is an error, shape (n,)."""
        return self._with_severity("error")

    def _with_severity(self, *severities: str) -> npt.NDArray[np.bool_]:
        marks = np.zeros(len(self), dtype=bool)
        findings = self.survey.findings
        asked = np.isin(findings.column("severity").to_numpy(), severities)
        marks[findings.column("parcel").to_numpy()[asked]] = True
        return marks


class SetStore:
    """Sets by token, bounded: the one that was looked at longest ago goes first.

    Parameters
    ----------
    most_sets : int
        How many sets are kept.
    most_bytes : int
        How many bytes the kept sets may count together; the newest one always stays.
    """

    def __init__(self, *, most_sets: int = MOST_SETS, most_bytes: int = MOST_BYTES) -> None:
        self._most_sets = most_sets
        self._most_bytes = most_bytes
        self._sets: OrderedDict[str, ParcelSet] = OrderedDict()
        self._lock = Lock()

    def accept(self, survey: Survey, *, known: Iterable[str] = ()) -> str:
        """Keep a survey as a set and return its token.

        Parameters
        ----------
        survey : Survey
            With at least one parcel.
        known : iterable of str
            Tokens of the same user: if one of them holds the same file read in the same way,
            it is returned again and nothing is added.
        """
        reading = _reading(survey)
        for token in known:
            held = self.find(token)
            if held is not None and _reading(held.survey) == reading:
                return token
        made = ParcelSet(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            title=survey.file,
            survey=survey,
            digest=survey.digest,
            size=_size(survey),
        )
        with self._lock:
            self._sets[made.token] = made
            self._make_room()
        return made.token

    def find(self, token: str) -> ParcelSet | None:
        """Return a set, None if the token is unknown or its set had to go."""
        with self._lock:
            found = self._sets.get(token)
            if found is not None:
                self._sets.move_to_end(token)
            return found

    def _make_room(self) -> None:
        total = sum(held.size for held in self._sets.values())
        while len(self._sets) > 1 and (
            len(self._sets) > self._most_sets or total > self._most_bytes
        ):
            _, gone = self._sets.popitem(last=False)
            total -= gone.size


def _reading(survey: Survey) -> tuple[Any, ...]:
    """Tell two readings of files apart: the bytes, and every answer that shaped the parcels."""
    repaired = tuple((one.row, one.code) for one in survey.repairs if one.applied)
    return (
        survey.digest,
        survey.file,
        survey.layer,
        survey.crs,
        survey.axes,
        survey.area_unit,
        dict(survey.fields),
        repaired,
    )


def _size(survey: Survey) -> int:
    tables = (survey.parcels, survey.attributes, survey.findings)
    labels = survey.labels.nbytes if survey.labels is not None else 0
    drawn = _DRAWN * survey.parcels.column("wkb").nbytes
    return int(sum(table.nbytes for table in tables) + labels + drawn)


SETS = SetStore()
"""The one store of the process, shared by all sessions."""
