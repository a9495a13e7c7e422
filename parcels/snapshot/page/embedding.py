"""How JSON stands in a page: as text that ends no element, or packed when it is large."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any

LARGEST_PLAIN = 1_500_000
"""Bytes of JSON above which it is packed: a text editor still opens what is smaller."""
PLAIN = "application/json"
PACKED = "application/octet-stream+gzip+base64"
_ESCAPED = {
    b"<": rb"\u003c",
    b">": rb"\u003e",
    b"&": rb"\u0026",
    "\u2028".encode(): rb"\u2028",
    "\u2029".encode(): rb"\u2029",
}
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, system unknown
_LEVEL = 3  # a sixth larger than 6, in a third of the time


def embedded(data: bytes) -> tuple[str, bytes]:
    """Give the type and the text of the element that holds the JSON of a snapshot.

    Parameters
    ----------
    data : bytes
        JSON in UTF-8.
    """
    if len(data) <= LARGEST_PLAIN:
        return PLAIN, harmless(data)
    return PACKED, base64.b64encode(packed(data))


def harmless(data: bytes) -> bytes:
    r"""Escape what HTML or a script could stumble over; it stays the same JSON.

    Outside of strings JSON has none of these characters, inside ``\u003c`` means ``<``.
    """
    for sign, escaped in _ESCAPED.items():
        data = data.replace(sign, escaped)
    return data


def packed(data: bytes) -> bytes:
    """Compress with gzip; nothing of the machine or the day stands in the bytes (RFC 1952)."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    return _HEAD + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def json_block(name: str, value: Any) -> bytes:
    """Write an element that holds JSON and runs nothing."""
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return block(name, PLAIN, harmless(data))


def block(name: str, kind: str, content: bytes) -> bytes:
    """Write an element of data."""
    return f'<script type="{kind}" id="{name}">'.encode() + content + b"</script>\n"
