"""The picture of a public notice: parcels and roads in metres from a local origin, as SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from parcels.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcels.report.given import Entry, Given

_WIDTH, _MARGIN, _STEPS = 720.0, 0.12, (1, 2, 5)
_LABEL_WIDE, _LABEL_HIGH = 60.0, 14.0
_BAR = 0.3  # of the width at most
_STYLES = {
    "surveyed": 'fill="#d9d9d9" stroke="#111" stroke-width="2"',
    "digitized": 'fill="#d9d9d9" stroke="#111" stroke-width="1.2"',
}
_WORDS = 'fill="#e8e8e8" stroke="#111" stroke-width="1.8" stroke-dasharray="2 4"'
_EXTENT = 'fill="none" stroke="#555" stroke-width="1" stroke-dasharray="9 4"'
_LINES = {"river": "#8aa", "canal": "#8aa", "railway": "#666"}
_PLAIN_LINE = "#bbb"


def picture(given: Given, parcels: Sequence[Entry]) -> str:
    """Draw what is known of the parcels' place; "" where nothing is.

    North is up; an outline is drawn solid, a place that follows from words dotted, with the
    extent in which it may lie dashed. The bar has a round length in metres.
    """
    drawn = [(one, *_shape(one)) for one in parcels]
    spots = [spot for _, shape, _ in drawn for spot in _spots(shape)]
    if not spots:
        return ""
    west, south, east, north = _frame(spots)
    scale = _WIDTH / (east - west)
    height = (north - south) * scale

    def at(spot: Sequence[float]) -> str:
        return f"{(spot[0] - west) * scale:.1f},{(north - spot[1]) * scale:.1f}"

    parts = [_line(layer, one, at) for layer, one in _under(given)]
    parts += [_area(one.get("place"), _EXTENT, at) for one, _, style in drawn if style == _WORDS]
    parts += [_area(shape, style, at) for _, shape, style in drawn]
    parts += _labels(given, drawn, at)
    title = escape(given.say("notice.picture"))
    return (
        f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="{title}">'
        f"<title>{title}</title>{''.join(parts)}{_north(given)}{_bar(scale, height)}</svg>"
    )


def _shape(parcel: Entry) -> tuple[Any, str]:
    """Give what is drawn of a parcel, and how: its outline, its drawing aid, or its extent."""
    if parcel.get("shape"):
        style = _STYLES.get(str(parcel.get("geometry_class")), _STYLES["digitized"])
        return parcel["shape"], style
    return parcel.get("box") or parcel.get("place"), _WORDS


def _rings(shape: Mapping[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    """Give the lines of a geometry of GeoJSON, whatever its kind."""
    if not shape:
        return
    kind, lines = shape["type"], shape["coordinates"]
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}.get(kind)
    if depth is None:
        return
    found = [lines]
    for _ in range(depth):
        found = [ring for part in found for ring in part]
    yield from found


def _spots(shape: Mapping[str, Any] | None) -> Iterator[Sequence[float]]:
    for ring in _rings(shape):
        yield from ring


def _frame(spots: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """Give west, south, east, north with a margin; never higher than wide, nor too flat."""
    easts, norths = zip(*((spot[0], spot[1]) for spot in spots), strict=True)
    middle = ((min(easts) + max(easts)) / 2, (min(norths) + max(norths)) / 2)
    width, height = max(easts) - min(easts), max(norths) - min(norths)
    wide = max(width, 1.1 * height, 1.0)
    half = (wide * (0.5 + _MARGIN), max(height, 0.4 * wide) * (0.5 + _MARGIN))
    return middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1]


def _under(given: Given) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    for group in (given.content.get("drawn") or {}).get("groups") or ():
        for layer in group["layers"]:
            for feature in layer.get("features") or ():
                yield layer, feature.get("geometry") or {}


def _line(layer: Entry, shape: Mapping[str, Any], at: Any) -> str:
    if shape.get("type") not in {"LineString", "MultiLineString"}:
        return ""
    colour = _LINES.get(str(layer.get("kind")), _PLAIN_LINE)
    return "".join(
        f'<polyline points="{" ".join(map(at, ring))}" fill="none" stroke="{colour}"/>'
        for ring in _rings(shape)
    )


def _area(shape: Mapping[str, Any] | None, style: str, at: Any) -> str:
    path = " ".join(f"M{' L'.join(map(at, ring))} Z" for ring in _rings(shape))
    return f'<path d="{path}" fill-rule="evenodd" {style}/>' if path else ""


def _labels(given: Given, drawn: Sequence[tuple[Entry, Any, str]], at: Any) -> Iterator[str]:
    """Write the id of each parcel at its middle, below another one that stands there already."""
    taken: list[tuple[float, float]] = []
    for parcel, shape, _ in drawn:
        spots = list(_spots(shape))
        if not spots:
            continue
        middle = [sum(spot[axis] for spot in spots) / len(spots) for axis in (0, 1)]
        across, down = (float(one) for one in at(middle).split(","))
        while any(abs(across - x) < _LABEL_WIDE and abs(down - y) < _LABEL_HIGH for x, y in taken):
            down += _LABEL_HIGH
        taken.append((across, down))
        words = escape(visible(str(parcel.get("id") or given.label(parcel))))
        place = f'x="{across:.1f}" y="{down:.1f}"'
        yield f'<text {place} text-anchor="middle" class="name">{words}</text>'


def _north(given: Given) -> str:
    word = escape(given.say("notice.north"))
    return (
        f'<g transform="translate({_WIDTH - 30:.0f},16)"><path d="M0 0 L8 26 L0 20 L-8 26 Z"/>'
        f'<text y="42" text-anchor="middle">{word}</text></g>'
    )


def _bar(scale: float, height: float) -> str:
    """Draw a bar of a round length: 1, 2 or 5 times a power of ten."""
    most = _BAR * _WIDTH / scale
    lengths = [step * 10**power for power in range(6) for step in _STEPS]
    metres = max((one for one in lengths if one <= most), default=lengths[0])
    wide, low = metres * scale, height - 14
    return (
        f'<path d="M14 {low - 6:.1f} v6 h{wide:.1f} v-6" fill="none" stroke="#111"/>'
        f'<text x="{14 + wide / 2:.1f}" y="{low - 8:.1f}" text-anchor="middle">{metres:,} m</text>'
    )
