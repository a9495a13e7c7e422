"""One way to write a value of JSON as bytes, so that equal content has an equal digest."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

_DEEPEST = 64
_LEAVES = {str, int, bool, type(None)}
_TEXT, _FLOAT, _LIST = {str}, {float}, {list}
_MOST_AT_ONCE = 1_000
_SPLIT_ABOVE = 2
_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical_bytes(value: Any) -> bytes:
    """Write a value of JSON: UTF-8, keys sorted by code point, no blanks, shortest numbers.

    A float without a fraction is written as a whole number up to 2⁵³ and −0 as 0, so that another
    reader of JSON, which may know one kind of number only, writes the same bytes.

    Parameters
    ----------
    value : mapping, sequence, str, bool, int, float or None
        Tuples count as lists.

    Raises
    ------
    ValueError
        A number that is none (NaN, infinity), a key that is no text, text that is no Unicode,
        or nesting deeper than 64.
    TypeError
        A value that JSON does not know.
    """
    return "".join(_written(value, 0)).encode()


def canonical_text(value: Any) -> str:
    """Write a small value in one piece: the text of `canonical_bytes`, sooner."""
    return _encode(_plain(value, 0))


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hex digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _written(value: Any, depth: int) -> Iterator[str]:
    """Write a value in pieces: what a hundred thousand parcels need is not held twice."""
    if isinstance(value, Mapping) and depth < _SPLIT_ABOVE:
        _check_keys(value)
        for number, key in enumerate(sorted(value)):
            yield f"{',' if number else '{'}{_encode(key)}:"
            yield from _written(value[key], depth + 1)
        yield "}" if value else "{}"
    elif isinstance(value, (list, tuple)) and len(value) > _MOST_AT_ONCE:
        for first in range(0, len(value), _MOST_AT_ONCE):
            part = _encode(_plain(list(value[first : first + _MOST_AT_ONCE]), depth))
            yield f"{',' if first else '['}{part[1:-1]}"
        yield "]"
    else:
        yield _encode(_plain(value, depth))


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    kind = type(value)  # exact types first, and many at once: millions of values pass here
    if kind in _LEAVES:
        return value
    if kind is float:
        return canonical_number(value)
    if kind is list or kind is tuple:
        return _plain_list(value, depth)
    if isinstance(value, Mapping):
        _check_keys(value)
        if set(map(type, value.values())) <= _LEAVES:
            return dict(value)
        return {key: _plain(one, depth + 1) for key, one in value.items()}
    return _of_another_type(value, depth)


def _plain_list(value: list[Any] | tuple[Any, ...], depth: int) -> Any:
    kinds = set(map(type, value))
    if kinds <= _LEAVES:
        return value
    if kinds == _FLOAT:
        return value if _are_written_as_they_are(value) else list(map(canonical_number, value))
    if kinds == _LIST and set(map(type, chain.from_iterable(value))) == _FLOAT:
        points = list(chain.from_iterable(value))  # the points of a ring: most of all numbers
        if _are_written_as_they_are(points):
            return value
    return [_plain(one, depth + 1) for one in value]


def _are_written_as_they_are(numbers: Sequence[float]) -> bool:
    return all(map(math.isfinite, numbers)) and not any(map(float.is_integer, numbers))


def _check_keys(value: Mapping[Any, Any]) -> None:
    if not set(map(type, value)) <= _TEXT and not all(isinstance(key, str) for key in value):
        raise ValueError("a key is no text")


def _of_another_type(value: Any, depth: int) -> Any:
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        return canonical_number(value)
    if isinstance(value, (list, tuple)):
        return [_plain(one, depth + 1) for one in value]
    raise TypeError(f"{type(value).__name__} is no value of JSON")


def canonical_number(value: float) -> float | int:
    """Give the number that is written for a float: whole ones without a fraction.

    Raises
    ------
    ValueError
        NaN and infinity.
    """
    if not math.isfinite(value):
        raise ValueError("a number is not finite")
    whole = value.is_integer() and abs(value) <= 2**53
    return int(value) if whole else value
