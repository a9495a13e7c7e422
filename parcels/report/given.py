"""What a report takes from the content of a snapshot, and the words it puts it in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from parcels.finding_words import need_text
from parcels.messages import messages, text
from parcels.report.model import Cell
from parcels.report.visible import visible
from parcels.snapshot.review.statements import findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.snapshot.model import Content

Entry = dict[str, Any]
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_BEIJING = timedelta(hours=8)


@dataclass(frozen=True, kw_only=True, eq=False)
class Given:
    """A content, its digest and the language of its sentences.

    A reduced snapshot lacks what may not leave the house; what is not there is said to be
    unknown, never left out in silence. ``keys``: of the parcels that are asked for; None: all.
    """

    content: Content
    digest: str
    keys: frozenset[str] | None = None

    @property
    def lang(self) -> str:
        """The language in which the snapshot was made: its sentences are in it."""
        return "en" if self.content.get("lang") == "en" else "zh"

    def say(self, key: str, /, **values: object) -> str:
        """Return a sentence of the reports."""
        return text(self.lang, f"reports.{key}", **values)

    def word(self, key: str, fallback: str) -> str:
        """Return a word of the messages for a code; the code itself where there is none."""
        return messages(self.lang).get(key, fallback)

    def beside(self, words: str, more: str) -> str:
        """Write something with more in brackets behind it."""
        return self.say("beside", words=words, more=more)

    @property
    def unknown(self) -> str:
        """Return the word for what is not known."""
        return text(self.lang, "outcome.unknown")

    def moment(self, at: Any) -> str:
        """Write a time of the content by the clock of Beijing, as sheets and links have it.

        To the minute; as it is where it is none.
        """
        if not _MOMENT.fullmatch(str(at or "")):
            return str(at or self.unknown)
        try:
            there = datetime.fromisoformat(at) + _BEIJING
        except (ValueError, OverflowError):
            return str(at)
        return f"{there:%Y-%m-%d %H:%M} UTC+8"

    @property
    def withheld(self) -> Mapping[str, int]:
        """Count by outcome the findings that a copy does not hold; nothing in the original."""
        counted = (self.content.get("withheld") or {}).get("findings")
        return counted if isinstance(counted, dict) else {}

    @property
    def kept_back(self) -> str:
        """Return the word for what a copy that leaves the house does not hold."""
        return self.unknown if self.is_internal else self.say("kept_back")

    def who(self, said: Entry) -> str:
        """Name who said something; in a copy that leaves the house names are kept back."""
        nobody = self.say("unnamed")
        return str(said.get("by") or (nobody if self.is_internal else self.kept_back))

    @property
    def is_internal(self) -> bool:
        """Whether the snapshot holds all that there is."""
        return bool(self.content["level"] == "internal")

    def cell(self, words: Any, *rests: str) -> Cell:
        """Say something that rests on places or findings; nothing: it is unknown."""
        plain = "" if words is None else visible(str(words))
        return Cell(text=plain if plain.strip() else self.unknown, rests=rests)

    @property
    def answers(self) -> Mapping[str, Any]:
        """What the checks say."""
        answers: Mapping[str, Any] = self.content.get("answers") or {}
        return answers

    @property
    def parcels(self) -> Sequence[Entry]:
        """All parcels that were assessed together."""
        parcels: Sequence[Entry] = self.content.get("parcels") or ()
        return parcels

    def place(self, parcel: Entry) -> str:
        """Return where a parcel stands in the content."""
        return f"parcels/{self._places[id(parcel)]}"

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {id(one): at for at, one in enumerate(self.parcels)}

    @cached_property
    def findings(self) -> Mapping[str, Sequence[Entry]]:
        """Findings by the key of their parcel, in report order."""
        found: dict[str, list[Entry]] = {}
        for one in findings_of(self.content):
            if self.keys is None or one["key"] in self.keys:
                found.setdefault(one["key"], []).append(one)
        return found

    @cached_property
    def check_titles(self) -> Mapping[str, str]:
        """Titles of the checks by id."""
        return {one["id"]: one["title"] for one in self.answers.get("checks") or ()}

    @cached_property
    def need_titles(self) -> Mapping[str, str]:
        """Names of missing data by their code."""
        return {one["need"]: one["title"] for one in self.answers.get("worklist") or ()}

    def need(self, code: str) -> str:
        """Name a missing datum; a copy that leaves the house has no list of them."""
        return self.need_titles.get(code) or _need_words(self.lang, code, self._rule_titles)

    @cached_property
    def _rule_titles(self) -> Mapping[str, str]:
        found = (one for each in self.findings.values() for one in each)
        return {one["rule_id"]: one.get("rule_title") or one["rule_id"] for one in found}

    def standing(self, parcel: Entry) -> Mapping[tuple[str, str], Entry]:
        """Return the overrides that count, by check and rule, each with its ``place``."""
        said, at = parcel.get("said") or {}, self.place(parcel)
        return {
            (one["check"], one["rule"]): {**one, "place": f"{at}/said/overrides/{number}"}
            for number, one in enumerate(said.get("overrides") or ())
            if one.get("counts")
        }

    def label(self, parcel: Entry) -> str:
        """Name a parcel: its id and its name."""
        named = [str(parcel.get(key) or "") for key in ("id", "name")]
        words = " ".join(dict.fromkeys(one for one in named if one.strip()))
        return visible(words) or str(parcel.get("at", 0) + 1)


def _need_words(lang: str, code: str, rules: Mapping[str, str]) -> str:
    """Name a datum by its code alone; the code itself where this program does not know it."""
    from parcels.rules.load import book_of

    kind, _, subject = code.partition(":")
    if subject in rules:
        return text(lang, f"need.{kind}", subject=rules[subject])
    try:
        return need_text(lang, code, book_of([], date.min))
    except KeyError:
        return code
