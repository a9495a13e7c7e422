"""What a check gets and what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from layers.overlay import Overlay
    from parcels.checks.subject import Parcels
    from parcels.findings import Batch
    from parcels.rules.load import RuleBook


@dataclass(frozen=True, kw_only=True, eq=False)
class CheckInput:
    """Everything that a verdict may rest on; a check reads nothing else.

    Attributes
    ----------
    parcels : Parcels
    book : RuleBook
    overlays : mapping of kind to Overlay
        Layers that are loaded (``layers/data/overlay_kinds.toml`` names the kinds).
    """

    parcels: Parcels
    book: RuleBook
    overlays: Mapping[str, Overlay] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One column of a review.

    Attributes
    ----------
    id : str
        Titles are ``check.<id>.title`` and, for narrow columns, ``check.<id>.short``.
    run : callable
        Gives findings about every parcel that it is asked about: at least one for each parcel,
        also where it does not apply.
    """

    id: str
    run: Callable[[CheckInput], Iterable[Batch]]
