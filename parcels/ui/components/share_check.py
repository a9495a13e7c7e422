"""Whether a snapshot is what it was: every check run again, each difference by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import text
from parcels.ui import cache, share_state, state
from parcels.ui.components.share_kept import snapshot_of
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from parcels.snapshot.model import Snapshot
    from parcels.snapshot.verifying.model import VerifyReport

_LOOKS = {"verified": "pass", "differs": "fail", "sealed": "unknown"}


def check_button(digest: str) -> None:
    """Draw the button that verifies a kept snapshot."""
    lang = state.lang()
    if st.button(text(lang, "ui.share.verify"), key="share_verify", icon=":material/verified:"):
        with st.spinner(text(lang, "ui.share.checking"), show_time=True):
            share_state.keep_check(digest, checked(snapshot_of(digest)))


def check_lines(digest: str) -> None:
    """Say what the last check of a snapshot in this visit found."""
    report = share_state.check_of(digest)
    if report is not None:
        st.html(verified_lines(report))


def checked(source: Snapshot | bytes, name: str = "") -> VerifyReport:
    """Verify a kept snapshot or a file.

    One of a sharing level has no inputs: it is made again from the internal one that it rests on,
    where that is kept here and may be read.

    Raises
    ------
    PlannerError
        See `parcels.snapshot.verify.verify`.
    """
    from parcels.snapshot.verify import verify

    report = verify(source, name)
    base = _kept(str(report.content.get("rests_on") or ""))
    return verify(source, name, against=base) if base is not None else report


def _kept(digest: str) -> Snapshot | None:
    try:
        return cache.store().snapshot(state.actor(), digest) if digest else None
    except PlannerError as error:
        if error.code in {"snapshot_unknown", "snapshot_damaged", "access_refused"}:
            return None
        raise


def verified_lines(report: VerifyReport) -> Markup:
    """Write the outcome after its sign, then what differs and what could not be done."""
    from parcels.snapshot.verifying.words import verify_lines

    lang, look = state.lang(), _LOOKS[report.state]
    head, *rest = verify_lines(report, lang)
    sign = tag("span", text(lang, f"glyph.{look}"), cls=f"pl-badge pl-{look}")
    lines = (tag("li", one) for one in rest)
    return tag(
        "div",
        tag("p", sign, " ", tag("strong", head), cls="pl-note"),
        tag("ul", *lines),
        cls="pl-share-checked",
        role="status",
    )
