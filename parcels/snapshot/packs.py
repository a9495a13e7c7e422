"""Rule packs inside a snapshot: every word of them, so that they count and not those of today."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from geo.errors import PlannerError
from parcels.rules.load import all_packs, book_of
from parcels.rules.model import Override, Pack
from parcels.rules.tables import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.rules.load import RuleBook

Entry = dict[str, Any]


def book_to_plain(book: RuleBook) -> Entry:
    """Give a book as values of JSON.

    Returns
    -------
    dict
        ``as_of``; ``packs`` in their order, in full; ``overrides`` that stand in the book;
        ``tables``: SHA-256 of each file of the rule data beside the packs, as this program has it.
        What an example of a rule was given is JSON in a text: 1.0 there is another word than 1.
    """
    return {
        "as_of": book.as_of.isoformat(),
        "packs": [_pack_to_plain(pack) for pack in book.packs],
        "overrides": [one.model_dump(mode="json") for one in book.overrides()],
        "tables": dict(table_digests()),
    }


def book_from_plain(plain: Mapping[str, Any], place: str = "inputs.book") -> RuleBook:
    """Read a book back; its digest is the same as long as the tables of this program are.

    Parameters
    ----------
    plain : mapping
        As `book_to_plain` gives it.
    place : str
        Path of it in the snapshot, for errors.

    Raises
    ------
    PlannerError
        ``snapshot_input_unusable`` with path, value and what is wrong.
    """
    packs = [
        _pack_from_plain(one, f"{place}.packs.{at}")
        for at, one in enumerate(_listed(plain, "packs", place))
    ]
    overrides = [
        _validated(Override, one, f"{place}.overrides.{at}")
        for at, one in enumerate(_listed(plain, "overrides", place))
    ]
    return book_of(packs, _day(plain.get("as_of"), f"{place}.as_of"), overrides)


@cache
def table_digests() -> Mapping[str, str]:
    """Digests of the files that rules and checks read beside the packs, by file name.

    Line ends do not count: they differ between systems.
    """
    files = sorted(one for one in DATA.iterdir() if one.suffix in {".csv", ".toml"})
    return {one.name: hashlib.sha256(_with_lf(one.read_bytes())).hexdigest() for one in files}


def shipped_packs() -> Mapping[str, Entry]:
    """Return the packs of this program as values of JSON by id, as snapshots hold them."""
    return {pack.id: _pack_to_plain(pack) for pack in all_packs().values()}


def unusable(place: str, value: Any, problem: str) -> PlannerError:
    """Say that an input of a snapshot cannot be read back: where, what it is, and why."""
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    said = f"{shown[:_LONGEST_VALUE]} ({problem})"
    return PlannerError("snapshot_input_unusable", where=place, value=said)


_LONGEST_VALUE = 80


def _with_lf(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _pack_to_plain(pack: Pack) -> Entry:
    plain = pack.model_dump(mode="json")
    for rule, entry in zip(pack.rule, plain["rule"], strict=True):
        for example, given in zip(entry["examples"], rule.examples, strict=True):
            example["given"] = json.dumps(given.given, ensure_ascii=False, default=str)
    return plain


def _pack_from_plain(plain: Any, place: str) -> Pack:
    if not isinstance(plain, dict) or not isinstance(plain.get("rule"), list):
        raise unusable(place, plain, "no pack")
    rules = [_rule(one, place) for one in plain["rule"]]
    pack: Pack = _validated(Pack, {**plain, "rule": rules}, place)
    return pack


def _rule(plain: Any, place: str) -> Any:
    """Put what the examples were given in place of its text."""
    if not isinstance(plain, dict) or not isinstance(plain.get("examples"), list):
        return plain
    return {**plain, "examples": [_example(one, place) for one in plain["examples"]]}


def _example(plain: Any, place: str) -> Any:
    if not isinstance(plain, dict) or not isinstance(plain.get("given"), str):
        return plain
    try:
        return {**plain, "given": json.loads(plain["given"])}
    except ValueError as error:
        raise unusable(f"{place}.rule.examples.given", plain["given"], str(error)) from error


def _validated(model: Any, plain: Any, place: str) -> Any:
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join([place, *(str(step) for step in first["loc"])])
        raise unusable(where, first["input"], first["msg"]) from error


def _listed(plain: Any, name: str, place: str) -> Sequence[Any]:
    found = plain.get(name) if isinstance(plain, dict) else None
    if not isinstance(found, list):
        raise unusable(f"{place}.{name}", found, "no list")
    return found


def _day(value: Any, place: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise unusable(place, value, str(error)) from error
