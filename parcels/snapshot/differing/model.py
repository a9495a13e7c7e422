"""What comes of comparing two snapshots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.findings import Outcome
    from parcels.snapshot.model import Snapshot
    from parcels.snapshot.verifying.model import Difference

Part = Literal[
    "as_of", "pack", "limits", "layer", "outline", "facts", "neighbours", "said", "program"
]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Component:
    """One part of the inputs that is another in the second snapshot.

    Attributes
    ----------
    part : str
        ``as_of`` day of the rules, ``pack``, ``limits`` set locally, ``layer``, ``outline`` and
        place of parcels, ``facts`` (use, areas, attributes), ``neighbours`` parcels that came or
        went, ``said`` overrides and the day of the review, ``program`` version or its tables.
    name : str
        Id of the pack, kind of the layer; else "".
    """

    part: Part
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule said of a parcel in both; None: nothing.

    Attributes
    ----------
    before, after : Outcome or None
        The worst of its findings, overrides put in.
    ids_before, ids_after : tuple of str
        Of the findings.
    message : str
        Of the finding that decides now; "" where there is none any more.
    cause : str
        Of an unknown now; else "".
    alone : tuple of Component
        Each of them makes the change by itself.
    together : tuple of Component
        Where none does: all of them are needed. Neither: not explained.
    """

    key_before: str
    key_after: str
    check: str
    rule: str
    before: Outcome | None
    after: Outcome | None
    ids_before: tuple[str, ...] = ()
    ids_after: tuple[str, ...] = ()
    message: str = ""
    cause: str = ""
    alone: tuple[Component, ...] = ()
    together: tuple[Component, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class DiffReport:
    """The outcome of `parcels.snapshot.diff.diff`.

    Attributes
    ----------
    before, after : Snapshot
    matched : tuple of (int, int)
        Positions of the parcels that are the same one.
    renumbered : int
        How many of them were found by their outline.
    gone, new : tuple of str
        Keys of parcels that only one of them has.
    counts : mapping of outcome to (before, after)
        Findings, all five outcomes.
    lost_layers : tuple of str
        Kinds of layers that were there and are missing now.
    verdicts : tuple of Verdict
        That changed, those of lost layers first, then the worst now first.
    figures : int
        Verdicts that stayed while a figure or a sentence changed.
    components : tuple of Component
        All parts of the inputs that differ, whether a verdict changed by them or not.
    values : tuple of Difference
        Of parcels: facts and outlines; of other kinds all that differs; ``stated`` is before.
    is_tried : bool
        Whether causes were looked for: both are internal, and their inputs could be used.
    problem : str
        Why they were not, as a sentence; "".
    """

    before: Snapshot
    after: Snapshot
    matched: tuple[tuple[int, int], ...] = ()
    renumbered: int = 0
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    counts: Mapping[Outcome, tuple[int, int]] = field(default_factory=dict)
    lost_layers: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    figures: int = 0
    components: tuple[Component, ...] = ()
    values: Sequence[Difference] = ()
    is_tried: bool = False
    problem: str = ""

    @property
    def is_same(self) -> bool:
        """Whether nothing at all differs."""
        return self.before.digest == self.after.digest
