"""Where a store is: a file, or a database on a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import PlannerError

if TYPE_CHECKING:
    from sqlalchemy import URL


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A store's address.

    Attributes
    ----------
    name : str
        As messages call it: the file's name, or host and database; never a password.
    place : Path or URL
        SQLite file, or PostgreSQL database with the driver that is used.
    """

    name: str
    place: Path | URL


def read_address(typed: str | Path) -> Address:
    """Read the address of a store.

    Parameters
    ----------
    typed : str or Path
        Path of a file, ``sqlite:///PATH``, or ``postgresql://USER@HOST/DATABASE``
        (also ``postgresql+psycopg://``).

    Raises
    ------
    PlannerError
        ``store_address``: no such kind of address. What was typed may hold a password and is
        not repeated.
    """
    if isinstance(typed, Path) or "://" not in typed:
        return _file(Path(typed))
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(typed)
    except (ArgumentError, ValueError):
        raise PlannerError("store_address") from None
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite" and url.database:
        return _file(Path(url.database))
    if kind not in {"postgresql", "postgres"} or not url.database:
        raise PlannerError("store_address")
    name = f"{url.host}/{url.database}" if url.host else url.database
    return Address(name=name, place=url.set(drivername="postgresql+psycopg"))


def _file(path: Path) -> Address:
    return Address(name=path.name, place=path)
