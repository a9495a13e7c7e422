"""Both languages say the same things, and every code that the source uses has its sentence."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.errors import PlannerError
from parcels.messages import LANGUAGES, error_text, messages, text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path for folder in ("geo", "layers", "parcels") for path in (ROOT / folder).rglob("*.py")
)
# Added by the reader to every error about a file.
ADDED_LATER = {"file"}
# Words with an underscore in geo/location that are classes, keys or kinds, not notes.
NO_NOTES = {
    "one_sided",
    "half_open",
    "as_bound",
    "park_area",
    "distance_m",
    "area_m2",
    "accuracy_m",
    "candidate_area_m2",
    "from_to",
}
SNAKE_CASE = re.compile(r"[a-z]+(_[a-z0-9]+)+")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Give (place, code, names of values or None when they are not literal) of every error."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_error = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PlannerError"
            if is_error and node.args and isinstance(node.args[0], ast.Constant):
                named = {keyword.arg for keyword in node.keywords}
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield place, node.args[0].value, None if None in named else named


def coded(kind: str) -> set[str]:
    """Give every literal code that `Fault` or `Note` is made with."""
    return {
        keyword.value.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == kind
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    }


def constants(folder: str) -> set[str]:
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


RAISED = list(raised())


def test_languages_have_the_same_keys() -> None:
    first, second = (set(messages(lang)) for lang in LANGUAGES)
    assert first - second == set()
    assert second - first == set()


def test_sentences_name_the_same_values_in_both_languages() -> None:
    differing = {
        key
        for key in set(messages("zh")) & set(messages("en"))
        if placeholders(messages("zh")[key]) != placeholders(messages("en")[key])
    }
    assert differing == set()


def test_every_error_has_a_sentence_and_a_hint() -> None:
    keys = messages("zh")
    missing = {
        code
        for _, code, _ in RAISED
        if not {f"error.{code}.text", f"error.{code}.hint"} <= set(keys)
    }
    assert len(RAISED) > 50
    assert missing == set()


@pytest.mark.parametrize("kind", ["Fault", "Note"])
def test_every_fault_and_note_has_a_sentence(kind: str) -> None:
    missing = {c for c in coded(kind) if f"{kind.lower()}.{c}.text" not in messages("zh")}
    assert missing == set()


def test_every_raise_gives_the_values_of_its_sentence() -> None:
    lacking = {
        place: needed - values - ADDED_LATER
        for place, code, values in RAISED
        if values is not None and f"error.{code}.text" in messages("zh")
        for needed in [
            placeholders(
                messages("zh")[f"error.{code}.text"] + messages("zh")[f"error.{code}.hint"]
            )
        ]
        if needed - values - ADDED_LATER
    }
    assert lacking == {}


def test_no_sentence_is_left_of_an_error_that_nothing_raises() -> None:
    written = {key.split(".")[1] for key in messages("zh") if key.startswith("error.")}
    used = {word for folder in ("geo", "layers", "parcels") for word in constants(folder)}
    composed = {f"file_too_many_{what}" for what in ("features", "columns", "vertices")}
    assert written - used - composed == set()


def test_every_note_of_a_location_has_a_sentence() -> None:
    words = {word for word in constants("geo/location") if SNAKE_CASE.fullmatch(word)}
    notes = words - NO_NOTES - {code for _, code, _ in RAISED}
    assert {note for note in notes if f"note.{note}.text" not in messages("zh")} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notes_are_sentences(lang: str) -> None:
    notes = {key: note for key, note in messages(lang).items() if key.startswith("note.")}
    assert {key for key, note in notes.items() if not note.endswith(("。", "."))} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_values_stay_as_typed_and_lists_are_joined(lang: str) -> None:
    name = "{{7*7}} {x} <img onerror>"
    sentence, _ = error_text(
        lang, PlannerError("network_no_name_column", file=name, columns=["a"] * 20)
    )
    assert name in sentence
    assert "…" in sentence
    assert "[" not in sentence
    assert text(lang, "error.crs_missing.hint", candidates=[]).count("—") == 1


def test_a_sentence_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        text("zh", "error.nothing_like_this.text")
