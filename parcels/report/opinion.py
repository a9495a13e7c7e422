"""审查意见表: a parcel with three lists of findings, or a batch with an overview before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.report.basis import accuracy_notice, basis, data_gaps
from parcels.report.finding_lists import finding_lists, override_words
from parcels.report.model import Block, Cell, Fact, Heading, Notes, Signatures
from parcels.report.overview import overview, totals
from parcels.report.parcel_facts import parcel_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.report.given import Entry, Given

_BOXES = ("first", "second", "deputy", "head")
_MOST_GAPS = 12


def opinion(given: Given, parcels: Sequence[Entry]) -> Iterator[Block]:
    """Give the blocks for some parcels of a review; several have an overview first."""
    yield Notes(
        name="reading",
        title="",
        lines=(Cell(text=given.say("reading", ids=given.say("ids.opinion"))),),
    )
    if len(parcels) > 1:
        yield from accuracy_notice(given)
        yield totals(given, parcels)
        yield from overview(given, parcels)
        yield data_gaps(given, _MOST_GAPS)
    for one in parcels:
        yield from _parcel(given, one, new_page=len(parcels) > 1)
    yield from basis(given, parcels, new_page=len(parcels) > 1)


def _parcel(given: Given, parcel: Entry, *, new_page: bool) -> Iterator[Block]:
    at = given.place(parcel)
    yield Heading(
        text=given.say("parcel", label=given.label(parcel)),
        key=str(parcel["key"]),
        label=given.label(parcel),
        new_page=new_page,
        rests=(f"{at}/id", f"{at}/name"),
    )
    yield from accuracy_notice(given)
    yield parcel_facts(given, parcel)
    yield from finding_lists(given, parcel)
    yield from _said(given, parcel, at)
    yield _signatures(given, parcel, at)


def _said(given: Given, parcel: Entry, at: str) -> Iterator[Block]:
    """Give the opinion with name and day, then verdicts of persons, then remarks."""
    said = parcel.get("said") or {}
    signed = said.get("opinion")
    lines = (
        [_signed(given, signed, at)]
        if signed
        else [Cell(text=given.say("no_opinion"), rests=(f"{at}/said/opinion",))]
    )
    yield Notes(name="opinion", title=given.say("opinion"), lines=tuple(lines))
    overrides = said.get("overrides") or ()
    if overrides:
        yield Notes(
            name="overrides",
            title=given.say("overrides", count=len(overrides)),
            lines=tuple(
                _override(given, one, f"{at}/said/overrides/{number}", parcel)
                for number, one in enumerate(overrides)
            ),
        )
    comments = said.get("comments") or ()
    if comments:
        yield Notes(
            name="comments",
            title=given.say("comments", count=len(comments)),
            lines=tuple(
                given.cell(
                    f"{given.who(one)} {given.moment(one['at'])}：{one['text']}",
                    f"{at}/said/comments/{number}",
                )
                for number, one in enumerate(comments)
            ),
        )


def _signed(given: Given, signed: Entry, at: str) -> Cell:
    words = given.say(
        "signed",
        verdict=text(given.lang, f"reviews.verdict.{signed['verdict']}"),
        reason=signed.get("reason") or ("—" if given.is_internal else given.kept_back),
        by=given.who(signed),
        at=given.moment(signed["at"]),
    )
    if not signed.get("valid"):
        changed = [
            text(given.lang, f"reviews.changed.{one}") for one in signed.get("changed") or ()
        ]
        words += given.say("void_because", changed=changed)
    return given.cell(words, f"{at}/said/opinion")


def _override(given: Given, override: Entry, place: str, parcel: Entry) -> Cell:
    titles = {(one["check"], one["rule_id"]): one for one in given.findings.get(parcel["key"], ())}
    about = titles.get((override["check"], override["rule"]))
    title = (about or {}).get("rule_title") or override["rule"]
    stands = "" if override.get("counts") else given.say("override_ended")
    rests = (place, about["id"]) if about else (place,)
    return given.cell(f"{title}：{override_words(given, override)}{stands}", *rests)


def _signatures(given: Given, parcel: Entry, at: str) -> Signatures:
    """Give the boxes; who signed an opinion that stands has the first."""
    signed = (parcel.get("said") or {}).get("opinion") or {}
    rests = (f"{at}/said/opinion",)
    blank = Cell(text=given.say("signature.blank"))
    first = blank
    if signed.get("valid"):
        words = [
            text(given.lang, f"reviews.verdict.{signed['verdict']}"),
            given.who(signed),
            given.moment(signed["at"])[:10],
        ]
        first = given.cell("\n".join(words), *rests)
    return Signatures(
        boxes=tuple(
            Fact(
                name=one,
                label=given.say(f"signature.{one}"),
                value=first if one == "first" else blank,
            )
            for one in _BOXES
        )
    )
