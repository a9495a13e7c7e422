"""Sentences in both languages: a folder each, one TOML file a topic, looked up by dotted key."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.errors import PlannerError

LANGUAGES = ("zh", "en")
_LONGEST_LIST = 8
_FOLDER = Path(__file__).parent


@cache
def messages(lang: str) -> Mapping[str, str]:
    """Return every sentence of a language by dotted key; a key stands in one file only."""
    found: dict[str, str] = {}
    for path in sorted((_FOLDER / lang).glob("*.toml")):
        for key, sentence in _flat(tomllib.loads(path.read_text(encoding="utf-8")), ""):
            if found.setdefault(key, sentence) is not sentence:
                raise KeyError(key)
    return MappingProxyType(found)


def text(lang: str, key: str, /, **values: object) -> str:
    """Return a sentence with its values put in.

    Values are put in as text once: braces inside a value stay as typed. A list is written
    with the separator of the language, its end left out when it is long.

    Raises
    ------
    KeyError
        No such sentence, or a value that it names is not given.
    """
    return messages(lang)[key].format_map({name: shown(lang, one) for name, one in values.items()})


def error_text(lang: str, error: PlannerError) -> tuple[str, str]:
    """Return the sentence and the hint of an expected failure."""
    return (
        text(lang, f"error.{error.code}.text", **error.values),
        text(lang, f"error.{error.code}.hint", **error.values),
    )


def shown(lang: str, value: object) -> object:
    """Write a list or a mapping as it stands in a sentence; other values are themselves."""
    if isinstance(value, dict):
        value = [f"{name} {said}" for name, said in value.items()]
    if not isinstance(value, (list, tuple)):
        return value
    if not value:
        return "—"
    shown = [str(item) for item in value[:_LONGEST_LIST]]
    rest = ["…"] if len(value) > _LONGEST_LIST else []
    return messages(lang)["ui.list_mark"].join(shown + rest)


def _flat(node: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else key
        found += _flat(value, name) if isinstance(value, dict) else [(name, value)]
    return found
