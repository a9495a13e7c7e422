"""``store``: backing up, restoring and verifying, as a table or JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.cli_files import console_of
from parcels.clock import utc_now
from parcels.messages import text
from parcels.output_files import require_free
from parcels.settings import load_settings
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from parcels.wording import failure_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from parcels.storage.backup import Content
    from parcels.storage.store import Store

_DONE, _FLAWED, _UNUSABLE = 0, 1, 2
_WIDTH = 100  # a digest has 64 digits


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreOptions:
    """What the user typed after ``store``; see ``docs/cli.md``."""

    store: str | None = None
    as_json: bool = False
    lang: str = "zh"


def run_backup(options: StoreOptions, file: Path, *, force: bool) -> int:
    """Back up everything; whoever may start the program on the machine owns its store.

    Returns
    -------
    int
        0 done, 2 not done.
    """

    def work(store: Store) -> int:
        require_free(file, force=force)
        contents = store.backup(SINGLE_DESK, file)
        return _done(options, "backed_up", file, contents)

    return _guarded(options, work)


def run_restore(options: StoreOptions, file: Path, *, safety: Path | None) -> int:
    """Restore a backup, all of it or nothing.

    Returns
    -------
    int
        0 done, 2 not done.
    """

    def work(store: Store) -> int:
        contents = store.restore(SINGLE_DESK, file, at=utc_now(), safety=safety)
        return _done(options, "restored", file, contents)

    return _guarded(options, work, there=False)


def run_verify(options: StoreOptions) -> int:
    """Verify the store.

    Returns
    -------
    int
        0 sound, 1 flawed, 2 it cannot be asked.
    """

    def work(store: Store) -> int:
        report, name = store.verify(), store.database.address.name
        said = [text(options.lang, f"store.flaw.{one.code}", **one.values) for one in report.flaws]
        if options.as_json:
            flaws = [
                {"code": one.code, "values": dict(one.values), "message": words}
                for one, words in zip(report.flaws, said, strict=True)
            ]
            found = {"sound": report.sound, "flaws": flaws, "tables": _plain(report.contents)}
            _print_json({"store": name} | found)
        else:
            console = console_of(sys.stdout)
            summary = "sound" if report.sound else "unsound"
            console.print(text(options.lang, f"cli.store.{summary}", store=name, count=len(said)))
            for words in said:
                console.print(f"- {words}")
            _print_contents(options, report.contents)
        return _DONE if report.sound else _FLAWED

    return _guarded(options, work)


def _guarded(options: StoreOptions, work: Callable[[Store], int], *, there: bool = True) -> int:
    """Work on the store; one that is asked about must be there, or a wrong name would be sound."""
    try:
        store = open_store(options.store or load_settings().store_address)
        if there and not store.database.exists():
            raise PlannerError("store_missing", file=store.database.address.name)  # noqa: TRY301 -- said like all others
        return work(store)
    except PlannerError as error:
        sentence, hint = failure_text(options.lang, error)
        if options.as_json:
            _print_json({"error": {"code": error.code, "message": sentence, "hint": hint}})
        console_of(sys.stderr).print(f"{sentence}\n{hint}".strip())
        return _UNUSABLE


def _done(options: StoreOptions, what: str, file: Path, contents: Mapping[str, Content]) -> int:
    if options.as_json:
        _print_json({"file": file.name, "tables": _plain(contents)})
    else:
        console_of(sys.stdout).print(text(options.lang, f"cli.store.{what}", file=file.name))
        _print_contents(options, contents)
    return _DONE


def _print_contents(options: StoreOptions, contents: Mapping[str, Content]) -> None:
    from rich.table import Table

    if not contents:
        return
    heads = [text(options.lang, f"cli.store.{one}") for one in ("table", "rows", "digest")]
    table = Table(*heads, box=None)
    for name, one in contents.items():
        table.add_row(name, str(one.rows), one.sha256)
    console_of(sys.stdout, at_least=_WIDTH).print(table)


def _plain(contents: Mapping[str, Content]) -> dict[str, dict[str, Any]]:
    return {name: {"rows": one.rows, "sha256": one.sha256} for name, one in contents.items()}


def _print_json(document: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
