"""Several files of one kind as one layer that still knows which feature came from which file."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import PlannerError
from layers.overlay import Overlay, OverlayReport, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.overlay import ExtentHow
    from layers.overlay_stated import AllowedUse

_STRICTEST: tuple[AllowedUse, ...] = ("unknown", "internal", "partner", "public")
_BETWEEN = "；"


def merged(overlays: Sequence[Overlay]) -> Overlay:
    """Put layers of one kind together.

    Parameters
    ----------
    overlays : sequence of Overlay
        One or more of one kind; of a file that is read again the last reading counts.

    Returns
    -------
    Overlay
        Its features in the order of ``parts``. It covers everything where one part does, else
        what its parts cover together; its accuracy is the worst that a part states; its date is
        the oldest, and not stated as soon as one part states none; it is complete if all parts
        are.

    Raises
    ------
    PlannerError
        ``overlay_schemes_differ`` when codes of two schemes would mix.
    """
    whole = [part for overlay in overlays for part in overlay.parts or (overlay,)]
    parts = list({_reading(part): part for part in whole}.values())
    if len(parts) == 1:
        return parts[0]
    schemes = sorted({part.code_scheme for part in parts if part.code_scheme})
    if len(schemes) > 1:
        raise PlannerError("overlay_schemes_differ", kind=parts[0].kind, schemes=schemes)
    extent, how = _extent(parts)
    accuracies = [part.accuracy_m for part in parts if part.accuracy_m is not None]
    dates = [part.date for part in parts]
    return Overlay(
        kind=parts[0].kind,
        title=_joined(part.title for part in parts),
        shapes=frozen(np.concatenate([part.shapes for part in parts])),
        names=tuple(name for part in parts for name in part.names),
        codes=tuple(code for part in parts for code in part.codes),
        code_scheme=schemes[0] if schemes else None,
        attributes=_attributes(parts),
        extent=extent,
        extent_how=how,
        accuracy_m=max(accuracies, default=None),
        source=_joined(part.source for part in parts),
        date=None if None in dates else min(one for one in dates if one),
        licence=_joined(part.licence for part in parts),
        allowed_use=min((part.allowed_use for part in parts), key=_STRICTEST.index),
        digest=_together(part.digest for part in parts),
        report=_report([part.report for part in parts]),
        complete=all(part.complete for part in parts),
        parts=tuple(parts),
    )


def _reading(part: Overlay) -> tuple[str, str, str | None, str]:
    """Tell readings apart: the bytes, and what decided where they lie and what they are."""
    return part.report.digest, part.report.crs, part.report.layer, part.kind


def _extent(parts: Sequence[Overlay]) -> tuple[BaseGeometry | None, ExtentHow]:
    extents = [part.extent for part in parts]
    if None in extents:
        return None, "declared_all"
    guessed = any(part.extent_how == "bounding_box" for part in parts)
    return shapely.union_all(extents), "bounding_box" if guessed else "declared"


def _attributes(parts: Sequence[Overlay]) -> Mapping[str, Sequence[Any]]:
    names = dict.fromkeys(name for part in parts for name in part.attributes)
    return {
        name: tuple(
            value for part in parts for value in part.attributes.get(name, [None] * len(part))
        )
        for name in names
    }


def _report(reports: Sequence[OverlayReport]) -> OverlayReport:
    first = reports[0]
    return OverlayReport(
        file=_joined(one.file for one in reports),
        format=_joined(one.format for one in reports),
        digest=_together(one.digest for one in reports),
        layer=_joined(one.layer or "" for one in reports) or None,
        encoding=_joined(one.encoding or "" for one in reports) or None,
        crs=_joined(one.crs for one in reports),
        crs_how=_joined(one.crs_how for one in reports),
        name_column=first.name_column,
        code_column=first.code_column,
        rows=sum(one.rows for one in reports),
        used=sum(one.used for one in reports),
        skipped=dict(sorted(sum((Counter(one.skipped) for one in reports), Counter()).items())),
        repaired=sum(one.repaired for one in reports),
        notes=tuple(note for one in reports for note in one.notes),
        remarks=tuple(remark for one in reports for remark in one.remarks),
    )


def _together(digests: Iterable[str]) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join(dict.fromkeys(text for text in texts if text))
