from __future__ import annotations

import re
from typing import get_args

import pytest

from layers import style
from layers.scene import TEXT_KEYS, GeometryClass
from layers.tiles import FILL_OPACITY


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    """WCAG 2 contrast ratio."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", style.LABELS)
def test_names_can_be_read_on_the_paper(name):
    assert contrast(style.LABELS[name], style.PAPER) >= 4.5


@pytest.mark.parametrize("use", style.USES)
def test_outlines_and_numbers_stand_out_from_their_fill(use):
    sign = style.USES[use]
    assert contrast(sign.outline, sign.tone) >= 3
    assert contrast(style.INK, sign.tone) >= 4.5


def test_uses_differ_by_pattern_too():
    patterns = [sign.pattern for sign in style.USES.values() if sign.pattern != "none"]
    assert len(patterns) == len(set(patterns))
    assert {use for use, sign in style.USES.items() if sign.pattern == "none"} == {
        "road",
        "unknown",
    }


def test_every_geometry_class_has_its_own_outline():
    assert tuple(style.GEOMETRY) == get_args(GeometryClass)
    signs = [(sign.weight, sign.dash) for sign in style.GEOMETRY.values()]
    assert len(signs) == len(set(signs))
    assert {name: sign.fill_opacity for name, sign in style.GEOMETRY.items()} == FILL_OPACITY


def test_every_sign_has_its_word_in_the_legend():
    assert {f"use_{use}" for use in style.USES} <= set(TEXT_KEYS)
    assert {f"geometry_{name}" for name in style.GEOMETRY} <= set(TEXT_KEYS)
    assert {"envelope", "block", "candidate", "conflict"} <= set(TEXT_KEYS) & set(style.AREAS)


def test_colours_are_written_in_full():
    def colours(value):
        if isinstance(value, dict):
            return [colour for part in value.values() for colour in colours(part)]
        return [value] if isinstance(value, str) and value.startswith("#") else []

    found = colours(style.signs())
    assert len(found) > 40
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in found)
