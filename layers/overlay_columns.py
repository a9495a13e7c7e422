"""Names, codes and attributes of a layer's features, as its file writes them."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.columns import ACCURACY, as_metres, as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd


class Attributes(Mapping[str, tuple[Any, ...]]):
    """The file's own columns; a column becomes plain values when it is asked for.

    Texts, numbers and truth values stay what they are; dates become ISO texts; what is empty or
    no number (NaN) is None.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._made: dict[str, tuple[Any, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Any, ...]:
        """Return one value a feature.

        Raises
        ------
        KeyError
            There is no such column.
        """
        if name not in self._made:
            self._made[name] = tuple(_plain(value) for value in self._frame[name].tolist())
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names in the file's order."""
        return iter(self._frame.columns)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._frame.columns)


def find_column(frame: pd.DataFrame, chosen: str | None, known: Iterable[str]) -> str | None:
    """Find a column by the user's choice, else by its usual names where it holds anything.

    Case, width of letters and surrounding blanks do not matter.

    Raises
    ------
    PlannerError
        ``overlay_column_unknown`` when the chosen one does not exist, with ``columns``.
    """
    by_key: dict[str, str] = {}
    for column in frame.columns:
        by_key.setdefault(_key(str(column)), str(column))
    if chosen is not None:
        found = chosen if chosen in by_key.values() else by_key.get(_key(chosen))
        if found is None:
            columns = list(by_key.values())
            raise PlannerError("overlay_column_unknown", column=chosen, columns=columns)
        return found
    there = (by_key[_key(name)] for name in known if _key(name) in by_key)
    return next((name for name in there if any(as_text(one) for one in frame[name])), None)


def texts(frame: pd.DataFrame, column: str | None) -> tuple[str, ...]:
    """Return a column as texts, "" where there is nothing; 220.0 is written 220."""
    if column is None:
        return ("",) * len(frame)
    return tuple(as_text(value) or "" for value in frame[column])


def worst_accuracy(frame: pd.DataFrame) -> float | None:
    """Return the worst accuracy in metres that any feature states; None where none does.

    What others leave out does not make a rough feature exact.
    """
    column = find_column(frame, None, ACCURACY)
    if column is None:
        return None
    metres = (as_metres(value) for value in frame[column])
    return max((one for one in metres if one), default=None)


def unread_accuracies(frame: pd.DataFrame) -> list[str]:
    """Return what stands in the column of accuracies and is no positive number of metres."""
    column = find_column(frame, None, ACCURACY)
    cells = () if column is None else frame[column]
    return [text for cell in cells if (text := as_text(cell)) and as_metres(cell) is None]


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (dt.date, dt.time)):
        return None if value != value else value.isoformat()  # noqa: PLR0124 -- not a time
    return as_text(value)
