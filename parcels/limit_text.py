"""How much one file may ask for, as a sentence."""

from __future__ import annotations

from geo.read.limits import DEFAULT_LIMITS, MEGABYTE
from parcels.messages import text


def limits_text(lang: str) -> str:
    """Say how much one file may ask for."""
    limits = DEFAULT_LIMITS
    return text(
        lang,
        "cli.help.limits",
        file_mb=limits.file_bytes // MEGABYTE,
        unpacked_mb=limits.unpacked_bytes // MEGABYTE,
        memory_mb=limits.memory_bytes // MEGABYTE,
        members=limits.members,
        ratio=limits.ratio,
        features=limits.features,
        vertices=limits.vertices,
        parcel_vertices=limits.parcel_vertices,
        columns=limits.columns,
        seconds=round(limits.seconds),
    )
