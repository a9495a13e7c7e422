"""The ranking by each scheme and the zone's own figures; rows and figures have ids to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.permu.report import result_entry, zone_entry
from parcels.permu.sentences import mark_text, role_title

if TYPE_CHECKING:
    from parcels.permu.scoring import Result
    from parcels.snapshot.permu.case import PermuCase

Entry = dict[str, Any]


def permu_answers(case: PermuCase, lang: str) -> Entry:
    """Give one entry a scheme, its rows R1, R2 … counted on from scheme to scheme, and the zone."""
    results: list[Entry] = []
    counted = 0
    for one in case.results:
        results.append(_result(case, one, lang, counted))
        counted += len(one.rows)
    zone = zone_entry(lang)
    for at, figure in enumerate(zone["figures"], start=1):
        figure["figure"] = figure["id"]
        figure["id"] = f"Z{at}"
    return {"results": results, "zone": zone}


def _result(case: PermuCase, result: Result, lang: str, counted: int) -> Entry:
    entry = result_entry(case.table, result, lang)
    areas = dict.fromkeys((result.denominator, *case.table.denominators))
    entry["basis"] = mark_text(result.scheme, lang)
    entry["gaps"] = [text(lang, f"permu.gap.{gap}") for gap in result.scheme.gaps]
    entry["denominator_titles"] = {one: role_title(one, lang) for one in areas}
    for at, (told, row) in enumerate(zip(entry["rows"], result.rows, strict=True), start=1):
        told["firm"] = told["id"]
        told["id"] = f"R{counted + at}"
        told["unknown"] = row.is_unknown
        told["standing_text"] = text(lang, f"permu.standing.{row.standing}")
        told["status_text"] = text(lang, f"permu.status.{row.firm.status}")
    return entry
