"""Firms, schemes and classes as values of JSON, and back without a loss."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

from geo.read.parsed import Note
from parcels.permu.model import STATUSES, Answers, Column, Firm, FirmTable
from parcels.permu.schemes import ClassTable, Scheme, Size, Trade
from parcels.snapshot.input_values import (
    exact_number,
    exact_text,
    from_named,
    named,
    one_of,
    reading,
)
from parcels.snapshot.review.layers import fault_of, fault_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from parcels.snapshot.permu.case import PermuCase

Entry = dict[str, Any]


def permu_inputs(case: PermuCase) -> Entry:
    """Give all that the ranking rests on; exact numbers are texts such as ``-3/2000``."""
    settled = case.settled
    return {
        "table": _table_to_plain(case.table),
        "settled": {
            "columns": named(settled.columns),
            "units": named(settled.units),
            "sheet": settled.sheet,
            "status": settled.status,
        },
        "file_digest": case.file_digest,
        "schemes": [one.model_dump(mode="json") for one in case.schemes],
        "tables": [one.model_dump(mode="json") for one in case.tables.values()],
        "borrowed": case.borrowed.model_dump(mode="json") if case.borrowed else None,
        "denominator": case.denominator,
    }


def table_of(plain: Entry) -> FirmTable:
    """Read the firms back."""
    firms = []
    for at, one in enumerate(plain["firms"]):
        with reading(f"inputs.table.firms.{at}"):
            firms.append(_firm_of(one))
    with reading("inputs.table"):
        return FirmTable(
            title=plain["title"],
            firms=tuple(firms),
            columns=tuple(
                Column(**{**one, "factor": exact_number(one["factor"])}) for one in plain["columns"]
            ),
            unread=tuple(plain["unread"]),
            skipped=tuple(map(fault_of, plain["skipped"])),
            notes=tuple(_note_of(one) for one in plain["notes"]),
        )


def settled_of(plain: Entry) -> Answers:
    """Read back what was settled."""
    with reading("inputs.settled"):
        one_of(plain["status"], (*STATUSES, None))
        return Answers(
            columns=from_named(plain["columns"]),
            units=from_named(plain["units"]),
            sheet=plain["sheet"],
            status=plain["status"],
        )


def schemes_of(plain: list[Entry]) -> tuple[Scheme, ...]:
    """Read the schemes back."""
    found = []
    for at, one in enumerate(plain):
        with reading(f"inputs.schemes.{at}"):
            found.append(Scheme.model_validate(one))
    return tuple(found)


def classes_of(plain: Entry, where: str) -> ClassTable:
    """Read a class table back."""
    with reading(where):
        return ClassTable.model_validate(plain)


def _table_to_plain(table: FirmTable) -> Entry:
    return {
        "title": table.title,
        "firms": [_firm_to_plain(one) for one in table.firms],
        "columns": [{**asdict(one), "factor": exact_text(one.factor)} for one in table.columns],
        "unread": list(table.unread),
        "skipped": [fault_plain(one) for one in table.skipped],
        "notes": [{"code": one.code, "values": dict(one.values)} for one in table.notes],
    }


def _firm_to_plain(firm: Firm) -> Entry:
    return {
        "id": firm.id,
        "row": firm.row,
        "name": firm.name,
        "credit_code": firm.credit_code,
        "parcel": firm.parcel,
        "status": firm.status,
        "size": firm.size,
        "trade": firm.trade,
        "amounts": _exact_texts(firm.amounts),
        "stated": _exact_texts(firm.stated),
        "faults": [{"name": role, **fault_plain(one)} for role, one in firm.faults.items()],
        "notes": [fault_plain(one) for one in firm.notes],
        "at": firm.at,
    }


def _firm_of(plain: Entry) -> Firm:
    one_of(plain["status"], STATUSES)
    one_of(plain["size"], (*get_args(Size), None))
    one_of(plain["trade"], (*get_args(Trade), "", None))
    return Firm(
        **{
            **plain,
            "amounts": _exact_numbers(plain["amounts"]),
            "stated": _exact_numbers(plain["stated"]),
            "faults": {one["name"]: fault_of(one) for one in plain["faults"]},
            "notes": tuple(map(fault_of, plain["notes"])),
        }
    )


def _exact_texts(amounts: Mapping[str, Fraction]) -> dict[str, str | None]:
    return {name: exact_text(number) for name, number in amounts.items()}


def _exact_numbers(plain: Mapping[str, str | None]) -> dict[str, Fraction]:
    found = {name: exact_number(text) for name, text in plain.items()}
    return {name: _known(number) for name, number in found.items()}


def _known(number: Fraction | None) -> Fraction:
    if number is None:
        raise ValueError("an amount is null")
    return number


def _note_of(plain: Entry) -> Note:
    return Note(code=plain["code"], values=dict(plain["values"]))
