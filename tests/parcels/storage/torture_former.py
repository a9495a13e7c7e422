"""A store of the first release, which held events of reviews only: the present one takes it over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from parcels.storage.access import SINGLE_DESK

if TYPE_CHECKING:
    from pathlib import Path

    from parcels.storage.store import Store

BATCH = "table2"
_TABLE = """
PRAGMA journal_mode = WAL;
PRAGMA user_version = 1;
CREATE TABLE review_event (
    number INTEGER NOT NULL, batch VARCHAR NOT NULL, parcel VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, "by" VARCHAR NOT NULL, "at" VARCHAR NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (number));
CREATE INDEX ix_review_event_batch ON review_event (batch);
"""
_ROWS = [
    (
        BATCH,
        f"B2-{at % 9 + 1:02}",
        "comment",
        "李工",
        f"2026-10-{at % 28 + 1:02}",
        f'{{"text": "{at}"}}',
    )
    for at in range(200)
]


def make_former(path: Path) -> None:
    """Make such a file."""
    with closing(sqlite3.connect(path)) as made, made:
        made.executescript(_TABLE)
        made.executemany(
            'INSERT INTO review_event (batch, parcel, kind, "by", "at", content)'
            " VALUES (?, ?, ?, ?, ?, ?)",
            _ROWS,
        )


def former_is_kept(store: Store) -> bool:
    """Tell whether a store holds every event of that file in its order."""
    found = store.reviews(SINGLE_DESK).of(BATCH)
    kept = sorted(
        (one.parcel, int(one.content["text"]), one.by, one.at)
        for events in found.values()
        for one in events
    )
    wanted = ((parcel, at, by, day) for at, (_, parcel, _, by, day, _) in enumerate(_ROWS))
    return kept == sorted(wanted)
