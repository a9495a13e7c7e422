"""JSON as strangers send it: where it breaks off, which key stands twice, how deep it goes."""

from __future__ import annotations

import json
from typing import Any

from geo.errors import PlannerError
from parcels.snapshot.canonical import canonical_bytes

_SHOWN = 40


def parsed(data: bytes, name: str) -> Any:
    """Read JSON whose keys stand once; a byte order mark and line ends do not matter.

    Raises
    ------
    PlannerError
        ``snapshot_truncated``, ``snapshot_unreadable`` with line and column,
        ``snapshot_value_unfit`` for numbers that are none and nesting too deep, or
        ``snapshot_key_twice``.
    """
    text = _text(data, name)
    try:
        found = json.loads(text, object_pairs_hook=_once(name), parse_constant=_no_number)
        canonical_bytes(found)
    except json.JSONDecodeError as error:
        raise _unreadable(text, error, name, len(data)) from error
    except (ValueError, RecursionError) as error:
        problem = str(error)[:_SHOWN]
        raise PlannerError("snapshot_value_unfit", file=name, problem=problem) from error
    return found


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        problem = f"0x{data[error.start]:02x}"
        raise PlannerError(
            "snapshot_unreadable", file=name, line=line, column=column, problem=problem
        ) from error


def _unreadable(text: str, error: json.JSONDecodeError, name: str, size: int) -> PlannerError:
    unfinished = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    if unfinished and not text.rstrip().endswith("}}"):
        return PlannerError("snapshot_truncated", file=name, bytes=size)
    found = text[error.pos : error.pos + _SHOWN].partition("\n")[0]
    problem = f"{error.msg}: {found}" if found else error.msg
    return PlannerError(
        "snapshot_unreadable", file=name, line=error.lineno, column=error.colno, problem=problem
    )


def _once(name: str) -> Any:
    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise PlannerError("snapshot_key_twice", file=name, key=twice)
        return found

    return collect


def _no_number(written: str) -> Any:
    raise ValueError(f"{written} is no number")
