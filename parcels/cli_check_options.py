"""The options of ``check``, with their help in the user's language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from parcels.cli_options import help_text

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
