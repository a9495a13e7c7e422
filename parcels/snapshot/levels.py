"""Sharing levels: the snapshot that may leave the house, made from the one that stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.messages import text
from parcels.snapshot.model import seal
from parcels.snapshot.sharing.choosing import Withheld, chosen
from parcels.snapshot.sharing.lists import leaving_list
from parcels.snapshot.sharing.local_frame import move_to_local
from parcels.snapshot.sharing.looking import refusals, warnings
from parcels.snapshot.sharing.pruning import pruned
from parcels.snapshot.sharing.wording import dropped_words, notes

if TYPE_CHECKING:
    from parcels.snapshot.model import Level, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What would leave at a level, in words, before anybody presses a button.

    Attributes
    ----------
    level : Level
    fields : tuple of str
        What leaves, group by group.
    dropped : tuple of str
        What stays, as far as there is any of it.
    warnings : tuple of str
        What the maker must know: more than 25 km² in survey detail, a map without review number.
    refusals : tuple of str
        Why it may not leave: each text with its place. With one of them `reduced` refuses.
    """

    level: Level
    fields: tuple[str, ...]
    dropped: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


def reduced(snapshot: Snapshot, level: Level) -> Snapshot:
    """Make the snapshot of a level from an internal one; only what a list names is in it.

    The lists stand in ``data/sharing.toml``. The result rests on the digest of the internal
    snapshot, has no inputs (nothing can be judged again from it alone), and says in ``withheld``
    what was left out. Public: geometry in metres from a local origin, rounded to 1 m (``frame``).

    Raises
    ------
    PlannerError
        ``snapshot_level_source``: not made from an internal one. ``snapshot_level_unlisted``: no
        list for this kind. ``snapshot_level_refused``: something in it may not leave; values:
        ``count`` of reasons, ``reason`` the first (`leaving` gives all).
    """
    if snapshot.level == level:
        return snapshot
    made = _make(snapshot, level)
    if made.refusals:
        raise PlannerError(
            "snapshot_level_refused",
            level=text(made.lang, f"share.level.{level}"),
            count=len(made.refusals),
            reason=made.refusals[0],
        )
    return seal(made.content)


def leaving(snapshot: Snapshot, level: Level, *, lang: str | None = None) -> Leaving:
    """Say what would leave at a level, and what would stay.

    Parameters
    ----------
    snapshot : Snapshot
        An internal one.
    lang : str, optional
        Of the sentences; default: the snapshot's.

    Raises
    ------
    PlannerError
        See `reduced`; refusals are no error here.
    """
    words = lang or str(snapshot.content["lang"])
    if level == "internal":
        return Leaving(
            level=level,
            fields=(text(words, "share.field.everything"),),
            dropped=(),
            warnings=warnings(snapshot.content, level, words),
        )
    made = _make(snapshot, level, words)
    return Leaving(
        level=level,
        fields=tuple(text(words, f"share.field.{group}") for group in made.groups),
        dropped=dropped_words(snapshot.content, made.content, made.withheld, words),
        warnings=made.warnings,
        refusals=made.refusals,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    content: dict[str, Any]
    groups: tuple[str, ...]
    withheld: Withheld
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]
    lang: str


def _make(snapshot: Snapshot, level: Level, lang: str | None = None) -> _Made:
    if snapshot.level != "internal":
        raise PlannerError("snapshot_level_source", level=snapshot.level)
    allowed = leaving_list(snapshot.kind, level)
    own = str(snapshot.content["lang"])
    words = lang or own
    withheld = Withheld()
    content, seen = pruned(chosen(snapshot.content, level, withheld), allowed)
    warned, refused = warnings(content, level, words), refusals(content, level, words)
    if level == "public":
        move_to_local(content, allowed.root, withheld)
    label = "snapshot.public_label" if level == "public" else "snapshot.disclaimer"
    content |= {
        "level": level,
        "disclaimer": text(own, label),
        "rests_on": snapshot.digest,
        "watermark": True,
        "withheld": withheld.plain(notes(withheld, own)),
    }
    return _Made(
        content=content,
        groups=tuple(one for one in allowed.groups if one in seen),
        withheld=withheld,
        warnings=warned,
        refusals=refused,
        lang=words,
    )
