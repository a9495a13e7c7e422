"""What can be made of a snapshot, by its kind and level: each with its name and its wish."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.jobs.wish import Wish
from parcels.messages import text
from parcels.ui import cache, state

if TYPE_CHECKING:
    from parcels.snapshot.model import KindName, Level, Snapshot

LINK = "link"
_FILES = {"html": "html", "zip": "zip", "sheet_pdf": "pdf", "sheet_png": "png", "json": "json"}
_FORMATS = ("docx", "pdf", "xlsx")
_REPORTS: dict[KindName, tuple[str, ...]] = {
    "review": ("opinion", "points"),
    "proposal": ("memo",),
    "scenarios": ("balance",),
    "permu": ("ranking",),
}
_NO_SHEET = "permu"  # a ranking has no drawing
_NO_COORDINATES = {"points"}  # a table of coordinates never becomes public
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST = 60
_QUICK = 200  # parcels or rows: below, a file is there before a process would have started


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A file that can be had.

    Attributes
    ----------
    name : str
        Names it in the form.
    label : str
        In words.
    """

    name: str
    label: str
    wish: Wish


def offers(kind: KindName, level: Level) -> dict[str, Offer]:
    """Return the files that a snapshot of this kind and level can become, by name."""
    lang = state.lang()
    found = [
        Offer(name=name, label=text(lang, f"ui.share.output_{name}"), wish=_file(suffix))
        for name, suffix in _FILES.items()
        if kind != _NO_SHEET or not name.startswith("sheet_")
    ]
    for report in reports_of(kind, level):
        title = text(lang, f"ui.share.output_{report}")
        found += [
            Offer(
                name=f"{report}_{suffix}",
                label=text(lang, "ui.share.output_of", name=title, suffix=suffix.upper()),
                wish=_report(report, suffix),
            )
            for suffix in _FORMATS
        ]
    if kind == "review" and level == "public":
        label = text(lang, "ui.share.output_notice")
        found.append(Offer(name="notice", label=label, wish=_report("notice", "html")))
    return {one.name: one for one in found}


def usual_offers(kind: KindName, level: Level) -> dict[str, Offer]:
    """Return the files that are asked for most; the page 分享 has them all."""
    reports = reports_of(kind, level)[1:]
    found = offers(kind, level)
    return {
        name: one
        for name, one in found.items()
        if name != "json" and one.wish.options.get("name") not in reports
    }


def file_name(snapshot: Snapshot, name: str, suffix: str) -> str:
    """Name a file after the snapshot's title, what it is, and the digest that is printed on it."""
    title = _UNFIT.sub(" ", str(snapshot.content["title"])).strip(" .")[:_LONGEST]
    kept = [title or snapshot.kind, *([name] if name not in _FILES else []), snapshot.digest[:8]]
    return f"{'-'.join(kept)}.{suffix}"


def is_long(snapshot: Snapshot, wish: Wish) -> bool:
    """Whether a file takes so long that it is made in a process of its own."""
    content = snapshot.content
    size = len(content.get("parcels", ())) + len(content.get("rows", ()))
    return wish.suffix == "zip" or size > _QUICK


def reports_of(kind: KindName, level: Level) -> tuple[str, ...]:
    """Return the reports of a kind that a level allows."""
    public = level == "public"
    return tuple(one for one in _REPORTS[kind] if not (public and one in _NO_COORDINATES))


def _file(suffix: str) -> Wish:
    return Wish(what="file", suffix=suffix)


def _report(name: str, suffix: str) -> Wish:
    """Ask for a report, by the bureau's own template and with its contact where it has them."""
    settings = cache.settings()
    own = settings.template_of(name) if suffix == "docx" else None
    options = {"template": str(own)} if own else {}
    contact = {"contact": settings.notice_contact} if suffix == "html" else {}
    return Wish(what="report", suffix=suffix, options={"name": name, **options, **contact})
