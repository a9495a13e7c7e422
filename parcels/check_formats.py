"""A check report in the formats of other tools: JUnit, SARIF, GeoPackage."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from parcels.finding_words import rule_title
from parcels.findings import OUTCOMES, RANK
from parcels.messages import text

if TYPE_CHECKING:
    from parcels.review import Review

Entry = dict[str, Any]
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_KINDS = {"fail": "fail", "unknown": "open", "warning": "review", "pass": "pass"}
_LEVELS = {"fail": "error", "warning": "warning"}
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")


def junit(report: Entry, lang: str) -> bytes:
    """Write one suite a check and one case a parcel.

    A fail is a failure, an unknown an error, what does not apply is skipped; an accepted finding
    counts as neither.
    """
    grouped: dict[str, dict[tuple[int, str], list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for one in report["findings"]:
        grouped[one["check"]][one["parcel"], one["parcel_id"]].append(one)
    root = ET.Element("testsuites", name="check")
    for check, parcels in grouped.items():
        cases = [_case(lang, check, own, found) for (_, own), found in parcels.items()]
        counted = {
            "failures": sum(case.find("failure") is not None for case in cases),
            "errors": sum(case.find("error") is not None for case in cases),
            "skipped": sum(case.find("skipped") is not None for case in cases),
        }
        named = {"name": text(lang, f"check.{check}.title"), "tests": str(len(cases))}
        named |= {key: str(count) for key, count in counted.items()}
        suite = ET.SubElement(root, "testsuite", named)
        suite.extend(cases)
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


def sarif(report: Entry, review: Review, file: str, lang: str) -> bytes:
    """Write SARIF 2.1.0: an unknown is ``open``, an accepted finding is suppressed."""
    used = list(dict.fromkeys(one["rule_id"] for one in report["findings"] if one["rule_id"]))
    rules = []
    for rule_id in used:
        applied = review.given.book.find(rule_id)
        if applied is not None:
            rules.append({"id": rule_id, "shortDescription": {"text": rule_title(lang, applied)}})
    run = {
        "tool": {"driver": {"name": "parcels check", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "properties": {key: report[key] for key in ("as_of", "packs", "layers", "summary")},
        "results": [_result(one, file) for one in report["findings"]],
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


def geopackage(report: Entry, review: Review) -> bytes:
    """Write the layers ``parcels`` (worst outcome) and ``findings`` (evidence), EPSG:4490."""
    import geopandas as gpd

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
        for one in report["findings"]
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
