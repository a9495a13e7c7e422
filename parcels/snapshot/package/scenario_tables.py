"""Scenarios as tables: their elements with places, and how they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.snapshot.package.table import Column, Table, columns_of

if TYPE_CHECKING:
    from parcels.snapshot.model import Content

_COLUMNS = (
    "scenario_name",
    "title",
    "kind_text",
    "use",
    "code",
    "scheme",
    "year",
    "area_m2",
    "length_m",
    "width_m",
    "geometry_class",
    "accuracy_m",
    "source",
    "plane_m2",
    "perimeter_m",
    "scenario",
    "id",
)


def scenario_tables(content: Content) -> list[Table]:
    """Give elements and comparison of scenarios; none where the kind has no scenarios."""
    scenarios = content.get("scenarios") or ()
    rows, shapes = [], []
    for scenario in scenarios:
        whose = {"scenario": scenario.get("id"), "scenario_name": scenario.get("name")}
        for element in scenario.get("elements") or ():
            own = {key: element[key] for key in _COLUMNS if key in element}
            rows.append(whose | own)
            shapes.append(element.get("shape"))
    tables = [Table(name="elements", columns=columns_of(rows, _COLUMNS), shapes=shapes)]
    return [*tables, *_comparison(content)] if scenarios else []


def _comparison(content: Content) -> list[Table]:
    """Give a row a figure: its value in each scenario, the difference from the first, and why."""
    rows = ((content.get("answers") or {}).get("comparison") or {}).get("rows") or ()
    if not rows:
        return []
    lang = content["lang"]
    columns = [
        Column(name="id", values=[one.get("id") for one in rows]),
        Column(name="figure", values=[one.get("name") for one in rows]),
    ]
    for at, scenario in enumerate(content["scenarios"]):
        key, name = scenario.get("id"), str(scenario.get("name") or "")
        columns.append(
            Column(name=f"value_{at + 1}", values=_texts(rows, "values", key), title=name)
        )
        if at:
            title = text(lang, "package.difference_of", name=name)
            differs = _texts(rows, "differences", key)
            columns.append(Column(name=f"difference_{at + 1}", values=differs, title=title))
            title = text(lang, "package.causes_of", name=name)
            causes = [_causes(one, key) for one in rows]
            columns.append(Column(name=f"causes_{at + 1}", values=causes, title=title))
    return [Table(name="comparison", columns=tuple(columns))]


def _texts(rows: Any, part: str, scenario: Any) -> list[Any]:
    return [
        next((one.get("text") for one in row.get(part) or () if one["scenario"] == scenario), None)
        for row in rows
    ]


def _causes(row: Any, scenario: Any) -> str:
    found = (one for one in row.get("differences") or () if one["scenario"] == scenario)
    return "; ".join(
        f"{cause.get('text')} {cause.get('change_text') or ''}".strip()
        for one in found
        for cause in one.get("causes") or ()
    )
