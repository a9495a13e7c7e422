"""What the page of a snapshot is told besides the snapshot: its sentences and the map's signs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from layers import style
from layers.scene import TEXT_KEYS
from layers.use_signs import use_sign
from parcels.map_scene import USE_KEYS
from parcels.messages import LANGUAGES, messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Content

_TOPICS = (
    "snapshot_page.",
    "outcome.",
    "glyph.",
    "cause.",
    "mark.",
    "reviews.verdict.",
    "reviews.changed.",
    "amount.",
    "op.",
    "ui.review.status_",
)
_OTHER_LANGUAGE = "zh"


def page_language(content: Content) -> str:
    """Return the language of the page: that of the snapshot's sentences."""
    lang = content.get("lang")
    return lang if lang in LANGUAGES else _OTHER_LANGUAGE


@cache
def page_words(lang: str) -> Mapping[str, str]:
    """Return every sentence of the page by its key."""
    return {key: words for key, words in messages(lang).items() if key.startswith(_TOPICS)}


def map_words(content: Content) -> dict[str, Any]:
    """Return what the map needs that no snapshot says: its words, its signs, the sign of a use."""
    lang = page_language(content)
    return {
        "texts": {key: messages(lang)[f"map.{key}"] for key in TEXT_KEYS},
        "style": style.signs(),
        "uses": dict(USE_KEYS),
        "codes": _codes(content),
    }


def _codes(content: Content) -> dict[str, str]:
    """Return the sign of each class that occurs, by scheme and code."""
    uses = [one.get("use") or {} for one in content.get("parcels") or ()]
    elements = [one for each in content.get("scenarios") or () for one in each.get("elements", ())]
    pairs = {(str(one.get("scheme", "")), str(one.get("code", ""))) for one in [*uses, *elements]}
    return {f"{scheme} {code}": use_sign(code, scheme) for scheme, code in sorted(pairs) if code}
