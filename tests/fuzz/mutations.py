"""Ways in which a file gets broken, the same for the same number."""

from __future__ import annotations

import io
import random
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_NUMBERS = (
    b"0", b"-1", b"1e999", b"NaN", b"-Infinity", b"99999999999999999999", b"4294967295",
    b"1e-320", b"2147483648", b"3650000.", b"\xef\xbc\x91", b"1,234.5", b"O", b"",
)  # fmt: skip
_WORDS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutated(seeds: Sequence[bytes], number: int) -> bytes:
    """Give broken file ``number``: a seed with one to four wounds, perhaps inside an archive."""
    chance = random.Random(number)  # noqa: S311 -- the same file for the same number
    data = chance.choice(seeds)
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _inside(data, chance)
    return _wounded(data, chance, seeds)


def _wounded(data: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_WOUNDS)(data, chance)
        if chance.random() < 0.05:
            data = _spliced(data, chance.choice(seeds), chance)
    return data


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Wound one member and pack the archive again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(packed, "w") as broken:
        members = archive.namelist()
        chosen = chance.choice(members)
        for name in members:
            content = archive.read(name)
            if name == chosen and chance.random() < 0.05:
                continue
            broken.writestr(
                name, _wounded(content, chance, [content]) if name == chosen else content
            )
    return packed.getvalue()


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64)) if broken else 0):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _word(data: bytes, chance: random.Random) -> bytes:
    """Write an extreme number over four bytes, near the beginning more often than not."""
    reach = min(len(data), chance.choice((120, 600, len(data) + 1)))
    start = chance.randrange(reach + 1)
    size, order = chance.choice((1, 2, 4, 4)), chance.choice(("little", "big"))
    value = chance.choice(_WORDS) & (1 << 8 * size) - 1
    return data[:start] + value.to_bytes(size, order) + data[start + size :]


def _removed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 2, 16, 300)) :]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 8, 80, 800))]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start:]


def _other_number(data: bytes, chance: random.Random) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    place = chance.choice(found)
    return data[: place.start()] + chance.choice(_NUMBERS) + data[place.end() :]


def _spliced(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


_WOUNDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _flipped, _flipped, _word, _word, _removed, _repeated, _other_number, _other_number,
)  # fmt: skip
