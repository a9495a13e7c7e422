"""What the pages work on: the rows of a plan, solved against a network of named features."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.location.network import Network
from geo.location.phrases import parse
from geo.location.solve import solve
from geo.location.twins import twins
from layers.codes import codes_for_use
from layers.load import builtin_features, load_catalog, load_features
from layers.plan import table2_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.location.location import Location
    from geo.read.network import NetworkReport
    from layers.catalog import LayerEntry
    from layers.codes import CodeReading
    from layers.large import LargeLayer
    from layers.model import Feature
    from layers.plan import PlanRow
    from layers.scene import BigLayer

MISUSED_DISTRICT = "district_is_no_admin_unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedParcel:
    """A row of a plan with all that its words give.

    Attributes
    ----------
    row : PlanRow
        The row exactly as written.
    location : Location
        What its location phrase means on the network in use.
    twins : tuple of str
        Ids of the other rows with an equal location phrase.
    codes : CodeReading
        The use in the three code schemes.
    """

    row: PlanRow
    location: Location
    twins: tuple[str, ...]
    codes: CodeReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A large layer that the server draws: as long as somebody holds ``layer``, and no longer."""

    layer: LargeLayer
    drawn: BigLayer


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedNetwork:
    """A user's own network, and the rows of the plan solved against it.

    ``title`` is the file's name; ``report`` tells what was read and what was left out;
    ``lines`` are kept here if they are too many to be sent.
    """

    title: str
    network: Network
    parcels: tuple[PlannedParcel, ...]
    report: NetworkReport
    lines: Served | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The built-in layers, with the network that phrases are solved against by default."""

    layers: tuple[tuple[LayerEntry, tuple[Feature, ...]], ...]
    rows: tuple[PlanRow, ...]
    network: Network

    def find(self, feature_id: str) -> tuple[LayerEntry, Feature] | None:
        """Return a feature of any layer by its id, with its layer."""
        for entry, features in self.layers:
            for feature in features:
                if feature.properties.id == feature_id:
                    return entry, feature
        return None


@cache
def load_reference() -> Reference:
    """Load the built-in layers, the rows of 表2 and the network of Nanyang, once a process.

    Raises
    ------
    PlannerError
        What is wrong with a data file (``layers.load``).
    """
    entries = load_catalog()
    return Reference(
        layers=tuple((entry, load_features(entry.id)) for entry in entries),
        rows=table2_rows(),
        network=Network.build(builtin_features()),
    )


def solve_rows(rows: Sequence[PlanRow], network: Network) -> tuple[PlannedParcel, ...]:
    """Solve the location phrase of every row against a network, in the order of the rows."""
    twin_ids = _twin_ids(rows, network)
    return tuple(
        PlannedParcel(
            row=row,
            location=solve(row.location_text, network),
            twins=twin_ids.get(row.parcel_id, ()),
            codes=codes_for_use(row.use_text),
        )
        for row in rows
    )


def _twin_ids(rows: Sequence[PlanRow], network: Network) -> Mapping[str, tuple[str, ...]]:
    groups = twins([parse(row.location_text, network.gazetteer) for row in rows])
    ids = [[rows[position].parcel_id for position in group] for group in groups]
    return {one: tuple(other for other in group if other != one) for group in ids for one in group}


def count_by_use(parcels: Sequence[PlannedParcel]) -> dict[str, int]:
    """Count rows by use as written, most frequent first, then in the order of the rows."""
    return dict(Counter(parcel.row.use_text for parcel in parcels).most_common())


def count_by_district(parcels: Sequence[PlannedParcel]) -> dict[str, int]:
    """Count rows by 辖区, without those whose column holds no administrative unit."""
    named = [p.row.district_text for p in parcels if MISUSED_DISTRICT not in p.row.remarks]
    return dict(Counter(named).most_common())
