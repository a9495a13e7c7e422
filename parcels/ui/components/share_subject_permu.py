"""What 亩均 shares: the ranking of the table that is looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from parcels.clock import today
from parcels.messages import text
from parcels.permu.schemes import class_tables
from parcels.snapshot.permu.opening import firm_group, permu_case
from parcels.ui import state
from parcels.ui.components.permu_bar import asked
from parcels.ui.components.permu_map import firm_places
from parcels.ui.components.permu_source import held_table
from parcels.ui.components.share_subject_review import inline_layers
from parcels.ui.components.share_subjects import Subject

if TYPE_CHECKING:
    from parcels.snapshot.permu.case import PermuCase
    from parcels.ui.components.permu_bar import Asked
    from parcels.ui.components.permu_source import Held


def subject(page: str) -> Subject | None:
    """Give the ranking; nothing without a table."""
    held = held_table()
    if held is None:
        return None
    lang = state.lang()
    count = f"{len(held.table.firms):,}"
    return Subject(
        page=page,
        kind="permu",
        title=text(lang, "ui.share.permu_title", file=held.table.title),
        scopes={"all": text(lang, "ui.share.scope_firms", count=count)},
        open=partial(_case, held, asked(held)),
    )


def _case(held: Held, question: Asked, _scope: str) -> PermuCase:
    lang = state.lang()
    shapes, schematic = firm_places(held)
    firms = firm_group(lang, held.table, shapes, "schematic" if schematic else "surveyed")
    return permu_case(
        held.table,
        question.schemes,
        day=today(),
        settled=held.answers,
        file=held.content,
        denominator=question.denominator,
        borrowed=class_tables()[question.classes] if question.classes else None,
        under=(*inline_layers(lang), firms) if shapes else (),
        notice=text(lang, "ui.permu.map_schematic") if schematic and shapes else "",
    )
