"""A snapshot as one HTML file, beside folium's `save()` of the same parcels.

    python -m benchmarks.snapshot_html [--counts 1000,100000] [--no-browser]

Content: from the assessed review to the sealed content. Page: from there to the bytes. Opened
from the disk with the network off; first paint is the browser's own (`first-contentful-paint`),
shown: the list, the map and the totals are there. Folium's file asks for its scripts on the
internet: without it nothing is drawn, so that only making it and its size are compared.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import shapely

from benchmarks.browsing import browser, fresh_page
from benchmarks.generate import CENTRE, OUT, parcels
from geo.read.limits import DEFAULT_LIMITS
from geo.survey.read import read_survey
from parcels.assess import assess
from parcels.checks.model import CheckInput
from parcels.review import Review
from parcels.rules.load import rule_book
from parcels.snapshot.building import Head, build
from parcels.snapshot.page.page import page_bytes
from parcels.snapshot.review.opening import survey_case
from parcels.subjects import survey_parcels

DAY = date(2026, 11, 22)
GOALS = {1_000: (2.0, 2_000_000), 100_000: (30.0, None)}  # seconds to make, bytes
PAINT_GOAL = 3.0
_APART = 0.6  # parcels shrunk about their middle: neighbours do not touch
_USES = (("工业用地", "100101"), ("物流仓储用地", "110101"), ("居住用地", "0701"), ("绿地", "1401"))


def survey_file(count: int) -> Path:
    """GeoPackage of parcels that do not touch, each with a class; made on first use."""
    import geopandas as gpd

    path = OUT / f"apart-{count}.gpkg"
    if not path.exists():
        OUT.mkdir(exist_ok=True)
        shapes = parcels(count)
        middles = shapely.get_coordinates(shapely.centroid(shapes))
        places = zip(shapes, middles, strict=True)
        shrunk = [
            shapely.transform(one, lambda xy, at=at: at + (xy - at) * _APART) for one, at in places
        ]
        columns = {
            "DKBH": [f"411303{number:08d}" for number in range(count)],
            "DKMC": [f"第 {number + 1} 号地块" for number in range(count)],
            "DKYT": np.resize([use for use, _ in _USES], count),
            "DLBM": np.resize([code for _, code in _USES], count),
        }
        partial = path.with_suffix(".part.gpkg")
        gpd.GeoDataFrame(columns, geometry=shrunk, crs="EPSG:4490").to_file(partial, layer="DK")
        partial.replace(path)
    return path


def ours(path: Path) -> tuple[bytes, float, float]:
    """Give the page, seconds for the content, seconds for the page."""
    survey = read_survey(path, path.name, limits=replace(DEFAULT_LIMITS, seconds=300.0))
    given = CheckInput(parcels=survey_parcels(survey, scheme="mnr2023"), book=rule_book(DAY))
    review = Review(batch=survey.digest, title=path.name, given=given, assessment=assess(given))
    case = survey_case(review, survey, day=DAY, lang="zh")
    head = Head(title=path.name, lang="zh", at="2026-11-22T08:00:00Z", app="0.7.0")
    start = time.perf_counter()
    snapshot = build("review", case, head)
    built = time.perf_counter()
    page = page_bytes(snapshot)
    return page, built - start, time.perf_counter() - built


def folium_file(path: Path) -> tuple[bytes, float]:
    """Give the same parcels as folium saves them with a tooltip, and the seconds."""
    import folium
    import geopandas as gpd

    frame = gpd.read_file(path)
    start = time.perf_counter()
    drawn = folium.Map(location=CENTRE[::-1], zoom_start=13, tiles=None, prefer_canvas=True)
    folium.GeoJson(frame, tooltip=folium.GeoJsonTooltip(["DKBH", "DKMC", "DKYT"])).add_to(drawn)
    with tempfile.TemporaryDirectory() as folder:
        drawn.save(Path(folder) / "map.html")
        return (Path(folder) / "map.html").read_bytes(), time.perf_counter() - start


def opened(page: bytes) -> tuple[float, ...]:
    """Seconds from opening to the first paint, and until list, map and totals are there."""
    with tempfile.TemporaryDirectory() as folder, browser() as running, fresh_page(running) as tab:
        file = Path(folder) / "snapshot.html"
        file.write_bytes(page)
        tab.context.set_offline(True)
        tab.goto(file.as_uri(), wait_until="commit")
        tab.locator(".pg-finding").first.wait_for(timeout=120_000)
        return tuple(
            tab.evaluate(f"performance.getEntriesByName('{name}')[0].startTime / 1000")
            for name in ("first-contentful-paint", "shown")
        )


def main() -> int:
    """Measure and print; the number of goals that were missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--counts", default="1000,100000")
    parser.add_argument("--no-browser", action="store_true")
    given = parser.parse_args()
    missed = 0
    for count in map(int, given.counts.split(",")):
        path = survey_file(count)
        page, content, written = ours(path)
        seconds, most = GOALS.get(count, (float("inf"), None))
        missed += (content + written > seconds) + (most is not None and len(page) > most)
        print(
            f"{count:,} parcels: content {content:.2f} s, page {written:.2f} s, "
            f"{len(page) / 1e6:.2f} MB (goal {seconds:g} s{f', {most / 1e6:g} MB' if most else ''})"
        )
        peer, took = folium_file(path)
        print(
            f"  folium save: {took:.2f} s, {len(peer) / 1e6:.2f} MB, shapes and three columns only"
        )
        if not given.no_browser:
            paint, used = opened(page)
            missed += paint > PAINT_GOAL
            print(
                f"  offline: first paint {paint:.2f} s (goal {PAINT_GOAL:g} s), "
                f"list and map {used:.2f} s"
            )
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
