"""What 地块 and 审查 share: parcels with their findings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from layers.scene import BigLayer
from parcels.clock import today
from parcels.messages import text
from parcels.snapshot.review.opening import plan_case, survey_case
from parcels.ui import cache, state
from parcels.ui.components.map_layers import under_layers
from parcels.ui.components.parcel_list import filtered
from parcels.ui.components.plan_map import planned_parcels
from parcels.ui.components.review_current import current
from parcels.ui.components.review_matrix import listed_parcels
from parcels.ui.components.set_list import listed
from parcels.ui.components.share_subjects import Subject

if TYPE_CHECKING:
    from layers.scene import LayerGroup
    from parcels.snapshot.review.case import ReviewCase
    from parcels.ui.components.review_current import Current

_LONGEST = 18  # letters of a name on a button
_ALL, _FILTERED, _CHOSEN = "all", "filtered", "chosen"


def subject(page: str) -> Subject:
    """Give the parcels that the page shows: those of the filter, the chosen one, all."""
    lang, now = state.lang(), current()
    rows = _listed(page, now)
    return Subject(
        page=page,
        kind="review",
        title=now.review.title or text(lang, "ui.review.table_two"),
        scopes=_scopes(now, rows),
        open=partial(_case, now, rows),
        chosen=now.address(now.parcel),
        notes=_left_out(),
    )


def _listed(page: str, now: Current) -> tuple[int, ...]:
    """Return the positions that the filter of the page leaves in."""
    if page == "review":
        return tuple(sorted(listed_parcels(now).tolist()))
    if now.held is None:
        ids = now.parcels.ids
        return tuple(ids.index(one.row.parcel_id) for one in filtered(planned_parcels()))
    return tuple(int(one) - 1 for one in listed(now.held).ids)


def _scopes(now: Current, rows: tuple[int, ...]) -> dict[str, str]:
    lang, total = state.lang(), len(now.matrix)
    filtering = 0 < len(rows) < total
    counts = {_FILTERED: len(rows)} if filtering else {}
    labels = {
        name: text(lang, f"ui.share.scope_{name}", count=f"{count:,}")
        for name, count in (counts | {_ALL: total}).items()
    }
    name = shortened(now.parcels.names[now.parcel] or now.address(now.parcel))
    return labels | {_CHOSEN: text(lang, "ui.share.scope_chosen", name=name)}


def shortened(name: str) -> str:
    """Cut a name to the room of a button."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _case(now: Current, rows: tuple[int, ...], scope: str) -> ReviewCase:
    lang = state.lang()
    selected = {_ALL: None, _FILTERED: rows, _CHOSEN: (now.parcel,)}[scope]
    if now.held is not None:
        return survey_case(
            now.review,
            now.held.survey,
            day=today(),
            lang=lang,
            events=now.events,
            selected=selected,
            under=inline_layers(lang),
        )
    return plan_case(
        now.review,
        planned_parcels(),
        day=today(),
        lang=lang,
        events=now.events,
        selected=selected,
        reference=None if state.loaded_network() else cache.reference(),
        under=inline_layers(lang),
    )


def inline_layers(lang: state.Lang) -> tuple[LayerGroup, ...]:
    """Return the layers under the parcels, without those that only a server can draw."""
    kept = (
        replace(one, layers=tuple(layer for layer in one.layers if not isinstance(layer, BigLayer)))
        for one in under_layers(lang)
    )
    return tuple(one for one in kept if one.layers)


def _left_out() -> tuple[str, ...]:
    """Name the layers that only a server can draw."""
    lang = state.lang()
    large = [
        layer.title
        for group in under_layers(lang)
        for layer in group.layers
        if isinstance(layer, BigLayer)
    ]
    return (text(lang, "ui.share.large_layers", names=large),) if large else ()
