"""Repairs that are proposed, each with its shape and area before and after; taken by choice."""

from __future__ import annotations

import base64
import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
import streamlit as st

from geo.units import decimal_mu
from parcels.messages import text
from parcels.places import place_text
from parcels.ui import state
from parcels.ui.markup import Markup, join, tag
from parcels.wording import repair_text

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from geo.survey.model import Repair, Survey
    from parcels.import_reading import ImportFile

_MOST_CARDS = 20
_WIDTH, _HEIGHT, _MARGIN = 150, 104, 8
_FINEST = 0.4  # of a pixel: what is smaller is not drawn
_MARK_RADIUS = 7
_PLANE = 2
_SVG = "http://www.w3.org/2000/svg"
_LOOK = (
    ".before{fill:#FBE6E4;fill-rule:evenodd;stroke:#A1221A;stroke-width:1.4;stroke-dasharray:4 3}"
    ".faint{fill:none;stroke:#A1221A;stroke-width:1;stroke-dasharray:3 3;opacity:.55}"
    ".after{fill:#C9DDEC;fill-rule:evenodd;stroke:#0B5A8F;stroke-width:1.6}"
    ".mark{fill:none;stroke:#A1221A;stroke-width:2}"
)


def repairs(lang: str, file: ImportFile) -> None:
    """Draw a card for each repair; ticking one reads the file again with it."""
    survey = file.survey
    if survey is None or not survey.repairs:
        return
    taken = chosen_rows(file, survey)
    with st.container(key="import_repairs_head", horizontal=True, vertical_alignment="center"):
        count = text(lang, "ui.import.repairs", count=len(survey.repairs), taken=len(taken))
        st.html(tag("p", count, cls="pl-step"))
        st.button(
            text(lang, "ui.import.repair_all"),
            key="import_repair_all",
            type="tertiary",
            icon=":material/done_all:",
            disabled=len(taken) == len(survey.repairs),
            on_click=_repair_all,
            args=(file,),
        )
    for number, repair in enumerate(survey.repairs[:_MOST_CARDS]):
        _card(lang, file, repair, number, taken)
    rest = len(survey.repairs) - _MOST_CARDS
    if rest > 0:
        more = text(lang, "ui.import.more_repairs", count=f"{rest:,}")
        st.html(tag("p", more, cls="pl-note pl-muted"))


def chosen_rows(file: ImportFile, survey: Survey) -> set[int]:
    """Return the rows of the file whose repair is in use."""
    if not file.answers.repair:
        return set()
    rows = {repair.row for repair in survey.repairs}
    return rows & set(file.answers.repair_only) if file.answers.repair_only else rows


def _repair_all(file: ImportFile) -> None:
    file.settle(repair=True, repair_only=())


def _card(lang: str, file: ImportFile, repair: Repair, number: int, taken: set[int]) -> None:
    key = f"import_repair_{file.key}_{number}"
    state.put_widget(key, repair.row in taken)
    with st.container(key=f"{key}_card", border=True, gap="xsmall"):
        st.html(_facts(lang, repair))
        st.checkbox(
            text(lang, "ui.import.take_repair"),
            key=key,
            on_change=_toggle,
            args=(file, repair.row, taken, key),
        )


def _toggle(file: ImportFile, row: int, taken: set[int], key: str) -> None:
    rows = taken | {row} if state.widget(key) else taken - {row}
    file.settle(repair=bool(rows), repair_only=tuple(sorted(rows)))


