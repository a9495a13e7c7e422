"""用地平衡表: what a scenario's land is divided into, by code, each square metre once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_local
from layers.codes import code_table
from parcels.planning.conflicts.subject import land_of
from parcels.planning.plane import plane_of
from parcels.rules.counterparts import ancestors, counterparts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from parcels.planning.model import Element, ElementKind, State

BalanceScheme = Literal["gb50137", "mnr2023"]
Standing = Literal["class", "group", "unmapped", "unspecified"]

ORDER: tuple[ElementKind, ...] = ("road", "green", "parcel", "extension")
"""Which element counts where several lie: 道路 before 绿地水面 before 地块 before 扩区范围."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRow:
    """One line of the table.

    Attributes
    ----------
    standing : str
        ``class``: a code of the scheme; ``group``: the sum of a top class; ``unmapped``: codes of
        another scheme that have no single counterpart; ``unspecified``: no code is given.
    code, name : str
        Of the scheme; "" where the row is no class.
    area_m2 : float
        On the ellipsoid.
    share : float
        Of the total, 0 to 1.
    elements : tuple of str
        Ids, in the order of the scenario.
    """

    standing: Standing
    code: str = ""
    name: str = ""
    area_m2: float
    share: float
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Land of two elements: it is counted for ``counted`` and not for ``left``."""

    counted: str
    left: str
    area_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A scenario's land by code.

    Attributes
    ----------
    rows : tuple of BalanceRow
        Each group before its classes, in the order of the standard; then what has no class.
    total_m2 : float
        Of the union of all elements of area: the sum of the rows but groups.
    overlaps : tuple of Overlap
        Between elements of one kind, where the later drawn gives way; between kinds `ORDER`
        decides and nothing is told.
    unmeasured : tuple of str
        Ids of roads drawn as lines without a width: their land is still in what they cross.
    """

    scheme: BalanceScheme
    rows: tuple[BalanceRow, ...]
    total_m2: float
    overlaps: tuple[Overlap, ...]
    unmeasured: tuple[str, ...]


def balance(state: State, scheme: BalanceScheme) -> Balance:
    """Divide the land of a scenario by use, as 用地平衡表 does.

    Parameters
    ----------
    state : dict of str to Element
    scheme : str
        ``gb50137`` (GB 50137-2011) or ``mnr2023`` (国土空间调查、规划、用途管制用地用海分类指南).

    Returns
    -------
    Balance
        A code of another scheme is counted under its counterpart where there is exactly one
        (`counterparts`), else under ``unmapped``.
    """
    lands = {one.id: land for one in state.values() if (land := land_of(one)) is not None}
    without = tuple(one for one in state if one not in lands)
    elements = [one for one in state.values() if one.id in lands]
    if not elements:
        return Balance(scheme=scheme, rows=(), total_m2=0.0, overlaps=(), unmeasured=without)
    plane = plane_of(lands.values())
    ordered = sorted(elements, key=lambda one: ORDER.index(one.kind))
    pieces, overlaps = _disjoint(
        ordered, [to_local(lands[one.id], plane) for one in ordered], plane
    )
    areas = ellipsoidal_area(np.array(pieces, dtype=object), plane).tolist()
    sized = {one.id: area for one, area in zip(ordered, areas, strict=True)}
    rows = _rows([one for one in elements if sized[one.id] > 0], sized, scheme)
    total = sum(row.area_m2 for row in rows if row.standing != "group")
    return Balance(
        scheme=scheme,
        rows=tuple(rows),
        total_m2=total,
        overlaps=overlaps,
        unmeasured=without,
    )


def _disjoint(
    ordered: Sequence[Element], shapes: Sequence[BaseGeometry], plane: CRS
) -> tuple[list[BaseGeometry], tuple[Overlap, ...]]:
    """Give each element the land that none before it has."""
    tree = shapely.STRtree(shapes)
    pieces: list[BaseGeometry] = []
    overlaps = []
    for at, (element, shape) in enumerate(zip(ordered, shapes, strict=True)):
        before = sorted(int(one) for one in tree.query(shape, "intersects") if one < at)
        for one in before:
            shared = shape.intersection(shapes[one])
            if ordered[one].kind == element.kind and shared.area > 0:
                area = float(ellipsoidal_area(shared, plane))
                overlaps.append(Overlap(counted=ordered[one].id, left=element.id, area_m2=area))
        taken = shapely.union_all([shapes[one] for one in before])
        pieces.append(shape.difference(taken) if before else shape)
    return pieces, tuple(overlaps)


def _rows(
    elements: Sequence[Element], sized: Mapping[str, float], scheme: BalanceScheme
) -> list[BalanceRow]:
    by_code: dict[tuple[Standing, str], list[Element]] = defaultdict(list)
    for one in elements:
        by_code[_place(one, scheme)].append(one)
    total = sum(sized[one.id] for one in elements)
    classes = code_table(scheme)

    def row(standing: Standing, code: str, members: Iterable[Element]) -> BalanceRow:
        ids = tuple(one.id for one in members)
        area = sum(sized[one] for one in ids)
        name = classes[code].name if code else ""
        share = area / total
        return BalanceRow(
            standing=standing, code=code, name=name, area_m2=area, share=share, elements=ids
        )

    rows = []
    groups: dict[str, list[str]] = defaultdict(list)
    for code in classes:
        if ("class", code) in by_code:
            groups[ancestors(code, scheme)[-1]].append(code)
    for top, codes in groups.items():
        members = [one for one in elements if _place(one, scheme)[1] in codes]
        rows.append(row("group", top, members))
        rows += (row("class", code, by_code["class", code]) for code in codes)
    for standing in ("unmapped", "unspecified"):
        if (standing, "") in by_code:
            rows.append(row(standing, "", by_code[standing, ""]))
    return rows


def _place(element: Element, scheme: BalanceScheme) -> tuple[Standing, str]:
    """Tell under which code of the scheme an element is counted."""
    if not element.code:
        return "unspecified", ""
    if element.scheme == scheme:
        return ("class", element.code) if element.code in code_table(scheme) else ("unmapped", "")
    meant = counterparts(element.code, element.scheme, scheme)
    return ("class", meant[0]) if len(meant) == 1 else ("unmapped", "")
