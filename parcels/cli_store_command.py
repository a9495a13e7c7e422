"""The commands ``store …`` with their options; the work is in `parcels.cli_store`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parcels.cli_options import LangOption, help_text

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_FileArgument = Annotated[Path, typer.Argument(help=help_text("store_file"), metavar="FILE")]
_StoreOption = Annotated[
    str | None, typer.Option("--store", help=help_text("store_address"), metavar="FILE|URL")
]
_JsonOption = Annotated[bool, typer.Option("--json", help=help_text("store_json"))]


@app.command(help=help_text("store_backup"))
def backup(
    *,
    file: _FileArgument,
    store: _StoreOption = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("store_force"))] = False,
    as_json: _JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Back up; the sentence of the help is in the messages."""
    from parcels.cli_store import StoreOptions, run_backup

    options = StoreOptions(store=store, as_json=as_json, lang=lang)
    raise typer.Exit(run_backup(options, file, force=force))


@app.command(help=help_text("store_restore"))
def restore(
    *,
    file: _FileArgument,
    replace: Annotated[
        Path | None, typer.Option("--replace", help=help_text("store_replace"), metavar="FILE")
    ] = None,
    store: _StoreOption = None,
    as_json: _JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Restore; the sentence of the help is in the messages."""
    from parcels.cli_store import StoreOptions, run_restore

    options = StoreOptions(store=store, as_json=as_json, lang=lang)
    raise typer.Exit(run_restore(options, file, safety=replace))


@app.command(help=help_text("store_verify"))
def verify(
    *, store: _StoreOption = None, as_json: _JsonOption = False, lang: LangOption = "zh"
) -> None:
    """Verify; the sentence of the help is in the messages."""
    from parcels.cli_store import StoreOptions, run_verify

    raise typer.Exit(run_verify(StoreOptions(store=store, as_json=as_json, lang=lang)))
