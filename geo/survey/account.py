"""The account of a survey file: parcels with areas, findings, and what became of every feature."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.batches import encode_wkb
from geo.read.parsed import Fault, Note
from geo.survey.declared import Declared, declared_areas
from geo.survey.fields import find_fields, unit_in_name
from geo.survey.measure import area_findings, measured_areas
from geo.survey.model import PARCELS
from geo.survey.quality.finding import Found
from geo.survey.quality.neighbours import neighbour_findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Parsed
    from geo.survey.declared import UnitHow
    from geo.survey.model import Answers, AreaUnit
    from geo.survey.place.placement import Placement
    from geo.survey.rows import Rows
    from geo.survey.shapes import Shaped

_FORMAT_UNITS: Mapping[str, AreaUnit] = {"txt": "ha"}  # 地块面积 of the exchange format is 公顷
_READ_WITH_COLUMNS = {"csv", "xlsx"}  # their reader followed the user's choice of columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Parcels of a file and what is said of them; see `geo.survey.model.Survey`."""

    parcels: pa.Table
    attributes: pa.Table
    labels: pa.Array | None
    findings: pa.Table
    fields: Mapping[str, str]
    area_unit: AreaUnit | None
    area_unit_how: str | None
    remarks: tuple[Fault, ...]
    notes: tuple[Note, ...]


def account_of(
    parsed: Parsed,
    rows: Rows,
    placement: Placement,
    shaped: Shaped,
    *,
    file_format: str,
    answers: Answers,
) -> Account:
    """Measure, compare and describe the parcels that came through.

    Parameters
    ----------
    parsed : Parsed
        The file as it stood.
    rows, placement, shaped
        What became of its rows, where they lie, their shapes.
    file_format : str
        Decides the unit of declared areas where the format defines one.
    answers : Answers
        Columns and unit as the user chose.

    Returns
    -------
    Account
        Parcels in the file's order.

    Raises
    ------
    PlannerError
        ``column_unknown``.
    """
    neighbours = shaped.planes.findings_in_native(neighbour_findings(shaped.metric))
    attributes = parsed.table.take(pa.array(shaped.rows))
    chosen = {} if file_format in _READ_WITH_COLUMNS else answers.columns
    fields = find_fields(parsed.table.column_names, parsed.fields, chosen)
    areas = measured_areas(shaped.native, shaped.lonlat, placement.crs)
    declared = _declared(attributes, fields, areas[0], file_format, answers)
    ids = _texts(attributes, fields.get("id"), shaped)
    columns = {
        "row": shaped.rows,
        "where": [rows.where(int(row)) for row in shaped.rows],
        "id": ids,
        "name": _texts(attributes, fields.get("name"), shaped),
        **_counts(shaped.native),
        "area_m2": areas[0],
        "area_plane_m2": areas[1],
        "declared_area_m2": declared.square_metres,
        "declared_text": declared.texts,
    }
    arrays = [
        *(
            pa.array(columns[name], from_pandas=True).cast(PARCELS.field(name).type)
            for name in columns
        ),
        encode_wkb(shaped.native),
        encode_wkb(shaped.lonlat),
    ]
    findings = [
        shaped.findings,
        area_findings(*areas, declared),
        _repeated_ids(ids),
        neighbours,
    ]
    return Account(
        parcels=pa.Table.from_arrays(arrays, schema=PARCELS),
        attributes=attributes,
        labels=_labels(parsed, shaped),
        findings=_in_order(findings),
        fields=fields,
        area_unit=declared.unit,
        area_unit_how=declared.how,
        remarks=_area_remarks(declared, rows, shaped),
        notes=(*_notes(declared, fields), *_repair_notes(shaped)),
    )


def _declared(
    attributes: pa.Table,
    fields: Mapping[str, str],
    computed: npt.NDArray[np.float64],
    file_format: str,
    answers: Answers,
) -> Declared:
    column = fields.get("area")
    if column is None:
        empty = pa.nulls(len(computed), pa.string())
        return declared_areas(empty, computed, stated=None, chosen=None)
    stated: tuple[AreaUnit, UnitHow] | None = None
    if unit := unit_in_name(column):
        stated = (unit, "header")
    elif file_format in _FORMAT_UNITS:
        stated = (_FORMAT_UNITS[file_format], "format")
    values = attributes.column(column)
    return declared_areas(values, computed, stated=stated, chosen=answers.area_unit)


def _texts(table: pa.Table, column: str | None, shaped: Shaped) -> list[str]:
    if column is None:
        return [""] * len(shaped.rows)
    return ["" if one is None else str(one).strip() for one in table.column(column).to_pylist()]


def _counts(shapes: npt.NDArray[np.object_]) -> dict[str, npt.NDArray[np.integer]]:
    """Count rings and vertices (without closing points) of each polygon."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings = np.zeros(len(shapes), dtype=np.int32)
    np.add.at(rings, owner, 1 + shapely.get_num_interior_rings(parts))
    return {"rings": rings, "vertices": shapely.get_num_coordinates(shapes) - rings}


def _labels(parsed: Parsed, shaped: Shaped) -> pa.Array | None:
    if parsed.labels is None:
        return None
    taken = parsed.labels.take(pa.array(shaped.rows))
    whole = ~np.isin(shaped.rows, list(shaped.reshaped))
    names = taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken
    return pc.if_else(pa.array(whole), names, pa.scalar(None, names.type))


def _repeated_ids(ids: list[str]) -> pa.Table:
    """Name parcels whose id another parcel has too; ``other`` is the first of them."""
    groups: dict[str, list[int]] = defaultdict(list)
    for position, one in enumerate(ids):
        groups[one].append(position)
    pairs = [
        (position, group[0] if position != group[0] else group[1])
        for one, group in groups.items()
        if one and len(group) > 1
        for position in group
    ]
    parcels, others = (np.array([pair[side] for pair in pairs], dtype=int) for side in (0, 1))
    return Found("Q_ID", parcels, other=others).table()


def _in_order(findings: list[pa.Table]) -> pa.Table:
    joined = pa.concat_tables(findings)
    return joined.take(pc.sort_indices(joined, [("parcel", "ascending"), ("code", "ascending")]))


def _area_remarks(declared: Declared, rows: Rows, shaped: Shaped) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            code=f"declared_{code}",
            where=rows.where(int(shaped.rows[position])),
            values={"value": value},
        )
        for position, (code, value) in declared.faults.items()
    )


def _repair_notes(shaped: Shaped) -> tuple[Note, ...]:
    if not shaped.unproposed:
        return ()
    return (Note(code="repairs_not_all", values={"count": shaped.unproposed}),)


def _notes(declared: Declared, fields: Mapping[str, str]) -> tuple[Note, ...]:
    if "area" not in fields:
        return ()
    values = {"column": fields["area"]}
    if declared.doubted:
        return (Note(code="area_unit_not_as_stated", values=values),)
    some = any(text for text in declared.texts)
    if declared.unit is None and some and not np.isfinite(declared.square_metres).any():
        return (Note(code="area_unit_unknown", values=values),)
    return (Note(code="area_unit_by_size", values=values),) if declared.how == "size" else ()
