"""The command ``expansion`` with its options; the work is in `parcels.cli_expansion`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations when it runs
from typing import Annotated

import typer

from parcels.cli_options import (
    AsOfOption,
    AxesOption,
    CheckOutputOption,
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
)


def expansion(  # noqa: PLR0913 -- one parameter an option
    *,
    file: Annotated[
        Path | None, typer.Argument(help=help_text("expansion_file"), metavar="[FILE]")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help=help_text("expansion_demo"))] = False,
    zone: Annotated[
        str | None, typer.Option("--zone", help=help_text("expansion_zone"), metavar="FILE")
    ] = None,
    layer: KindLayerOption = None,
    covers: CoversOption = None,
    layer_crs: LayerCrsOption = None,
    stock: Annotated[
        list[str] | None,
        typer.Option("--stock", help=help_text("expansion_stock"), metavar="KEY=AREA"),
    ] = None,
    batty: Annotated[bool, typer.Option("--batty", help=help_text("expansion_batty"))] = False,
    pack: PackOption = None,
    as_of: AsOfOption = None,
    override: OverrideOption = None,
    as_json: Annotated[bool, typer.Option("--json", help=help_text("proposal_json"))] = False,
    output: CheckOutputOption = None,
    force: ForceOption = False,
    crs: SurveyCrsOption = None,
    axes: AxesOption = None,
    file_layer: FileLayerOption = None,
    column: ColumnsOption = None,
    repair: RepairOption = False,
    lang: LangOption = "zh",
) -> None:
    """Measure an expansion area; the sentence of the help is in the messages."""
    from parcels.cli_expansion import ExpansionOptions, run
    from parcels.cli_files import SurveyOptions

    survey = SurveyOptions(
        crs=crs, axes=axes, layer=file_layer, columns=tuple(column or ()), repair=repair, lang=lang
    )
    options = ExpansionOptions(
        file=file,
        demo=demo,
        survey=survey,
        layers=((f"zone={zone}",) if zone else ()) + tuple(layer or ()),
        covers=tuple(covers or ()),
        layer_crs=layer_crs,
        stock=tuple(stock or ()),
        measure="E_BATTY" if batty else "E_PP",
        packs=tuple(pack) if pack else ("expansion",),
        as_of=as_of,
        overrides=override,
        as_json=as_json,
        output=output,
        force=force,
        lang=lang,
    )
    raise typer.Exit(run(options))
