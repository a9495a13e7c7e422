"""A snapshot: content of JSON's values, and the digest that seals it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from parcels.snapshot.canonical import digest_of

FORMAT = "parcel-planner-snapshot/1"
"""Name of the format in every file; another number cannot be read by this program."""
KindName = Literal["review", "proposal", "scenarios", "permu"]
KINDS: tuple[KindName, ...] = get_args(KindName)
Level = Literal["internal", "partner", "public"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""From the case file to the public; what each leaves out is in ``data/sharing.toml``."""
Content = Mapping[str, Any]
"""The shape is told in ``docs/snapshot.md``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """Content and its digest.

    Attributes
    ----------
    content : mapping
        Values of JSON alone; nothing in it changes any more.
    digest : str
        SHA-256 of the canonical bytes of the content, 64 hex digits.
    """

    content: Content
    digest: str

    @property
    def kind(self) -> KindName:
        """What it is a snapshot of."""
        kind: KindName = self.content["kind"]
        return kind

    @property
    def level(self) -> Level:
        """Who it is for."""
        level: Level = self.content["level"]
        return level


def seal(content: Content) -> Snapshot:
    """Put the digest beside a content."""
    return Snapshot(content=content, digest=digest_of(content))
