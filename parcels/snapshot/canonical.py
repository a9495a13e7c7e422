"""One way to write a value of JSON as bytes, so that equal content has an equal digest."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

_DEEPEST = 64
_LEAVES = {str, int, bool}


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
    plain = _plain(value, 0)
    return json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hex digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    kind = type(value)  # exact types first: millions of values pass here
    if kind in _LEAVES or value is None:
        return value
    if kind is float:
        return canonical_number(value)
    if kind is list or kind is tuple:
        return [_plain(one, depth + 1) for one in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key is no text")
        return {key: _plain(one, depth + 1) for key, one in value.items()}
    return _of_another_type(value, depth)


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
