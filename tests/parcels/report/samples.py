"""Snapshots with opinions, verdicts of persons and hostile texts, made from the shared samples."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

from parcels.report.building import report
from parcels.snapshot.model import seal
from tests.parcels.snapshot.kind_samples import permu_sample, proposal_sample, scenarios_sample
from tests.parcels.snapshot.samples import table_two, two_parcels

HOSTILE = (
    "=1+1",
    "{{ 7*7 }}{% for x in [] %}",
    "#text(red)[a] $x$ @b",
    "<b>&amp;</b>\u2028",
    "a\x07b\u202ec",
    "{_{x}_}",
)
SEEN = (
    "=1+1",
    "{{ 7*7 }}{% for x in [] %}",
    "#text(red)[a] $x$ @b",
    "<b>&amp;</b>[U+2028]",
    "a[U+0007]b[U+202E]c",
    "{_{x}_}",
)
"""How a reader sees them: as typed, what cannot be seen by its number."""
KINDS = {
    "opinion": table_two,
    "points": two_parcels,
    "balance": scenarios_sample,
    "memo": proposal_sample,
    "ranking": permu_sample,
}
SIGNED = {
    "verdict": "revise",
    "reason": "补界址点后再报",
    "by": "王工",
    "at": "2026-11-20T01:02:03Z",
    "valid": True,
    "changed": [],
}


@cache
def made(name, lang="zh"):
    """Make a report of its sample, once."""
    return report(KINDS[name](lang), name)


def changed(snapshot, change):
    """Seal a copy of a snapshot that a function changed."""
    content = deepcopy(dict(snapshot.content))
    change(content)
    return seal(content)


def _judge(content):
    parcel = content["parcels"][0]
    parcel["said"]["opinion"] = dict(SIGNED)
    finding = next(one for one in content["answers"]["findings"] if one["outcome"] == "unknown")
    parcel["said"]["overrides"] = [
        {
            "check": finding["check"],
            "rule": finding["rule_id"],
            "outcome": "pass",
            "original": "unknown",
            "reason": "已查纸质图",
            "by": "李工",
            "at": "2026-11-21T00:00:00Z",
            "until": "2027-01-31",
            "counts": True,
        }
    ]
    parcel["said"]["comments"] = [{"text": "待核", "by": "赵工", "at": "2026-11-21T00:00:00Z"}]


@cache
def judged():
    """Return two parcels of which the first has an opinion, a verdict of a person, a remark."""
    return changed(two_parcels(), _judge)


def _poison(content):
    content["title"] = HOSTILE[0]
    content["drawn"]["notice"] = HOSTILE[1]
    parcel = content["parcels"][0]
    parcel["id"], parcel["name"] = HOSTILE[3], HOSTILE[4]
    parcel["location_text"], parcel["declared_text"] = HOSTILE[2], HOSTILE[0]
    parcel["use"]["text"] = HOSTILE[1]
    names = parcel["rings"][0]["names"]
    names[: len(HOSTILE[:3])] = HOSTILE[:3]
    for one, words in zip(content["answers"]["findings"], HOSTILE, strict=False):
        one["message"] = one["source"] = one["rule_title"] = words
    content["answers"]["layers"] = [
        {"kind": "x", "title": HOSTILE[0], "date": HOSTILE[1], "source": HOSTILE[2], "digest": ""}
    ]
    _judge(content)
    parcel["said"]["opinion"]["reason"] = HOSTILE[5]
    parcel["said"]["opinion"]["by"] = HOSTILE[2]
    parcel["said"]["comments"][0]["text"] = HOSTILE[4]


@cache
def hostile():
    """Return two parcels with hostile words wherever people type words."""
    return changed(two_parcels(), _poison)
