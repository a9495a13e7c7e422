"""What the editor in the map works with: an address of its own, the answer, its words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import PlannerError
from parcels.api.sketch_routes import sketch_url
from parcels.clock import utc_now
from parcels.messages import text
from parcels.planning.desk.desks import DESKS, Desk
from parcels.planning.editing.workbench import Workbench
from parcels.sketch_words import sketch_texts
from parcels.ui import cache, state
from parcels.ui.components.sketch_saving import create, new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.ui.components.sketch_now import Now


def sketch_of(now: Now, at: int | None) -> Mapping[str, Any]:
    """Give the map its sketch; one of several in step only shows.

    The editor asks its address for what stands, and again when the version rises: what is on its
    way from the page with every run stays small, and an unfinished drawing comes with the answer.
    """
    return {
        "url": sketch_url(str(st.get_option("server.baseUrlPath")), _token(now)),
        "answer": None,
        "version": now.scenario.version,
        "chosen": now.element.id if now.element else None,
        "texts": state.once("sketch_texts", now.lang, partial(sketch_texts, now.lang)),
        "readonly": at is not None or now.desk.readonly,
        "group": None if at is None else state.once("sketch_group", None, new_id),
    }


def copy_with_draft(now: Now) -> bool:
    """Make a copy of the shown scenario and put the pending drawing into it."""
    store, actor = cache.store(), state.actor()
    name = text(now.lang, "ui.sketch.copy_name", name=now.scenario.name)
    made = create(name, parent=now.scenario.id, base=now.scenario.head)
    if made is None:
        return True
    try:
        pending = store.draft(actor, now.scenario.id)
        if pending:
            store.keep_draft(actor, made.id, pending, at=utc_now())
            store.keep_draft(actor, now.scenario.id, None, at=utc_now())
    except PlannerError:
        return True  # the drawing is still in the browser, which sends it again
    return True


def _token(now: Now) -> str:
    """Keep a desk for the editor; a new one when ground, language or person change."""
    key = f"sketch_token_{now.scenario.id}"
    version = (now.ground.version, now.lang, now.desk.actor)
    known = state.recall(key)
    if known is not None and known[0] == version and DESKS.find(known[1]) is not None:
        return str(known[1])
    bench = Workbench(cache.store(), now.desk.actor, now.scenario.id)
    token = DESKS.keep(Desk(bench, now.ground.ground, now.lang))
    state.remember(key, (version, token))
    return token
