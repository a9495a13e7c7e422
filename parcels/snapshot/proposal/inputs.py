"""A proposal as typed, and what was asked about it, as values of JSON and back."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from parcels.proposal.draft import Draft
from parcels.proposal.mix.terms import GOALS, HOLDS
from parcels.proposal.remedies.advice import LEVERS, Freedom
from parcels.snapshot.input_values import (
    exact_number,
    exact_text,
    from_named,
    from_order,
    named,
    one_of,
    reading,
)
from parcels.snapshot.packs import book_from_plain, book_to_plain
from parcels.snapshot.proposal.case import AdviceAsked, MixAsked, Place, Volumes
from parcels.snapshot.review.layers import fault_of, fault_plain
from parcels.snapshot.shapes import exact_shapes, read_shapes
from parcels.snapshot.subject_values import (
    overlays_from_plain,
    overlays_to_plain,
    parcels_from_plain,
    parcels_to_plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from parcels.proposal.remedies.advice import Lever
    from parcels.snapshot.proposal.case import ProposalCase

Entry = dict[str, Any]


def proposal_inputs(case: ProposalCase) -> Entry:
    """Give all that the verdicts rest on."""
    return {
        "draft": _draft_to_plain(case.draft),
        "book": book_to_plain(case.book),
        "advice": None if case.advice is None else _advice_to_plain(case.advice),
        "mix": None if case.mix is None else _mix_to_plain(case.mix),
        "volumes": None if case.volumes is None else _volumes_to_plain(case.volumes),
        "place": None if case.place is None else _place_to_plain(case.place),
    }


def draft_of(plain: Entry) -> Draft:
    """Read back what was typed."""
    with reading("inputs.draft"):
        return Draft(
            fields=MappingProxyType(from_named(plain["fields"])),
            floors=tuple(MappingProxyType(from_named(one)) for one in plain["floors"]),
            note=plain["note"],
            told=tuple(map(fault_of, plain["told"])),
        )


def advice_of(plain: Entry | None) -> AdviceAsked | None:
    """Read back which changes were asked for."""
    if plain is None:
        return None
    with reading("inputs.advice"):
        weights = from_order(plain["weights"])
        for lever in (*weights, *plain["levers"]):
            one_of(lever, LEVERS)
        freedom = Freedom(
            levers=frozenset(plain["levers"]),
            weights=MappingProxyType(_weights(weights)),
            locked=frozenset(plain["locked"]),
            addable=tuple(plain["addable"]),
        )
        return AdviceAsked(freedom=freedom, alone=tuple(plain["alone"]), together=plain["together"])


def _weights(plain: Mapping[str, str]) -> dict[Lever, Fraction]:
    found: dict[Lever, Fraction] = {}
    for lever in LEVERS:
        weight = exact_number(plain.get(lever))
        if weight is not None and weight <= 0:
            raise ValueError("a weight is not above 0")
        if weight is not None:
            found[lever] = weight
    return found


def mix_of(plain: Entry | None) -> MixAsked | None:
    """Read back which best mix was asked for."""
    if plain is None:
        return None
    with reading("inputs.mix"):
        one_of(plain["goal"], GOALS)
        one_of(plain["hold"], HOLDS)
        packs, keep = (None if plain[name] is None else tuple(plain[name]) for name in _LISTS)
        return MixAsked(goal=plain["goal"], hold=plain["hold"], packs=packs, keep=keep)


def volumes_of(plain: Entry | None) -> Volumes | None:
    """Read back on which outline the volumes were studied."""
    if plain is None:
        return None
    with reading("inputs.volumes"):
        outline = read_shapes([plain["outline"]], "inputs.volumes.outline")[0]
        return Volumes(outline=outline, note=plain["note"])


def place_of(plain: Entry | None) -> Place | None:
    """Read back where the proposal stands."""
    if plain is None:
        return None
    with reading("inputs.place"):
        parcels = parcels_from_plain(plain["parcels"], "inputs.place.parcels")
        if plain["at"] is not None and plain["at"] not in range(len(parcels)):
            raise ValueError(plain["at"])
        return Place(
            parcels=parcels,
            at=plain["at"],
            book=book_from_plain(plain["book"], "inputs.place.book"),
            overlays=overlays_from_plain(plain["overlays"], "inputs.place.overlays"),
        )


_LISTS = ("packs", "keep")


def _draft_to_plain(draft: Draft) -> Entry:
    return {
        "fields": named(draft.fields),
        "floors": [named(one) for one in draft.floors],
        "note": draft.note,
        "told": [fault_plain(one) for one in draft.told],
    }


def _advice_to_plain(asked: AdviceAsked) -> Entry:
    freedom = asked.freedom
    return {
        "levers": [one for one in LEVERS if one in freedom.levers],
        "weights": [
            [one, exact_text(freedom.weights[one])] for one in LEVERS if one in freedom.weights
        ],
        "locked": sorted(freedom.locked),
        "addable": list(freedom.addable),
        "alone": list(asked.alone),
        "together": asked.together,
    }


def _mix_to_plain(asked: MixAsked) -> Entry:
    lists = {name: getattr(asked, name) for name in _LISTS}
    return {
        "goal": asked.goal,
        "hold": asked.hold,
        **{name: None if one is None else list(one) for name, one in lists.items()},
    }


def _volumes_to_plain(volumes: Volumes) -> Entry:
    return {"outline": exact_shapes([volumes.outline])[0], "note": volumes.note}


def _place_to_plain(place: Place) -> Entry:
    return {
        "parcels": parcels_to_plain(place.parcels),
        "at": place.at,
        "book": book_to_plain(place.book),
        "overlays": overlays_to_plain(place.overlays),
    }
