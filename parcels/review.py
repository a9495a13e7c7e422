"""A review in progress: what is assessed, what was found, what people said about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import shapely

from parcels.findings import OUTCOMES, RANK, worst
from parcels.reviews.model import Basis, Record, record_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import numpy as np
    import numpy.typing as npt

    from parcels.checks.model import CheckInput
    from parcels.findings import Assessment, Finding, Outcome
    from parcels.reviews.model import Event, Overridden


TABLE_TWO = "table2"
"""What events about the rows of the plan are kept under."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Review:
    """Parcels with their findings.

    Attributes
    ----------
    batch : str
        `TABLE_TWO` or the digest of the file: what events are kept under.
    title : str
        As shown; any text.
    numbered : bool
        Parcels are told apart by their number, as ids of files may be missing or repeat.
    """

    batch: str
    title: str
    numbered: bool = True
    given: CheckInput
    assessment: Assessment

    def basis(self, parcel: int) -> Basis:
        """Say by digests what an opinion on a parcel rests on."""
        if parcel not in self._bases:
            self._bases[parcel] = Basis(
                parcel=self._parcel_digest(parcel),
                rules=self.given.book.digest,
                layers=self._layers,
                verdicts=_digest([*self.assessment.checks, *self._worst[parcel].tolist()]),
            )
        return self._bases[parcel]

    def key(self, parcel: int) -> str:
        """Name a parcel in the address and in events."""
        return str(parcel + 1) if self.numbered else self.given.parcels.ids[parcel]

    def record(self, parcel: int, events: Mapping[str, Sequence[Event]]) -> Record:
        """Add up what was said about a parcel."""
        return record_of(events.get(self.key(parcel), ()), self.basis(parcel))

    def standing(self, parcel: int, record: Record, day: date) -> dict[tuple[str, str], Overridden]:
        """Return the overrides that count, by check and rule.

        One that has expired does not, nor one whose rule says something else than when it was
        made: a verdict on missing data does not cover what the data bring to light.
        """
        live = [one for one in record.overrides if one.counts_on(day)]
        if not live:
            return {}
        found: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.assessment.of(parcel):
            found.setdefault((finding.check, finding.rule), []).append(finding)
        return {
            (one.check, one.rule): one
            for one in live
            if _made_against(one, found.get((one.check, one.rule), []))
        }

    def matrix(
        self, standing: Mapping[int, Mapping[tuple[str, str], Overridden]]
    ) -> npt.NDArray[np.int64]:
        """Return the worst outcome of each parcel in each check, overrides put in.

        Parameters
        ----------
        standing : mapping of position to mapping
            The overrides that count (`standing`), of the parcels about which something was said.

        Returns
        -------
        int array, shape (parcels, checks)
            Positions in `OUTCOMES`.
        """
        merged = self._worst.copy()
        column = {check: at for at, check in enumerate(self.assessment.checks)}
        for parcel, said in standing.items():
            for check in {check for check, _ in said}:
                found = [
                    said[check, one.rule].outcome if (check, one.rule) in said else one.outcome
                    for one in self.assessment.of(parcel)
                    if one.check == check
                ]
                merged[parcel, column[check]] = RANK[worst(found)]
        return merged

    @cached_property
    def _bases(self) -> dict[int, Basis]:
        return {}

    @cached_property
    def _worst(self) -> npt.NDArray[np.int64]:
        return self.assessment.matrix()

    @cached_property
    def _layers(self) -> str:
        stated = [f"{kind}={one.digest}" for kind, one in sorted(self.given.overlays.items())]
        return hashlib.sha256("\n".join(stated).encode()).hexdigest()[:16]

    def _parcel_digest(self, parcel: int) -> str:
        """Digest of everything that a parcel brings: outline, use, areas, columns."""
        parcels = self.given.parcels
        drawn = parcels.shapes[parcel] if parcels.has_shape[parcel] else parcels.places[parcel]
        use = parcels.uses[parcel]
        brought: list[Any] = [
            parcels.ids[parcel],
            parcels.names[parcel],
            shapely.to_wkb(drawn, hex=True) if drawn is not None else None,
            parcels.geometry_class[parcel],
            [use.text, use.code, use.scheme, use.groups],
            parcels.declared_texts[parcel],
            {name: str(column[parcel]) for name, column in parcels.attributes.items()},
        ]
        return _digest(brought)


def findings_digest(findings: Sequence[Finding]) -> str:
    """Say in 16 hex digits what a rule found; figures count to six digits."""
    return _digest(
        sorted(
            [one.outcome, one.reason, one.other, one.figure, list(one.needs)] for one in findings
        )
    )


def _made_against(override: Overridden, findings: Sequence[Finding]) -> bool:
    """Whether a rule still says what was overridden; older overrides kept the verdict alone."""
    if not findings:
        return False
    if override.findings:
        return override.findings == findings_digest(findings)
    return override.original == worst(one.outcome for one in findings)


def _digest(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def counts(matrix: npt.NDArray[np.int64]) -> dict[Outcome, int]:
    """Count cells by outcome: all five, worst first."""
    return {outcome: int((matrix == RANK[outcome]).sum()) for outcome in OUTCOMES}
