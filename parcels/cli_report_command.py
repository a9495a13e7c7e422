"""The command ``report`` with its options; the work is in `parcels.cli_report`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations when it runs
from typing import Annotated, Literal

import typer

from parcels.cli_options import ForceOption, LangOption, help_text


def report(
    *,
    snapshot: Annotated[Path, typer.Argument(help=help_text("report_file"), metavar="SNAPSHOT")],
    name: Annotated[
        Literal["opinion", "points", "balance", "memo", "ranking", "notice"],
        typer.Option("--name", help=help_text("report_name")),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help=help_text("report_output"), metavar="OUT")
    ],
    parcel: Annotated[
        list[str] | None, typer.Option("--parcel", help=help_text("report_parcel"), metavar="KEY")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help=help_text("report_template"), metavar="FILE")
    ] = None,
    force: ForceOption = False,
    lang: LangOption = "zh",
) -> None:
    """Write a report; the sentence of the help is in the messages."""
    from parcels.cli_report import ReportOptions, run

    options = ReportOptions(
        snapshot=snapshot,
        name=name,
        output=output,
        parcels=tuple(parcel or ()),
        template=template,
        force=force,
        lang=lang,
    )
    raise typer.Exit(run(options))
