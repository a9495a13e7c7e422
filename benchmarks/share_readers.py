"""Readers of one shared snapshot of 1,000 parcels, all at once, on the running application.

    python -m benchmarks.share_readers [--readers 20] [--rounds 15]

Each reader asks for the whole page again and again on a connection of its own; beside it a link
that does not exist, which costs the same look into the store and no page, and a vendored file.
The first request, which makes the page, is told apart. Wanted: p95 under 200 ms.
"""

from __future__ import annotations

import argparse
import http.client
import json
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import shapely

from benchmarks.generate import parcels
from tests.browser.harness import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.snapshot.model import Snapshot

PARCELS, GOAL_MS, SETTLED_AFTER_SECONDS = 1_000, 200.0, 30
DAY, AT = date(2026, 11, 22), "2026-11-22T08:00:00Z"
_MS = 1_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with _shared() as (address, path):
        start = time.perf_counter()
        size = _ask(_connect(address), path)
        first = time.perf_counter() - start
        print(f"{PARCELS:,} parcels: first page {first:.2f} s, {size:,} bytes")
        time.sleep(SETTLED_AFTER_SECONDS)  # it loads data and kernels after it answers
        for title, asked, status in (
            ("shared snapshot", path, 200),
            ("link that does not exist", "/s/unknown", 404),
            ("vendored file", "/assets/planner/planner.js", 200),
        ):
            took = _MS * np.array(_all_at_once(address, asked, status, given.readers, given.rounds))
            middle, late = np.percentile(took, [50, 95])
            goal = f" (wanted: p95 under {GOAL_MS:.0f})" if asked == path else ""
            print(f"{title}: {given.readers} readers, p50 {middle:.0f} ms, p95 {late:.0f} ms{goal}")


@contextmanager
def _shared() -> Iterator[tuple[str, str]]:
    """Run the application on a store with one link; give its address and the link's path."""
    from parcels.api.share_routes import share_path
    from parcels.storage.access import SINGLE_DESK
    from parcels.storage.shares import default_until, new_token
    from parcels.storage.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.toml"
        settings.write_text('store = "planner.sqlite"\n', encoding="utf-8")
        store, snapshot, token = (
            open_store(Path(folder) / "planner.sqlite"),
            _snapshot(),
            new_token(),
        )
        store.keep_snapshot(SINGLE_DESK, snapshot, at=AT)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        link = {"token": token, "until": default_until(now), "at": now, "key": "one"}
        store.share(SINGLE_DESK, snapshot.digest, "internal", **link)
        with serve(settings=settings) as address:
            yield address, share_path("", token)


def _snapshot() -> Snapshot:
    """Check generated parcels by the default packs, as the page of reviews does."""
    from geo.survey.read import read_survey
    from parcels.assess import assess
    from parcels.checks.model import CheckInput
    from parcels.review import Review
    from parcels.rules.load import rule_book
    from parcels.snapshot.building import Head, build
    from parcels.snapshot.review.opening import survey_case
    from parcels.subjects import survey_parcels

    features = [
        {"type": "Feature", "properties": {"DKBH": f"P{at}"}, "geometry": json.loads(shape)}
        for at, shape in enumerate(shapely.to_geojson(parcels(PARCELS)))
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    survey = read_survey(data, "parcels.geojson")
    given = CheckInput(parcels=survey_parcels(survey, scheme=None), book=rule_book(DAY))
    review = Review(batch=survey.digest, title=survey.file, given=given, assessment=assess(given))
    case = survey_case(review, survey, day=DAY, lang="zh")
    return build("review", case, Head(title="1,000", lang="zh", at=AT, app="0"))


def _all_at_once(address: str, path: str, status: int, readers: int, rounds: int) -> list[float]:
    """Seconds of every request; all readers begin together."""
    start = Barrier(readers)

    def read(_number: int) -> list[float]:
        connection, took = _connect(address), []
        start.wait()
        for _ in range(rounds):
            begun = time.perf_counter()
            _ask(connection, path, status)
            took.append(time.perf_counter() - begun)
        return took

    with ThreadPoolExecutor(readers) as pool:
        return [one for some in pool.map(read, range(readers)) for one in some]


def _connect(address: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)


def _ask(connection: http.client.HTTPConnection, path: str, status: int = 200) -> int:
    """Ask as a browser does, which takes gzip; the bytes of the answer."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != status:
        raise RuntimeError(f"{path}: {answer.status}")
    return len(body)


if __name__ == "__main__":
    main()
