"""Stores of every released version, as SQL that was written out of them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

CASES = Path(__file__).parents[2] / "cases" / "stores"
REVISIONS = sorted({path.name[:4] for path in CASES.glob("*.sql")})


def sqlite_file(revision: str, path: Path) -> Path:
    """Make the file that people of that version have."""
    with closing(sqlite3.connect(path)) as made:
        made.executescript((CASES / f"{revision}-sqlite.sql").read_text(encoding="utf-8"))
    return path


def postgres_database(revision: str, address: str) -> str:
    """Make the tables that people of that version have."""
    link = address.replace("+psycopg", "")
    with psycopg.connect(link, autocommit=True) as made:
        made.execute((CASES / f"{revision}-postgresql.sql").read_text(encoding="utf-8"))
    return address


def expected_contents(revision: str) -> dict[str, dict[str, object]]:
    """Read rows and digests that were written down with the dump."""
    return json.loads((CASES / f"{revision}.json").read_text(encoding="utf-8"))
