"""Notes about firms and tables in the user's language, quantities and indices by their names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parcels.messages import messages, text
from parcels.permu.terms import indicators, origins, quantities
from parcels.wording import fault_text, note_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Fault, Note
    from parcels.permu.schemes import Scheme
    from parcels.rules.model import Words

_NAMED = ("status", "size", "trade")


def fault_sentence(lang: str, fault: Fault) -> str:
    """Say what is wrong or remarkable about a row."""
    return fault_text(lang, replace(fault, values=_worded(lang, fault.values)))


def note_sentence(lang: str, note: Note) -> str:
    """Say what holds for a whole table or scheme."""
    return note_text(lang, replace(note, values=_worded(lang, note.values)))


def in_words(words: Words, lang: str) -> str:
    """Return a short text of the data in the user's language."""
    return words.zh if lang == "zh" else words.en


def mark_text(scheme: Scheme, lang: str) -> str:
    """Say what a scheme rests on: how much of its text was seen, or what it is instead."""
    origin = origins().get(scheme.source)
    if scheme.mark == "V" and origin is not None:
        return text(lang, f"permu.read.{origin.read}")
    return text(lang, f"permu.mark.{scheme.mark}")


def role_title(role: str, lang: str) -> str:
    """Name a quantity, an index or a word column."""
    if role in quantities():
        return in_words(quantities()[role].title, lang)
    if role in indicators():
        return in_words(indicators()[role].title, lang)
    key = f"permu.column.{role}"
    return text(lang, key) if key in messages(lang) else role


def _worded(lang: str, values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    for name in ("role", "index"):
        if name in found:
            found[name] = role_title(str(found[name]), lang)
    for name in _NAMED:
        if name in found:
            found[name] = text(lang, f"permu.{name}.{found[name]}")
    if "title_en" in found and lang == "en":
        found["title"] = found["title_en"]
    return found
