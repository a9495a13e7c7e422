"""What can be asked of a scenario, as the browser and the page send it."""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from geo.errors import PlannerError
from parcels.planning.model import ElementKind

_Id = Annotated[str, Field(min_length=1, max_length=64)]
_Ids = Annotated[tuple[_Id, ...], Field(min_length=1, max_length=2000)]
_Text = Annotated[str, Field(max_length=200)]
_GeoJson = dict[str, Any]
_Typed = _Text | float


class _Command(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Draw(_Command):
    """A new element."""

    do: Literal["draw"]
    kind: ElementKind
    geometry: _GeoJson
    name: _Text = ""
    width: _Typed | None = None


class StartShape(_Command):
    """One shape that comes from elsewhere."""

    kind: ElementKind
    geometry: _GeoJson
    name: _Text = ""
    code: _Text = ""
    scheme: _Text = ""
    width: _Typed | None = None
    geometry_class: Literal["surveyed", "digitized", "solved_from_text", "schematic"]
    accuracy_m: Annotated[float, Field(ge=0)] | None = None
    source: _Text
    attributes: dict[str, str] = {}


class Start(_Command):
    """New elements from a parcel, a block, a file, typed dimensions."""

    do: Literal["start"]
    shapes: Annotated[tuple[StartShape, ...], Field(min_length=1, max_length=2000)]


class Reshape(_Command):
    """An element with another outline, as the hand left it."""

    do: Literal["vertices", "move", "rotate"]
    element: _Id
    geometry: _GeoJson


class Cut(_Command):
    """Take a polygon away from the elements that it meets, or from those that are named."""

    do: Literal["cut"]
    geometry: _GeoJson
    elements: _Ids | None = None


class Hole(_Command):
    """Leave a hole in one element."""

    do: Literal["hole"]
    element: _Id
    geometry: _GeoJson


class Split(_Command):
    """Divide the elements that a line crosses, or those named; the largest piece keeps the id."""

    do: Literal["split"]
    geometry: _GeoJson
    elements: _Ids | None = None


class Merge(_Command):
    """Make one of several; the first keeps its id and properties."""

    do: Literal["merge"]
    elements: Annotated[tuple[_Id, ...], Field(min_length=2, max_length=2000)]


class Buffer(_Command):
    """Widen an element, or narrow it by a negative distance."""

    do: Literal["buffer"]
    element: _Id
    distance: _Typed


class Square(_Command):
    """Make the corners of an element right angles."""

    do: Literal["square"]
    element: _Id


class FitArea(_Command):
    """Bring an element to an area by moving one side, or all of it."""

    do: Literal["fit_area"]
    element: _Id
    area: _Text
    side: Annotated[int, Field(ge=0)] | None = None


class Delete(_Command):
    """Take elements away."""

    do: Literal["delete"]
    elements: _Ids


class Describe(_Command):
    """Change what is said of an element; what is left out stays."""

    do: Literal["describe"]
    element: _Id
    name: _Text | None = None
    kind: ElementKind | None = None
    code: _Text | None = None
    scheme: _Text | None = None
    width: _Typed | None = None
    year: Annotated[int, Field(ge=1949, le=2199)] | Literal[""] | None = None


class Revert(_Command):
    """Bring one element back to what it was after an operation; None: as the parent has it."""

    do: Literal["revert"]
    element: _Id
    to: _Id | None = None


class Pick(_Command):
    """Take over one operation of another scenario."""

    do: Literal["pick"]
    operation: _Id
    scenario: _Id
    replace: bool = False


class Step(_Command):
    """Go back or forth in the history."""

    do: Literal["undo", "redo"]


Command = (
    Draw
    | Start
    | Reshape
    | Cut
    | Hole
    | Split
    | Merge
    | Buffer
    | Square
    | FitArea
    | Delete
    | Describe
    | Revert
    | Pick
    | Step
)
_COMMANDS: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="do")])


def read_command(sent: Any) -> Command:
    """Read a command as it was sent.

    Raises
    ------
    PlannerError
        ``command_unreadable``. Values: ``field``, ``value``.
    """
    try:
        return _COMMANDS.validate_python(sent)
    except (ValidationError, RecursionError) as error:
        if isinstance(error, RecursionError):
            raise PlannerError("command_unreadable", field="geometry", value="…") from None
        problem = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(map(str, problem["loc"])) or "do"
        raise PlannerError(
            "command_unreadable", field=field, value=repr(problem["input"])[:80]
        ) from None


def derived_id(origin: str, part: int | str) -> str:
    """Name a part of what has a name, such as the nth new element of an operation, ever alike."""
    return blake2b(f"{origin}:{part}".encode(), digest_size=16).hexdigest()
