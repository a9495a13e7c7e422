"""Values of JSON that must come back as they were: exact fractions, mappings in their order."""

from __future__ import annotations

import re
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from shapely.errors import ShapelyError

from parcels.snapshot.packs import unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_EXACT = re.compile(r"-?[0-9]{1,400}(?:/[0-9]{1,400})?")
_SHOWN = 80
_UNFIT = (
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    ShapelyError,
    TypeError,
    ValueError,
    ZeroDivisionError,
)


@contextmanager
def reading(place: str) -> Iterator[None]:
    """Say where in the inputs something is unfit, whatever reading it stumbles over.

    Parameters
    ----------
    place : str
        Path in the snapshot, as ``inputs.table.firms.3``.

    Raises
    ------
    PlannerError
        ``snapshot_input_unusable``: the innermost place that was named, and what is there.
    """
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join([place, *map(str, first["loc"])])
        raise unusable(where, first["input"], first["msg"]) from error
    except _UNFIT as error:
        raise unusable(place, str(error), type(error).__name__) from error


def exact_text(number: Fraction | None) -> str | None:
    """Write an exact number: ``-3/2000``."""
    return None if number is None else str(number)


def exact_number(plain: str | None) -> Fraction | None:
    """Read what `exact_text` wrote; ValueError for anything else, also for 1e999999999."""
    if plain is None:
        return None
    if not _EXACT.fullmatch(plain):
        raise ValueError(plain[:_SHOWN])
    return Fraction(plain)


def in_order(mapping: Mapping[str, Any]) -> list[list[Any]]:
    """Write a mapping as pairs: canonical bytes sort keys, and its order counts."""
    return [[key, value] for key, value in mapping.items()]


def from_order(plain: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Read pairs back; ValueError where a key stands twice."""
    found = {key: value for key, value in plain}  # noqa: C416 -- each pair must be a pair
    if len(found) < len(plain):
        raise ValueError("a key stands twice")
    return found


def named(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Write texts in their order as entries that call themselves by name.

    Where a text was changed, a person is told its name and not a number.
    """
    return [{"name": name, "text": one} for name, one in texts.items()]


def from_named(plain: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Read named texts back; ValueError where a name stands twice or something else beside."""
    if any(set(one) != {"name", "text"} for one in plain):
        raise ValueError("an entry is not name and text")
    return from_order([(one["name"], one["text"]) for one in plain])


def one_of(plain: Any, known: Iterable[Any]) -> None:
    """Raise ValueError for a word that is not among those that there are."""
    if plain not in tuple(known):
        raise ValueError(f"“{plain}”"[:_SHOWN])
