"""Check digits inside a snapshot: when its digest is wrong they say which value was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from parcels.snapshot.canonical import canonical_number

Path = tuple[str | int, ...]
Leaf = tuple[Path, Any]
MOST_LEAVES = 200_000
"""Above so many values a record has one mark, not one for each of its values."""
_UNMARKED = {"answers", "marks"}  # answers are found again by the checks themselves
_DIGITS = 3
_encode = json.JSONEncoder(ensure_ascii=False).encode


def marks_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Give the marks of every record of a content.

    A record is a member of a list of mappings (a parcel, a rule of a pack, a feature of a layer),
    or what is left of the content without them.

    Returns
    -------
    dict of str to str
        Path of the record, steps joined by ``/``, to its marks: three hexadecimal digits a value
        (CRC-32 of name and value), in the order of the values; of contents with more than
        `MOST_LEAVES` values eight digits a record. They are no seal: the digest is.
    """
    records = list(_records(content))
    by_value = sum(len(leaves) for _, leaves in records) <= MOST_LEAVES
    return {
        "/".join(map(str, path)): _marks(leaves, by_value=by_value)
        for path, leaves in records
        if leaves
    }


def changed_places(content: Mapping[str, Any]) -> list[Path]:
    """Find what is no longer what the marks say, as paths, those of single values where known.

    Returns
    -------
    list of tuple
        Nothing where all marks fit, or where there are none.
    """
    stated = content.get("marks")
    if not isinstance(stated, Mapping):
        return []
    found: list[Path] = []
    for path, leaves in _records(content):
        said = stated.get("/".join(map(str, path)))
        if leaves or said:
            found += _changed(path, leaves, said)
    there = {"/".join(map(str, path)) for path, _ in _records(content)}
    return found + [tuple(name.split("/")) for name in stated if name not in there]


def _changed(path: Path, leaves: list[Leaf], said: Any) -> list[Path]:
    if not isinstance(said, str):
        return [path]
    by_value = len(said) == _DIGITS * len(leaves)
    if not by_value:
        return [] if said == _marks(leaves, by_value=False) else [path]
    now = _marks(leaves, by_value=True)
    return [
        leaf
        for at, (leaf, _) in enumerate(leaves)
        if now[at * _DIGITS : (at + 1) * _DIGITS] != said[at * _DIGITS : (at + 1) * _DIGITS]
    ]


def _marks(leaves: list[Leaf], *, by_value: bool) -> str:
    if not by_value:
        held = b"".join(_written(path[-1], leaf) for path, leaf in leaves)
        return f"{crc32(held):08x}"
    return "".join([f"{crc32(_written(path[-1], leaf)) & 0xFFF:03x}" for path, leaf in leaves])


def _written(name: str | int, leaf: Any) -> bytes:
    if type(leaf) is float:
        return f"{name}={canonical_number(leaf)!r}".encode()
    return f"{name}={_encode(leaf)}".encode("utf-8", "surrogatepass")


def _records(content: Mapping[str, Any]) -> Iterator[tuple[Path, list[Leaf]]]:
    marked = {name: part for name, part in content.items() if name not in _UNMARKED}
    waiting: list[tuple[Path, Any]] = [((), marked)]
    while waiting:
        path, record = waiting.pop()
        leaves: list[Leaf] = []
        _gather(path, record, leaves, waiting)
        yield path, leaves


def _gather(path: Path, value: Any, leaves: list[Leaf], waiting: list[tuple[Path, Any]]) -> None:
    """Collect the values of a record in the order of canonical bytes; records in it wait."""
    if isinstance(value, Mapping):
        for name in sorted(value):
            _gather((*path, name), value[name], leaves, waiting)
    elif not isinstance(value, (list, tuple)):
        leaves.append((path, value))
    elif value and isinstance(value[0], Mapping):
        waiting.extend(((*path, at), one) for at, one in enumerate(value))
    else:
        for at, one in enumerate(value):
            _gather((*path, at), one, leaves, waiting)
