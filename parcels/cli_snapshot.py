"""``snapshot``: making, verifying and comparing snapshots."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.limits import DEFAULT_LIMITS
from geo.read.source import content_of
from parcels import VERSION
from parcels.cli_files import console_of
from parcels.cli_snapshot_cases import CreateOptions, made_at, subject_of
from parcels.messages import text
from parcels.output_files import require_free, require_new_folder, write_folder, write_output
from parcels.snapshot.files import read_snapshot
from parcels.wording import failure_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parcels.snapshot.model import Snapshot
    from parcels.snapshot.verifying.model import State

DONE, DIFFERS, UNUSABLE, SEALED = 0, 1, 2, 3
_EXIT: dict[State, int] = {"verified": DONE, "differs": DIFFERS, "sealed": SEALED}


def run_create(options: CreateOptions) -> int:
    """Make a snapshot and write it in the form that the suffix of the output says.

    An output without a suffix is a new folder: the files of the package lie in it.

    Returns
    -------
    int
        0 written, 2 input, option or output cannot be used.
    """
    return _guarded(options.lang, as_json=False, work=lambda: _create(options))


def _create(options: CreateOptions) -> int:
    from parcels.snapshot.building import Head, build
    from parcels.snapshot.levels import leaving, reduced

    write = _writer(options)
    at = made_at(options.at)
    subject = subject_of(options)
    title = options.title if options.title is not None else subject.title
    head = Head(title=title, lang=options.lang, at=at, by=options.by, app=VERSION)
    snapshot = build(subject.kind, subject.case, head)
    if options.level != "internal":
        for one in leaving(snapshot, options.level).warnings:
            console_of(sys.stderr).print(one)
        snapshot = reduced(snapshot, options.level)
    write(snapshot)
    written = {"file": options.output.name, "digest": snapshot.digest}
    console_of(sys.stdout).print(text(options.lang, "cli.snapshot.written", **written))
    return DONE


def _writer(options: CreateOptions) -> Callable[[Snapshot], None]:
    """Give what writes the output; refuse one that cannot be written before any work is done."""
    from parcels.snapshot.package.archive import package_files
    from parcels.snapshot.writers import WRITERS

    output = options.output
    suffix = output.suffix.lower().removeprefix(".")
    if not suffix:
        require_new_folder(output)
        return lambda snapshot: write_folder(output, package_files(snapshot))
    if suffix not in WRITERS:
        raise PlannerError("snapshot_suffix_unknown", output=output.name, known=list(WRITERS))
    require_free(output, force=options.force)
    return lambda snapshot: write_output(output, WRITERS[suffix](snapshot), force=options.force)


def run_verify(file: Path, *, against: Path | None, expect: str, as_json: bool, lang: str) -> int:
    """Verify a file.

    Returns
    -------
    int
        0 verified, 1 differs, 3 sealed but not computed again, 2 it cannot be used.
    """
    from parcels.snapshot.verify import verify
    from parcels.snapshot.verifying.words import verify_entry, verify_lines

    def work() -> int:
        internal = _read(against) if against is not None else None
        report = verify(_bytes(file), file.name, against=internal, expect=expect)
        if as_json:
            _print_json(verify_entry(report, lang))
        else:
            _print_lines(verify_lines(report, lang))
        return _EXIT[report.state]

    return _guarded(lang, as_json=as_json, work=work)


def run_diff(before: Path, after: Path, *, as_json: bool, lang: str) -> int:
    """Compare two snapshots.

    Returns
    -------
    int
        0 no verdict changed (of other kinds: no value), 1 some did, 2 they cannot be used.
    """
    from parcels.snapshot.diff import diff
    from parcels.snapshot.differing.words import diff_entry, diff_lines
    from parcels.snapshot.input_values import reading

    def work() -> int:
        one, other = _read(before), _read(after)
        with reading("content"):  # whoever changed it could seal it again
            report = diff(one, other)
        if as_json:
            _print_json(diff_entry(report, lang))
        else:
            _print_lines(diff_lines(report, lang))
        changed = report.verdicts if report.before.kind == "review" else report.values
        return DIFFERS if changed or report.gone or report.new else DONE

    return _guarded(lang, as_json=as_json, work=work)


def _read(path: Path) -> Snapshot:
    return read_snapshot(_bytes(path), path.name)


def _bytes(path: Path) -> bytes:
    """Return the bytes of a file, of a folder those of its package; an error names it."""
    if path.is_dir():
        return _packed(path)
    try:
        return content_of(path, DEFAULT_LIMITS)
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": path.name, **error.values}) from error


def _packed(folder: Path) -> bytes:
    from parcels.snapshot.package.archive import zip_bytes

    files = sorted(one for one in folder.iterdir() if one.is_file() and not one.is_symlink())
    return zip_bytes({one.name: content_of(one, DEFAULT_LIMITS) for one in files})


def _guarded(lang: str, *, as_json: bool, work: Callable[[], int]) -> int:
    try:
        return work()
    except PlannerError as error:
        sentence, hint = failure_text(lang, error)
        if as_json:
            _print_json({"error": {"code": error.code, "message": sentence, "hint": hint}})
        console_of(sys.stderr).print(f"{sentence}\n{hint}".strip())
        return UNUSABLE


def _print_lines(lines: list[str]) -> None:
    console = console_of(sys.stdout)
    for line in lines:
        console.print(line)


def _print_json(entry: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n")
