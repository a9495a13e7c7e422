"""The case of 亩均 as the page and the command have it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from layers.payload import plain_groups
from layers.scene import LayerGroup, MapFeature, MapLayer
from parcels.messages import text
from parcels.permu.reading import read_firms
from parcels.permu.schemes import class_tables, find_classes, find_scheme, read_schemes
from parcels.snapshot.permu.case import PermuCase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from layers.scene import GeometryClass
    from parcels.permu.model import Answers, Denominator, FirmTable
    from parcels.permu.schemes import ClassTable, Scheme


def permu_case(  # noqa: PLR0913 -- what a page has at hand
    table: FirmTable,
    schemes: Sequence[Scheme],
    *,
    day: date,
    settled: Answers | None = None,
    file: bytes = b"",
    denominator: Denominator | None = None,
    borrowed: ClassTable | None = None,
    under: Sequence[LayerGroup] = (),
    notice: str = "",
) -> PermuCase:
    """Give the case of a table that was read.

    Parameters
    ----------
    table : FirmTable
    schemes : sequence of Scheme
        At least one.
    settled : Answers, optional
        With which the table was read.
    file : bytes
        What it was read from; empty for the attributes of a parcel set.
    denominator, borrowed
        As in `parcels.permu.rating.rate`.
    under : sequence of LayerGroup
        Such as `firm_group` gives, and the network around it.
    """
    own = [one.classes for one in schemes if one.classes in class_tables()]
    return PermuCase(
        table=table,
        **({} if settled is None else {"settled": settled}),
        file_digest=sha256(file).hexdigest() if file else "",
        schemes=tuple(schemes),
        tables={one: class_tables()[one] for one in dict.fromkeys(own) if one is not None},
        borrowed=borrowed,
        denominator=denominator,
        day=day,
        under=tuple(plain_groups(under)),
        notice=notice,
    )


def permu_file_case(
    path: Path,
    *,
    schemes: Sequence[str],
    day: date,
    settled: Answers | None = None,
    denominator: Denominator | None = None,
    classes: str | None = None,
) -> PermuCase:
    """Read a file and give its case, as the command ``permu`` does.

    Parameters
    ----------
    schemes : sequence of str
        Ids of published schemes, or paths of TOML files with own ones.
    classes : str, optional
        Id of a published class table of another place.

    Raises
    ------
    PlannerError
        Those of `read_firms`, `find_scheme`, `read_schemes` and `find_classes`;
        ``permu_nothing_asked`` without a scheme.
    """
    from geo.read.limits import DEFAULT_LIMITS
    from geo.read.source import content_of

    asked = [scheme for name in schemes for scheme in _schemes_of(name)]
    borrowed = find_classes(classes) if classes else None
    table = read_firms(path, path.name, settled)
    return permu_case(
        table,
        asked,
        day=day,
        settled=settled,
        file=content_of(path, DEFAULT_LIMITS),
        denominator=denominator,
        borrowed=borrowed,
    )


def firm_group(
    lang: str,
    table: FirmTable,
    shapes: Mapping[int, BaseGeometry],
    geometry_class: GeometryClass,
) -> LayerGroup:
    """Draw the parcels that firms stand on.

    Parameters
    ----------
    shapes : mapping of position to geometry
        Position of the firm in the table; EPSG:4490.
    """
    features = tuple(
        MapFeature(
            id=str(at + 1),
            geometry=shape,
            label=table.firms[at].name or table.firms[at].id,
            geometry_class=geometry_class,
        )
        for at, shape in shapes.items()
    )
    title = text(lang, "snapshot_kinds.firms")
    layer = MapLayer(id="firms", title=title, kind="parcel", features=features)
    return LayerGroup(id="firms", title=title, layers=(layer,))


def _schemes_of(name: str) -> Sequence[Scheme]:
    """Return a published scheme, or all of a user's own file."""
    from pathlib import Path

    path = Path(name)
    return read_schemes(path) if path.suffix == ".toml" else (find_scheme(name),)
