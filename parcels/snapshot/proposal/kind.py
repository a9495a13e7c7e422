"""The kind ``proposal``: an M0 proposal under the rules of several packs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.snapshot.input_values import reading
from parcels.snapshot.packs import book_from_plain
from parcels.snapshot.proposal.answers import proposal_answers
from parcels.snapshot.proposal.case import ProposalCase
from parcels.snapshot.proposal.drawing import OWN_GROUP, proposal_drawing
from parcels.snapshot.proposal.inputs import (
    advice_of,
    draft_of,
    mix_of,
    place_of,
    proposal_inputs,
    volumes_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Content


def parts(case: ProposalCase, lang: str) -> Mapping[str, Any]:
    """Give the sections of a proposal; see `parcels.snapshot.kinds.Kind`."""
    return {
        "as_of": case.book.as_of.isoformat(),
        "inputs": proposal_inputs(case),
        "answers": proposal_answers(case, lang),
        "drawn": proposal_drawing(case, lang),
    }


def case_of(content: Content) -> ProposalCase:
    """Read the draft, the packs and what was asked; see `parcels.snapshot.kinds.Kind`."""
    with reading("inputs"):
        inputs, drawn = content["inputs"], content["drawn"]
        return ProposalCase(
            draft=draft_of(inputs["draft"]),
            book=book_from_plain(inputs["book"], "inputs.book"),
            advice=advice_of(inputs["advice"]),
            mix=mix_of(inputs["mix"]),
            volumes=volumes_of(inputs["volumes"]),
            place=place_of(inputs["place"]),
            under=tuple(one for one in drawn["groups"] if one["id"] != OWN_GROUP),
            notice=drawn["notice"],
        )
