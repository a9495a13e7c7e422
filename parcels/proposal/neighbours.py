"""A proposal on its parcel: what lies around it, and how much M0 land its surroundings hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from parcels.assess import assess
from parcels.checks import adjacency, separation
from parcels.checks.model import CheckInput
from parcels.checks.use_groups import use_of
from parcels.findings import RANK, worst
from parcels.proposal.ruling.telling import unknown
from parcels.proposal.verdict import PackVerdict, RuleResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from layers.overlay import Overlay
    from parcels.checks.subject import Parcels
    from parcels.findings import Finding
    from parcels.rules.load import AppliedRule, RuleBook

PACKS = ("adjacency", "separation")
"""Packs whose rules are about what lies around a parcel."""
CHECKS = (adjacency.CHECK, separation.CHECK)
REACH_M = 2_000.0
"""No rule looks further than this around a parcel."""
_SCHEME = "gb50137"
_ALL_UP_TO = 2_000  # parcels: so many are assessed as they are, of more those within reach
_INDUSTRIAL = {"M0", "M1", "M2", "M3"}


def around(
    parcels: Parcels,
    at: int | None,
    use: str,
    *,
    book: RuleBook,
    overlays: Mapping[str, Overlay],
) -> tuple[PackVerdict, ...]:
    """Judge a parcel among its neighbours as if it had the proposed use.

    Parameters
    ----------
    parcels : Parcels
    at : int or None
        Position of the parcel; None: the proposal is not on the map.
    use : str
        Class of GB 50137: ``M0``.
    book : RuleBook
        With the packs of `PACKS`.
    overlays : mapping of kind to Overlay
        Layers that are loaded.

    Returns
    -------
    tuple of PackVerdict
        A pack each, its results worst first; of a proposal that is not on the map unknown.
    """
    packs = [pack for pack in book.packs if pack.id in PACKS]
    if at is None:
        return tuple(_not_on_map(book, pack.id) for pack in packs)
    near, own = _near(parcels, at)
    uses = (*near.uses[:own], use_of(use, _SCHEME, ""), *near.uses[own + 1 :])
    given = CheckInput(parcels=replace(near, uses=uses), book=book, overlays=overlays)
    findings = assess(given, checks=CHECKS).of(own)
    return tuple(_verdict(book, pack.id, findings) for pack in packs)


def _verdict(book: RuleBook, pack_id: str, findings: Iterable[Finding]) -> PackVerdict:
    rules = {one.id: one for one in (*book.rules.values(), *book.dormant)}
    own = {rule: one for rule, one in rules.items() if one.pack.id == pack_id}
    results = [
        RuleResult(applied=own[finding.rule], finding=finding)
        for finding in findings
        if finding.rule in own
    ]
    results.sort(key=lambda one: RANK[one.outcome])
    return PackVerdict(
        pack=next(pack for pack in book.packs if pack.id == pack_id),
        outcome=worst(one.outcome for one in results),
        results=tuple(results),
        dormant=tuple(one for one in book.dormant if one.pack.id == pack_id),
    )


def _not_on_map(book: RuleBook, pack_id: str) -> PackVerdict:
    """Say once a pack that nothing can be said without a place."""
    of_pack = [one for one in book.rules.values() if one.pack.id == pack_id]
    judging = [one for one in of_pack if one.rule.op != "calculation"]
    pack = next(pack for pack in book.packs if pack.id == pack_id)
    results = tuple(_without_place(one) for one in judging[:1])
    return PackVerdict(pack=pack, outcome="unknown", results=results)


def _without_place(applied: AppliedRule) -> RuleResult:
    needs = ("geometry", "neighbours")
    finding = unknown(applied, "proposal_not_on_map", "geometry_missing", needs)
    return RuleResult(applied=applied, finding=finding)


def _near(parcels: Parcels, at: int) -> tuple[Parcels, int]:
    """Return the parcels within reach, those without a place too, and the position of one."""
    if len(parcels) <= _ALL_UP_TO or parcels.drawn[at] is None:
        return parcels, at
    placed = np.array([one is not None for one in parcels.drawn], dtype=bool)
    kept = ~placed
    kept[placed] = shapely.dwithin(parcels.drawn[placed], parcels.drawn[at], REACH_M)
    kept[at] = True
    rows = np.flatnonzero(kept)
    return _rows_of(parcels, rows), int(np.searchsorted(rows, at))


def _rows_of(parcels: Parcels, rows: npt.NDArray[np.int64]) -> Parcels:
    chosen = rows.tolist()
    place = {old: new for new, old in enumerate(chosen)}

    def taken(column: Any) -> tuple[Any, ...]:
        return tuple(column[row] for row in chosen) if len(column) else ()

    twins = tuple(
        tuple(place[one] for one in of_one if one in place) for of_one in taken(parcels.twins)
    )
    return replace(
        parcels,
        ids=taken(parcels.ids),
        names=taken(parcels.names),
        shapes=parcels.shapes[rows],
        places=parcels.places[rows],
        geometry_class=taken(parcels.geometry_class),
        accuracy_m=parcels.accuracy_m[rows],
        uses=taken(parcels.uses),
        declared_m2=parcels.declared_m2[rows],
        declared_texts=taken(parcels.declared_texts),
        attributes={name: taken(column) for name, column in parcels.attributes.items()},
        quality={place[at]: found for at, found in parcels.quality.items() if at in place},
        plane_m2=None if parcels.plane_m2 is None else parcels.plane_m2[rows],
        bounds_by_words=taken(parcels.bounds_by_words),
        twins=twins,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneLand:
    """Planned industrial land of some parcels, and the M0 land among it.

    Attributes
    ----------
    industrial_m2, m0_m2 : float or None
        Sums in m², of M0 without the parcel itself; None where one area or use is not known: no
        sum is given of a part.
    by_outline, by_declaration : int
        Of how many parcels the outline or the declared area was counted.
    no_use, no_area : tuple of str
        Ids of the parcels whose use, or whose area, is not known.
    """

    industrial_m2: float | None
    m0_m2: float | None
    by_outline: int
    by_declaration: int
    no_use: tuple[str, ...]
    no_area: tuple[str, ...]


Kind = Literal["m0", "industrial", "other", "open"]


def zone_land(parcels: Parcels, at: int | None) -> ZoneLand:
    """Sum the industrial land of some parcels for the share of M0 in a zone.

    Parameters
    ----------
    parcels : Parcels
        Those that stand for the zone.
    at : int or None
        The parcel of the proposal: its land is industrial land if it is planned as such, and no
        M0 land that is there already.

    Notes
    -----
    Areas are those of sound, exact outlines, on the ellipsoid, else declared ones.
    """
    kinds = [_kind(parcels, one) for one in range(len(parcels))]
    areas = np.where(parcels.measurable, parcels.area_m2, parcels.declared_m2)
    usable = np.isfinite(areas) & (areas > 0)
    counted = [one for one, kind in enumerate(kinds) if kind in {"m0", "industrial"}]
    no_use = tuple(parcels.ids[one] for one, kind in enumerate(kinds) if kind == "open")
    no_area = tuple(parcels.ids[one] for one in counted if not usable[one])
    is_known = bool(counted) and not no_use and not no_area
    m0 = [one for one in counted if kinds[one] == "m0" and one != at]
    outlined = sum(bool(parcels.measurable[one]) for one in counted)
    return ZoneLand(
        industrial_m2=float(areas[counted].sum()) if is_known else None,
        m0_m2=float(areas[m0].sum()) if is_known else None,
        by_outline=outlined,
        by_declaration=len(counted) - outlined - len(no_area),
        no_use=no_use,
        no_area=no_area,
    )


def _kind(parcels: Parcels, at: int) -> Kind:
    """Tell what a parcel counts as: open where its use may be industry or something else."""
    groups = set(parcels.uses[at].groups)
    if not groups or (groups & _INDUSTRIAL and groups - _INDUSTRIAL):
        return "open"
    if not groups & _INDUSTRIAL:
        return "other"
    if "M0" not in groups:
        return "industrial"
    return "m0" if groups == {"M0"} else "open"
