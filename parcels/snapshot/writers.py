"""A snapshot as a file: the suffix says which, the content alone says what is in it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.snapshot.canonical import canonical_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.snapshot.model import Snapshot


def json_bytes(snapshot: Snapshot) -> bytes:
    """Write content and digest as canonical bytes; `read_snapshot` reads them."""
    return canonical_bytes({"content": snapshot.content, "digest": snapshot.digest})


WRITERS: Mapping[str, Callable[[Snapshot], bytes]] = MappingProxyType({"json": json_bytes})
"""Suffix without its dot to the function that writes the file."""
