"""What a template of the bureau's can name: a report by parcels, facts, tables and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.report.model import Facts, Heading, Notes, Signatures, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.report.model import Block, Cell, Report

Section = dict[str, Any]
_SHADES = {"fail": "BFBFBF", "warning": "E6E6E6"}
_SHORT = 8


def template_context(report: Report) -> Section:
    """Give the values of a template; ``docs/reports.md`` lists them.

    Returns
    -------
    dict
        ``title``, ``subtitle``, ``disclaimer``, ``foot``, ``digest``, ``digest8``, ``made_at``;
        ``whole``, ``basis`` and the list ``parcels``: sections with ``title``, ``facts`` (text by
        name), ``fact_rows``, ``tables``, ``notes`` and ``signatures``; a parcel has its ``key``.
    """
    sections = {name: _section("", "") for name in ("whole", "basis")}
    parcels: list[Section] = []
    now = sections["whole"]
    for block in report.blocks:
        if not isinstance(block, Heading):
            _put(now, block)
        elif block.key:
            now = _section(block.key, block.text)
            parcels.append(now)
        else:
            now = sections.setdefault(block.name or "whole", _section("", ""))
            now["title"] = block.text
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "disclaimer": report.disclaimer,
        "watermark": report.watermark,
        "foot": "　".join(report.foot),
        "digest": report.digest,
        "digest8": report.digest[:_SHORT],
        "made_at": report.made_at,
        **sections,
        "parcels": parcels,
    }


def _section(key: str, title: str) -> Section:
    return {
        "key": key,
        "title": title,
        "facts": {},
        "fact_rows": [],
        "tables": {},
        "notes": {},
        "note_titles": {},
        "signatures": {},
        "signature_rows": [],
    }


def _put(section: Section, block: Block) -> None:
    """Put a block into a section by its name; a later one of the same name adds its lines."""
    if isinstance(block, Facts):
        section["facts"] |= {one.name: one.value.text for one in block.rows}
        section["fact_rows"] += [
            {"label": one.label, "value": one.value.text} for one in block.rows
        ]
    elif isinstance(block, Table):
        section["tables"][block.name] = _table(block)
    elif isinstance(block, Notes):
        section["notes"].setdefault(block.name, []).extend(one.text for one in block.lines)
        section["note_titles"][block.name] = block.title
    elif isinstance(block, Signatures):
        section["signatures"] |= {one.name: one.value.text for one in block.boxes}
        section["signature_rows"] += [
            {"label": one.label, "value": one.value.text} for one in block.boxes
        ]


def _table(table: Table) -> Section:
    names = [one.name for one in table.columns]
    return {
        "title": table.title,
        "empty": table.empty,
        "labels": {one.name: one.label for one in table.columns},
        "rows": [_row(names, row) for row in table.rows],
        "foot": [_row(names, row) for row in table.foot],
    }


def _row(names: Sequence[str], row: Sequence[Cell]) -> Section:
    """Give the texts of a row by column; ``shade``: how dark its verdict is drawn."""
    found: Section = {name: one.text for name, one in zip(names, row, strict=True)}
    verdicts = [one.outcome for one in row if one.outcome]
    found["shade"] = _SHADES.get(verdicts[0] if verdicts else "", "FFFFFF")
    return found
