"""The packed tree finds exactly the boxes that meet another."""

from __future__ import annotations

import numpy as np
import pytest

from geo.overlap.engine import kernels_for
from geo.overlap.tree import NODE, pack

SIZES = (0, 1, 2, NODE - 1, NODE, NODE + 1, NODE**2, NODE**2 + 1, 5000)


def boxes_of(count, *, seed=0, spread=1000.0):
    random = np.random.default_rng(seed)
    low = random.uniform(0, spread, (count, 2))
    return np.concatenate((low, low + random.exponential(12.0, (count, 2))), axis=1)


def meeting(boxes, box):
    meet = (boxes[:, :2] <= box[2:]) & (boxes[:, 2:] >= box[:2])
    return np.flatnonzero(meet.all(axis=1))


@pytest.mark.parametrize("count", SIZES)
def test_a_search_finds_what_a_look_at_all_boxes_finds(count):
    boxes = boxes_of(count)
    tree = pack(boxes)
    near = kernels_for("compiled").near
    for box in (*boxes_of(60, seed=1), np.array([-1e6, -1e6, 1e6, 1e6])):
        np.testing.assert_array_equal(np.sort(near(tree, tuple(box.tolist()))), meeting(boxes, box))


def test_boxes_that_only_touch_are_found_and_unknown_ones_never():
    boxes = np.array([[0.0, 0, 1, 1], [np.nan] * 4, [1, 1, 2, 2]])
    near = kernels_for("compiled").near
    assert sorted(near(pack(boxes), (1.0, 1.0, 1.0, 1.0)).tolist()) == [0, 2]
    assert near(pack(boxes), (np.nan,) * 4).tolist() == []


@pytest.mark.parametrize("count", SIZES)
def test_each_node_encloses_its_boxes(count):
    tree = pack(boxes_of(count))
    assert sorted(tree.items.tolist()) == list(range(count))
    for level in range(len(tree.levels) - 2):
        below = tree.boxes[tree.levels[level] : tree.levels[level + 1]]
        above = tree.boxes[tree.levels[level + 1] : tree.levels[level + 2]]
        assert len(above) == -(-len(below) // NODE)
        node = np.arange(len(below)) // NODE
        assert (above[node, :2] <= below[:, :2]).all()
        assert (above[node, 2:] >= below[:, 2:]).all()


def test_equal_boxes_and_an_outlier_keep_the_tree_shallow():
    boxes = np.tile([5.0, 5, 6, 6], (3000, 1))
    boxes[17] = (9e8, 9e8, 9.1e8, 9.1e8)
    tree = pack(boxes)
    assert len(tree.levels) - 1 == 4
    assert len(kernels_for("compiled").near(tree, (0.0, 0.0, 10.0, 10.0))) == 2999
