"""Keeps a prepared layer on disk as plain arrays, which are mapped into memory and not read."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from geo.errors import PlannerError
from geo.overlap.arrays import Flat, Tree, freeze, most_vertices

_FORMAT = 1
_DESCRIPTION = "base.json"
_SMALL_BYTES = 65_536
_SHAPES = {
    "rings_of": (np.int64, ()),
    "vertices_of": (np.int64, ()),
    "xy": (np.float64, (2,)),
    "shells": (np.bool_, ()),
    "blocks_of": (np.int64, ()),
    "blocks": (np.float64, (4,)),
    "signs": (np.float64, ()),
    "boxes": (np.float64, (4,)),
    "areas": (np.float64, ()),
    "moments": (np.float64, (4,)),
    "tree_items": (np.int32, ()),
    "tree_boxes": (np.float64, (4,)),
    "tree_levels": (np.int64, ()),
}


def save_arrays(folder: Path, flat: Flat, tree: Tree) -> None:
    """Write a new folder; it appears whole or not at all.

    Raises
    ------
    PlannerError
        ``overlap_base_exists``: others may be reading it. Values: ``name``.
    """
    if folder.exists():
        raise PlannerError("overlap_base_exists", name=folder.name)
    arrays = {**flat._asdict(), **{f"tree_{key}": array for key, array in tree._asdict().items()}}
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        for name in _SHAPES:
            np.save(partial / f"{name}.npy", arrays[name], allow_pickle=False)
        (partial / _DESCRIPTION).write_text(json.dumps({"format": _FORMAT}), encoding="utf-8")
        partial.rename(folder)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        if folder.exists():
            raise PlannerError("overlap_base_exists", name=folder.name) from error
        raise


def open_arrays(folder: Path) -> tuple[Flat, Tree]:
    """Map the arrays of a folder that `save_arrays` wrote; nothing but their sizes is checked.

    Raises
    ------
    PlannerError
        ``overlap_base_unreadable``: no such folder, another format, or a part is missing or cut.
        Values: ``name``, ``part``.
    """
    try:
        description = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(folder, _DESCRIPTION) from error
    if not isinstance(description, dict) or description.get("format") != _FORMAT:
        raise _unreadable(folder, _DESCRIPTION)
    arrays = {name: _mapped(folder, name) for name in _SHAPES}
    for part, fits in _fitting(arrays).items():
        if not fits:
            raise _unreadable(folder, part)
    freeze(arrays.values())
    tree = Tree(*(arrays.pop(f"tree_{name}") for name in Tree._fields))
    most = most_vertices(arrays["rings_of"], arrays["vertices_of"])
    return Flat(**arrays, most_vertices=most), tree


def _mapped(folder: Path, name: str) -> Any:
    """Map one array, or read it when it is small (an empty file cannot be mapped)."""
    path = folder / f"{name}.npy"
    kind, tail = _SHAPES[name]
    try:
        whole = path.stat().st_size < _SMALL_BYTES
        array = np.asarray(np.load(path, mmap_mode=None if whole else "r", allow_pickle=False))
    except (OSError, ValueError, EOFError) as error:
        raise _unreadable(folder, name) from error
    if array.dtype != kind or array.shape[1:] != tail or not array.flags.c_contiguous:
        raise _unreadable(folder, name)
    return array


def _fitting(arrays: dict[str, Any]) -> dict[str, bool]:
    """Compare the sizes of the arrays: a kernel trusts them and would read beyond the end."""
    size = {name: len(array) for name, array in arrays.items()}
    ends = ("rings_of", "vertices_of", "blocks_of", "tree_levels")
    end = {name: int(arrays[name][-1]) if size[name] else -1 for name in ends}
    rows, rings = size["areas"], size["signs"]
    return {
        "rings_of": size["rings_of"] == rows + 1 and end["rings_of"] == rings,
        "vertices_of": size["vertices_of"] == rings + 1 and end["vertices_of"] == size["xy"],
        "blocks_of": size["blocks_of"] == rings + 1 and end["blocks_of"] == size["blocks"],
        "shells": size["shells"] == rings,
        "boxes": size["boxes"] == rows,
        "moments": size["moments"] == rows,
        "tree_items": arrays["tree_levels"][1:2].tolist() == [size["tree_items"]],
        "tree_boxes": end["tree_levels"] == size["tree_boxes"],
    }


def _unreadable(folder: Path, part: str) -> PlannerError:
    return PlannerError("overlap_base_unreadable", name=folder.name, part=part)
