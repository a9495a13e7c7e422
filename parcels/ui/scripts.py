"""Constant scripts of the page itself: language of the document, history, Streamlit's own words."""

from __future__ import annotations

import json
from pathlib import Path

from geo.read.limits import DEFAULT_LIMITS, MEGABYTE
from parcels.messages import text

_HERE = Path(__file__).parent
_ADDRESS = (_HERE / "address.js").read_text("utf-8")
_SHARE = (_HERE / "share.js").read_text("utf-8")
_WORDS = (_HERE / "words.js").read_text("utf-8")
_HTML_LANG = {"zh": "zh-CN", "en": "en"}
# What Streamlit writes, as a pattern, and the sentence that stands for it.
_STREAMLIT_WORDS = {
    "^Upload$": "upload",
    "^(\\d+)MB per file$": "size",
    "^File must be (\\d+)MB or smaller\\.$": "too_large",
    "^Add: ": "locate",
    "^No results$": "no_results",
    "^Page not found$": "no_page",
    "^The page that you have requested does not seem to exist.*": "no_page_hint",
    "^Sort ascending$": "ascending",
    "^Sort descending$": "descending",
    "^Autosize$": "autosize",
    "^Pin column$": "pin",
    "^Unpin column$": "unpin",
    "^Hide column$": "hide",
    "^Format$": "format",
}
# The server takes more than a reader does, so that it is the reader who names a file too large.
_SIZES = {"size": str(DEFAULT_LIMITS.file_bytes // MEGABYTE)}


def page_scripts(lang: str) -> tuple[str, ...]:
    """Return the scripts in the order in which they run; they depend on the language alone."""
    words = [
        (pattern, text(lang, f"widget.{key}", size=_SIZES.get(key, "$1")))
        for pattern, key in _STREAMLIT_WORDS.items()
    ]
    return (
        f"document.documentElement.lang = '{_HTML_LANG[lang]}';",
        _ADDRESS,
        _SHARE,
        _WORDS.replace("WORDS.map", f"{json.dumps(words)}.map"),
    )
