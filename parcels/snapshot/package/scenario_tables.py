"""Elements of scenarios as one table with places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.snapshot.package.table import Table, columns_of

if TYPE_CHECKING:
    from parcels.snapshot.model import Content

_COLUMNS = ("scenario", "scenario_name", "id", "kind", "name", "code", "scheme", "year", "area_m2")


def scenario_tables(content: Content) -> list[Table]:
    """Give the elements of all scenarios; none where the kind has no scenarios."""
    scenarios = content.get("scenarios") or ()
    if not scenarios:
        return []
    rows, shapes = [], []
    for scenario in scenarios:
        whose = {"scenario": scenario.get("id"), "scenario_name": scenario.get("name")}
        for element in scenario.get("elements") or ():
            rows.append(whose | {key: one for key, one in element.items() if key != "shape"})
            shapes.append(element.get("shape"))
    return [Table(name="elements", columns=columns_of(rows, _COLUMNS), shapes=shapes)]
