"""The case of a proposal as the page M0 and the command have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.payload import plain_groups
from parcels.snapshot.proposal.case import AdviceAsked, ProposalCase, Volumes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layers.scene import LayerGroup
    from parcels.proposal.draft import Draft
    from parcels.proposal.remedies.advice import Freedom
    from parcels.rules.load import RuleBook
    from parcels.snapshot.proposal.case import MixAsked, Place


def proposal_case(  # noqa: PLR0913 -- what a page has at hand
    draft: Draft,
    book: RuleBook,
    *,
    freedom: Freedom | None = None,
    targets: Sequence[str] | None = None,
    mix: MixAsked | None = None,
    volumes: Volumes | None = None,
    place: Place | None = None,
    under: Sequence[LayerGroup] = (),
    notice: str = "",
) -> ProposalCase:
    """Give the case of a draft.

    Parameters
    ----------
    draft : Draft
        As typed, also where parts of it cannot be read.
    book : RuleBook
        The packs that it is judged by.
    freedom : Freedom, optional
        What may change: changes are asked for. Without it there are none.
    targets : sequence of str, optional
        Packs that the changes keep each by itself; default: every pack, and all together.
    mix, volumes, place : optional
        What else was asked.
    under : sequence of LayerGroup
        Layers of the map that nothing is judged by.
    """
    every = tuple(pack.id for pack in book.packs)
    advice = None
    if freedom is not None:
        alone = every if targets is None else tuple(one for one in every if one in targets)
        advice = AdviceAsked(freedom=freedom, alone=alone, together=targets is None)
    return ProposalCase(
        draft=draft,
        book=book,
        advice=advice,
        mix=mix,
        volumes=volumes,
        place=place,
        under=tuple(plain_groups(under)),
        notice=notice,
    )


def proposal_file_case(
    path: Path, book: RuleBook, *, freedom: Freedom | None = None
) -> ProposalCase:
    """Read a document (xlsx, TOML, JSON) as the command ``proposal`` does, and give its case.

    The volumes are studied too, on a rectangle or a square of the stated area.

    Parameters
    ----------
    freedom : Freedom, optional
        What may change: changes are asked for, for every pack and all together.

    Raises
    ------
    PlannerError
        Those of `parcels.proposal.document.documents.read_document`, with the file.
    """
    from geo.errors import PlannerError
    from geo.read.limits import DEFAULT_LIMITS
    from geo.read.source import content_of
    from parcels.proposal.document.documents import read_document

    name = path.name or str(path)  # "." has no name
    try:
        draft = read_document(content_of(path, DEFAULT_LIMITS), name)
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": name, **error.values}) from error
    return proposal_case(draft, book, freedom=freedom, volumes=Volumes())
