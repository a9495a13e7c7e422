"""What every sheet has around its drawing: border, title, foot, notices, page numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.sheet.frame import draw_bar
from layers.sheet.page import FRAME, SMALLEST, Page
from layers.sheet.paper import Box, Layout, layout
from layers.sheet.qr import QUIET_MODULES, qr_modules
from layers.sheet.signs import VIOLET
from layers.sheet.tone import greyed
from parcels.export_systems import system_text
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.systems import System
    from parcels.sheets.options import SheetOptions
    from parcels.snapshot.model import Content, Snapshot

_CHINA = timedelta(hours=8)
_WATERMARK = "#9A9A9A"
_QR = 25.0


def layout_of(options: SheetOptions) -> Layout:
    """Give the boxes of the paper that was chosen."""
    return layout(options.paper, landscape=options.landscape)


def new_page(on: Layout) -> Page:
    """Begin a page with its border."""
    page = Page(width=on.width, height=on.height)
    page.box(on.border, width=FRAME)
    return page


def draw_title(page: Page, on: Layout, title: str, subtitle: str) -> None:
    """Write title and subtitle in the middle above the map; long ones get smaller, then cut."""
    x, room = on.title.centre[0], on.title.width - 6
    size = _fitting_size(title, room)
    page.text(title, x, on.title.top - 8.0, size=size, across="center", bold=True, room=room)
    page.text(subtitle, x, on.title.top - 13.2, size=3.0, across="center", room=room)


def _fitting_size(words: str, room: float) -> float:
    from layers.sheet.fonts import printable, width

    fitting = room / max(width(printable(words), 1.0), 1e-9)
    return min(5.0, max(3.4, fitting))


def system_line(lang: str, system: System | None, *, near_seam: bool = False) -> str:
    """Name the system of the coordinates on a sheet."""
    if system is None:
        return text(lang, "sheet.system_local")
    words = "CGCS2000 " + (
        system.name if system.zone is None else system_text(lang, system)
    ).removeprefix("CGCS2000 ")
    if not near_seam or system.zone is None:
        return words
    return words + text(lang, "sheet.near_seam", meridian=system.zone.meridian)


def draw_foot(
    page: Page,
    on: Layout,
    snapshot: Snapshot,
    options: SheetOptions,
    *,
    scale: int | None,
    system: str = "",
    sources: Sequence[str] = (),
) -> None:
    """Draw the foot: scale and sources, boxes to sign in, digest and its QR code.

    Parameters
    ----------
    scale : int or None
        None: the page has no map.
    system : str
        As `system_line` writes it.
    sources : sequence of str
        Of what is drawn.
    """
    lang = snapshot.content["lang"]
    _draw_scale(page, on.scale, lang, scale, system, sources)
    signed = (options.maker, options.checker, options.reviewer, made_day(snapshot.content))
    for box, role, name in zip(on.signatures, _ROLES, signed, strict=True):
        page.box(box)
        page.text(text(lang, f"sheet.{role}"), box.x + 2, box.top - 4.2, size=2.8)
        page.text(name, box.centre[0], box.y + 8, size=3.2, across="center", room=box.width - 3)
    _draw_code(page, on.code, snapshot)


_ROLES = ("maker", "checker", "reviewer", "day")


def _draw_scale(
    page: Page, box: Box, lang: str, scale: int | None, system: str, sources: Sequence[str]
) -> None:
    page.box(box)
    x, top, room = box.x + 4, box.top - 3.4, box.width - 6
    if scale is not None:
        draw_bar(page, x + 0.5, top, scale)
        page.text(f"1:{scale:,}".replace(",", " "), x, top - 9.4, size=3.4, bold=True)
        page.paragraph(system, x + 17, top - 6.6, room=room - 17, size=SMALLEST, most=2)
    said = text(lang, "sheet.sources", sources=[*dict.fromkeys(one for one in sources if one)])
    low = top - 13.6 if scale is not None else top
    page.paragraph(said, x, low, room=room, size=SMALLEST, most=2 if scale is not None else 5)


def _draw_code(page: Page, box: Box, snapshot: Snapshot) -> None:
    """Draw the QR code of the digest, and its first eight digits beside it."""
    page.box(box)
    dark = qr_modules(f"SHA-256 {snapshot.digest}")
    across = len(dark) + 2 * QUIET_MODULES
    size = _QR / across
    low = box.y + (box.height - _QR) / 2
    rows, columns = np.nonzero(dark)
    west = box.x + (columns + QUIET_MODULES) * size
    south = low + (across - QUIET_MODULES - 1 - rows) * size
    squares = shapely.box(columns, -rows, columns + 1, -rows + 1)
    united = shapely.union_all(squares)
    first_x, first_y = float(west[0] - columns[0] * size), float(south[0] + rows[0] * size)
    code = shapely.transform(united, lambda xy: xy * size + (first_x, first_y))
    page.areas([code], fill="#000000", edge=None)
    x = box.x + _QR - 0.6
    page.text(text(snapshot.content["lang"], "sheet.digest"), x, box.top - 6, size=SMALLEST)
    for at in range(2):
        digits = snapshot.digest[4 * at : 4 * at + 4]
        page.text(digits, x, box.top - 10.5 - 4 * at, size=3.0)


def made_day(content: Content) -> str:
    """Give the day on which the snapshot was made, by the clocks of China."""
    made = datetime.fromisoformat(content["made"]["at"]) + _CHINA
    return made.date().isoformat()


def draw_notice(page: Page, map_box: Box, words: str) -> Box:
    """Write how uncertain the places are into the frame, upper left; return its room."""
    if not words:
        return Box(map_box.x, map_box.top, 0, 0)
    from layers.sheet.fonts import wrapped

    size, room = 2.8, map_box.width * 0.62
    lines = wrapped(words, size, room - 4)
    height = 3.0 + len(lines) * size * 1.45
    from layers.sheet.fonts import width

    wide = max(width(line, size) for line in lines) + 5
    box = Box(map_box.x, map_box.top - height, wide, height)
    page.box(box, fill="#FFFFFF", edge=VIOLET, dash=(1.2, 0.8))
    page.paragraph(
        words, box.x + 2, box.top - 1.3, room=room - 4, size=size, colour=VIOLET, bold=True
    )
    return box


def draw_watermark(page: Page, map_box: Box, content: Content) -> None:
    """Write across the map that the sheet proves nothing, on what leaves the house."""
    if content["level"] == "internal":
        return
    words = text(content["lang"], "snapshot.public_label")
    for share in (0.25, 0.72):
        x, y = map_box.x + map_box.width / 2, map_box.y + map_box.height * share
        page.text(
            words,
            x,
            y,
            size=6.5,
            colour=_WATERMARK,
            across="center",
            up="center",
            turn=20,
            opacity=0.45,
        )


def numbered(
    pages: Iterable[Page], options: SheetOptions, content: Content, digest: str
) -> tuple[Page, ...]:
    """Write disclaimer, day of the rules, digest and n / m under each page; grey if asked."""
    on, lang = layout_of(options), content["lang"]
    all_pages = tuple(pages)
    packs = _packs(content)
    for at, page in enumerate(all_pages, start=1):
        y = on.line.y + on.line.height / 2 - 0.4
        number = text(lang, "sheet.page", page=at, pages=len(all_pages))
        used = page.text(
            f"{digest[:8]}　{number}",
            on.line.right - 1,
            y,
            size=SMALLEST,
            across="right",
            up="center",
        )
        said = text(
            lang,
            "sheet.line",
            disclaimer=content.get("disclaimer") or "",
            as_of=content.get("as_of") or "—",
            packs=packs,
            app=content["made"]["app"],
        )
        page.text(said, on.line.x + 1, y, size=SMALLEST, up="center", room=on.line.width - used - 8)
    return tuple(map(greyed, all_pages)) if options.tone == "grey" else all_pages


def _packs(content: Content) -> int:
    answers: Any = content.get("answers") or {}
    return len(answers.get("packs") or ()) if isinstance(answers, dict) else 0
