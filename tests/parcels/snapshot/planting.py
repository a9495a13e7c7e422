"""A word of its own in every leaf of a content, and the paths where such words are found again."""

from __future__ import annotations

import re

# Leaves that the reduction itself reads; what it makes of them has tests of its own.
STRUCTURE = {
    "kind",
    "level",
    "lang",
    "disclaimer",
    "rests_on",
    "parcels[].selected",
    "parcels[].at",
    "parcels[].shape",
    "parcels[].place",
    "parcels[].box",
    "answers.parcels",
    "answers.layers[].kind",
    "answers.findings[].parcel",
    "answers.findings[].rule_id",
    "answers.findings[].check",
    "answers.findings[].reason",
    "answers.findings[].outcome",
    "drawn.groups[].id",
    "drawn.groups[].layers[].kind",
    "drawn.groups[].layers[].count",
    "drawn.groups[].layers[].digest",
    "drawn.groups[].layers[].features[].properties.anchor[]",
    "scenarios[].elements[].shape",
}
FINDINGS = (
    "answers.packs[].findings[].",
    "answers.around.packs[].findings[].",
    "answers.scenarios[].conflicts[].",
)
WORD = re.compile(r"⟦\d+⟧")
READ = {"id", "rule_id", "check", "reason", "outcome"}


def plant(content):
    """Copy a content with a word in each leaf; give it and the path of each word."""
    marks = {}

    def walk(value, path):
        if isinstance(value, dict):
            if "coordinates" in value and "type" in value:
                word = mark(f"{path}.extra")
                return {**value, "extra": word}
            found = {name: walk(one, f"{path}.{name}".lstrip(".")) for name, one in value.items()}
            return found | {"planted": mark(f"{path}.planted".lstrip("."))}
        if isinstance(value, list):
            return [walk(one, f"{path}[]") for one in value]
        if is_read(path) or isinstance(value, bool):
            return value
        if isinstance(value, (int, float)):
            return mark(path, number=True)
        return f"{value or ''}{mark(path)}"

    def mark(path, *, number=False):
        at = len(marks)
        made = at + 0.828125 if number else f"⟦{at}⟧"
        marks[made] = path
        return made

    return walk(content, ""), marks


def is_read(path):
    before, _, key = path.rpartition(".")
    return (
        path in STRUCTURE
        or (f"{before}." in FINDINGS and key in READ)
        or ("answers.memo." in path and key == "finding")
    )


def survivors(content, marks):
    """Give the paths of the words that are still somewhere, keys included, each once, sorted."""
    found = set()

    def walk(value):
        if isinstance(value, dict):
            for key, one in value.items():
                walk(key)
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)
        elif isinstance(value, str):
            found.update(marks[word] for word in WORD.findall(value))
        elif isinstance(value, float) and value in marks:
            found.add(marks[value])

    walk(content)
    return sorted(found)
