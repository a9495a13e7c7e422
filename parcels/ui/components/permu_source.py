"""Where the firms of the page 亩均 come from: a table that was dropped, or a parcel set."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.firm_tables import TABLES, KeptTable
from parcels.messages import text
from parcels.parcel_sets import SETS
from parcels.permu.model import Answers
from parcels.permu.reading import firms_of_survey, read_firms
from parcels.ui import state
from parcels.ui.components.set_choice import shown_set
from parcels.ui.markup import join, tag
from parcels.wording import failure_text

if TYPE_CHECKING:
    from parcels.parcel_sets import ParcelSet
    from parcels.permu.model import FirmTable

_HELD, _ERROR, _ROUND = "permu_held", "permu_error", "permu_round"
_ANSWERED = "?"
_FIRMS = "firms"  # in the address


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A table in this session.

    Attributes
    ----------
    table : FirmTable
        As read with the answers.
    digest : str
        Tells it from others.
    content : bytes
        The file, to be read again with other answers; empty for a parcel set.
    token : str or None
        Of the parcel set that it is.
    """

    table: FirmTable
    digest: str
    content: bytes = b""
    token: str | None = None
    answers: Answers = field(default_factory=Answers)


def held_table() -> Held | None:
    """Return the table that is looked at; None: there is none yet."""
    held: Held | None = state.recall(_HELD)
    token = state.param(_FIRMS)
    if held is not None or not token:
        return held
    kept = TABLES.find(token)
    if kept is None:
        return None
    _restore(kept)
    restored: Held | None = state.recall(_HELD)
    return restored


def is_gone() -> bool:
    """Tell whether the address names a table that is no longer kept."""
    token = state.param(_FIRMS)
    return bool(token) and TABLES.find(str(token)) is None


def _restore(kept: KeptTable) -> None:
    """Read a kept table again, after the page was loaded anew."""
    found = SETS.find(kept.set_token) if kept.set_token else None
    try:
        if found is not None:
            held = replace(_held_of(found), table=firms_of_survey(found.survey, kept.answers))
        elif kept.content:
            table = read_firms(kept.content, kept.title, kept.answers)
            held = _held_file(table, kept.title, kept.content)
        else:
            return
    except PlannerError as error:
        state.remember(_ERROR, error)
        return
    digest = _answered(held.digest, kept.answers)
    state.remember(_HELD, replace(held, answers=kept.answers, digest=digest))


def _answered(digest: str, answers: Answers) -> str:
    return f"{digest.partition(_ANSWERED)[0]}{_ANSWERED}{answers}"


def _held_file(table: FirmTable, title: str, content: bytes) -> Held:
    digest = hashlib.sha256(content).hexdigest()
    return Held(table=table, digest=f"{title}:{digest}", content=content)


def upload(lang: str) -> None:
    """Draw where a table is dropped; one that cannot be used leaves the last one in place."""
    st.file_uploader(
        text(lang, "ui.permu.choose_file"),
        key=_key(),
        on_change=_take_in,
        label_visibility="collapsed",
    )
    error: PlannerError | None = state.recall(_ERROR)
    if error is not None:
        sentence, hint = failure_text(lang, error)
        body = join(tag("p", sentence, cls="pl-note"), tag("p", hint, cls="pl-note"))
        st.html(tag("div", body, cls="pl-problem", role="alert"))


def set_button(lang: str) -> None:
    """Offer the parcel set of the address; nothing without one."""
    held = shown_set()
    if held is not None:
        st.button(text(lang, "ui.permu.use_set"), key="permu_set", on_click=_use_set)
        st.html(tag("p", held.title, cls="pl-note pl-muted"))


def remove_button(lang: str) -> None:
    """Offer to take the table away."""
    st.button(text(lang, "ui.permu.remove"), key="permu_remove", on_click=_remove)


def settle(answers: Answers) -> None:
    """Read the table again with what the user settled about it."""
    held = held_table()
    if held is None:
        return
    source = SETS.find(held.token) if held.token else None
    try:
        if source is not None:
            table = firms_of_survey(source.survey, answers)
        else:
            table = read_firms(held.content, held.table.title, answers)
    except PlannerError as error:
        state.remember(_ERROR, error)
        return
    digest = _answered(held.digest, answers)
    _hold(replace(held, table=table, digest=digest, answers=answers), state.param(_FIRMS))


def _hold(held: Held, token: str | None = None) -> None:
    """Look at a table from now on, and keep it for when the page is loaded anew."""
    state.remember(_ERROR, None)
    state.remember(_HELD, held)
    kept = KeptTable(
        title=held.table.title, content=held.content, set_token=held.token, answers=held.answers
    )
    state.set_params(**{_FIRMS: TABLES.keep(kept, token)})


def _key() -> str:
    return f"permu_upload_{state.recall(_ROUND, 0)}"


def _take_in() -> None:
    dropped = state.widget(_key())
    state.remember(_ROUND, state.recall(_ROUND, 0) + 1)
    if dropped is None:
        return
    content = dropped.getvalue()
    try:
        table = read_firms(content, dropped.name)
    except PlannerError as error:
        state.remember(_ERROR, error)
        return
    _hold(_held_file(table, dropped.name, content))


def _use_set() -> None:
    held = shown_set()
    if held is not None:
        _hold(_held_of(held))


def _held_of(held: ParcelSet) -> Held:
    return Held(table=firms_of_survey(held.survey), digest=f"set:{held.token}", token=held.token)


def _remove() -> None:
    state.remember(_HELD, None)
    state.remember(_ERROR, None)
    state.set_params(**{_FIRMS: None})
