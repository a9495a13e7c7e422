"""The kind ``permu``: firms, the schemes they are rated by, ranks and classes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from parcels.permu.model import Denominator
from parcels.snapshot.input_values import one_of, reading
from parcels.snapshot.permu.answers import permu_answers
from parcels.snapshot.permu.case import PermuCase
from parcels.snapshot.permu.inputs import (
    classes_of,
    permu_inputs,
    schemes_of,
    settled_of,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Content


def parts(case: PermuCase, lang: str) -> Mapping[str, Any]:
    """Give the sections of a ranking; see `parcels.snapshot.kinds.Kind`."""
    return {
        "as_of": case.day.isoformat(),
        "inputs": permu_inputs(case),
        "answers": permu_answers(case, lang),
        "drawn": {"notice": case.notice, "groups": [dict(one) for one in case.under]},
    }


def case_of(content: Content) -> PermuCase:
    """Read firms, schemes and classes back; see `parcels.snapshot.kinds.Kind`."""
    with reading("inputs"):
        inputs = content["inputs"]
        tables = [classes_of(one, f"inputs.tables.{at}") for at, one in enumerate(inputs["tables"])]
        borrowed = inputs["borrowed"]
        one_of(inputs["denominator"], (*get_args(Denominator), None))
        return PermuCase(
            table=table_of(inputs["table"]),
            settled=settled_of(inputs["settled"]),
            file_digest=inputs["file_digest"],
            schemes=schemes_of(inputs["schemes"]),
            tables={one.id: one for one in tables},
            borrowed=None if borrowed is None else classes_of(borrowed, "inputs.borrowed"),
            denominator=inputs["denominator"],
            day=date.fromisoformat(content["as_of"]),
            under=tuple(content["drawn"]["groups"]),
            notice=content["drawn"]["notice"],
        )
