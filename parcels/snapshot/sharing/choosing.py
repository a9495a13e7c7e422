"""Which parcels, findings and layers of a review leave, before fields are looked at."""

from __future__ import annotations

import string
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from parcels.findings import OUTCOMES
from parcels.messages import messages, text
from parcels.snapshot.sharing.lists import names_for, patterns, sentence_values, sharing_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcels.snapshot.model import Level

Entry = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Withheld:
    """What stayed in the house, counted, so that its absence is said.

    Attributes
    ----------
    parcels : int
        That were not selected.
    findings : Counter of outcome
        About things that are not shown at the level.
    sentences : int
        Of findings that leave: they name something that does not.
    layers : list of str
        Titles of drawn layers.
    collapsed : list of str
        Parcels and features whose outline is smaller than the rounding.
    """

    parcels: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    layers: list[str] = field(default_factory=list)
    collapsed: list[str] = field(default_factory=list)

    def plain(self, notes: Iterable[str]) -> Entry:
        """Give it as values of JSON."""
        return {
            "parcels": self.parcels,
            "findings": {one: self.findings[one] for one in OUTCOMES},
            "sentences": self.sentences,
            "layers": len(self.layers),
            "collapsed": list(self.collapsed),
            "notes": list(notes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaving:
    """The parcels that leave: their new places, and their names."""

    level: Level
    lang: str
    places: Mapping[int, int]
    known: frozenset[str]
    whole: bool


def chosen(content: Mapping[str, Any], level: Level, withheld: Withheld) -> Entry:
    """Copy a content with the parcels, findings and layers that leave; numbers go from one on."""
    found = dict(content)
    if "drawn" in found:
        found["drawn"] = _drawn(content["drawn"], withheld)
    if "parcels" not in found:
        return found
    entries = [one for one in content["parcels"] if one["selected"]]
    withheld.parcels = len(content["parcels"]) - len(entries)
    leaving = _Leaving(
        level=level,
        lang=content["lang"],
        places={one["at"]: place for place, one in enumerate(entries)},
        known=frozenset(str(one[name]) for one in entries for name in ("key", "id", "name")),
        whole=withheld.parcels == 0,
    )
    own = frozenset(str(one["key"]) for one in entries)
    found["parcels"] = [
        {**one, "at": place, "twins": [twin for twin in one["twins"] if twin in own]}
        for place, one in enumerate(entries)
    ]
    found["answers"] = _answers(content["answers"], found["parcels"], leaving, withheld)
    return found


def _drawn(drawn: Mapping[str, Any], withheld: Withheld) -> Entry:
    allowed = set(sharing_rules()["drawn"]["groups"])
    withheld.layers += [
        layer["title"]
        for group in drawn["groups"]
        if group["id"] not in allowed
        for layer in group["layers"]
    ]
    return {**drawn, "groups": [group for group in drawn["groups"] if group["id"] in allowed]}


def _answers(
    answers: Mapping[str, Any], entries: list[Entry], leaving: _Leaving, withheld: Withheld
) -> Entry:
    unnamed, unshown = names_for("layers", leaving.level), names_for("findings", leaving.level)
    summary: Counter[str] = Counter()
    findings = []
    for finding in answers["findings"]:
        place = leaving.places.get(finding["parcel"] - 1)
        if place is None:
            continue
        summary[finding["outcome"]] += 1
        if finding["rule_id"] in unshown:
            withheld.findings[finding["outcome"]] += 1
            continue
        findings.append(_finding(finding, place, entries[place], leaving, withheld))
    return {
        **answers,
        "parcels": len(entries),
        "layers": [one for one in answers["layers"] if one["kind"] not in unnamed],
        "summary": {one: summary[one] for one in OUTCOMES},
        "findings": findings,
    }


def _finding(
    finding: Mapping[str, Any], place: int, entry: Entry, leaving: _Leaving, withheld: Withheld
) -> Entry:
    found = {**finding, "parcel": place + 1}
    own = {name for names in entry["bounds"].values() for name in names}
    known = finding["other_id"] in leaving.known | own
    if finding["other_id"] and not known:
        found["other_id"] = ""
    if not _may_be_said(finding, leaving, known=known):
        withheld.sentences += 1
        found["message"] = text(leaving.lang, "share.sentence_stays", id=finding["id"])
    return found


def _may_be_said(finding: Mapping[str, Any], leaving: _Leaving, *, known: bool) -> bool:
    """Tell whether a sentence names nothing but what leaves too."""
    named = sharing_rules()["sentences"]["named"]
    values = _values_of(leaving.lang, finding["reason"])
    if values is None or not values <= sentence_values(leaving.level) | {*named}:
        return False
    of_parcels = leaving.whole and finding["check"] in sharing_rules()["sentences"]["of_parcels"]
    others = values & {*named}
    if others and not of_parcels and not (known and others == {"other"}):
        return False
    coordinates = patterns(leaving.level).get("coordinates")
    return coordinates is None or not coordinates.search(finding["message"])


@cache
def _values_of(lang: str, reason: str) -> frozenset[str] | None:
    """Give the values that the sentence of a reason names; None: there is no such sentence."""
    template = messages(lang).get(f"finding.{reason}.text")
    if template is None:
        return None
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)
