"""Files on their way: how far each is, 取消, and the file itself once it is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import share_state, state
from parcels.ui.boundary import show_error
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.jobs.job import Job, Progress

_EVERY = 1.0  # seconds
_ANY_TYPE = "application/octet-stream"
_KILOBYTE = 1024


def job_lines() -> None:
    """Draw a line for each file of this visit; they look again by themselves while one runs."""
    jobs = list(share_state.own_jobs())
    if not jobs:
        return
    running = any(job.progress().status == "running" for _, job in jobs)
    st.fragment(partial(_lines, running=running), run_every=_EVERY if running else None)()


def size_text(count: int) -> str:
    """Write a size in the unit that suits it."""
    kilobytes = count / _KILOBYTE
    return f"{kilobytes:,.0f} KB" if kilobytes >= 1 else f"{count:,} B"


def _lines(*, running: bool) -> None:
    told = [(token, job, job.progress()) for token, job in share_state.own_jobs()]
    if running and not any(progress.status == "running" for _, _, progress in told):
        st.rerun()  # nothing is left to look for
    with st.container(key="share_jobs", gap="xsmall"):
        for token, job, progress in told:
            _line(token, job, progress)


def _line(token: str, job: Job, progress: Progress) -> None:
    lang = state.lang()
    with st.container(
        key=f"share_job_{token}",
        horizontal=True,
        wrap=False,
        vertical_alignment="center",
        gap="small",
    ):
        with st.container(width="stretch"):
            _said(lang, job, progress)
        if progress.status == "done":
            offer_file(job.result() or b"", job.file_name, key=f"share_job_file_{token}")
        st.button(
            text(lang, "ui.share.cancel" if progress.status == "running" else "ui.share.dismiss"),
            key=f"share_job_drop_{token}",
            on_click=partial(share_state.drop_job, token),
        )


def offer_file(content: bytes, name: str, *, key: str) -> None:
    """Offer a file with its size."""
    st.download_button(
        text(state.lang(), "ui.share.download_of", size=size_text(len(content))),
        content,
        file_name=name,
        mime=_ANY_TYPE,
        on_click="ignore",
        icon=":material/download:",
        key=key,
    )


def _said(lang: str, job: Job, progress: Progress) -> None:
    if progress.error is not None:
        st.html(tag("p", text(lang, "ui.share.failed", name=job.title), cls="pl-note"))
        show_error(progress.error, lang)
        return
    key = {"running": "making", "done": "ready"}.get(progress.status, "cancelled")
    said = text(lang, f"ui.share.{key}", name=job.title)
    busy = " pl-busy" if progress.status == "running" else ""
    st.html(tag("p", said, cls=f"pl-note{busy}", role="status"))
    if progress.status == "running":
        steps = (
            text(lang, "ui.share.steps", done=progress.done, total=progress.total)
            if progress.total
            else text(lang, "ui.share.steps_none")
        )
        done = f"{100 * progress.done / max(progress.total, 1):.0f}"
        fill = tag("span", "", cls="pl-bar-fill", style=f"width: {done}%")
        st.html(tag("p", tag("span", fill, cls="pl-bar"), steps, cls="pl-note pl-muted"))
