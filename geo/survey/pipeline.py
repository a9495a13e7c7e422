"""From what a file holds to parcels with a full account; runs in the reading process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.batches import NOTHING
from geo.errors import PlannerError
from geo.read.formats import Request, parse
from geo.read.sniff import named_otherwise
from geo.survey.account import account_of
from geo.survey.model import Answers, Survey
from geo.survey.place.placement import place_survey
from geo.survey.place.suspicion import gcj02_suspect
from geo.survey.record import save_survey
from geo.survey.rows import Rows
from geo.survey.shapes import shape_parcels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.read.limits import Limits
    from geo.read.parsed import Parsed
    from geo.survey.model import LonLat


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the file is and what surrounds it.

    Attributes
    ----------
    file, format, digest : str
        Name as given, format as found, SHA-256.
    answers : Answers
        What the user settled.
    near : (float, float) or None
        Where the project lies, EPSG:4490: nearer candidates are named first.
    reference : array of Polygon
        Parcels that are known to lie right, EPSG:4490.
    """

    file: str
    format: str
    digest: str
    answers: Answers = field(default_factory=Answers)
    near: LonLat | None = None
    reference: npt.NDArray[np.object_] = field(default_factory=lambda: np.empty(0, dtype=object))


def answer(folder: Path, asked: Mapping[str, Any], limits: Limits) -> None:
    """Read ``folder/input`` as a survey and leave the `Survey` in ``folder``."""
    answers = Answers(**asked["answers"])
    path = folder / "input"
    near = asked["near"]
    context = Context(
        file=asked["file"],
        format=asked["format"],
        digest=_digest(path),
        answers=answers,
        near=(near[0], near[1]) if near else None,
        reference=shapely.from_wkb(np.array(asked["reference"], dtype=object)),
    )
    request = Request(
        path=path, folder=folder, layer=answers.layer, columns=answers.columns, limits=limits
    )
    save_survey(survey_of(parse(context.format, request), context), folder)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def survey_of(parsed: Parsed, context: Context) -> Survey:
    """Make parcels of what a file holds.

    Parameters
    ----------
    parsed : Parsed
        The file, every feature a row.
    context : Context
        Answers of the user, surroundings.

    Returns
    -------
    Survey
        Every feature is a parcel, rejected or skipped.

    Raises
    ------
    PlannerError
        ``survey_empty`` when the file holds nothing at all, or a question that only the user can
        settle (``question`` and ``candidates`` among its values).
    """
    rows = Rows(parsed)
    if not len(rows) and not parsed.skipped:
        raise PlannerError("survey_empty")
    parsed = replace(parsed, wkb=NOTHING)  # free them: the rows have the geometries now
    file_format = parsed.format or context.format
    placement = place_survey(
        parsed, rows.numbers, context.answers, near=context.near, file_format=file_format
    )
    rows.numbers = placement.native  # free the numbers in the file's order
    rows.refuse(placement.faults)
    rows.refuse_where("outside_crs", ~placement.inside, crs=placement.decision.name)
    shaped = shape_parcels(
        rows,
        placement,
        rings=parsed.rings,
        numbered=parsed.labels is not None,
        closing_told=file_format == "txt",
        answers=context.answers,
        decimals=parsed.decimals,
    )
    account = account_of(
        parsed, rows, placement, shaped, file_format=file_format, answers=context.answers
    )
    suspect = gcj02_suspect(shaped.lonlat, context.reference)
    notes = (
        *named_otherwise(context.file, file_format),
        *parsed.notes,
        *placement.notes,
        *account.notes,
        *((suspect,) if suspect else ()),
    )
    skipped = (*rows.skipped.values(), *parsed.skipped)
    return Survey(
        file=context.file,
        format=file_format,
        digest=context.digest,
        encoding=parsed.encoding,
        layer=parsed.layer,
        crs=placement.decision,
        axes=placement.axes,
        area_unit=account.area_unit,
        area_unit_how=account.area_unit_how,
        header=parsed.header,
        fields=account.fields,
        features=len(rows) + sum(int(one.values.get("count") or 1) for one in parsed.skipped),
        parcels=account.parcels,
        attributes=account.attributes,
        labels=account.labels,
        findings=account.findings,
        rejected=tuple(rows.rejected[row] for row in sorted(rows.rejected)),
        skipped=skipped,
        remarks=(*parsed.remarks, *account.remarks),
        repairs=shaped.repairs,
        notes=notes,
    )
