"""A sheet of 1,000 parcels as PNG, and the bare drawing of the same parcels by matplotlib.

Both begin with shapes that are on the plane. Ours has patterns by use, 11,000 boundary points, a
name for each parcel, tables, legend, grid and QR; the bare one has axes and a title. What it takes
to lay out the sheet, coordinate tables of some 180 pages included, is told beside it. A4 at
200 dpi, processor time, median of five after a warm-up.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.systems import read_system
from parcels.sheets.options import SheetOptions
from parcels.sheets.templates import Sheet, sheet
from parcels.snapshot.model import FORMAT, Snapshot, seal

if TYPE_CHECKING:
    from collections.abc import Callable

SYSTEM, CENTRE = "EPSG:4526", (38_455_000.0, 3_655_000.0)
DPI, WANTED, ROUNDS = 200, 1.5, 5
CODES = ("1001", "0701", "1101", "0801", "1401", "0901")


def shapes(count: int = 1_000) -> np.ndarray:
    """Lay out parcels of 8 to 14 corners in a grid of 100 by 80 m."""
    rng = np.random.default_rng(7)
    across = int(np.ceil(np.sqrt(count)))
    found = []
    for at in range(count):
        corners = int(rng.integers(8, 15))
        turn = np.sort(rng.random(corners)) * 2 * np.pi
        ring = np.column_stack([np.cos(turn) * 42, np.sin(turn) * 34])
        found.append(shapely.Polygon(ring + CENTRE + (at % across * 100, at // across * 80)))
    return np.array(found)


def snapshot(outlines: np.ndarray) -> Snapshot:
    """Put the parcels into the content of a snapshot, without findings."""
    lonlat = read_system(SYSTEM).to_lonlat(outlines)
    entries = [
        {
            "at": at,
            "key": str(at),
            "id": str(at + 1),
            "name": f"地块{at + 1}",
            "selected": True,
            "use": {"text": "", "code": CODES[at % 6], "scheme": "mnr2023", "problem": ""},
            "geometry_class": "surveyed",
            "accuracy_m": 0.1,
            "area_m2": float(own.area),
            "rings": [
                {
                    "hole": False,
                    "names": [f"J{n + 1}" for n in range(len(own.exterior.coords) - 1)],
                    "north_east": np.asarray(own.exterior.coords)[:-1, ::-1].tolist(),
                }
            ],
            "shape": json.loads(shapely.to_geojson(degrees)),
        }
        for at, (own, degrees) in enumerate(zip(outlines, lonlat, strict=True))
    ]
    content = {
        "format": FORMAT,
        "kind": "review",
        "level": "internal",
        "title": "一千宗",
        "lang": "zh",
        "made": {"at": "2026-11-22T08:00:00Z", "by": "", "app": "0"},
        "disclaimer": "预检，不作为权属和审批依据",
        "as_of": "2026-11-22",
        "system": SYSTEM,
        "parcels": entries,
        "answers": {"checks": [], "findings": [], "packs": []},
        "drawn": {"notice": "", "groups": []},
    }
    return seal(content)


def bare(outlines: np.ndarray) -> bytes:
    """Draw the parcels as anybody would: one collection, axes, a title."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.collections import PolyCollection
    from matplotlib.figure import Figure

    figure = Figure(figsize=(297 / 25.4, 210 / 25.4), dpi=DPI)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    rings = [np.asarray(one.exterior.coords) for one in outlines]
    axes.add_collection(PolyCollection(rings, facecolors="#C9A57F", edgecolors="#C00000"))
    axes.set_aspect("equal")
    axes.autoscale_view()
    axes.set_title("1,000 parcels")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def median(work: Callable[[], object]) -> float:
    """Time some work in seconds of the processor."""
    work()
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def main() -> int:
    """Print both and their ratio; 1 if it is above what is wanted."""
    outlines = shapes()
    given = snapshot(outlines)
    options = SheetOptions(template="survey_map")
    ready = sheet(given, options)

    def draw() -> bytes:
        again = Sheet(content=ready.content, made_at="", title="", digest="")
        return again.png(1, dpi=DPI)

    plain, drawn = median(lambda: bare(outlines)), median(draw)
    whole = median(lambda: sheet(given, options).png(1, dpi=DPI))
    ratio = drawn / plain
    print(f"bare matplotlib                    {plain * 1000:7.0f} ms")
    print(
        f"our page as PNG                    {drawn * 1000:7.0f} ms   {ratio:.2f} times, wanted 1.5"
    )
    print(f"laying out its {ready.pages} pages as well   {whole * 1000:7.0f} ms")
    return int(ratio > WANTED)


if __name__ == "__main__":
    sys.exit(main())
