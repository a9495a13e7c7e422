"""What a planner draws, what was done to it, and the scenarios that are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from layers.scene import GeometryClass

ElementKind = Literal["extension", "parcel", "road", "green"]
"""扩区范围, 地块, 道路, 绿地水面."""
ELEMENT_KINDS: tuple[ElementKind, ...] = get_args(ElementKind)

OperationKind = Literal[
    "start",  # elements that come from elsewhere: a parcel, a block, a file, typed dimensions
    "draw",
    "vertices",
    "move",
    "rotate",
    "cut",
    "hole",
    "split",
    "merge",
    "buffer",
    "square",
    "fit_area",
    "delete",
    "describe",  # properties alone
    "revert",  # one element back to what it was
    "pick",  # an operation of another scenario
]
OPERATION_KINDS: tuple[OperationKind, ...] = get_args(OperationKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing of a scenario; its id stays through every edit.

    Attributes
    ----------
    id : str
        Unique in its scenario and its relatives, 32 hex digits.
    kind : ElementKind
    shape : BaseGeometry
        EPSG:4490 longitude and latitude, valid: (Multi)Polygon, of a road also (Multi)LineString.
        Edges are straight lines of the local plane (`parcels.planning.plane`).
    name : str
        As typed; any text.
    code, scheme : str
        Land-use code and its scheme (`layers.codes.SCHEMES`); "" where none is given.
    width_m : float or None
        Reserve of a road (道路红线宽度) that is drawn as a line; None: not known.
    year : int or None
        Year in which it is to be submitted (报批).
    geometry_class, accuracy_m
        Where the outline comes from and how far it may be off; None: not stated.
    source : str
        What it was started from: ``drawn``, ``parcel:B2-01``, ``file:<name>``, ``bearings`` …
    attributes : mapping of str to str
        Columns that came with it, kept as they are.
    """

    id: str
    kind: ElementKind
    shape: BaseGeometry
    name: str = ""
    code: str = ""
    scheme: str = ""
    width_m: float | None = None
    year: int | None = None
    geometry_class: GeometryClass = "digitized"
    accuracy_m: float | None = None
    source: str = "drawn"
    attributes: Mapping[str, str] = field(default_factory=dict)


State = dict[str, Element]
"""Elements by id, in the order in which they were first drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step, as what it leaves: replaying it needs no geometry engine and no version of one.

    Attributes
    ----------
    id : str
        32 hex digits, given by whoever asks for it: the same id saved twice is one operation.
    after : str or None
        The operation that it follows; None: it begins a scenario without a parent.
    puts : tuple of Element
        As they are after it.
    drops : tuple of str
        Ids of elements that it takes away.
    parameters : mapping
        What was asked, in JSON's values: distance, target area, element that was reverted …
    by, at : str
        Who ("" on a single desk), and when: UTC, ISO 8601 to the second.
    """

    id: str
    after: str | None
    kind: OperationKind
    puts: tuple[Element, ...] = ()
    drops: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named line of operations: those of its parent up to ``base``, then its own.

    Attributes
    ----------
    parent, base : str or None
        Scenario it was made from, and the operation after which it leaves it (None: at the
        parent's beginning).
    head : str or None
        Operation after which it stands now; undo moves it back, redo forward.
    tip : str or None
        Last operation that redo can reach.
    version : int
        Rises with every save, from 1; the writer names the one it knows.
    settings : mapping
        Of the scenario, in JSON's values: quota by year, widths of roads, setbacks …
    owner, made_at, saved_by, saved_at : str
        Names as known to the store, and UTC.
    """

    id: str
    name: str
    parent: str | None = None
    base: str | None = None
    head: str | None = None
    tip: str | None = None
    version: int = 1
    archived: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""
    made_at: str = ""
    saved_by: str = ""
    saved_at: str = ""
