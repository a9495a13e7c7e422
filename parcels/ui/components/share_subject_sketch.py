"""What 扩区 shares: the shown scenario, or those that are compared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.snapshot.scenarios.opening import scenarios_case
from parcels.ui import cache, state
from parcels.ui.components.review_current import as_of
from parcels.ui.components.rules_now import book_on
from parcels.ui.components.share_subject_review import inline_layers
from parcels.ui.components.share_subjects import Subject
from parcels.ui.components.sketch_bar import compared
from parcels.ui.components.sketch_ground import ground_now
from parcels.ui.components.sketch_now import chosen_packs, desk_now, line_of, mode_now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.planning.model import Scenario
    from parcels.snapshot.scenarios.case import ScenariosCase

_SHOWN, _COMPARED = "shown", "compared"


def subject(page: str) -> Subject | None:
    """Give the shown scenario, and those beside it where several are compared."""
    desk = desk_now()
    if desk.shown is None:
        return None
    lang, shown = desk.lang, desk.shown
    chosen = {_SHOWN: (shown,), _COMPARED: compared(desk, shown)}
    names = (_COMPARED, _SHOWN) if mode_now() == "compare" else (_SHOWN, _COMPARED)
    scopes = {
        name: text(lang, f"ui.share.scope_{name}", count=len(chosen[name]))
        for name in names
        if name == _SHOWN or len(chosen[name]) > 1
    }
    return Subject(
        page=page,
        kind="scenarios",
        title=shown.name or text(lang, "ui.sketch.untitled"),
        scopes=scopes,
        open=partial(_case, chosen),
    )


def _case(chosen: Mapping[str, tuple[Scenario, ...]], scope: str) -> ScenariosCase:
    lang = state.lang()
    book = book_on(as_of(), chosen_packs())
    return scenarios_case(
        [line_of(one) for one in chosen[scope]],
        ground_now(book).ground,
        reference=cache.reference(),
        under=inline_layers(lang),
        notice=text(lang, "ui.sketch.notice"),
    )
