"""A snapshot: content of JSON's values, and the digest that seals it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from parcels.snapshot.canonical import canonical_bytes

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
    _written: bytes = field(default=b"", init=False, repr=False)

    def envelope(self) -> bytes:
        """Write content and digest as canonical bytes: the JSON that every file holds."""
        content = self._written or canonical_bytes(self.content)
        digest = canonical_bytes(self.digest)
        return b"".join([b'{"content":', content, b',"digest":', digest, b"}"])

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
    """Put the digest beside a content; its bytes are kept for the files that are written next."""
    written = canonical_bytes(content)
    snapshot = Snapshot(content=content, digest=hashlib.sha256(written).hexdigest())
    object.__setattr__(snapshot, "_written", written)
    return snapshot
