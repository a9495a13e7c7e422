"""Which parcels, findings and layers of a review leave, before fields are looked at."""

from __future__ import annotations

import string
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from parcels.findings import OUTCOMES
from parcels.messages import messages, text
from parcels.snapshot.review.answers import MOST_ENTRIES
from parcels.snapshot.review.statements import parcel_part
from parcels.snapshot.sharing.lists import names_for, patterns, sentence_values, sharing_rules
from parcels.snapshot.sharing.stating import stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
class Leaving:
    """What leaves with a finding: parcels by their former places, and their names."""

    level: Level
    lang: str
    entries: Mapping[int, Entry] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    of_parcels: frozenset[str] | None = frozenset()

    def sentence(self, finding: Mapping[str, Any], own: Iterable[str] = ()) -> tuple[str, bool]:
        """Give the name of the other side, and whether the sentence may leave."""
        other = finding["other_id"]
        known = other in self.known or other in own
        return other if known else "", _may_be_said(finding, self, known=known)


def chosen(content: Mapping[str, Any], level: Level, withheld: Withheld) -> Entry:
    """Copy a content with the parcels, findings and layers that leave; numbers go from one on."""
    found = dict(content)
    if "drawn" in found:
        found["drawn"] = _drawn(content["drawn"], withheld)
    if "parcels" not in found:
        known = frozenset(sharing_rules()["sentences"]["of_reference"])
        leaving = Leaving(level=level, lang=content["lang"], of_parcels=known)
        return stated(found, leaving, withheld)
    entries = [one for one in content["parcels"] if one["selected"]]
    withheld.parcels = len(content["parcels"]) - len(entries)
    own = frozenset(str(one["key"]) for one in entries)
    moved = {
        one["at"]: {**one, "at": place, "twins": [twin for twin in one["twins"] if twin in own]}
        for place, one in enumerate(entries)
    }
    leaving = Leaving(
        level=level,
        lang=content["lang"],
        entries=moved,
        known=frozenset(str(one[name]) for one in entries for name in ("key", "id", "name")),
        of_parcels=_of_parcels(content["answers"], whole=withheld.parcels == 0),
    )
    found["parcels"] = list(moved.values())
    found["answers"] = _answers(content["answers"], leaving, withheld)
    return found


def _of_parcels(answers: Mapping[str, Any], *, whole: bool) -> frozenset[str] | None:
    """Give the checks whose findings name nothing but parcels that leave; None: all of them."""
    if not whole:
        return frozenset()
    return frozenset(sharing_rules()["sentences"]["of_parcels"]) if answers["layers"] else None


def _drawn(drawn: Mapping[str, Any], withheld: Withheld) -> Entry:
    allowed = set(sharing_rules()["drawn"]["groups"])
    withheld.layers += [
        layer["title"]
        for group in drawn["groups"]
        if group["id"] not in allowed
        for layer in group["layers"]
    ]
    return {**drawn, "groups": [group for group in drawn["groups"] if group["id"] in allowed]}


def _answers(answers: Mapping[str, Any], leaving: Leaving, withheld: Withheld) -> Entry:
    unnamed = names_for("layers", leaving.level)
    few = answers["findings"] is not None or (
        sum(len(answers["rows"][at]) for at in leaving.entries) <= MOST_ENTRIES
    )
    summary: Counter[str] = Counter()
    found = (_each if few else _once)(answers, leaving, withheld, summary)
    return {
        **{name: value for name, value in answers.items() if name not in {"said", "rows"}},
        "parcels": len(leaving.entries),
        "layers": [one for one in answers["layers"] if one["kind"] not in unnamed],
        "summary": {one: summary[one] for one in OUTCOMES},
        **found,
    }


def _each(
    answers: Mapping[str, Any], leaving: Leaving, withheld: Withheld, summary: Counter[str]
) -> Entry:
    """Give the findings one by one, with the ids that they have in the internal snapshot."""
    unshown = names_for("findings", leaving.level)
    findings = []
    for entry, finding in _told(answers, leaving):
        summary[finding["outcome"]] += 1
        if finding["rule_id"] in unshown:
            withheld.findings[finding["outcome"]] += 1
            continue
        own = {name for names in entry["bounds"].values() for name in names}
        other, said = leaving.sentence(finding, own)
        told = {**finding, "parcel": entry["at"] + 1, "other_id": other}
        if not said:
            withheld.sentences += 1
            told["message"] = text(leaving.lang, "share.sentence_stays", id=finding["id"])
        findings.append(told)
    return {"findings": findings}


def _told(answers: Mapping[str, Any], leaving: Leaving) -> Iterator[tuple[Entry, Entry]]:
    """Give the findings of the parcels that leave, whichever way they are kept."""
    if answers["findings"] is not None:
        for finding in answers["findings"]:
            entry = leaving.entries.get(finding["parcel"] - 1)
            if entry is not None:
                yield entry, finding
        return
    number = 0
    for at, row in enumerate(answers["rows"]):
        entry = leaving.entries.get(at)
        for place, said in enumerate(row if entry else (), start=number + 1):
            yield entry, {**parcel_part(entry), **answers["said"][said], "id": f"F{place}"}  # type: ignore[misc,arg-type]
        number += len(row)


def _once(
    answers: Mapping[str, Any], leaving: Leaving, withheld: Withheld, summary: Counter[str]
) -> Entry:
    """Give what many findings say once each; their ids follow from what is left."""
    unshown = names_for("findings", leaving.level)
    places: dict[int, int] = {}
    said: list[Entry] = []
    kept: list[bool] = []
    rows = []
    for at in leaving.entries:
        row = []
        for place in answers["rows"][at]:
            one = answers["said"][place]
            summary[one["outcome"]] += 1
            if one["rule_id"] in unshown:
                withheld.findings[one["outcome"]] += 1
                continue
            if place not in places:
                places[place] = len(said)
                other, may = leaving.sentence(one)
                stays = {} if may else {"message": text(leaving.lang, "share.sentence_stays_many")}
                said.append({**one, "other_id": other, **stays})
                kept.append(may)
            row.append(places[place])
            withheld.sentences += not kept[places[place]]
        rows.append(row)
    return {"findings": None, "said": said, "rows": rows}


def _may_be_said(finding: Mapping[str, Any], leaving: Leaving, *, known: bool) -> bool:
    """Tell whether a sentence names nothing but what leaves too."""
    named = sharing_rules()["sentences"]["named"]
    values = _values_of(leaving.lang, finding["reason"])
    if values is None or not values <= sentence_values(leaving.level) | {*named}:
        return False
    of_parcels = leaving.of_parcels is None or finding["check"] in leaving.of_parcels
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
