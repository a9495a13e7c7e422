"""A snapshot as one HTML5 file, with everything that it needs inside."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from layers.page_assets import page_script, page_style
from parcels.messages import text
from parcels.snapshot.page.embedding import block, embedded, json_block
from parcels.snapshot.page.words import (
    fact_titles,
    map_words,
    need_titles,
    pack_titles,
    page_language,
    page_words,
)

if TYPE_CHECKING:
    from parcels.snapshot.model import Snapshot

SNAPSHOT_ID = "snapshot"
"""Of the element that holds the canonical JSON."""
_LANG_TAGS = {"zh": "zh-CN", "en": "en"}


def page_bytes(snapshot: Snapshot, live_url: str | None = None) -> bytes:
    """Write the page: UTF-8, no clock, the same bytes for the same snapshot.

    Every figure on it is made in the browser from the one JSON in the element ``snapshot``.

    Parameters
    ----------
    snapshot : Snapshot
        Of any kind and level.
    live_url : str, optional
        Address of the live view, for readers who may see it; stands in a block of its own.

    Returns
    -------
    bytes
        The page asks no server for anything; a policy in its head forbids it to.
    """
    content = snapshot.content
    lang = page_language(content)
    kind, data = embedded(snapshot.envelope())
    config = {
        "words": page_words(lang),
        "map": map_words(content),
        "packs": pack_titles(content),
        "needs": need_titles(content),
        "facts": fact_titles(content),
        "live": live_url,
    }
    script, style = page_script(), page_style()
    return b"".join(
        [
            _head(str(content.get("title", "")), lang, script, style),
            _without_script(snapshot, lang),
            block(SNAPSHOT_ID, kind, data),
            json_block("page-words", config),
            f"<script>{script}</script>\n</body>\n</html>\n".encode(),
        ]
    )


def policy(script: str, style: str) -> str:
    """Return the content security policy: this script and this style sheet, and nothing else."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_sha256(script)}'",
            f"style-src '{_sha256(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _head(title: str, lang: str, script: str, style: str) -> bytes:
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{_LANG_TAGS[lang]}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy(script, style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="robots" content="noindex, nofollow">',
            '<meta name="color-scheme" content="light dark">',
            '<link rel="icon" href="data:,">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>\n",
        ]
    ).encode()


def _without_script(snapshot: Snapshot, lang: str) -> bytes:
    said = text(lang, "snapshot_page.without_script", digest=snapshot.digest)
    disclaimer = escape(str(snapshot.content.get("disclaimer", "")))
    loading = escape(text(lang, "snapshot_page.loading"))
    return (
        f"<noscript><p>{escape(said)}</p><p>{disclaimer}</p></noscript>\n"
        f'<div id="page" hidden><p class="pg-loading" role="status">{loading}</p></div>\n'
    ).encode()


def _sha256(source: str) -> str:
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return f"sha256-{digest}"
