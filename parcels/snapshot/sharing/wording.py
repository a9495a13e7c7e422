"""What stays in the house, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcels.snapshot.sharing.choosing import Withheld


_KINDS = ("proposal", "scenarios", "permu")
"""Kinds of which a fixed part stays."""


def notes(withheld: Withheld, lang: str) -> tuple[str, ...]:
    """Say what a reader of the reduced snapshot must know is missing from it."""
    return tuple(_notes(withheld, lang))


def dropped_words(
    whole: Mapping[str, Any], made: Mapping[str, Any], withheld: Withheld, lang: str
) -> tuple[str, ...]:
    """Say all that stays, as far as the internal snapshot has it."""
    return (*_notes(withheld, lang), *_layers(withheld, lang), *_fields(whole, made, lang))


def _notes(withheld: Withheld, lang: str) -> Iterator[str]:
    if withheld.parcels:
        yield text(lang, "share.dropped.parcels", count=withheld.parcels)
    findings = sum(withheld.findings.values())
    if findings:
        yield text(lang, "share.dropped.findings", count=findings)
    if withheld.sentences:
        yield text(lang, "share.dropped.sentences", count=withheld.sentences)
    if withheld.collapsed:
        yield text(lang, "share.dropped.collapsed", names=withheld.collapsed)


def _layers(withheld: Withheld, lang: str) -> Iterator[str]:
    if withheld.layers:
        yield text(lang, "share.dropped.layers", names=withheld.layers)


def _fields(whole: Mapping[str, Any], made: Mapping[str, Any], lang: str) -> Iterator[str]:
    before, after = whole.get("parcels", ()), made.get("parcels", ())
    if whole.get("inputs"):
        yield text(lang, "share.dropped.inputs")
    if "frame" in made:
        yield text(lang, "share.dropped.coordinates")
    if whole.get("view"):
        yield text(lang, "share.dropped.view")
    columns = dict.fromkeys(name for one in before for name in one["attributes"])
    left = {name for one in after for name in one["attributes"]}
    if stay := [name for name in columns if name not in left]:
        yield text(lang, "share.dropped.attributes", names=stay)
    comments = sum(len(one["said"]["comments"]) for one in before)
    facts = sum(len(one["said"]["facts"]) for one in before)
    if comments or facts:
        yield text(lang, "share.dropped.said", comments=comments, facts=facts)
    if whole["kind"] in _KINDS:
        yield text(lang, f"share.stays.{whole['kind']}_{made['level']}")
    if any(one["said"]["opinion"] or one["said"]["overrides"] for one in before):
        yield text(lang, "share.dropped.reviewers")
    if whole["made"]["by"] and not made["made"].get("by"):
        yield text(lang, "share.dropped.maker")
