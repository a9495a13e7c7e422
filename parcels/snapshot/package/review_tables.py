"""Tables of a review: parcels, findings, opinions, packs, layers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.units import decimal_mu
from parcels.finding_words import amount
from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.snapshot.package.finding_rows import count_findings, finding_groups, finding_rows
from parcels.snapshot.package.table import Column, Table, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Content
    from parcels.snapshot.package.table import Entry

_PARCEL = ("key", "id", "name", "number", "selected", "outcome")
_PARCEL_AFTER = (
    "location_text",
    "geometry_class",
    "accuracy_m",
    "area_m2",
    "plane_m2",
    "declared_m2",
    "declared_text",
)
_SIDES = "NESW"
_FINDING = (
    "id",
    "key",
    "parcel_id",
    "name",
    "outcome",
    "check_title",
    "rule_title",
    "message",
    "measured_text",
    "limit_text",
    "source",
    "confidence",
    "cause",
    "needs",
    "other_id",
    "geometry_class",
    "measured",
    "limit",
    "op",
    "unit",
    "share",
    "check",
    "rule_id",
    "pack",
    "status",
    "reason",
)
_SAID = ("key", "kind", "rule", "outcome", "original", "reason", "by", "at", "until", "standing")


def parcels_table(content: Content) -> Table:
    """Describe every parcel; its shape is the outline, else the extent in which it may lie."""
    rows = [_parcel(one) for one in content["parcels"]]
    attributes: dict[str, None] = {}
    for one in content["parcels"]:
        attributes |= dict.fromkeys(one.get("attributes") or ())
    own = tuple(
        Column(
            name=f"src_{name}",
            values=[(one.get("attributes") or {}).get(name) for one in content["parcels"]],
            title=name,
        )
        for name in attributes
    )
    shapes = [one.get("shape") or one.get("place") for one in content["parcels"]]
    return Table(name="parcels", columns=(*columns_of(rows), *own), shapes=shapes)


def findings_table(content: Content, most: int) -> Table:
    """List the findings with their numbers, words and sources; see `finding_rows` for many."""
    lang, total = content["lang"], count_findings(content)
    rows = finding_rows(content, most)
    answers = content.get("answers") or {}
    checks = {one["id"]: one["title"] for one in answers.get("checks") or ()}
    needs = {one["need"]: one["title"] for one in answers.get("worklist") or ()}
    note = (
        text(lang, "package.listed", shown=f"{len(rows):,}", total=f"{total:,}")
        if len(rows) < total
        else ""
    )
    cells = [_finding(one, checks, needs, lang) for one in rows]
    return Table(name="findings", columns=columns_of(cells, _FINDING), note=note)


def groups_table(content: Content) -> Table:
    """Count the findings by rule, outcome and cause: the whole where `findings_table` is not."""
    answers = content.get("answers") or {}
    checks = {one["id"]: one["title"] for one in answers.get("checks") or ()}
    rows = [
        {"check_title": checks.get(one["check"], one["check"]), **one}
        for one in finding_groups(content)
    ]
    return Table(name="finding_groups", columns=columns_of(rows, ("outcome", "check_title")))


def said_table(content: Content) -> Table:
    """List what people said: opinions, overrides, comments."""
    rows: list[Entry] = []
    for parcel in content["parcels"]:
        said = parcel.get("said") or {}
        whose = {"key": parcel.get("key")}
        if said.get("opinion"):
            rows.append(whose | {"kind": "opinion"} | said["opinion"])
        rows += [whose | {"kind": "override"} | one for one in said.get("overrides") or ()]
        rows += [whose | {"kind": "comment"} | one for one in said.get("comments") or ()]
    return Table(name="said", columns=columns_of(rows, _SAID))


def review_tables(content: Content, most: int) -> list[Table]:
    """Give all tables of a review, parcels first.

    Parameters
    ----------
    content : mapping
        Of the kind ``review``, of any level: a field that the level leaves out has no column.
    most : int
        Findings that are listed one by one.
    """
    answers = content.get("answers") or {}
    tables = [parcels_table(content), findings_table(content, most)]
    if tables[1].note:
        tables.append(groups_table(content))
    tables += [
        Table(name="worklist", columns=columns_of(answers.get("worklist") or ())),
        said_table(content),
        Table(name="packs", columns=columns_of(answers.get("packs") or ())),
        Table(name="layers", columns=columns_of(answers.get("layers") or ())),
        Table(name="rejected", columns=columns_of(answers.get("rejected") or ())),
    ]
    return [one for one in tables if one.columns or one.name in {"parcels", "findings"}]


def _parcel(entry: Entry) -> dict[str, Any]:
    use, counts = entry.get("use") or {}, entry.get("counts") or {}
    row = {key: entry[key] for key in _PARCEL if key in entry}
    row |= {outcome: counts[outcome] for outcome in OUTCOMES if outcome in counts}
    row |= {f"use_{key}": use[key] for key in ("text", "code", "scheme") if key in use}
    row |= {key: entry[key] for key in _PARCEL_AFTER if key in entry}
    area = entry.get("area_m2")
    if area is not None:
        row["area_mu"] = float(decimal_mu(area, 4))
    row["geometry_role"] = _role(entry)
    bounds = entry.get("bounds") or {}
    row |= {f"bound_{side.lower()}": bounds[side] for side in _SIDES if side in bounds}
    if "twins" in entry:
        row["twins"] = entry["twins"]
    opinion = (entry.get("said") or {}).get("opinion") or {}
    row |= {f"opinion_{key}": opinion[key] for key in ("verdict", "valid") if key in opinion}
    return row


def _role(entry: Entry) -> str:
    """Say what the shape of a parcel is: its outline, an extent in which it may lie, nothing."""
    if entry.get("shape"):
        return "outline"
    return "possible_extent" if entry.get("place") else "none"


def _finding(
    entry: Entry, checks: Mapping[str, str], needs: Mapping[str, str], lang: str
) -> dict[str, Any]:
    row = dict(entry)
    row.pop("parcel", None)
    if "check" in row:
        row["check_title"] = checks.get(row["check"], row["check"])
    if "measured" in row:
        row["measured_text"] = amount(lang, row["measured"], row.get("unit") or "")
    for key in ("measured", "limit", "original_limit"):
        if key in row:
            row[key] = _number(row[key])
    if "needs" in row:
        row["needs"] = [needs.get(one, one) for one in row["needs"]]
    return row


def _number(value: Any) -> float | None:
    """Give a number; words and ranges stand in the columns of words."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number and math.isfinite(value) else None
