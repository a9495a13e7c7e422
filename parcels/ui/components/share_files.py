"""Files of snapshots: one is verified, two are compared; kept snapshots may be one of the two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.boundary import guarded
from parcels.ui.components.share_check import checked, verified_lines
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.snapshot.model import Snapshot
    from parcels.snapshot.verifying.model import VerifyReport
    from parcels.ui.components.share_kept import Desk

_LEFT_WIDTH = 522
_MOST = 2  # files
_UPLOAD, _KEPT = "share_upload", "share_compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A snapshot that is looked at.

    Attributes
    ----------
    content : bytes
        Of a file; empty for a kept one.
    digest : str
        Tells it from others.
    """

    name: str
    content: bytes
    digest: str


def files_panel(desk: Desk) -> None:
    """Draw where files are dropped, and what they tell."""
    lang = state.lang()
    with st.container(key="share_left", width=_LEFT_WIDTH, gap="small"):
        st.html(tag("p", text(lang, "ui.share.check_idle"), cls="pl-step"))
        with st.container(key="share_drop_files"):
            files = st.file_uploader(
                text(lang, "ui.share.check_upload"),
                accept_multiple_files=True,
                key=_UPLOAD,
                label_visibility="collapsed",
            )
        st.html(tag("p", text(lang, "ui.share.check_note"), cls="pl-note pl-muted"))
        given = [_file(one.name, one.getvalue()) for one in files] + _kept(lang, desk)
        if len(given) > _MOST:
            st.html(tag("p", text(lang, "ui.share.check_most"), cls="pl-box pl-note"))
    with st.container(key="share_told", width="stretch", gap="small"):
        _tell(lang, given[:_MOST])


def _file(name: str, content: bytes) -> _Given:
    return _Given(name=name, content=content, digest=sha256(content).hexdigest())


def _kept(lang: str, desk: Desk) -> list[_Given]:
    """Ask for kept snapshots to compare with."""
    if not desk.kept:
        return []
    named = {one.digest: f"{one.title} {one.made_at[:10]} {one.digest[:8]}" for one in desk.kept}
    chosen = st.multiselect(
        text(lang, "ui.share.check_kept"),
        list(named),
        format_func=lambda one: named.get(one, one),
        max_selections=_MOST,
        placeholder=text(lang, "ui.share.check_kept_none"),
        key=_KEPT,
    )
    return [_Given(name=named[one], content=b"", digest=one) for one in chosen]


def _tell(lang: str, given: list[_Given]) -> None:
    if len(given) == _MOST:
        first, second = given
        title = text(lang, "ui.share.check_two", first=first.name, second=second.name)
        guarded(partial(_told, title, partial(_compared, first, second)), lang)
    for at, one in enumerate(given):
        title = text(lang, "ui.share.check_one", name=one.name)
        guarded(partial(_told, title, partial(_verified, at, one)), lang)


def _told(title: str, found: Callable[[], Markup]) -> None:
    """Write a title and what was found, which may take a moment or come to nothing."""
    st.html(tag("p", title, cls="pl-step"))
    with st.spinner(text(state.lang(), "ui.share.checking"), show_time=True):
        said = found()
    st.html(said)


def _verified(at: int, one: _Given) -> Markup:
    report: VerifyReport = state.once(
        f"share_verified_{at}",
        (one.digest, one.name),
        lambda: checked(one.content, one.name) if one.content else checked(_snapshot(one)),
    )
    return verified_lines(report)


def _compared(first: _Given, second: _Given) -> Markup:
    from parcels.snapshot.diff import diff
    from parcels.snapshot.differing.words import diff_lines

    report = state.once(
        "share_diff",
        (first.digest, second.digest),
        lambda: diff(_snapshot(first), _snapshot(second)),
    )
    head, *rest = diff_lines(report, state.lang())
    lines = (tag("li", one) for one in rest)
    body = tag("p", tag("strong", head), cls="pl-note"), tag("ul", *lines)
    return tag("div", *body, cls="pl-share-checked", role="status")


def _snapshot(one: _Given) -> Snapshot:
    """Read a snapshot whose digest fits."""
    from parcels.snapshot.files import read_snapshot

    if one.content:
        return read_snapshot(one.content, one.name)
    return cache.store().snapshot(state.actor(), one.digest)
