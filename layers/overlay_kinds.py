"""The kinds of reference layers: what each one is called, what it holds, which rules need it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from geo.errors import PlannerError
from layers.catalog import Title

if TYPE_CHECKING:
    from collections.abc import Mapping

Group = Literal["plan", "protect", "lines", "water", "infrastructure", "sensitive"]
_FILE = Path(__file__).parent / "data" / "overlay_kinds.toml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OverlayKind(_Frozen):
    """One kind of reference layer.

    Attributes
    ----------
    title : Title
        In each language.
    group : str
        Under which heading lists show it.
    geometry : str
        ``polygon``: land; ``line``: axes, and surfaces such as those of roads.
    boundary_lines : bool
        Lines are taken beside polygons although they enclose no land: a layer with them can
        prove a conflict, never that there is none.
    code : str or None
        What the code of a feature says: one of the code kinds; None: it has none.
    secret : bool
        Such data are secret by law and may not lie on every machine.
    rules : tuple of str
        Ids of the overlay list and of the separation distances that need the layer.
    """

    title: Title
    group: Group
    geometry: Literal["polygon", "line"]
    boundary_lines: bool = False
    code: str | None = None
    secret: bool = False
    rules: tuple[str, ...]


class CodeColumns(_Frozen):
    """Columns that usually hold a code; ``scheme``: it means nothing without its scheme."""

    scheme: bool = False
    columns: tuple[str, ...] = Field(min_length=1)


class _Kinds(_Frozen):
    kinds: dict[str, OverlayKind]
    codes: dict[str, CodeColumns]
    names: CodeColumns


@cache
def overlay_kinds() -> Mapping[str, OverlayKind]:
    """Return the kinds by id, in the order in which lists show them."""
    return MappingProxyType(_tables().kinds)


def overlay_kind(kind: str) -> OverlayKind:
    """Return one kind.

    Raises
    ------
    PlannerError
        ``overlay_kind_unknown``, with the ids that there are.
    """
    found = overlay_kinds().get(kind)
    if found is None:
        raise PlannerError("overlay_kind_unknown", kind=kind, known=list(overlay_kinds()))
    return found


def code_columns(code: str) -> CodeColumns:
    """Return where a code of this kind is usually found."""
    return _tables().codes[code]


def name_columns() -> tuple[str, ...]:
    """Return columns that tell features apart where no usual name column does."""
    return _tables().names.columns


@cache
def _tables() -> _Kinds:
    return _Kinds.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
