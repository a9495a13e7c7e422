"""Pictures of sheets compared with those that were looked at; ``UPDATE_GOLDEN=1`` takes them anew."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

STEADY = "0123456789abcdef" * 4
"""A digest for pictures: the true one changes with every word that no sheet shows."""
FOLDER = Path(__file__).parents[2] / "golden" / "sheets"
DPI = 72
TILE, FAR = 24, 2.5  # pixels; mean difference of levels of grey


def compare(name, png):
    """Compare a PNG with the golden one of that name; hinting may move a line by half a pixel."""
    path = FOLDER / f"{name}.png"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        FOLDER.mkdir(parents=True, exist_ok=True)
        image = Image.open(io.BytesIO(png)).quantize(128, method=Image.Quantize.MEDIANCUT)
        image.save(path, optimize=True)
    drawn, wanted = levels_of(png), levels_of(path.read_bytes())
    assert drawn.shape == wanted.shape
    changed = changed_tiles(drawn, wanted)
    assert changed == [], f"{name} differs at {changed} (mm): look, then UPDATE_GOLDEN=1"


def steady(snapshot):
    return replace(snapshot, digest=STEADY)


def levels_of(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("L")).astype(float)


def changed_tiles(one, other):
    """List the tiles of about 8 mm whose averages over 3 × 3 pixels differ, by their upper left."""
    apart = np.abs(blurred(one) - blurred(other))
    rows, columns = (size // TILE * TILE for size in apart.shape)
    tiles = apart[:rows, :columns].reshape(rows // TILE, TILE, columns // TILE, TILE)
    found = np.argwhere(tiles.mean(axis=(1, 3)) > FAR)
    return [(round(x * TILE / DPI * 25.4), round(y * TILE / DPI * 25.4)) for y, x in found]


def blurred(levels):
    padded = np.pad(levels, 1, mode="edge")
    rows, columns = levels.shape
    shifted = [padded[y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
    return np.mean(shifted, axis=0)
