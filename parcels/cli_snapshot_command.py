"""The commands ``snapshot …`` with their options; the work is in `parcels.cli_snapshot`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from parcels.cli_options import (
    AreaUnitOption,
    AsOfOption,
    AxesOption,
    CheckFile,
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
    RepairOption,
    SurveyCrsOption,
    help_text,
    limits_help,
)

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_SnapshotFile = Annotated[Path, typer.Argument(help=help_text("snapshot_file"), metavar="FILE")]
_JsonOption = Annotated[bool, typer.Option("--json", help=help_text("snapshot_json"))]


@app.command(help=help_text("snapshot_create"), epilog=limits_help())
def create(  # noqa: PLR0913 -- one parameter an option
    *,
    file: CheckFile = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help=help_text("snapshot_output"), metavar="OUT")
    ],
    pack: PackOption = None,
    layer: KindLayerOption = None,
    covers: CoversOption = None,
    layer_crs: LayerCrsOption = None,
    as_of: AsOfOption = None,
    override: OverrideOption = None,
    code_scheme: CodeSchemeOption = None,
    select: Annotated[
        list[str] | None, typer.Option(help=help_text("snapshot_select"), metavar="ID")
    ] = None,
    proposal: Annotated[
        Path | None, typer.Option(help=help_text("snapshot_proposal"), metavar="FILE")
    ] = None,
    scenario: Annotated[
        list[str] | None, typer.Option(help=help_text("snapshot_scenario"), metavar="ID")
    ] = None,
    permu: Annotated[
        Path | None, typer.Option(help=help_text("snapshot_permu"), metavar="FILE")
    ] = None,
    scheme: Annotated[
        list[str] | None, typer.Option("--scheme", help=help_text("permu_scheme"), metavar="ID")
    ] = None,
    store: Annotated[
        str | None, typer.Option(help=help_text("store_address"), metavar="FILE|URL")
    ] = None,
    level: Annotated[
        Literal["internal", "partner", "public"], typer.Option(help=help_text("snapshot_level"))
    ] = "internal",
    title: Annotated[str | None, typer.Option(help=help_text("snapshot_title"))] = None,
    at: Annotated[str | None, typer.Option(help=help_text("snapshot_at"), metavar="ISO")] = None,
    by: Annotated[str, typer.Option(help=help_text("snapshot_by"))] = "",
    force: ForceOption = False,
    crs: SurveyCrsOption = None,
    axes: AxesOption = None,
    file_layer: FileLayerOption = None,
    column: ColumnsOption = None,
    area_unit: AreaUnitOption = None,
    repair: RepairOption = False,
    lang: LangOption = "zh",
) -> None:
    """Make a snapshot; the sentence of the help is in the messages."""
    from parcels.cli_check import CheckOptions
    from parcels.cli_files import SurveyOptions
    from parcels.cli_snapshot import run_create
    from parcels.cli_snapshot_cases import CreateOptions

    survey = SurveyOptions(
        crs=crs,
        axes=axes,
        layer=file_layer,
        columns=tuple(column or ()),
        area_unit=area_unit,
        repair=repair,
        lang=lang,
    )
    check = CheckOptions(
        file=file,
        survey=survey,
        scheme=code_scheme,
        packs=tuple(pack) if pack else None,
        layers=tuple(layer or ()),
        covers=tuple(covers or ()),
        layer_crs=layer_crs,
        as_of=as_of,
        overrides=override,
        lang=lang,
    )
    options = CreateOptions(
        check=check,
        select=tuple(one for ids in select or () for one in ids.split(",")),
        proposal=proposal,
        scenarios=tuple(scenario or ()),
        permu=permu,
        schemes=tuple(scheme or ()),
        store=store,
        level=level,
        title=title,
        at=at,
        by=by,
        output=output,
        force=force,
        lang=lang,
    )
    raise typer.Exit(run_create(options))


@app.command(help=help_text("snapshot_verify"))
def verify(
    *,
    file: _SnapshotFile,
    against: Annotated[
        Path | None, typer.Option(help=help_text("snapshot_against"), metavar="FILE")
    ] = None,
    expect: Annotated[str, typer.Option(help=help_text("snapshot_expect"), metavar="DIGEST")] = "",
    as_json: _JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Verify a snapshot; the sentence of the help is in the messages."""
    from parcels.cli_snapshot import run_verify

    code = run_verify(file, against=against, expect=expect, as_json=as_json, lang=lang)
    raise typer.Exit(code)


@app.command(help=help_text("snapshot_diff"))
def diff(
    *,
    before: _SnapshotFile,
    after: Annotated[Path, typer.Argument(help=help_text("snapshot_after"), metavar="FILE")],
    as_json: _JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Compare two snapshots; the sentence of the help is in the messages."""
    from parcels.cli_snapshot import run_diff

    raise typer.Exit(run_diff(before, after, as_json=as_json, lang=lang))
