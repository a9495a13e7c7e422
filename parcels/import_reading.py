"""Files that a user dropped: what they turned out to be under the answers given so far."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import PlannerError
from geo.read.tables.listing import column_signature
from geo.survey.model import Answers
from parcels.column_memory import COLUMNS
from parcels.importing import import_file
from parcels.survey_report import counted, question_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.survey.model import Survey

Status = Literal["waiting", "ready", "taken", "asked", "empty", "unusable"]
_MOST_STEPS = 5
_DOS_EPOCH = (1980, 1, 1, 0, 0, 0)
_SHAPE = ".shp"
_PARTS = {_SHAPE, ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".xml", ".qpj"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reading gave: a survey, or why there is none; ``serial`` tells readings apart."""

    survey: Survey | None = None
    error: PlannerError | None = None
    serial: int = field(default_factory=count().__next__)

    @property
    def question(self) -> str | None:
        """What the file leaves open (crs, axes, layer, columns), if that is all that it lacks."""
        return question_of(self.error) if self.error else None


@dataclass(slots=True, kw_only=True, eq=False)
class ImportFile:
    """A file, the answers to its questions, and its last reading.

    Attributes
    ----------
    key : str
        Unique in a session.
    steps : list of (Answers, Reading or None)
        What stood before each of the last answers, to go back to.
    layers : tuple of str
        What could be read from the file, once that was asked.
    columns : tuple of str
        Columns of its table, once that was asked.
    recalled : bool
        The columns' meaning is what was said for a table with the same columns.
    token : str or None
        Of the parcel set that was made of it.
    """

    key: str
    name: str
    content: bytes
    answers: Answers = field(default_factory=Answers)
    reading: Reading | None = None
    steps: list[tuple[Answers, Reading | None]] = field(default_factory=list)
    layers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    recalled: bool = False
    token: str | None = None

    @property
    def version(self) -> tuple[str, int]:
        """Key of what is made of the present reading."""
        return self.key, self.reading.serial if self.reading else -1

    @property
    def survey(self) -> Survey | None:
        """What was read, None while there is a question or a failure."""
        return self.reading.survey if self.reading else None

    @property
    def status(self) -> Status:
        """Where the file stands."""
        if self.reading is None:
            return "waiting"
        if self.survey is None:
            return "asked" if self.reading.question else "unusable"
        if not self.survey.parcels.num_rows:
            return "empty"
        return "taken" if self.token else "ready"

    @property
    def counts(self) -> tuple[int, int, int] | None:
        """Features that became parcels, were rejected, were skipped; None: not read."""
        if self.survey is None:
            return None
        survey = self.survey
        return survey.parcels.num_rows, counted(survey.rejected), counted(survey.skipped)

    def settle(self, **answers: Any) -> None:
        """Take an answer; the file is to be read again."""
        self._step(replace(self.answers, **answers))

    def _step(self, answers: Answers) -> None:
        if answers == self.answers:
            return
        self.steps = [*self.steps, (self.answers, self.reading)][-_MOST_STEPS:]
        self.answers, self.reading, self.token = answers, None, None

    def take_back(self) -> None:
        """Go back to what stood before the last answer."""
        if self.steps:
            self.answers, self.reading = self.steps.pop()
            self.token = None
            self.recalled = False

    def read(self, reference: Iterable[BaseGeometry] = ()) -> None:
        """Read the file once for its answers; a failure is a reading too.

        Parameters
        ----------
        reference : iterable of Polygon
            As in `import_file`.
        """
        if self.reading is not None:
            return
        known = list(reference)
        self.reading = self._read(known)
        meaning = self._known_columns()
        if meaning is not None:
            self.settle(columns=meaning)
            self.recalled = True
            self.reading = self._read(known)
        if self.survey is not None and self.answers.columns and self.columns:
            COLUMNS.learn(column_signature(self.columns), self.answers.columns)

    def _read(self, reference: Sequence[BaseGeometry]) -> Reading:
        try:
            found = import_file(self.content, self.name, answers=self.answers, reference=reference)
        except PlannerError as error:
            self._note_choices(error.values)
            return Reading(error=error)
        return Reading(survey=found)

    def _note_choices(self, values: Mapping[str, object]) -> None:
        layers, columns = values.get("layers"), values.get("columns")
        if isinstance(layers, (list, tuple)):
            self.layers = tuple(map(str, layers))
        if isinstance(columns, (list, tuple)):
            self.columns = tuple(map(str, columns))

    def _known_columns(self) -> dict[str, str] | None:
        """Recall what was said of a table with these columns, unless it was just answered."""
        asked = self.reading is not None and self.reading.question == "columns"
        if not asked or self.answers.columns or not self.columns or self.steps:
            return None
        return COLUMNS.recall(column_signature(self.columns))


def joined_shapefiles(given: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Pack the parts of a Shapefile that were dropped one by one; other files stay as they are.

    Parameters
    ----------
    given : sequence of (name, content)
        As they were dropped.

    Returns
    -------
    list of (name, content)
        In the same order; a ``.shp`` with parts beside it is a zip archive under its own name.
    """
    groups = {
        name: [part for part in given if _belongs(part[0], name)]
        for name, _ in given
        if PurePath(name).suffix.lower() == _SHAPE
    }
    groups = {name: parts for name, parts in groups.items() if len(parts) > 1}
    packed = {part for name, parts in groups.items() for part, _ in parts} - set(groups)
    return [
        (name, _zipped(groups[name]) if name in groups else content)
        for name, content in given
        if name not in packed
    ]


def _belongs(name: str, shape: str) -> bool:
    stem = shape.lower().removesuffix(_SHAPE)
    return name.lower().startswith(f"{stem}.") and PurePath(name).suffix.lower() in _PARTS


def _zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, _DOS_EPOCH), content)
    return packed.getvalue()
