"""The review that the address asks for: parcels, day, packs, layers; assessed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.assess import assess
from parcels.checks.model import CheckInput
from parcels.clock import today
from parcels.facts import with_facts
from parcels.messages import text
from parcels.review import TABLE_TWO, Review
from parcels.reviews.model import Record
from parcels.subjects import plan_parcels, survey_parcels
from parcels.ui import cache, state
from parcels.ui.components.reviews_now import reviews
from parcels.ui.components.rules_now import book_on
from parcels.ui.components.set_choice import shown_set
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import numpy.typing as npt
    from streamlit.delta_generator import DeltaGenerator

    from parcels.checks.subject import Parcels
    from parcels.findings import Assessment
    from parcels.parcel_sets import ParcelSet
    from parcels.reviews.model import Event, Overridden
    from parcels.rules.load import RuleBook

_PROGRESS_FROM = 2_000  # parcels: below, the checks are done before a sentence could be read


@dataclass(frozen=True, kw_only=True, eq=False)
class Current:
    """What the page works on in this run.

    Attributes
    ----------
    events : mapping
        All that was said about the batch, by parcel id.
    records : mapping of position to Record
        Of the parcels about which something was said.
    standing : mapping of position to mapping
        The overrides that count today, by check and rule.
    matrix : int array
        Outcomes with overrides put in.
    parcel, check : int, str or None
        What the address names; the first parcel where it names none.
    """

    review: Review
    held: ParcelSet | None
    day: date
    events: Mapping[str, Sequence[Event]]
    records: Mapping[int, Record]
    standing: Mapping[int, Mapping[tuple[str, str], Overridden]]
    matrix: npt.NDArray[np.int64]
    parcel: int
    check: str | None

    @property
    def parcels(self) -> Parcels:
        """The parcels, with the facts that were added."""
        return self.review.given.parcels

    @property
    def book(self) -> RuleBook:
        """The rules as they stand on the day."""
        return self.review.given.book

    def record(self, parcel: int) -> Record:
        """Return what was said about a parcel."""
        return self.records.get(parcel, Record())

    def address(self, parcel: int) -> str:
        """Return how the address names a parcel: its id in 表2, its number in a file."""
        return self.review.key(parcel)

    @property
    def signed(self) -> int:
        """How many parcels have a valid signature."""
        return sum(record.locked for record in self.records.values())


def as_of() -> date:
    """Return the day that the address asks for, else today.

    Raises
    ------
    PlannerError
        ``as_of_unreadable``.
    """
    written = state.param("asof")
    if not written:
        return today()
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise PlannerError("as_of_unreadable", value=written) from error


def chosen_packs() -> list[str] | None:
    """Return the packs that the address names, None for the default ones."""
    written = state.param("packs")
    return None if written is None else [one for one in written.split(",") if one]


def current() -> Current:
    """Assess what the address names, unless that was done before."""
    held = shown_set()
    batch = _batch(held)
    events = reviews().of(batch)
    day = as_of()
    review = _review(held, batch, events, book_on(day, chosen_packs()))
    spoken = (_position(review, parcel) for parcel in events)
    records = {at: review.record(at, events) for at in spoken if at is not None}
    standing = {at: review.standing(at, one, today()) for at, one in records.items()}
    return Current(
        review=review,
        held=held,
        day=day,
        events=events,
        records=records,
        standing=standing,
        matrix=review.matrix(standing),
        parcel=_position(review, state.param("parcel") or "") or 0,
        check=_named_check(review),
    )


def parcels_now() -> Parcels:
    """Return the parcels that the address names, with the facts that were added."""
    held = shown_set()
    facts = _facts(reviews().of(_batch(held)))
    loaded = state.loaded_network()
    source = held.token if held else (loaded.report.digest if loaded else TABLE_TWO)
    version = (source, facts, state.param("scheme"))
    return state.once("review_parcels", version, lambda: _parcels(held, facts))


def _batch(held: ParcelSet | None) -> str:
    return TABLE_TWO if held is None else f"{held.digest}/{held.survey.layer or ''}"


def _parcels(held: ParcelSet | None, facts: Mapping[str, Mapping[str, str]]) -> Parcels:
    if held is None:
        loaded = state.loaded_network()
        parcels = plan_parcels(loaded.parcels if loaded else cache.builtin_parcels())
    else:
        parcels = survey_parcels(held.survey, scheme=state.param("scheme"))
    return with_facts(parcels, _by_position(parcels, facts, numbered=held is not None))


def _review(
    held: ParcelSet | None, batch: str, events: Mapping[str, Sequence[Event]], book: RuleBook
) -> Review:
    facts = _facts(events)
    overlays = state.overlays()
    scheme = state.param("scheme")
    loaded = state.loaded_network()
    version = (
        held.token if held else (loaded.report.digest if loaded else TABLE_TWO),
        book.digest,
        book.as_of,
        sorted((kind, one.digest) for kind, one in overlays.items()),
        facts,
        scheme,
    )

    def make() -> Review:
        line = st.empty()
        if held is not None and len(held) >= _PROGRESS_FROM:
            _tell(line, text(state.lang(), "ui.review.preparing", count=f"{len(held):,}"))
        given = CheckInput(parcels=_parcels(held, facts), book=book, overlays=overlays)
        assessment = _assessed(given, line)
        line.empty()
        return Review(
            batch=batch,
            title=held.title if held else "",
            numbered=held is not None,
            given=given,
            assessment=assessment,
        )

    return state.once("review", version, make)


def _assessed(given: CheckInput, line: DeltaGenerator) -> Assessment:
    if len(given.parcels) < _PROGRESS_FROM:
        return assess(given)
    lang = state.lang()

    def tell(check: str, done: int, total: int) -> None:
        title = text(lang, f"check.{check}.title")
        _tell(line, text(lang, "ui.review.working", check=title, done=done, total=total))

    return assess(given, progress=tell)


def _tell(line: DeltaGenerator, sentence: str) -> None:
    """Say in the place of the page what it waits for."""
    line.html(tag("p", sentence, cls="pl-note", role="status"))


def _facts(events: Mapping[str, Sequence[Event]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for parcel, said in events.items():
        for event in said:
            if event.kind == "fact":
                found.setdefault(parcel, {})[event.content["key"]] = event.content["value"]
    kept = {
        parcel: {key: value for key, value in facts.items() if value}
        for parcel, facts in found.items()
    }
    return {parcel: facts for parcel, facts in kept.items() if facts}


def _by_position(
    parcels: Parcels, facts: Mapping[str, Mapping[str, str]], *, numbered: bool
) -> dict[int, Mapping[str, str]]:
    keys = {str(at + 1) if numbered else own: at for at, own in enumerate(parcels.ids)}
    return {keys[key]: given for key, given in facts.items() if key in keys}


def _position(review: Review, key: str) -> int | None:
    """Find the parcel that the address or an event names."""
    ids = review.given.parcels.ids
    if not review.numbered:
        return ids.index(key) if key in ids else None
    is_number = key.isascii() and key.isdigit() and len(key) < 10  # noqa: PLR2004
    number = int(key) if is_number else 0
    return number - 1 if 1 <= number <= len(ids) else None


def _named_check(review: Review) -> str | None:
    written = state.param("check")
    return written if written in review.assessment.checks else None
