"""Pages as PNG and PDF by matplotlib's canvases: no window, no shared state, same bytes."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from layers.sheet.drawn import figure_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.sheet.page import Page

MM_PER_INCH = 25.4


def png(page: Page, *, dpi: float, texts: Mapping[str, str] | None = None) -> bytes:
    """Draw a page as PNG; the file says how many dots make an inch.

    Parameters
    ----------
    texts : mapping of str to str, optional
        Text chunks of the file, such as its title.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = figure_of(page, dpi, letters=False)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    buffer = io.BytesIO()
    _write_png(canvas, buffer, dpi, dict(texts or {}))
    return buffer.getvalue()


def _write_png(canvas: Any, buffer: io.BytesIO, dpi: float, texts: Mapping[str, str]) -> None:
    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    for key, words in texts.items():
        info.add_itxt(key, words)
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    picture.save(buffer, format="PNG", dpi=(dpi, dpi), pnginfo=info, compress_level=2)


def pdf(pages: Sequence[Page], *, made_at: str, title: str) -> bytes:
    """Draw pages as PDF: vectors, letters that can be searched, the font embedded.

    Parameters
    ----------
    made_at : str
        UTC, ``2026-11-22T08:00:00Z``: the date of the file.
    title : str
        Any text.
    """
    from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages

    buffer = io.BytesIO()
    made = datetime.fromisoformat(made_at).astimezone(UTC)
    told = {
        "Title": title,
        "CreationDate": made,
        "ModDate": made,
        "Creator": None,
        "Producer": None,
    }
    with PdfPages(buffer, metadata=told) as document:
        for page in pages:
            figure = figure_of(page, 72, letters=True)
            FigureCanvasPdf(figure)
            document.savefig(figure)
    return buffer.getvalue()
