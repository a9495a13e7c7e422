"""Options that several commands share, and their help in the user's language."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from geo.errors import PlannerError
from parcels.clock import today
from parcels.limit_text import limits_text
from parcels.messages import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGE_VARIABLE = "PARCELS_LANG"
# What a column may hold (`geo.survey.model.Answers.columns`).
ROLES = (
    "id",
    "name",
    "area",
    "use",
    "code",
    "x",
    "y",
    "wkt",
    "parcel",
    "ring",
    "point",
    "close",
    "nested",
)


def help_text(key: str, **values: object) -> str:
    """Give the help of an option; the language is known before any option is read."""
    return text(_language(), f"cli.help.{key}", **values)


def limits_help() -> str:
    """Say how much one file may ask for."""
    return limits_text(_language())


def _language() -> str:
    wanted = os.environ.get(LANGUAGE_VARIABLE, "")
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


LangOption = Annotated[
    Literal["zh", "en"], typer.Option(help=help_text("lang"), envvar=LANGUAGE_VARIABLE)
]
SurveyJsonOption = Annotated[bool, typer.Option("--json", help=help_text("survey_json"))]
SurveyCrsOption = Annotated[
    str | None, typer.Option("--crs", help=help_text("survey_crs"), metavar="EPSG:…|GCJ-02|BD-09")
]
AxesOption = Annotated[Literal["en", "ne"] | None, typer.Option(help=help_text("axes"))]
SurveyLayerOption = Annotated[str | None, typer.Option("--layer", help=help_text("survey_layer"))]
ColumnsOption = Annotated[
    list[str] | None,
    typer.Option("--column", help=help_text("survey_column"), metavar="ROLE=NAME"),
]
AreaUnitOption = Annotated[
    Literal["ha", "m2", "mu", "km2"] | None, typer.Option(help=help_text("area_unit"))
]
RepairOption = Annotated[bool, typer.Option("--repair", help=help_text("repair"))]
ReferenceOption = Annotated[
    Path | None, typer.Option("--reference", help=help_text("reference"), metavar="FILE")
]


CheckFile = Annotated[Path | None, typer.Argument(help=help_text("check_file"), metavar="[FILE]")]
PackOption = Annotated[list[str] | None, typer.Option(help=help_text("pack"))]
KindLayerOption = Annotated[
    list[str] | None, typer.Option(help=help_text("check_layer"), metavar="KIND=FILE")
]
CoversOption = Annotated[
    list[str] | None, typer.Option(help=help_text("covers"), metavar="KIND=all")
]
LayerCrsOption = Annotated[str | None, typer.Option(help=help_text("layer_crs"))]
AsOfOption = Annotated[str | None, typer.Option(help=help_text("as_of"), metavar="DATE")]
OverrideOption = Annotated[Path | None, typer.Option(help=help_text("override"))]
CodeSchemeOption = Annotated[
    Literal["gb50137", "mnr2023", "gbt21010"] | None,
    typer.Option(help=help_text("code_scheme")),
]
CheckFormatOption = Annotated[
    Literal["table", "json", "junit", "sarif", "gpkg"],
    typer.Option("--format", help=help_text("check_format")),
]
CheckJsonOption = Annotated[bool, typer.Option("--json", help=help_text("check_json"))]
CheckOutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help=help_text("check_output"))
]
ForceOption = Annotated[bool, typer.Option("--force", help=help_text("force"))]
BaselineOption = Annotated[Path | None, typer.Option(help=help_text("baseline"))]
WriteBaselineOption = Annotated[Path | None, typer.Option(help=help_text("write_baseline"))]
FileLayerOption = Annotated[
    str | None, typer.Option("--file-layer", help=help_text("survey_layer"))
]


def as_of_day(typed: str | None) -> date:
    """Return the day on which rules must be in force; without one, today.

    Raises
    ------
    PlannerError
        ``as_of_unreadable``.
    """
    if typed is None:
        return today()
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise PlannerError("as_of_unreadable", value=typed) from error


def columns_of(typed: Sequence[str]) -> dict[str, str]:
    """Read ``ROLE=NAME`` options as role to column.

    Raises
    ------
    PlannerError
        ``column_option`` for anything else, with the roles that there are.
    """
    found: dict[str, str] = {}
    for one in typed:
        role, sign, name = one.partition("=")
        if not sign or not name or role.strip() not in ROLES:
            raise PlannerError("column_option", value=one, roles=list(ROLES))
        found[role.strip()] = name
    return found
