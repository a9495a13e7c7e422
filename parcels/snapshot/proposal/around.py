"""What lies around the parcel of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.check_report import layer_entries
from parcels.finding_words import finding_text, limit_text, need_text, rule_title, source_text
from parcels.proposal.neighbours import around, zone_land
from parcels.snapshot.review.parcels import known, plain_value

if TYPE_CHECKING:
    from parcels.proposal.model import Proposal
    from parcels.proposal.neighbours import ZoneLand
    from parcels.proposal.verdict import RuleResult
    from parcels.snapshot.proposal.case import Place

Entry = dict[str, Any]


def around_answers(place: Place, proposal: Proposal, lang: str) -> Entry:
    """Judge the parcel among its neighbours as if it had the proposed use; findings are N1, N2."""
    judged = around(place.parcels, place.at, proposal.use, book=place.book, overlays=place.overlays)
    packs, counted = [], 0
    for verdict in judged:
        findings = []
        for result in verdict.results:
            counted += 1
            findings.append({"id": f"N{counted}", **_finding(place, result, lang)})
        title = verdict.pack.title
        packs.append(
            {
                "id": verdict.pack.id,
                "version": verdict.pack.version,
                "title": title.en if lang == "en" else title.zh,
                "place": verdict.pack.place,
                "outcome": verdict.outcome,
                "dormant": [one.id for one in verdict.dormant],
                "findings": findings,
            }
        )
    return {
        "as_of": place.book.as_of.isoformat(),
        "use": proposal.use,
        "parcel": _parcel(place),
        "packs": packs,
        "layers": layer_entries(place.overlays),
        "zone": _zone(zone_land(place.parcels, place.at)),
    }


def _parcel(place: Place) -> Entry | None:
    if place.at is None:
        return None
    parcels, at = place.parcels, place.at
    return {
        "at": at,
        "id": parcels.ids[at],
        "name": parcels.names[at],
        "geometry_class": parcels.geometry_class[at],
        "accuracy_m": known(parcels.accuracy_m[at]),
        "area_m2": known(parcels.area_m2[at]),
        "declared_m2": known(parcels.declared_m2[at]),
    }


def _finding(place: Place, result: RuleResult, lang: str) -> Entry:
    finding, applied = result.finding, result.applied
    return {
        "rule_id": applied.id,
        "rule_title": rule_title(lang, applied),
        "check": finding.check,
        "pack": applied.pack.id,
        "outcome": finding.outcome,
        "measured": plain_value(finding.measured),
        "limit": plain_value(finding.limit),
        "limit_text": limit_text(lang, finding),
        "op": finding.op,
        "unit": finding.unit,
        "share": finding.share,
        "other_id": finding.other,
        "reason": finding.reason,
        "cause": finding.cause,
        "needs": list(finding.needs),
        "needs_text": [need_text(lang, one, place.book) for one in finding.needs],
        "status": applied.rule.status,
        "confidence": applied.rule.confidence,
        "source": source_text(lang, applied),
        "message": finding_text(lang, finding),
    }


def _zone(land: ZoneLand) -> Entry:
    return {
        "industrial_m2": land.industrial_m2,
        "m0_m2": land.m0_m2,
        "by_outline": land.by_outline,
        "by_declaration": land.by_declaration,
        "no_use": list(land.no_use),
        "no_area": list(land.no_area),
    }
