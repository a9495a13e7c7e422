"""What the page of a snapshot is told besides the snapshot: its sentences and the map's signs."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from layers import style
from layers.scene import TEXT_KEYS
from layers.use_signs import use_sign
from parcels.finding_words import input_title, need_text
from parcels.map_scene import USE_KEYS
from parcels.messages import LANGUAGES, messages, text
from parcels.rules.load import all_packs, book_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    uses = [_entry(one.get("use")) for one in _entries(content.get("parcels"))]
    elements = [
        one for each in _entries(content.get("scenarios")) for one in _entries(each.get("elements"))
    ]
    pairs = {(str(one.get("scheme", "")), str(one.get("code", ""))) for one in [*uses, *elements]}
    return {f"{scheme} {code}": use_sign(code, scheme) for scheme, code in sorted(pairs) if code}


def pack_titles(content: Content) -> dict[str, str]:
    """Return the titles of rule packs by id: as the snapshot has them, else as this program."""
    lang = page_language(content)
    named = {str(one.get("id")) for one in _entries(_entry(content.get("answers")).get("packs"))}
    book = _entry(_entry(content.get("inputs")).get("book"))
    inside = {
        str(one.get("id")): _entry(one.get("title")).get(lang)
        for one in _entries(book.get("packs"))
    }
    known = {name: pack.title for name, pack in all_packs().items() if name in named}
    titles = {name: title.en if lang == "en" else title.zh for name, title in known.items()}
    return titles | {name: str(title) for name, title in inside.items() if title}


def need_titles(content: Content) -> dict[str, str]:
    """Return the names of the data that findings miss, by their codes."""
    lang, said = page_language(content), list(_statements(content))
    rules = {str(one.get("rule_id")): str(one.get("rule_title") or "") for one in said}
    needs = {str(need) for one in said for need in one.get("needs") or ()}
    return {need: _need_title(lang, need, rules) for need in sorted(needs)}


def fact_titles(content: Content) -> dict[str, str]:
    """Return the names of the facts that people added, by their codes."""
    lang = page_language(content)
    said = [_entry(one.get("said")) for one in _entries(content.get("parcels"))]
    codes = sorted({str(code) for one in said for code in _entry(one.get("facts"))})
    return {code: _fact_title(lang, code) for code in codes}


def _fact_title(lang: str, code: str) -> str:
    try:
        return input_title(lang, code)
    except KeyError:
        return code


def _statements(content: Content) -> Iterable[Mapping[str, Any]]:
    answers = _entry(content.get("answers"))
    return _entries(answers.get("said") or answers.get("findings"))


def _entry(value: Any) -> Mapping[str, Any]:
    """Take a mapping; a page is made of contents that were changed by hand, too."""
    return value if isinstance(value, dict) else {}


def _entries(value: Any) -> Iterable[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _need_title(lang: str, need: str, rules: Mapping[str, str]) -> str:
    """Name a datum; one that this program does not know stays as it is."""
    kind, _, subject = need.partition(":")
    if kind in {"local", "value"}:
        return text(lang, f"need.{kind}", subject=rules.get(subject) or subject)
    try:
        return need_text(lang, need, book_of((), date.min))
    except KeyError:
        return need
