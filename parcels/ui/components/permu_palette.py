"""Colours of the charts in the theme of the page: what the theme file says, for Vega-Lite."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Inks of measures, text, limits, outlines, roads, unknown things; a scale from few to many."""

    ink: str
    text: str
    limit: str
    outline: str
    road: str
    unknown: str
    scale: tuple[str, str]


_LIGHT = Palette(
    ink="#0B5A8F",
    text="#17222D",
    limit="#A1221A",
    outline="#51606D",
    road="#C4CAD0",
    unknown="#53378C",
    scale=("#EAF2F8", "#7FB3D5"),
)
_DARK = Palette(
    ink="#7CC0EC",
    text="#E6ECF1",
    limit="#FFA79F",
    outline="#B2C0CC",
    road="#3A4854",
    unknown="#C9B8F4",
    scale=("#1D3344", "#3C78A6"),
)


def palette() -> Palette:
    """Return the colours of the theme in use; light until the browser has said which."""
    return _DARK if st.context.theme.type == "dark" else _LIGHT
