"""Tables of firms that users brought: kept in memory, found by a token nobody can guess."""

from __future__ import annotations

from dataclasses import dataclass, field

from parcels.permu.model import Answers
from parcels.token_shelf import TokenShelf

MOST_TABLES = 64
MOST_BYTES = 1 << 28


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """What is needed to read a table again.

    Attributes
    ----------
    title : str
        Name of the file as given.
    content : bytes
        The file; empty for a parcel set.
    set_token : str or None
        Of the parcel set whose attributes are the table.
    answers : Answers
        What the user settled.
    """

    title: str
    content: bytes = b""
    set_token: str | None = None
    answers: Answers = field(default_factory=Answers)


def shelf(*, most: int = MOST_TABLES, most_bytes: int = MOST_BYTES) -> TokenShelf[KeptTable]:
    """Make a shelf for tables."""
    return TokenShelf(lambda one: len(one.content), most=most, most_size=most_bytes)


TABLES = shelf()
