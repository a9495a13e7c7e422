"""The command ``permu`` with its options; the work is in `parcels.cli_permu`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations when it runs
from typing import Annotated, Literal

import typer

from parcels.cli_options import LangOption, help_text


def permu(  # noqa: PLR0913 -- one parameter an option
    *,
    file: Annotated[
        Path | None, typer.Argument(help=help_text("permu_file"), metavar="FILE")
    ] = None,
    scheme: Annotated[
        list[str] | None, typer.Option("--scheme", help=help_text("permu_scheme"), metavar="ID")
    ] = None,
    denominator: Annotated[
        Literal["land", "registered", "mapped", "granted"] | None,
        typer.Option(help=help_text("permu_denominator")),
    ] = None,
    classes: Annotated[
        str | None, typer.Option(help=help_text("permu_classes"), metavar="ID")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help=help_text("permu_column"), metavar="ROLE=NAME")
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option(help=help_text("permu_unit"), metavar="ROLE=UNIT")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help=help_text("permu_sheet"))] = None,
    status: Annotated[
        Literal["production", "promised"] | None, typer.Option(help=help_text("permu_status"))
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help=help_text("permu_list"))] = False,
    show_zone: Annotated[bool, typer.Option("--zone", help=help_text("permu_zone"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=help_text("survey_json"))] = False,
    lang: LangOption = "zh",
) -> None:
    """Rate firms; the sentence of the help is in the messages."""
    from parcels.cli_permu import PermuOptions, run

    options = PermuOptions(
        path=file,
        schemes=tuple(scheme or ()),
        denominator=denominator,
        classes=classes,
        columns=tuple(column or ()),
        units=tuple(unit or ()),
        sheet=sheet,
        status=status,
        show_list=show_list,
        show_zone=show_zone,
        as_json=as_json,
        lang=lang,
    )
    raise typer.Exit(run(options))
