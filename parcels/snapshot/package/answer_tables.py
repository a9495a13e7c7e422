"""Answers of proposals, scenarios and rankings as tables: lists of entries, flattened."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcels.messages import messages
from parcels.snapshot.package.table import Column, Table, plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcels.snapshot.model import Content
    from parcels.snapshot.package.table import Entry

_OF = "of"
_MARK = " · "
_FILE = Path(__file__).parent / "data" / "tables.toml"


@cache
def _wanted() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Read which lists of entries are tables, and which fields are columns."""
    found: dict[str, dict[str, list[str]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return found


def answer_tables(content: Content) -> list[Table]:
    """Give the tables of a kind; a field that the level leaves out has no column.

    Nested entries become columns called after their path; a list of entries inside an entry is a
    table of its own, whose column ``of`` names the entry.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    answers = content.get("answers") or {}
    _row(answers, "", "", found)
    titles = _titles(answers)
    return [
        _table(path, rows, wanted, titles, content["lang"])
        for path, wanted in _wanted().get(content["kind"], {}).items()
        if (rows := found.get(path))
    ]


def _row(
    entry: Entry, path: str, own: str, found: dict[str, list[dict[str, Any]]], before: str = ""
) -> dict[str, Any]:
    """Flatten an entry; lists of entries in it go to their own tables."""
    row: dict[str, Any] = {}
    for key, value in entry.items():
        name = f"{before}.{key}" if before else key
        if isinstance(value, dict):
            row |= _row(value, path, own, found, name)
        elif isinstance(value, (list, tuple)) and any(isinstance(one, dict) for one in value):
            _rows(value, f"{path}.{name}" if path else name, own, found)
        else:
            row[name] = plain_cell(value)
    return row


def _rows(
    entries: Sequence[Any], path: str, own: str, found: dict[str, list[dict[str, Any]]]
) -> None:
    rows = found.setdefault(path, [])
    for at, one in enumerate(entries, start=1):
        if not isinstance(one, dict):
            continue
        named = str(next((one[key] for key in ("id", "scheme", "key") if one.get(key)), at))
        known = f"{own}/{named}" if own else named
        rows.append(({_OF: own} if own else {}) | _row(one, path, known, found))


def _table(
    path: str,
    rows: list[dict[str, Any]],
    wanted: Sequence[str],
    titles: Mapping[str, str],
    lang: str,
) -> Table:
    keys = dict.fromkeys(key for row in rows for key in row)
    chosen = dict.fromkeys(key for one in wanted for key in keys if fnmatchcase(key, one))
    columns = tuple(
        Column(
            name=key,
            values=[_cell(key, row, titles) for row in rows],
            title=_worded(key, titles, lang),
        )
        for key in chosen
    )
    name = path.replace(".", "_")
    return Table(name=name, columns=columns)


def _cell(key: str, row: Mapping[str, Any], titles: Mapping[str, str]) -> Any:
    """Give a value; the entry that a row belongs to by its name."""
    value = row.get(key)
    if key == _OF and isinstance(value, str):
        return _MARK.join(titles.get(one, one) for one in value.split("/"))
    return value


def _worded(key: str, titles: Mapping[str, str], lang: str) -> str:
    """Say a path in words: titles that the content gives to its ids, then our own; "" for codes."""
    known, parts = messages(lang), key.split(".")
    if len(parts) == 1 and key not in titles:
        return ""
    named = [one for one in parts if one != "value"]
    said = [titles.get(one) or known.get(f"package.column.{one}", one) for one in named]
    return _MARK.join(one for one in said if one)


def _titles(answers: Any) -> dict[str, str]:
    """Collect what the answers call their ids, with the unit where they have one."""
    found: dict[str, str] = {}
    for one in _entries(answers):
        title, key = one.get("title") or one.get("name"), one.get("id") or one.get("scheme")
        if isinstance(key, str) and isinstance(title, str):
            unit = one.get("unit")
            found[key] = f"{title}（{unit}）" if unit and unit != "1" else title
    return found


def _entries(value: Any) -> Iterator[Entry]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _entries(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _entries(one)
