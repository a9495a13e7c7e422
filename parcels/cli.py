"""The command line: options and exit codes; each command's work is in its own module."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 -- typer reads the annotations when it runs
from typing import Annotated

import typer

from parcels.cli_expansion_command import expansion
from parcels.cli_options import (
    AreaUnitOption,
    AsOfOption,
    AxesOption,
    BaselineOption,
    CheckFile,
    CheckFormatOption,
    CheckJsonOption,
    CheckOutputOption,
    CodeSchemeOption,
    ColumnsOption,
    CoversOption,
    FileLayerOption,
    ForceOption,
    KindLayerOption,
    LangOption,
    LayerCrsOption,
    OverrideOption,
    PackOption,
    ReferenceOption,
    RepairOption,
    SurveyCrsOption,
    SurveyJsonOption,
    SurveyLayerOption,
    WriteBaselineOption,
    help_text,
    limits_help,
)
from parcels.cli_permu_command import permu
from parcels.cli_proposal_command import proposal
from parcels.cli_report_command import report
from parcels.cli_sheet_command import sheet
from parcels.cli_snapshot_command import app as snapshot_app
from parcels.cli_store_command import app as store_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(help=help_text("app"))
def _app() -> None:
    """Hold the commands."""


@app.command(help=help_text("locate"))
def locate(  # noqa: PLR0913 -- one parameter an option
    *,
    phrases: Annotated[
        list[str] | None, typer.Argument(help=help_text("phrases"), metavar="PHRASE")
    ] = None,
    area: Annotated[str | None, typer.Option(help=help_text("area"))] = None,
    network: Annotated[Path | None, typer.Option(help=help_text("network"))] = None,
    name_column: Annotated[str | None, typer.Option(help=help_text("name_column"))] = None,
    crs: Annotated[str | None, typer.Option(help=help_text("crs"))] = None,
    layer: Annotated[str | None, typer.Option(help=help_text("layer"))] = None,
    source: Annotated[
        str | None, typer.Option("--from", help=help_text("source"), metavar="FILE|-")
    ] = None,
    column: Annotated[str | None, typer.Option(help=help_text("column"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=help_text("json"))] = False,
    lang: LangOption = "zh",
) -> None:
    """Locate phrases; the sentence of the help is in the messages."""
    from parcels.cli_locate import Options, run

    options = Options(
        phrases=tuple(phrases or ()),
        area=area,
        network=network,
        name_column=name_column,
        crs=crs,
        layer=layer,
        source=source,
        column=column,
        as_json=as_json,
        lang=lang,
    )
    raise typer.Exit(run(options))


@app.command(help=help_text("inspect"), epilog=limits_help())
def inspect(  # noqa: PLR0913 -- one parameter an option
    *,
    files: Annotated[list[Path], typer.Argument(help=help_text("files"), metavar="FILE…")],
    crs: SurveyCrsOption = None,
    axes: AxesOption = None,
    layer: SurveyLayerOption = None,
    column: ColumnsOption = None,
    area_unit: AreaUnitOption = None,
    repair: RepairOption = False,
    reference: ReferenceOption = None,
    as_json: SurveyJsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Report what was read; the sentence of the help is in the messages."""
    from parcels.cli_files import SurveyOptions
    from parcels.cli_inspect import run

    options = SurveyOptions(
        paths=tuple(files),
        crs=crs,
        axes=axes,
        layer=layer,
        columns=tuple(column or ()),
        area_unit=area_unit,
        repair=repair,
        reference=reference,
        as_json=as_json,
        lang=lang,
    )
    raise typer.Exit(run(options))


@app.command(help=help_text("convert"), epilog=limits_help())
def convert(  # noqa: PLR0913 -- one parameter an option
    *,
    files: Annotated[
        list[Path], typer.Argument(help=help_text("convert_files"), metavar="IN… OUT")
    ],
    to: Annotated[str | None, typer.Option(help=help_text("to"), metavar="EPSG:…")] = None,
    file_format: Annotated[str | None, typer.Option("--format", help=help_text("format"))] = None,
    encoding: Annotated[str | None, typer.Option(help=help_text("encoding"))] = None,
    renumber: Annotated[bool, typer.Option("--renumber", help=help_text("renumber"))] = False,
    force: Annotated[bool, typer.Option("--force", help=help_text("force"))] = False,
    crs: SurveyCrsOption = None,
    axes: AxesOption = None,
    layer: SurveyLayerOption = None,
    column: ColumnsOption = None,
    area_unit: AreaUnitOption = None,
    repair: RepairOption = False,
    as_json: SurveyJsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Write parcels in another format; the sentence of the help is in the messages."""
    from parcels.cli_convert import ConvertOptions, run

    options = ConvertOptions(
        paths=tuple(files),
        to=to,
        file_format=file_format,
        encoding=encoding,
        renumber=renumber,
        force=force,
        crs=crs,
        axes=axes,
        layer=layer,
        columns=tuple(column or ()),
        area_unit=area_unit,
        repair=repair,
        as_json=as_json,
        lang=lang,
    )
    raise typer.Exit(run(options))


@app.command(help=help_text("check"), epilog=limits_help())
def check(  # noqa: PLR0913 -- one parameter an option
    *,
    file: CheckFile = None,
    pack: PackOption = None,
    layer: KindLayerOption = None,
    covers: CoversOption = None,
    layer_crs: LayerCrsOption = None,
    as_of: AsOfOption = None,
    override: OverrideOption = None,
    code_scheme: CodeSchemeOption = None,
    file_format: CheckFormatOption = "table",
    as_json: CheckJsonOption = False,
    output: CheckOutputOption = None,
    force: ForceOption = False,
    baseline: BaselineOption = None,
    write_baseline: WriteBaselineOption = None,
    crs: SurveyCrsOption = None,
    axes: AxesOption = None,
    file_layer: FileLayerOption = None,
    column: ColumnsOption = None,
    area_unit: AreaUnitOption = None,
    repair: RepairOption = False,
    lang: LangOption = "zh",
) -> None:
    """Check parcels; the sentence of the help is in the messages."""
    from parcels.cli_check import CheckOptions, run
    from parcels.cli_files import SurveyOptions

    survey = SurveyOptions(
        crs=crs,
        axes=axes,
        layer=file_layer,
        columns=tuple(column or ()),
        area_unit=area_unit,
        repair=repair,
        lang=lang,
    )
    options = CheckOptions(
        file=file,
        survey=survey,
        scheme=code_scheme,
        packs=tuple(pack) if pack else None,
        layers=tuple(layer or ()),
        covers=tuple(covers or ()),
        layer_crs=layer_crs,
        as_of=as_of,
        overrides=override,
        file_format="json" if as_json else file_format,
        output=output,
        force=force,
        baseline=baseline,
        write_baseline=write_baseline,
        lang=lang,
    )
    raise typer.Exit(run(options))


app.command(help=help_text("permu"))(permu)
app.command(help=help_text("proposal"))(proposal)
app.command(help=help_text("report"))(report)
app.command(help=help_text("sheet"))(sheet)
app.add_typer(snapshot_app, name="snapshot", help=help_text("snapshot"))
app.add_typer(store_app, name="store", help=help_text("store"))
app.command(help=help_text("expansion"), epilog=limits_help())(expansion)


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app(prog_name="python -m parcels")
