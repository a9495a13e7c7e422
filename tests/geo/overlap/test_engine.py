"""Without compiled kernels the answers stay, and a start never waits for a compiler."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pyarrow as pa
import pytest

from geo.overlap import engine
from geo.overlap.base import Base
from geo.overlap.join import overlap_areas, own_overlap_areas
from geo.overlap.kernels import compiled
from geo.overlap.polygons import Polygons
from tests.geo.overlap.planes import column, stars

ROOT = Path(__file__).parents[3]
QUESTION = """
import sys
import shapely
from geo.errors import PlannerError
from geo.overlap import engine
from geo.overlap.join import overlap_areas
from geo.overlap.polygons import Polygons

layer = Polygons.from_shapes([shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)])
{before}
pairs = overlap_areas(layer, layer)
assert pairs.area.tolist() == [4, 1, 1, 4], pairs
print(engine.ready(), "numba" in sys.modules, bool(engine.hindrance()))
{after}
"""


def answer(before="", after="", **environment):
    """Run in a process of its own; gives (ready, numba was imported, hindered)."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUESTION.format(before=before, after=after)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    assert run.stderr == ""
    return tuple(word == "True" for word in run.stdout.split())


def test_nothing_is_compiled_until_it_is_asked_for():
    assert answer() == (False, False, False)


def test_after_warming_up_the_kernels_answer():
    assert answer("engine.warm_up(); engine.warm_up()") == (True, True, False)


REFUSED = """
try:
    overlap_areas(layer, layer, engine="compiled")
except PlannerError as error:
    assert error.code == "overlap_not_compiled"
else:
    raise AssertionError
"""


def test_a_switched_off_compiler_leaves_the_plain_twin():
    asked = answer("engine.warm_up()", REFUSED, NUMBA_DISABLE_JIT="1")
    assert asked == (False, False, True)


def test_without_numba_the_plain_twin_answers():
    assert answer("sys.modules['numba'] = None; engine.warm_up()", REFUSED) == (False, True, True)


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("kept", [0, 40])
def test_damaged_machine_code_is_made_anew(tmp_path, ending, kept):
    engine.warm_up()
    shutil.copytree(compiled.FOLDER, tmp_path / compiled.FOLDER.name)
    (damaged,) = tmp_path.rglob(f"search.near*.{ending}")
    damaged.write_bytes(damaged.read_bytes()[:kept])
    assert answer("engine.warm_up()", NUMBA_CACHE_DIR=str(tmp_path)) == (True, True, False)


def test_several_threads_may_warm_up():
    threads = [Thread(target=engine.warm_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert engine.ready()
    assert engine.hindrance() == ""


def test_code_is_kept_where_it_can_be_written(monkeypatch, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(compiled, "_roots", lambda: iter([blocked, tmp_path / "b"]))
    folder = compiled._folder()
    assert folder.parent == tmp_path / "b"
    assert folder.is_dir()


def test_without_such_a_folder_code_is_not_kept(monkeypatch, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(compiled, "_roots", lambda: iter([blocked]))
    monkeypatch.setattr(compiled, "FOLDER", compiled._folder())
    assert compiled.FOLDER is None
    assert compiled.kernel(lambda number: number + 1)(2) == 3


@pytest.mark.parametrize(("name", "value"), [("XDG_CACHE_HOME", "x"), ("HOME", "h")])
def test_the_folder_beside_the_sources_comes_before_the_users_own(monkeypatch, name, value):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(compiled._CONFIG, "CACHE_DIR", "")
    roots = list(compiled._roots())
    assert roots[0].name == "__pycache__"
    assert roots[1].parts[0] == value


def test_each_kernel_is_compiled_for_one_kind_of_arrays_only(tmp_path):
    """A second kind would be compiled while a user waits."""
    shapes = stars(80)
    base = Base(Polygons.from_shapes(shapes), engine="compiled")
    base.save(tmp_path / "layer")
    opened = Base.open(tmp_path / "layer", engine="compiled")
    for layer in (base, opened):
        layer.overlaps_of(shapes[0], least_m2=0)
        layer.within(shapes[0], 5)
    read = Polygons.from_wkb(pa.chunked_array([column(shapes), column([None, shapes[0]])]))
    own_overlap_areas(read, engine="compiled")
    overlap_areas(read, opened.polygons, engine="compiled")
    kernels = engine.kernels_for("compiled")
    assert {name: len(kernel.signatures) for name, kernel in kernels._asdict().items()} == (
        dict.fromkeys(kernels._fields, 1)
    )
