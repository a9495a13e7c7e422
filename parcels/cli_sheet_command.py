"""The command ``sheet`` with its options; the work is in `parcels.cli_sheet`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations when it runs
from typing import Annotated, Literal

import typer

from parcels.cli_options import ForceOption, LangOption, help_text


def sheet(  # noqa: PLR0913 -- one parameter an option
    *,
    snapshot: Annotated[str, typer.Argument(help=help_text("sheet_file"), metavar="SNAPSHOT|-")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help=help_text("sheet_output"), metavar="OUT.pdf|png")
    ],
    template: Annotated[
        Literal["cadastral", "survey_map", "location", "comparison", "m0"],
        typer.Option(help=help_text("sheet_template")),
    ],
    paper: Annotated[Literal["A4", "A3"], typer.Option(help=help_text("sheet_paper"))] = "A4",
    landscape: Annotated[
        bool, typer.Option("--landscape/--portrait", help=help_text("sheet_landscape"))
    ] = True,
    scale: Annotated[
        str, typer.Option(help=help_text("sheet_scale"), metavar="auto|1000")
    ] = "auto",
    parcel: Annotated[
        list[str] | None, typer.Option("--parcel", help=help_text("sheet_parcel"), metavar="KEY")
    ] = None,
    tone: Annotated[Literal["colour", "grey"], typer.Option(help=help_text("sheet_tone"))] = (
        "colour"
    ),
    maker: Annotated[str, typer.Option(help=help_text("sheet_maker"))] = "",
    checker: Annotated[str, typer.Option(help=help_text("sheet_checker"))] = "",
    reviewer: Annotated[str, typer.Option(help=help_text("sheet_reviewer"))] = "",
    system: Annotated[
        str, typer.Option("--crs", help=help_text("sheet_system"), metavar="EPSG:…")
    ] = "",
    dpi: Annotated[float, typer.Option(help=help_text("sheet_dpi"))] = 300,
    force: ForceOption = False,
    lang: LangOption = "zh",
) -> None:
    """Draw a sheet; the sentence of the help is in the messages."""
    from parcels.cli_sheet import SheetCommand, run
    from parcels.sheets.options import SheetOptions

    options = SheetOptions(
        template=template,
        paper=paper,
        landscape=landscape,
        parcels=tuple(parcel or ()),
        tone=tone,
        maker=maker,
        checker=checker,
        reviewer=reviewer,
        system=system,
    )
    command = SheetCommand(
        snapshot=snapshot,
        output=output,
        sheet=options,
        scale=scale,
        dpi=dpi,
        force=force,
        lang=lang,
    )
    raise typer.Exit(run(command))
