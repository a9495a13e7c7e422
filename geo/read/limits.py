"""How much one file may ask for."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one import; every one has its own error.

    Attributes
    ----------
    file_bytes, unpacked_bytes : int
        Size of the upload, and of all that its archive unpacks to.
    members, ratio : int
        Members of an archive, and how many times larger it may get.
    features, vertices, columns : int
        Rows, coordinates and attributes of the layer.
    parcel_vertices : int
        Coordinates of one feature.
    seconds : float
        CPU time of the reading process; it may take three times that on the clock.
    memory_bytes : int
        Address space of the reading process (not on Windows).
    """

    file_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    members: int = 2_000
    ratio: int = 200
    features: int = 200_000
    vertices: int = 5_000_000
    columns: int = 1_000
    parcel_vertices: int = 1_000_000
    seconds: float = 10.0
    memory_bytes: int = 1_500 * MEGABYTE


DEFAULT_LIMITS = Limits()
