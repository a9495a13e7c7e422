"""Sheets by name: which module draws which, and a snapshot as a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from geo.errors import PlannerError
from layers.sheet.output import pdf, png
from parcels.sheets.furniture import numbered
from parcels.sheets.options import DEFAULT_DPI

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layers.sheet.page import Page
    from parcels.sheets.options import SheetOptions
    from parcels.snapshot.model import Snapshot

TEMPLATES: Mapping[str, str] = MappingProxyType(
    {
        "cadastral": "parcels.sheets.cadastral",
        "survey_map": "parcels.sheets.survey_map",
        "location": "parcels.sheets.location",
        "comparison": "parcels.sheets.comparison",
        "m0": "parcels.sheets.m0_sheet",
    }
)
"""Name of a template to the module whose ``pages(snapshot, options)`` draws it."""
_DPI = (72, 600)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """Pages, ready to print; what is written is kept.

    Attributes
    ----------
    content : tuple of Page
        The pages in millimetres.
    made_at, title, digest : str
        Of the snapshot: they stand in the file too.
    """

    content: tuple[Page, ...]
    made_at: str
    title: str
    digest: str
    _kept: dict[object, bytes] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.content)

    def png(self, page: int = 1, dpi: float = DEFAULT_DPI) -> bytes:
        """Draw a page as PNG.

        Parameters
        ----------
        page : int
            From 1.
        dpi : float
            Dots an inch, 72 to 600.

        Raises
        ------
        PlannerError
            ``sheet_page_unknown``, ``sheet_dpi_refused``.
        """
        if not 1 <= page <= self.pages:
            raise PlannerError("sheet_page_unknown", page=page, pages=self.pages)
        if not _DPI[0] <= dpi <= _DPI[1]:
            raise PlannerError("sheet_dpi_refused", dpi=dpi, least=_DPI[0], most=_DPI[1])
        if ("png", page, dpi) not in self._kept:
            texts = {"Title": self.title, "SHA-256": self.digest}
            self._kept["png", page, dpi] = png(self.content[page - 1], dpi=dpi, texts=texts)
        return self._kept["png", page, dpi]

    def pdf(self) -> bytes:
        """Draw all pages as PDF: vectors, with the font embedded."""
        if "pdf" not in self._kept:
            self._kept["pdf"] = pdf(self.content, made_at=self.made_at, title=self.title)
        return self._kept["pdf"]


def sheet(snapshot: Snapshot, options: SheetOptions) -> Sheet:
    """Draw a snapshot by a template; equal snapshots and options give equal bytes.

    Raises
    ------
    PlannerError
        ``sheet_template_unknown``; those of the template, such as ``sheet_scale_too_large``.
    """
    pages = template(options.template)(snapshot, options)
    content = snapshot.content
    return Sheet(
        content=numbered(pages, options, content, snapshot.digest),
        made_at=content["made"]["at"],
        title=content["title"],
        digest=snapshot.digest,
    )


@cache
def template(name: str) -> Callable[[Snapshot, SheetOptions], Sequence[Page]]:
    """Find the function that draws the pages of a template."""
    if name not in TEMPLATES:
        raise PlannerError("sheet_template_unknown", template=name, templates=[*TEMPLATES])
    pages = import_module(TEMPLATES[name]).pages
    return cast("Callable[[Snapshot, SheetOptions], Sequence[Page]]", pages)
