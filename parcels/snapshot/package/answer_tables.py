"""Answers of any kind as tables: each list of entries a table, each nested value a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import messages
from parcels.snapshot.package.table import Column, Table, plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcels.snapshot.model import Content
    from parcels.snapshot.package.table import Entry

_FIRST = ("rows", "findings", "ledger", "indices", "comparison", "balance", "figures")
_OF = "of"
_MARK = " · "


def answer_tables(content: Content) -> list[Table]:
    """Give every list of entries in the answers as a table, the most asked for first.

    Nested entries become columns called after their path; a list of entries inside an entry
    becomes a table of its own, whose column ``of`` names the entry. Single values of the answers
    stand in the table ``answers``. Nothing is left out and nothing is added.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    single = _row(content.get("answers") or {}, "", "", found)
    titles = _titles(content.get("answers") or {})
    tables = [_table(path, rows, titles, content["lang"]) for path, rows in found.items()]
    if single:
        facts = [{"subject": path, "value": value} for path, value in single.items()]
        tables.append(_facts(facts, titles, content["lang"]))
    return sorted(tables, key=_rank)


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
            rows.append({"value": plain_cell(one)})
            continue
        named = str(next((one[key] for key in ("id", "scheme", "key") if one.get(key)), at))
        known = f"{own}/{named}" if own else named
        rows.append(({_OF: own} if own else {}) | _row(one, path, known, found))


def _table(path: str, rows: list[dict[str, Any]], titles: Mapping[str, str], lang: str) -> Table:
    keys = dict.fromkeys(key for row in rows for key in row)
    columns = tuple(
        Column(
            name=key,
            values=[row.get(key) for row in rows],
            title=_worded(key, titles, lang),
        )
        for key in keys
    )
    last = path.rpartition(".")[2]
    title = messages(lang).get(f"package.table.{last}", "") or _worded(path, titles, lang)
    return Table(name=path.replace(".", "_"), columns=columns, title=title)


def _facts(facts: list[dict[str, Any]], titles: Mapping[str, str], lang: str) -> Table:
    subjects = [_worded(one["subject"], titles, lang) for one in facts]
    columns = (
        Column(name="subject", values=subjects),
        Column(name="value", values=[one["value"] for one in facts]),
    )
    return Table(name="answers", columns=columns)


def _worded(path: str, titles: Mapping[str, str], lang: str) -> str:
    """Say a path in words: titles that the content gives to its ids, then our own."""
    known = messages(lang)
    parts = path.split(".")
    return _MARK.join(titles.get(one) or known.get(f"package.column.{one}", one) for one in parts)


def _titles(answers: Any) -> dict[str, str]:
    """Collect what the answers call their ids."""
    return {
        one["id"]: one["title"]
        for one in _entries(answers)
        if isinstance(one.get("id"), str) and isinstance(one.get("title"), str)
    }


def _entries(value: Any) -> Iterator[Entry]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _entries(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _entries(one)


def _rank(table: Table) -> int:
    last = table.name.rpartition("_")[2]
    return _FIRST.index(last) if last in _FIRST else len(_FIRST) + (table.name == "answers")
