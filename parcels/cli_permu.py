"""``permu``: firms and parcels scored by published schemes, as tables or JSON lines."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.cli_files import console_of
from parcels.cli_permu_table import WIDTH, print_result, print_schemes, print_zone
from parcels.permu.model import Answers
from parcels.permu.rating import rate
from parcels.permu.reading import read_firms
from parcels.permu.report import class_entries, result_entry, scheme_entries, zone_entry
from parcels.permu.schemes import find_classes, find_scheme, read_schemes
from parcels.wording import failure_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from parcels.permu.model import Denominator, Status
    from parcels.permu.schemes import Scheme

_SAID, _UNUSABLE, _UNKNOWN = 0, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PermuOptions:
    """What the user typed after ``permu``; see ``docs/cli.md``."""

    path: Path | None = None
    schemes: tuple[str, ...] = ()
    denominator: Denominator | None = None
    classes: str | None = None
    columns: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sheet: str | None = None
    status: Status | None = None
    show_list: bool = False
    show_zone: bool = False
    as_json: bool = False
    lang: str = "zh"

    def answers(self) -> Answers:
        """Return the answers to what the table leaves open; ``permu_option``."""
        return Answers(
            columns=_pairs(self.columns),
            units=_pairs(self.units),
            sheet=self.sheet,
            status=self.status,
        )


def run(options: PermuOptions) -> int:
    """Rate a file by every scheme that was named.

    Parameters
    ----------
    options : PermuOptions
        What the user typed.

    Returns
    -------
    int
        0 every rated firm has a score, 3 something is unknown, 2 the file or an option cannot
        be used.
    """
    console = console_of(sys.stdout, at_least=WIDTH)
    try:
        if options.show_list or options.show_zone:
            return _show(options, console)
        return _rate(options, console)
    except PlannerError as error:
        sentence, hint = failure_text(options.lang, error)
        if options.as_json:
            _say({"error": error.code, "message": sentence, "hint": hint})
        console_of(sys.stderr).print(f"{sentence}\n{hint}")
        return _UNUSABLE


def _show(options: PermuOptions, console: Console) -> int:
    """Print what needs no file."""
    if options.as_json:
        listed = {"schemes": scheme_entries(options.lang), "classes": class_entries(options.lang)}
        _say({**(listed if options.show_list else {}), **_zone(options)})
        return _SAID
    if options.show_list:
        print_schemes(console, options.lang)
    if options.show_zone:
        print_zone(console, options.lang)
    return _SAID


def _zone(options: PermuOptions) -> dict[str, Any]:
    return {"zone": zone_entry(options.lang)} if options.show_zone else {}


def _rate(options: PermuOptions, console: Console) -> int:
    if options.path is None or not options.schemes:
        raise PlannerError("permu_nothing_asked")
    asked = [scheme for name in options.schemes for scheme in _schemes_of(name)]
    borrowed = find_classes(options.classes) if options.classes else None
    table = read_firms(options.path, options.path.name, options.answers())
    results = [
        rate(table, scheme, denominator=options.denominator, borrowed=borrowed) for scheme in asked
    ]
    for result in results:
        if options.as_json:
            _say(result_entry(table, result, options.lang))
        else:
            print_result(console, table, result, options.lang)
    sys.stdout.flush()
    return _UNKNOWN if any(result.is_unknown for result in results) else _SAID


def _schemes_of(name: str) -> Sequence[Scheme]:
    """Return a published scheme, or all of a user's own file."""
    path = Path(name)
    return read_schemes(path) if path.suffix == ".toml" else (find_scheme(name),)


def _pairs(typed: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in typed:
        name, sign, value = one.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise PlannerError("permu_option", value=one)
        found[name.strip()] = value.strip()
    return found


def _say(entry: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n")
