"""The names of a part, looked up in a network."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from geo.location.location import Anchor

if TYPE_CHECKING:
    from geo.location.features import Match
    from geo.location.network import Network
    from geo.location.reading import Name, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Each name of a part and what it matches."""

    network: Network
    matches: dict[Name, Match]

    @classmethod
    def of(cls, part: Part, network: Network) -> Anchors:
        """Look up every name of a part once."""
        names = dict.fromkeys((*bounding_names(part), *other_names(part)))
        return cls(network=network, matches={name: network.gazetteer.match(name) for name in names})

    def position(self, name: Name) -> int | None:
        """Position of the one feature that the name means, if that has a geometry."""
        match = self.matches[name]
        if match.status != "matched" or self.network.shapes[match.positions[0]] is None:
            return None
        return match.positions[0]

    def place(self, name: Name) -> int:
        """Position of a name that is known to have one."""
        return self.matches[name].positions[0]

    def positions(self) -> list[int]:
        """Positions of all names that have one."""
        found = (self.position(name) for name in self.matches)
        return [position for position in found if position is not None]

    def worst_accuracy(self) -> float | None:
        """Accuracy of the least accurate feature; None if any does not state it."""
        stated = [self.network.features[position].accuracy_m for position in self.positions()]
        known = [accuracy for accuracy in stated if accuracy is not None]
        return max(known) if known and len(known) == len(stated) else None

    def identity(self, name: Name) -> int | str:
        """Tell equal features apart from others, whatever names they are given."""
        match = self.matches[name]
        return match.positions[0] if match.status == "matched" else name.text

    def described(self) -> tuple[Anchor, ...]:
        """Say what was found for every name."""
        return tuple(self._describe(name, match) for name, match in self.matches.items())

    def _describe(self, name: Name, match: Match) -> Anchor:
        if match.status != "matched":
            return Anchor(name=name.text, status=match.status, candidates=match.candidates)
        position = match.positions[0]
        feature = self.network.features[position]
        return Anchor(
            name=name.text,
            status="matched",
            id=feature.id,
            feature=feature.name,
            drawn=self.network.shapes[position] is not None,
            accuracy_m=feature.accuracy_m,
        )


def bounding_names(part: Part) -> tuple[Name, ...]:
    """Names that the land is bounded by or lies on: without them it has no place."""
    return (
        *(bound.name for bound in part.bounds),
        *chain.from_iterable(crossing.names for crossing in part.crossings),
        *chain.from_iterable(part.between),
        *part.enclosed,
        *part.straddles,
    )


def other_names(part: Part) -> tuple[Name, ...]:
    """Names of the surroundings; they decide only when nothing bounds the land."""
    return (*part.within, *(name for name, _ in part.near))
