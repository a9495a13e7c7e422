"""What is said about a reference layer: by its user, by a file beside it, by the file itself."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING, Annotated, Any, Literal

import shapely
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationError,
    model_validator,
)
from shapely.geometry.base import BaseGeometry

from geo.errors import PlannerError
from layers.codes import Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.read.parsed import Note

AllowedUse = Literal["internal", "partner", "public", "unknown"]
Covers = Literal["bounding_box", "all"]
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MOST_BYTES = 100_000
# Names under which files state the same; see `of_members`.
_MEMBERS = {
    "title": ("title", "标题"),
    "source": ("source", "来源", "attribution"),
    "date": ("date", "日期"),
    "licence": ("licence", "license", "许可"),
    "allowed_use": ("allowed_use",),
    "accuracy_m": ("accuracy_m",),
    "code_scheme": ("code_scheme",),
}
_PROBLEMS = {
    "date": "overlay_date",
    "accuracy_m": "overlay_accuracy",
    "covers": "overlay_covers",
    "allowed_use": "overlay_allowed_use",
    "code_scheme": "overlay_scheme_unknown",
}
_SHOWN = 80


def _date(value: Any) -> Any:
    """Take an ISO date or the beginning of one; a date of TOML comes as an object."""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return value or None
    text = value.strip()
    if not _DATE.fullmatch(text):
        raise ValueError("YYYY, YYYY-MM or YYYY-MM-DD")
    dt.date.fromisoformat(f"{text}-01-01"[:10])
    return text


def _box(value: Any) -> Any:
    """Take west, south, east, north in degrees as the land that they enclose."""
    if isinstance(value, str) and "," in value:
        value = [float(part) for part in value.split(",")]
    if not isinstance(value, (list, tuple)):
        return value
    if len(value) != 4 or not all(isinstance(one, (int, float)) for one in value):  # noqa: PLR2004
        raise ValueError("[west, south, east, north]")
    west, south, east, north = (float(one) for one in value)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004
        raise ValueError("[west, south, east, north]")
    return shapely.box(west, south, east, north)


Words = Annotated[str, Field(max_length=500)]


class Stated(BaseModel):
    """What somebody says about a layer; None is what nobody said.

    Attributes
    ----------
    title, source, licence : str
    date : str
        State of the data: an ISO date, or year and month, or the year.
    allowed_use : str
        Who may see what is made of it.
    accuracy_m : float
        Distance by which its features may be off.
    crs, axes, layer, name_column, code_column : str
        Answers to what the file leaves open; ``axes`` is ``en`` or ``ne`` (survey files).
    code_scheme : str
        Scheme of its land-use codes.
    covers : str or geometry
        Where "nothing there" may be concluded: ``bounding_box`` of its features, ``all``, or
        land in EPSG:4490 (in files: west, south, east, north).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words | None = None
    source: Words | None = None
    date: Annotated[str | None, BeforeValidator(_date)] = None
    licence: Words | None = None
    allowed_use: AllowedUse | None = None
    accuracy_m: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    crs: Words | None = None
    axes: Literal["en", "ne"] | None = None
    layer: Words | None = None
    name_column: Words | None = None
    code_column: Words | None = None
    code_scheme: Scheme | None = None
    covers: Annotated[Covers | InstanceOf[BaseGeometry] | None, BeforeValidator(_box)] = None

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        return {key: None if value == "" else value for key, value in values.items()}

    def over(self, other: Stated) -> Stated:
        """Return both together; where both say something, this one counts."""
        said = {name: value for name, value in self if name in _FIELDS and value is not None}
        below = {name: value for name, value in other if name in _FIELDS and value is not None}
        return Stated(**(below | said))


_FIELDS = frozenset(Stated.model_fields)


def beside(path: Path) -> Stated:
    """Read what the file ``<name>.toml`` beside a layer says; nothing where there is none.

    Raises
    ------
    PlannerError
        ``overlay_sidecar_unreadable``; those of `stated` with the file's name.
    """
    file = path.with_name(f"{path.name}.toml")
    try:
        if not file.is_file():
            return Stated()
        if file.stat().st_size > _MOST_BYTES:
            reason = f"> {_MOST_BYTES // 1000} kB"
            raise PlannerError("overlay_sidecar_unreadable", sidecar=file.name, reason=reason)
        document = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)[:_SHOWN]
        raise PlannerError(
            "overlay_sidecar_unreadable", sidecar=file.name, reason=reason
        ) from error
    return stated(document, file.name)


def stated(document: Mapping[str, Any], where: str) -> Stated:
    """Check what a table of names and values says of a layer.

    Parameters
    ----------
    document : mapping
        As read from a file, an option or a form.
    where : str
        Named in errors: the file or the option.

    Raises
    ------
    PlannerError
        ``overlay_key_unknown``; ``overlay_date``, ``overlay_accuracy``, ``overlay_covers``,
        ``overlay_allowed_use``, ``overlay_scheme_unknown``, ``overlay_value`` with the value.
    """
    try:
        return Stated.model_validate(dict(document))
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False)[0]
    key = str(problem["loc"][0])
    if problem["type"] == "extra_forbidden":
        raise PlannerError(
            "overlay_key_unknown", where=where, key=key[:_SHOWN], known=sorted(Stated.model_fields)
        )
    shown = str(problem["input"])[:_SHOWN]
    raise PlannerError(_PROBLEMS.get(key, "overlay_value"), where=where, key=key, value=shown)


def of_members(members: Mapping[str, str]) -> tuple[Stated, tuple[Note, ...]]:
    """Take what a file says of itself in its own top-level members.

    Returns
    -------
    stated : Stated
        Where the file lies, what it is called inside and where it speaks is never taken from it.
    notes : tuple of Note
        ``overlay_member_unusable`` for each member that says nothing that can be used.
    """
    from geo.read.parsed import Note

    by_key = {key.strip().casefold(): value for key, value in members.items()}
    found, notes = Stated(), list[Note]()
    for field, names in _MEMBERS.items():
        value = next((by_key[name] for name in names if name in by_key), None)
        if value is None:
            continue
        try:
            found = Stated.model_validate({field: value}).over(found)
        except ValidationError:
            values = {"member": field, "value": value[:_SHOWN]}
            notes.append(Note(code="overlay_member_unusable", values=values))
    return found, tuple(notes)
