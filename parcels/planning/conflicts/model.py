"""One conflict of a sketched element, and all that was judged about the element."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from parcels.findings import RANK, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from parcels.findings import Outcome
    from parcels.planning.figures.elements import Figures

_AREAS = ("outside_m2", "strip_m2")
_ABOUT_OUTLINES = "geometry"
MOST_LISTED = 50
"""So many conflicts of one reason with one layer are listed and drawn, the largest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something that an element runs into, or that nobody can tell.

    Attributes
    ----------
    element : str
        Id.
    layer : str
        Kind of overlay, ``parcels``, ``elements``, id of a backdrop, or the check; "" for none.
    finding : Finding
        Holds codes and numbers; the sentence is ``finding.<reason>.text``.
    title : mapping of language to str, optional
        Of the layer, where it is a backdrop.
    draw : callable, optional
        Draws the conflicting part, EPSG:4490; used once, `drawn`.
    shape : geometry or None
        The conflicting part.
    """

    element: str
    layer: str
    finding: Finding
    title: Mapping[str, str] | None = None
    draw: Callable[[], BaseGeometry | None] | None = None
    shape: BaseGeometry | None = None

    def drawn(self) -> Conflict:
        """Return the conflict with its part drawn."""
        return self if self.draw is None else replace(self, shape=self.draw(), draw=None)

    @property
    def area_m2(self) -> float | None:
        """Conflicting land on the ellipsoid; None where no area was measured.

        Of land that must lie inside something it is what lies outside, of a control zone what
        lies in it; figures about the quality of an outline are none.
        """
        finding = self.finding
        in_m2 = finding.unit == "m2" and finding.check != _ABOUT_OUTLINES
        stated = [finding.values.get(name) for name in _AREAS]
        found = [one for one in (finding.measured if in_m2 else None, *stated) if one is not None]
        return found[0] if found and isinstance(found[0], float) else None

    @property
    def share(self) -> float | None:
        """The same as part of the element, 0 to 1."""
        stated = self.finding.share
        if stated is not None and "outside_m2" in self.finding.values:
            return 1.0 - stated
        return stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is known of an element.

    Attributes
    ----------
    outcome : Outcome
        The worst of all checks that apply; nothing judged is unknown.
    counts : mapping of outcome to int
        Checks by their worst outcome, worst first.
    conflicts : tuple of Conflict
    figures : Figures
    told : dict
        The conflicts as they were told already, by language: sentences of an element that did not
        change are not made again.
    """

    outcome: Outcome
    counts: Mapping[Outcome, int]
    conflicts: tuple[Conflict, ...]
    figures: Figures
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict, compare=False, repr=False)


def crowded(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Draw the largest conflicts of each layer and reason, and sum up the others in one."""
    groups: dict[tuple[str, str, str], list[Conflict]] = {}
    for one in conflicts:
        key = one.layer, one.finding.reason, one.finding.outcome
        groups.setdefault(key, []).append(one)
    kept: list[Conflict] = []
    for found in groups.values():
        found.sort(key=lambda one: -(one.area_m2 or 0.0))
        kept += [one.drawn() for one in found[:MOST_LISTED]]
        if rest := found[MOST_LISTED:]:
            kept.append(_rest(rest))
    return sorted(kept, key=lambda one: RANK[one.finding.outcome])


def _rest(conflicts: list[Conflict]) -> Conflict:
    first = conflicts[0]
    areas = [one.area_m2 for one in conflicts if one.area_m2 is not None]
    finding = Finding(
        parcel=0,
        check=first.finding.check,
        rule=first.finding.rule,
        outcome=first.finding.outcome,
        reason="sketch_more",
        measured=sum(areas) if areas else None,
        unit="m2" if areas else "",
        cause=first.finding.cause,
        values={"count": len(conflicts), "listed": MOST_LISTED},
    )
    return Conflict(element=first.element, layer=first.layer, finding=finding, title=first.title)
