"""What a visit remembers of sharing: the open dialog, addresses of new links, files on their way.

An address of a link is told once and kept by nobody but the visit that made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from parcels.jobs.job import JOBS
from parcels.ui import state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.jobs.job import Job

_DIALOG, _ASKED = "share_dialog", "share_asked"
_LINKS, _JOBS, _CHECKED = "share_links", "share_jobs", "share_checked"


class Opened(NamedTuple):
    """The dialog as it was opened: of which page, and what tells it from the one before."""

    page: str
    serial: int


def open_dialog(page: str) -> None:
    """Let the dialog stand open from now on, however often the page is drawn again."""
    state.hold_params()
    shown, serial = state.recall(_DIALOG, (None, 0))
    if shown != page:
        state.remember(_DIALOG, (page, serial + 1))


def close_dialog() -> None:
    """Close the dialog and let go of what it held."""
    state.hold_params()
    last = state.recall(_DIALOG, (None, 0))
    state.remember(_DIALOG, (None, last[1]))
    for key in ("share_base", "share_reduced", "share_made"):
        state.remember(key, None)


def opened_dialog() -> Opened | None:
    """Return the dialog that stands open."""
    page, serial = state.recall(_DIALOG, (None, 0))
    return Opened(page, serial) if page else None


def ask(what: str = "", of: str = "") -> None:
    """Let a question stand until it is answered; without one, none stands."""
    state.hold_params()
    state.remember(_ASKED, (what, of))


def asked() -> tuple[str, str]:
    """Return the question that stands and what it is about; ("", ""): none."""
    found: tuple[str, str] = state.recall(_ASKED, ("", ""))
    return found


def held(key: str, version: object, make: Any) -> Any:
    """Return what ``make`` gave for this version while the dialog is open."""
    known = state.recall(key)
    if known is None or known[0] != version:
        known = (version, make())
        state.remember(key, known)
    return known[1]


def keep_link(share: str, address: str) -> None:
    """Remember the address of a link that was just made."""
    state.remember(_LINKS, {**state.recall(_LINKS, {}), share: address})


def link_of(share: str) -> str | None:
    """Return the address of a link that this visit made."""
    found: str | None = state.recall(_LINKS, {}).get(share)
    return found


def keep_job(token: str) -> None:
    """Remember a file that is on its way."""
    state.remember(_JOBS, (*state.recall(_JOBS, ()), token))


def drop_job(token: str) -> None:
    """End a job and forget it."""
    state.hold_params()
    job = JOBS.find(token)
    if job is not None:
        job.cancel()
    state.remember(_JOBS, tuple(one for one in state.recall(_JOBS, ()) if one != token))


def own_jobs() -> Iterator[tuple[str, Job]]:
    """Give the files that this visit asked for and that are still held, the latest first."""
    for token in reversed(state.recall(_JOBS, ())):
        job = JOBS.find(token)
        if job is not None:
            yield token, job


def keep_check(digest: str, report: Any) -> None:
    """Remember what the last check said, and of which snapshot."""
    state.remember(_CHECKED, (digest, report))


def check_of(digest: str) -> Any:
    """Return what the last check said if it was of this snapshot; None: it was not."""
    of, report = state.recall(_CHECKED, (None, None))
    return report if of == digest else None
