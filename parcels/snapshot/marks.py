"""Check digits inside a snapshot: when its digest is wrong they say which value was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from parcels.snapshot.canonical import canonical_number, canonical_text

Path = tuple[str | int, ...]
Leaf = tuple[Path, Any]
MOST_LEAVES = 200_000
"""Above so many values a record has one mark, not one for each of its values."""
_UNMARKED = {"answers", "marks"}  # answers are found again by the checks themselves
_DIGITS, _COARSE = 3, 8
_encode = json.JSONEncoder(ensure_ascii=False).encode


def marks_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Give the marks of every record of a content.

    A record is a member of a list of mappings (a parcel, a rule of a pack, a feature of a layer),
    or what is left of the content without them.

    Returns
    -------
    dict of str to str
        Path of the record, steps joined by ``/``, to its marks: three hexadecimal digits a value
        (CRC-32 of name and value), in the order of the values. Contents with more than
        `MOST_LEAVES` values have eight digits a record, with all records inside it. They are no
        seal: the digest is.
    """
    found: dict[str, str] = {}
    count = 0
    for path, leaves in _records(content):
        count += len(leaves)
        if count > MOST_LEAVES:
            return _coarse_marks(content)
        if leaves:
            found["/".join(map(str, path))] = _marks(leaves)
    return found


def changed_places(content: Mapping[str, Any]) -> list[Path]:
    """Find what is no longer what the marks say, as paths, those of single values where known.

    Returns
    -------
    list of tuple
        Nothing where all marks fit, or where there are none.
    """
    stated = content.get("marks")
    if not isinstance(stated, Mapping) or not stated:
        return []
    if all(isinstance(one, str) and len(one) == _COARSE for one in stated.values()):
        return _changed_records(content, stated)
    found: list[Path] = []
    there: set[str] = set()
    for path, leaves in _records(content):
        name = "/".join(map(str, path))
        there.add(name)
        if leaves or name in stated:
            found += _changed(path, leaves, stated.get(name))
    return found + [tuple(name.split("/")) for name in stated if name not in there]


def _changed_records(content: Mapping[str, Any], stated: Mapping[str, str]) -> list[Path]:
    now = _coarse_marks(content)
    names = [name for name in {**now, **stated} if now.get(name) != stated.get(name)]
    return [_path(name, there=name in now) for name in names]


def _path(name: str, *, there: bool) -> Path:
    """Read a path back; of what is gone the place is a text."""
    steps = name.split("/")
    return tuple(int(one) if there and one.isdigit() else one for one in steps)


def _changed(path: Path, leaves: list[Leaf], said: Any) -> list[Path]:
    if not isinstance(said, str) or len(said) != _DIGITS * len(leaves):
        return [path]
    now = _marks(leaves)
    return [
        leaf
        for at, (leaf, _) in enumerate(leaves)
        if now[at * _DIGITS : (at + 1) * _DIGITS] != said[at * _DIGITS : (at + 1) * _DIGITS]
    ]


def _marks(leaves: list[Leaf]) -> str:
    return "".join([f"{crc32(_written(path[-1], leaf)) & 0xFFF:03x}" for path, leaf in leaves])


def _coarse_marks(content: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    rest: list[Leaf] = []
    waiting: list[tuple[Path, Any]] = []
    _gather((), _marked(content), rest, waiting)
    for path, record in [*waiting, (("rest",), [leaf for _, leaf in rest])]:
        found["/".join(map(str, path))] = f"{crc32(canonical_text(record).encode()):08x}"
    return found


def _marked(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in content.items() if name not in _UNMARKED}


def _written(name: str | int, leaf: Any) -> bytes:
    if type(leaf) is float:
        return f"{name}={canonical_number(leaf)!r}".encode()
    return f"{name}={_encode(leaf)}".encode("utf-8", "surrogatepass")


def _records(content: Mapping[str, Any]) -> Iterator[tuple[Path, list[Leaf]]]:
    waiting: list[tuple[Path, Any]] = [((), _marked(content))]
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
