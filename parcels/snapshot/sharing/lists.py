"""The lists of ``data/sharing.toml``: what may leave, by level and kind of snapshot."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parcels.snapshot.model import KindName, Level

LeafKind = Literal["value", "geometry", "points"]
LEAF_KINDS: tuple[LeafKind, ...] = ("value", "geometry", "points")
Steps = tuple[str, ...]
"""Keys from the root; ``[]`` every entry of a list, ``*`` any key."""
_FINDING, _SAID = "answers.findings[].", "answers.said[]."
_FILE = Path(__file__).parents[1] / "data" / "sharing.toml"
_BLANKS: Mapping[str, Any] = MappingProxyType(
    {"null": None, "text": "", "list": (), "map": MappingProxyType({}), "zero": 0, "no": False}
)


class Leaf(NamedTuple):
    """What stands at the end of a path, and the group of fields that it belongs to."""

    kind: LeafKind
    group: str


@dataclass(slots=True, eq=False)
class Branch:
    """What may leave below one place."""

    leaf: Leaf | None
    below: dict[str, Branch]

    def step(self, key: str) -> Branch | None:
        """Give the branch of a key; None: nothing below it leaves."""
        return self.below.get(key) or self.below.get("*")

    def holds(self, kind: LeafKind) -> bool:
        """Tell whether a leaf of a kind stands here or below."""
        return _holds(self, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingList:
    """What may leave at one level from one kind of snapshot.

    Attributes
    ----------
    groups : tuple of str
        Of fields, in the order in which people read them; words in ``share.field``.
    root : Branch
    blanks : tuple of (Steps, value)
        What stands in place of what stayed.
    """

    groups: tuple[str, ...]
    root: Branch
    blanks: tuple[tuple[Steps, Any], ...]


def sharing_rules() -> Mapping[str, Any]:
    """Return the file as it is."""
    return _read()


def names_for(table: str, level: Level) -> frozenset[str]:
    """Return the names that a table lists for a level."""
    return frozenset(_read()[table].get(level, ()))


@cache
def patterns(level: Level) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of text that may not leave at a level."""
    table = _read()["patterns"]
    return {name: re.compile(table["words"][name]) for name in table.get(level, ())}


@cache
def personal_columns() -> re.Pattern[str]:
    """Return the pattern of names of columns about persons."""
    return re.compile(_read()["columns"]["personal"])


@cache
def sentence_values(level: Level) -> frozenset[str]:
    """Return the placeholders that a sentence may have and still leave at a level."""
    table = _read()["sentences"]
    return frozenset((*table["public"], *(table["partner"] if level == "partner" else ())))


@cache
def leaving_list(kind: KindName, level: Level) -> LeavingList:
    """Return what may leave at a level from a kind of snapshot.

    Raises
    ------
    PlannerError
        ``snapshot_level_unlisted``: nothing is listed, so nothing leaves.
    """
    table = _read().get(level, {}).get(kind)
    if table is None:
        raise PlannerError("snapshot_level_unlisted", kind=kind, level=level)
    root = Branch(None, {})
    groups: tuple[str, ...] = tuple(table["id"])
    for group in groups:
        for leaf, name in zip(LEAF_KINDS, ("paths", "geometry", "points"), strict=True):
            for path in _both(table[group].get(name, ())):
                _grow(root, steps_of(path)).leaf = Leaf(leaf, group)
    blank = table["blank"]
    blanks = tuple(
        (steps_of(path), _BLANKS[name]) for name in _BLANKS for path in _both(blank.get(name, ()))
    )
    return LeavingList(groups=groups, root=root, blanks=blanks)


@cache
def _holds(branch: Branch, kind: LeafKind) -> bool:
    here = branch.leaf is not None and branch.leaf.kind == kind
    return here or any(_holds(one, kind) for one in branch.below.values())


def _both(paths: Iterable[str]) -> Iterator[str]:
    """Give the paths; what many findings say is kept once each, with the same fields."""
    for path in chain.from_iterable(map(_either, paths)):
        yield path
        if path.startswith(_FINDING):
            yield _SAID + path.removeprefix(_FINDING)


def _either(path: str) -> Iterator[str]:
    """Write out what stands in braces: ``a.{b,c}`` is ``a.b`` and ``a.c``."""
    before, brace, rest = path.partition("{")
    if not brace:
        yield path
        return
    names, _, after = rest.partition("}")
    for name in names.split(","):
        yield from _either(f"{before}{name}{after}")


def steps_of(path: str) -> Steps:
    """Split a path into its steps: ``a.b[].c`` is a, b, [], c."""
    return tuple(_steps(path))


def _steps(path: str) -> Iterator[str]:
    for part in path.split("."):
        name = part.rstrip("[]")
        yield name
        yield from ["[]"] * ((len(part) - len(name)) // 2)


def _grow(root: Branch, steps: Steps) -> Branch:
    at = root
    for step in steps:
        at = at.below.setdefault(step, Branch(None, {}))
    return at


@cache
def _read() -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads(_FILE.read_text(encoding="utf-8")))