def _facts(lang: str, repair: Repair) -> Markup:
    before, after = shapely.from_wkb(repair.before), shapely.from_wkb(repair.after)
    doubt = repair.values.get("ambiguous")
    ambiguous = tag("span", text(lang, "ui.import.ambiguous"), cls="pl-badge pl-warning")
    rows = (("before", repair.area_before_m2), ("after", repair.area_after_m2))
    areas = (
        tag(
            "tr",
            tag("th", text(lang, f"ui.import.area_{side}"), scope="row"),
            tag("td", f"{m2_text(area)} m²", cls="pl-num"),
            tag("td", f"{mu_text(area)} {text(lang, 'report.unit_mu')}", cls="pl-num"),
        )
        for side, area in rows
    )
    return tag(
        "div",
        tag("p", tag("strong", place_text(lang, repair.where)), " ", ambiguous if doubt else None),
        picture(before, after, text(lang, "ui.import.picture")),
        tag("table", *areas),
        tag("p", repair_text(lang, repair), cls="pl-note pl-muted"),
        cls="pl-extract pl-repair",
    )


def m2_text(area_m2: float) -> str:
    """Write an area in m² with two decimals; — where there is none."""
    return f"{area_m2:,.2f}" if math.isfinite(area_m2) else "—"


def mu_text(area_m2: float) -> str:
    """Write an area in 亩 with four decimals; — where there is none."""
    return f"{decimal_mu(area_m2):,.4f}" if math.isfinite(area_m2) else "—"


def picture(before: BaseGeometry, after: BaseGeometry, title: str) -> Markup:
    """Draw a shape as it was, dashed, with a mark where it breaks, and as it becomes."""
    frame = _Frame(before, after)
    was, becomes = frame.path(before), frame.path(after)
    sides = (
        join(tag("path", d=was, cls="before"), _mark(frame, before)),
        join(tag("path", d=was, cls="faint"), tag("path", d=becomes, cls="after")),
    )
    first, second = (tag("img", src=_drawing(side), alt=title, title=title) for side in sides)
    return tag("div", first, tag("span", "→", cls="pl-muted"), second, cls="pl-pictures")


def _drawing(content: Markup) -> str:
    """Write a drawing as an address of its own: the page takes no SVG inside its HTML."""
    size = {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "width": str(_WIDTH), "height": str(_HEIGHT)}
    svg = tag("svg", tag("style", _LOOK), content, xmlns=_SVG, **size)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("ascii")).decode("ascii")


def _mark(frame: _Frame, shape: BaseGeometry) -> Markup | None:
    """Circle the place where the library says that a shape breaks."""
    place = shapely.is_valid_reason(shape).partition("[")[2].rstrip("]").split()
    if len(place) < _PLANE:
        return None
    x, y = frame.on_paper(np.array([[float(one) for one in place[:_PLANE]]]))[0]
    return tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=str(_MARK_RADIUS), cls="mark")


class _Frame:
    """From longitude and latitude to a small drawing, north up, sides in proportion."""

    def __init__(self, *shapes: BaseGeometry) -> None:
        west, south, east, north = shapely.total_bounds(shapes)
        self._middle = np.array([(west + east) / 2, (south + north) / 2])
        self._squeeze = np.array([math.cos(math.radians((south + north) / 2)), -1.0])
        span = np.abs(np.array([east - west, north - south]) * self._squeeze)
        room = np.array([_WIDTH, _HEIGHT]) - 2 * _MARGIN
        self._scale = float(np.min(room / np.maximum(span, 1e-12)))

    def on_paper(self, lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Bring points, shape (n, 2), to the drawing."""
        centre = np.array([_WIDTH, _HEIGHT]) / 2
        placed: npt.NDArray[np.float64] = (
            lonlat - self._middle
        ) * self._squeeze * self._scale + centre
        return placed

    def path(self, shape: BaseGeometry) -> str:
        """Write the rings of a shape: numbers and the letters M, L and Z."""
        rings = shapely.get_rings(shapely.get_parts(shape))
        return " ".join(self._ring(shapely.get_coordinates(ring)) for ring in rings)

    def _ring(self, lonlat: npt.NDArray[np.float64]) -> str:
        points = self.on_paper(lonlat)
        line = shapely.simplify(shapely.linestrings(points), _FINEST)
        pairs = (f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(line).tolist())
        return f"M{'L'.join(pairs)}Z"
