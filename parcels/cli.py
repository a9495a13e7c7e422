"""The command line: options and exit codes; each command's work is in its own module."""

from __future__ import annotations

import os
import sys
from pathlib import Path  # noqa: TC003 -- typer reads the annotations when it runs
from typing import Annotated, Literal

import typer

from parcels.messages import LANGUAGES, text

_LANGUAGE_VARIABLE = "PARCELS_LANG"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _help(key: str) -> str:
    """Give the help of an option; the language is known before any option is read."""
    wanted = os.environ.get(_LANGUAGE_VARIABLE, "")
    return text(wanted if wanted in LANGUAGES else LANGUAGES[0], f"cli.help.{key}")


@app.callback(help=_help("app"))
def _app() -> None:
    """Keep ``locate`` a command of its own while it is the only one."""


@app.command(help=_help("locate"))
def locate(  # noqa: PLR0913 -- one parameter an option
    *,
    phrases: Annotated[
        list[str] | None, typer.Argument(help=_help("phrases"), metavar="PHRASE")
    ] = None,
    area: Annotated[str | None, typer.Option(help=_help("area"))] = None,
    network: Annotated[Path | None, typer.Option(help=_help("network"))] = None,
    name_column: Annotated[str | None, typer.Option(help=_help("name_column"))] = None,
    crs: Annotated[str | None, typer.Option(help=_help("crs"))] = None,
    layer: Annotated[str | None, typer.Option(help=_help("layer"))] = None,
    source: Annotated[
        str | None, typer.Option("--from", help=_help("source"), metavar="FILE|-")
    ] = None,
    column: Annotated[str | None, typer.Option(help=_help("column"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_help("json"))] = False,
    lang: Annotated[
        Literal["zh", "en"], typer.Option(help=_help("lang"), envvar=_LANGUAGE_VARIABLE)
    ] = "zh",
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


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app(prog_name="python -m parcels")
