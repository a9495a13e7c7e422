"""A check report in the formats of other tools: JUnit, SARIF, GeoPackage."""

from __future__ import annotations

import json
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from parcels.check_report import part_of
from parcels.finding_words import rule_title
from parcels.findings import OUTCOMES, RANK
from parcels.messages import text

if TYPE_CHECKING:
    from parcels.check_report import CheckReport
    from parcels.review import Review

Entry = dict[str, Any]
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_KINDS = {"fail": "fail", "unknown": "open", "warning": "review", "pass": "pass"}
_LEVELS = {"fail": "error", "warning": "warning"}
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")


def junit(report: CheckReport) -> bytes:
    """Write one suite a check and one case a parcel.

    A fail is a failure, an unknown an error, what does not apply is skipped; an accepted finding
    counts as neither.
    """
    assessment = report.review.assessment
    root = ET.Element("testsuites", name="check")
    for check in assessment.checks:
        entries = report.entries(part_of(assessment, check))
        cases = [
            _case(report.lang, check, own, list(found))
            for (_, own), found in groupby(entries, lambda one: (one["parcel"], one["parcel_id"]))
        ]
        named = {"name": text(report.lang, f"check.{check}.title"), "tests": str(len(cases))}
        for kind, key in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            named[key] = str(sum(case.find(kind) is not None for case in cases))
        ET.SubElement(root, "testsuite", named).extend(cases)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _case(lang: str, check: str, parcel_id: str, found: list[Entry]) -> ET.Element:
    case = ET.Element("testcase", classname=check, name=_xml(parcel_id))
    counted = [one for one in found if not one["accepted"]]
    worst = min((RANK[one["outcome"]] for one in counted), default=RANK["pass"])
    kind = {"fail": "failure", "unknown": "error", "not_applicable": "skipped"}.get(OUTCOMES[worst])
    said = [f"{text(lang, 'glyph.' + one['outcome'])} {one['message']}" for one in found]
    if kind:
        message = next(one["message"] for one in counted if RANK[one["outcome"]] == worst)
        told = ET.SubElement(case, kind, message=_xml(message))
        told.text = _xml("\n".join(said))
    else:
        ET.SubElement(case, "system-out").text = _xml("\n".join(said))
    return case


def _xml(words: str) -> str:
    """Replace what XML cannot hold."""
    return words.translate(_NOT_IN_XML)


def sarif(report: CheckReport, file: str) -> bytes:
    """Write SARIF 2.1.0: an unknown is ``open``, an accepted finding is suppressed."""
    book = report.review.given.book
    used = dict.fromkeys(batch.rule for batch in report.review.assessment.batches)
    rules = [
        {"id": one.id, "shortDescription": {"text": rule_title(report.lang, one)}}
        for one in map(book.find, used)
        if one is not None
    ]
    run = {
        "tool": {"driver": {"name": "parcels check", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "properties": report.head() | {"summary": report.foot()["summary"]},
        "results": [_result(one, file) for one in report.entries()],
    }
    document = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _result(one: Entry, file: str) -> Entry:
    kept = ("outcome", "measured", "limit", "op", "unit", "share", "other_id", "cause", "needs")
    result: Entry = {
        "ruleId": one["rule_id"] or one["check"],
        "kind": _KINDS.get(one["outcome"], "notApplicable"),
        "level": _LEVELS.get(one["outcome"], "none"),
        "message": {"text": one["message"]},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": file}},
                "logicalLocations": [{"name": one["parcel_id"], "kind": "parcel"}],
            }
        ],
        "properties": {key: one[key] for key in kept},
    }
    if one["accepted"]:
        result["suppressions"] = [{"kind": "external"}]
    return result


def geopackage(report: CheckReport) -> bytes:
    """Write the layers ``parcels`` (worst outcome) and ``findings`` (evidence), EPSG:4490."""
    import geopandas as gpd

    review = report.review
    parcels = review.given.parcels
    drawn = [
        shape if shape is not None else place
        for shape, place in zip(parcels.shapes, parcels.places, strict=True)
    ]
    outcome = [OUTCOMES[rank] for rank in review.assessment.overall()]
    listed = gpd.GeoDataFrame(
        {
            "parcel_id": parcels.ids,
            "name": parcels.names,
            "outcome": outcome,
            "geometry_class": parcels.geometry_class,
        },
        geometry=drawn,
        crs="EPSG:4490",
    )
    rows = [
        {key: ";".join(value) if isinstance(value, list) else value for key, value in one.items()}
        for one in report.entries()
    ]
    for row in rows:
        for key in ("measured", "limit", "original_limit"):
            row[key] = None if row[key] is None else str(row[key])
    found = gpd.GeoDataFrame(rows, geometry=_evidence(review), crs="EPSG:4490")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "check.gpkg"
        listed.to_file(path, layer="parcels", driver="GPKG")
        found.to_file(path, layer="findings", driver="GPKG")
        return path.read_bytes()


def _evidence(review: Review) -> list[Any]:
    """Draw the evidence of every finding, in the order of the report."""
    return [
        batch.evidence(row) if batch.evidence is not None else None
        for batch, row in review.assessment.rows()
    ]
