"""A check report in the formats of other tools: JUnit, SARIF, GeoPackage."""

from __future__ import annotations

import json
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import numpy as np

from parcels.check_report import part_of
from parcels.finding_words import rule_title
from parcels.findings import OUTCOMES, RANK
from parcels.messages import text

if TYPE_CHECKING:
    from parcels.check_report import CheckReport
    from parcels.review import Review

Entry = dict[str, Any]
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_KINDS = {"fail": "fail", "unknown": "open", "warning": "fail", "pass": "pass"}
"""A warning is a "fail" of level warning: no other kind may have a level (SARIF 2.1.0, 3.27.10)."""
_LEVELS = {"fail": "error", "warning": "warning"}
_NUMBERS = ("measured", "limit", "original_limit")
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
        told = ET.SubElement(case, kind, message=_xml(message), type=OUTCOMES[worst])
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
        "properties": report.head() | {"summary": report.summary},
        "results": [_result(one, file, bool(report.accepted)) for one in report.entries()],
    }
    document = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _result(one: Entry, file: str, has_baseline: bool) -> Entry:
    kept = ("outcome", "measured", "limit", "op", "unit", "share", "other_id", "cause", "needs")
    result: Entry = {
        "ruleId": one["rule_id"] or one["check"],
        "kind": _KINDS.get(one["outcome"], "notApplicable"),
        "level": _LEVELS.get(one["outcome"], "none"),
        "message": {"text": one["message"]},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": quote(file)}},
                "logicalLocations": [{"name": one["parcel_id"], "kind": "parcel"}],
            }
        ],
        "properties": {key: one[key] for key in kept},
    }
    if has_baseline:  # all results of a run say whether they are suppressed, or none (3.27.23)
        result["suppressions"] = [{"kind": "external"}] if one["accepted"] else []
    return result


def geopackage(report: CheckReport) -> bytes:
    """Write the layers ``parcels`` (worst outcome) and ``findings`` (evidence), EPSG:4490.

    ``parcel``, the number in the file, joins them. Numbers stand in columns of numbers; what is a
    word instead stands beside, in ``measured_text`` and the like. The date of change is fixed.
    """
    import geopandas as gpd

    from geo.write.ogr import fix_date

    review = report.review
    parcels = review.given.parcels
    drawn = [
        shape if shape is not None else place
        for shape, place in zip(parcels.shapes, parcels.places, strict=True)
    ]
    listed = gpd.GeoDataFrame(
        {
            "parcel": range(1, len(parcels) + 1),
            "parcel_id": [one or str(at) for at, one in enumerate(parcels.ids, start=1)],
            "name": parcels.names,
            "outcome": [OUTCOMES[rank] for rank in review.assessment.overall()],
            "geometry_class": parcels.geometry_class,
        },
        geometry=drawn,
        crs="EPSG:4490",
    )
    found = gpd.GeoDataFrame(_table(report), geometry=_evidence(review), crs="EPSG:4490")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "check.gpkg"
        listed.to_file(path, layer="parcels", geometry_type="MultiPolygon", promote_to_multi=True)
        found.to_file(path, layer="findings", geometry_type="Unknown", promote_to_multi=False)
        fix_date(path)
        return path.read_bytes()


def _table(report: CheckReport) -> dict[str, Any]:
    """Return the findings in columns, each of one type whatever it holds."""
    rows = list(report.entries())
    columns: dict[str, Any] = {}
    for key in rows[0] if rows else ():
        cells = [row[key] for row in rows]
        if key in _NUMBERS:
            columns[key] = np.array([_number(one) for one in cells])
            columns[f"{key}_text"] = [_word(one) for one in cells]
        else:
            columns[key] = [";".join(one) if isinstance(one, tuple) else one for one in cells]
    return columns | {"share": np.array([_number(row["share"]) for row in rows])}


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else np.nan


def _word(value: Any) -> str:
    """Write what is no number: a class, a value as typed, the ends of a range."""
    if value is None or isinstance(value, (int, float)):
        return ""
    return "; ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)


def _evidence(review: Review) -> list[Any]:
    """Draw the evidence of every finding, in the order of the report."""
    return [
        batch.evidence(row) if batch.evidence is not None else None
        for batch, row in review.assessment.rows()
    ]
