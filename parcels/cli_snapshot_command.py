"""The commands ``snapshot …`` with their options; the work is in `parcels.cli_snapshot`."""

from __future__ import annotations

from dataclasses import replace
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


_OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help=help_text("snapshot_output"), metavar="OUT")
]
_SelectOption = Annotated[
    list[str] | None, typer.Option(help=help_text("snapshot_select"), metavar="ID")
]
_ProposalOption = Annotated[
    Path | None, typer.Option(help=help_text("snapshot_proposal"), metavar="FILE")
]
_ScenarioOption = Annotated[
    list[str] | None, typer.Option(help=help_text("snapshot_scenario"), metavar="ID")
]
_PermuOption = Annotated[
    Path | None, typer.Option(help=help_text("snapshot_permu"), metavar="FILE")
]
_SchemeOption = Annotated[
    list[str] | None, typer.Option("--scheme", help=help_text("permu_scheme"), metavar="ID")
]
_StoreOption = Annotated[
    str | None, typer.Option(help=help_text("store_address"), metavar="FILE|URL")
]
_LevelOption = Annotated[
    Literal["internal", "partner", "public"], typer.Option(help=help_text("snapshot_level"))
]
_TitleOption = Annotated[str | None, typer.Option(help=help_text("snapshot_title"))]
_AtOption = Annotated[str | None, typer.Option(help=help_text("snapshot_at"), metavar="ISO")]
_ByOption = Annotated[str, typer.Option(help=help_text("snapshot_by"))]


@app.command(help=help_text("snapshot_create"), epilog=limits_help())
def create(  # noqa: PLR0913 -- one parameter an option
    *,
    file: CheckFile = None,
    output: _OutputOption,
    pack: PackOption = None,
    layer: KindLayerOption = None,
    covers: CoversOption = None,
    layer_crs: LayerCrsOption = None,
    as_of: AsOfOption = None,
    override: OverrideOption = None,
    code_scheme: CodeSchemeOption = None,
    select: _SelectOption = None,
    proposal: _ProposalOption = None,
    scenario: _ScenarioOption = None,
    permu: _PermuOption = None,
    scheme: _SchemeOption = None,
    store: _StoreOption = None,
    level: _LevelOption = "internal",
    title: _TitleOption = None,
    at: _AtOption = None,
    by: _ByOption = "",
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

    columns = tuple(column or ())
    survey = SurveyOptions(crs=crs, axes=axes, layer=file_layer, columns=columns, lang=lang)
    survey = replace(survey, area_unit=area_unit, repair=repair)
    layers, packs = tuple(layer or ()), tuple(pack) if pack else None
    check = CheckOptions(file=file, survey=survey, scheme=code_scheme, packs=packs, lang=lang)
    check = replace(check, layers=layers, covers=tuple(covers or ()), layer_crs=layer_crs)
    check = replace(check, as_of=as_of, overrides=override)
    named = tuple(one for ids in select or () for one in ids.split(","))
    options = CreateOptions(check=check, select=named, output=output, force=force, lang=lang)
    options = replace(options, proposal=proposal, scenarios=tuple(scenario or ()), store=store)
    options = replace(options, permu=permu, schemes=tuple(scheme or ()))
    raise typer.Exit(run_create(replace(options, level=level, title=title, at=at, by=by)))


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
