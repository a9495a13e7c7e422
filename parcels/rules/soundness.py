"""Whether a rule can be applied: what it names exists, and it answers its examples."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.rules.examples import wrong_examples
from parcels.rules.indicators import implausible_limit, indicators
from parcels.rules.tables import DATA, table

if TYPE_CHECKING:
    from parcels.rules.model import Rule

OF_INDICATORS = {"control_index", "standard_land", "per_mu", "m0"}
"""Checks whose metrics are indicators."""
_OVERLAP = "overlap:"


def refuse_unsound(file: str, rule: Rule) -> None:
    """Refuse a rule that nothing would ever apply, or that means something else than it says.

    Raises
    ------
    PlannerError
        ``pack_group_unknown``, ``pack_metric_unknown``, ``pack_unit_differs``,
        ``pack_value_implausible``, ``pack_table_unknown`` or ``pack_example_wrong``, with file
        and rule.
    """
    place = {"file": file, "rule": rule.id}
    for group in rule.uses:
        if group not in _groups():
            raise PlannerError("pack_group_unknown", **place, group=group, known=list(_groups()))
    _refuse_metric(place, rule)
    if rule.value is not None and (span := implausible_limit(rule, rule.value)):
        value = str(rule.value)
        raise PlannerError("pack_value_implausible", **place, value=value, span=span)
    if rule.table and not _has_column(rule.table, rule.column):
        raise PlannerError("pack_table_unknown", **place, table=rule.table, column=rule.column)
    for example, found in wrong_examples(rule):
        raise PlannerError(
            "pack_example_wrong",
            **place,
            given=str(example.given),
            expect=example.expect,
            found=found,
        )


def _refuse_metric(place: dict[str, str], rule: Rule) -> None:
    from layers.overlay_kinds import overlay_kinds

    if rule.metric.startswith(_OVERLAP):
        if rule.metric.removeprefix(_OVERLAP) not in overlay_kinds():
            known = [f"{_OVERLAP}{kind}" for kind in overlay_kinds()]
            raise PlannerError("pack_metric_unknown", **place, metric=rule.metric, known=known)
    elif rule.check in OF_INDICATORS:
        indicator = indicators().get(rule.metric)
        if indicator is None:
            known = list(indicators())
            raise PlannerError("pack_metric_unknown", **place, metric=rule.metric, known=known)
        if rule.unit != indicator.unit:
            raise PlannerError(
                "pack_unit_differs", **place, unit=rule.unit or "—", expect=indicator.unit or "—"
            )


@cache
def _groups() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["a"] for row in table("adjacency.csv")))


def _has_column(name: str, column: str) -> bool:
    return (DATA / name).is_file() and (not column or column in table(name)[0])
