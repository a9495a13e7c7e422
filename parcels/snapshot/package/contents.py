"""Which files for maps and tables a kind of snapshot gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.snapshot.package.answer_tables import answer_tables
from parcels.snapshot.package.drawn_tables import drawn_list, drawn_tables
from parcels.snapshot.package.geojson import geojson_bytes
from parcels.snapshot.package.geopackage import geopackage_bytes
from parcels.snapshot.package.readme import head_rows, note_rows
from parcels.snapshot.package.review_tables import review_tables
from parcels.snapshot.package.scenario_tables import scenario_tables
from parcels.snapshot.package.table import Column, Table
from parcels.snapshot.package.workbook import workbook_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.snapshot.model import Content, Snapshot

LISTED = 20_000
"""Findings that are listed one by one; above that those that fail or warn, and totals of all."""


def map_files(snapshot: Snapshot) -> dict[str, bytes]:
    """Write parcels or elements as GeoJSON, and all tables of the content as a GeoPackage.

    Returns
    -------
    dict of name to bytes
        A content with local metres gives ``…_local.json`` and ``layers_local.gpkg``, so that no
        program takes the numbers for degrees; a content without any place gives no such file.
    """
    content, lang = snapshot.content, snapshot.content["lang"]
    local = bool((content.get("frame") or {}).get("local"))
    placed = _tables(content, LISTED)
    first = next((one for one in placed if one.shapes is not None), None)
    drawn = drawn_tables(content)
    if first is None and not drawn:
        return {}
    note = _note(content, local=local)
    files: dict[str, bytes] = {}
    if first is not None:
        name = f"{first.name}_local.json" if local else f"{first.name}.geojson"
        files[name] = geojson_bytes(first, title=content["title"], note=note, local=local)
    tables = [*placed, *drawn, _head(snapshot, lang)]
    written = [one for one in tables if one.columns]
    name = "layers_local.gpkg" if local else "layers.gpkg"
    files[name] = geopackage_bytes(written, lang=lang, note=note, local=local)
    return files


def table_file(snapshot: Snapshot) -> dict[str, bytes]:
    """Write the tables of the content as a workbook: ``findings.xlsx``, or ``tables.xlsx``."""
    content, lang = snapshot.content, snapshot.content["lang"]
    tables = [*_tables(content, LISTED), drawn_list(content)]
    written = [one for one in tables if one.columns]
    name = "findings.xlsx" if snapshot.kind == "review" else "tables.xlsx"
    return {name: workbook_of(written, note_rows(snapshot, lang), lang)}


def _tables(content: Content, most: int) -> Sequence[Table]:
    if content["kind"] == "review":
        return review_tables(content, most)
    return [*scenario_tables(content), *answer_tables(content)]


def _head(snapshot: Snapshot, lang: str) -> Table:
    rows = head_rows(snapshot, lang)
    columns = (
        Column(name="subject", values=[subject for subject, _ in rows]),
        Column(name="value", values=[said for _, said in rows]),
    )
    return Table(name="snapshot", columns=columns)


def _note(content: Content, *, local: bool) -> str:
    """Say how far places can be trusted, and what local metres are."""
    said = [(content.get("drawn") or {}).get("notice") or ""]
    if local:
        said.append(text(content["lang"], "package.local_note"))
    return " ".join(one for one in [*said, content.get("disclaimer") or ""] if one)
