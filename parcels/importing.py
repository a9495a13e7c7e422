"""Files of others become parcels: the one way for the pages and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.survey.read import read_survey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.survey.model import Answers, Survey

# Middle of the Nanyang high-tech zone, longitude and latitude: of several possible places of a
# file the nearer one is named first.
PROJECT_PLACE = (112.509, 33.012)


def import_file(
    source: Path | bytes,
    filename: str,
    *,
    answers: Answers | None = None,
    reference: Iterable[BaseGeometry] = (),
) -> Survey:
    """Read a file of parcels; parameters, result and errors as `read_survey`."""
    return read_survey(source, filename, answers=answers, near=PROJECT_PLACE, reference=reference)
