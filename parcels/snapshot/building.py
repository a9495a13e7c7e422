"""A snapshot of a case: who made it, when, of what, and what the checks say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.snapshot.kinds import kind_of
from parcels.snapshot.marks import marks_of
from parcels.snapshot.model import FORMAT, seal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import KindName, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the shell knows and the case does not.

    Attributes
    ----------
    title : str
        Any text.
    lang : str
        Language of every sentence in the snapshot.
    at : str
        UTC, ISO 8601 to the second: ``2026-11-22T08:00:00Z``.
    by : str
        Who makes it; "" on a single desk.
    app : str
        Version of this program.
    view : mapping or None
        ``address`` of the live page below the application's own, ``map`` (lat, lng, zoom) or
        None, ``chosen`` key of a parcel or None.
    """

    title: str
    lang: str
    at: str
    by: str = ""
    app: str
    view: Mapping[str, Any] | None = None


def build(kind: KindName, case: Any, head: Head) -> Snapshot:
    """Make the internal snapshot of a case; the same case and head give the same bytes.

    Returns
    -------
    Snapshot
        Of the level ``internal``: it holds all inputs. `parcels.snapshot.levels.reduced` makes
        what may leave the house.
    """
    content = {
        "format": FORMAT,
        "kind": kind,
        "level": "internal",
        "title": head.title,
        "lang": head.lang,
        "made": {"at": head.at, "by": head.by, "app": head.app},
        "view": dict(head.view) if head.view else None,
        "disclaimer": text(head.lang, "snapshot.disclaimer"),
        "rests_on": None,
        **kind_of(kind).parts(case, head.lang),
    }
    return seal({**content, "marks": marks_of(content)})
