"""The command ``proposal`` with its options; the work is in `parcels.cli_proposal`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations when it runs
from typing import Annotated, Literal

import typer

from parcels.cli_options import AsOfOption, ForceOption, LangOption, OverrideOption, help_text


def proposal(  # noqa: PLR0913 -- one parameter an option
    *,
    file: Annotated[
        Path | None, typer.Argument(help=help_text("proposal_file"), metavar="FILE")
    ] = None,
    pack: Annotated[
        list[str] | None, typer.Option("--pack", help=help_text("proposal_pack"), metavar="ID")
    ] = None,
    as_of: AsOfOption = None,
    override: OverrideOption = None,
    remedy: Annotated[bool, typer.Option("--remedy", help=help_text("proposal_remedy"))] = False,
    may: Annotated[
        list[str] | None, typer.Option("--may", help=help_text("proposal_may"), metavar="LEVER")
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", help=help_text("proposal_weight"), metavar="LEVER=NUMBER"),
    ] = None,
    lock: Annotated[
        list[str] | None, typer.Option("--lock", help=help_text("proposal_lock"), metavar="FIELD")
    ] = None,
    best: Annotated[
        Literal["tax", "output", "jobs", "core"] | None,
        typer.Option("--best", help=help_text("proposal_best")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=help_text("proposal_json"))] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=help_text("proposal_output"))
    ] = None,
    force: ForceOption = False,
    template: Annotated[
        Literal["xlsx", "toml", "json"] | None,
        typer.Option("--template", help=help_text("proposal_template")),
    ] = None,
    example: Annotated[
        str | None, typer.Option("--example", help=help_text("proposal_example"), metavar="ID")
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help=help_text("proposal_list"))] = False,
    lang: LangOption = "zh",
) -> None:
    """Judge a proposal; the sentence of the help is in the messages."""
    from parcels.cli_proposal import ProposalOptions, run
    from parcels.cli_proposal_freedom import Wishes

    options = ProposalOptions(
        path=file,
        packs=tuple(pack) if pack else None,
        as_of=as_of,
        overrides=override,
        remedy=remedy,
        wishes=Wishes(may=tuple(may or ()), weights=tuple(weight or ()), locks=tuple(lock or ())),
        best=best,
        as_json=as_json,
        output=output,
        force=force,
        template=template,
        example=example,
        show_list=show_list,
        lang=lang,
    )
    raise typer.Exit(run(options))
