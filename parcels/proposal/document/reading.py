"""A draft as it is typed, read into a proposal: what is known, what is not used and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from layers.codes import code_table
from parcels.messages import text
from parcels.proposal.document.contradictions import clashes, core_floor
from parcels.proposal.document.row_reading import Told, is_blank, read_row, shown, sums_up
from parcels.proposal.document.typed_words import class_of, coded, yes_or_no
from parcels.proposal.fields import (
    field_title,
    fields,
    floor_columns,
    quantity_words,
)
from parcels.proposal.model import FLOOR, LAND, Amount, Proposal, exactly
from parcels.wording import fault_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Fault
    from parcels.proposal.document.contradictions import Clash
    from parcels.proposal.draft import Draft
    from parcels.proposal.fields import ProposalField
    from parcels.proposal.model import Part

_WORDS = ("text", "class", "code", "choice", "yes_no", "function")
_NEVER_ZERO = ("site_area", "zone_industrial", "block_area", "industrial_supply", "height")
_TOTALS = ("gfa_total", "gfa_above_ground", "gfa_counted")
_COLUMN = {FLOOR: "area", LAND: "land"}
_ROW = re.compile(r"floors\[([0-9]+)\](?:\.(.+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A draft, read.

    Attributes
    ----------
    proposal : Proposal
        Only what is certain; what could not be used is left out, hence not known.
    faults : tuple of Fault
        What is typed and not used, all of it. ``where`` is a field (``site_area``), or a cell by
        its position in `Draft.floors`, from 0: ``floors[2].area``. `fault_words` says it.
    remarks : tuple of Fault
        What is to be told of values that are used, in the same way.
    echoes : mapping of str to str
        What was understood, by the same places: ``40,000.00 m² · 60.00 亩``.
    rows : tuple of int
        Position in `Draft.floors` of each part of the proposal: blank rows are no parts.
    """

    proposal: Proposal
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    echoes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rows: tuple[int, ...] = ()


def read_draft(draft: Draft, lang: str = "zh") -> Reading:
    """Read what is typed.

    Parameters
    ----------
    draft : Draft
    lang : str
        Of the echoes; nothing else depends on it.

    Returns
    -------
    Reading
        Never raises; the same draft gives the same reading.
    """
    told = Told(lang=lang)
    parts: list[Part] = []
    amounts: dict[str, Amount] = {}
    rows: list[int] = []
    for at, row in enumerate(draft.floors):
        if is_blank(row):
            continue
        if sums_up(row):
            told.remark("proposal_row_sums_up", f"floors[{at}]", value=_row_name(row))
            continue
        part, own = read_row(row, f"floors[{at}]", told)
        amounts |= {f"{kind}:{len(parts)}": amount for kind, amount in own.items()}
        parts.append(part)
        rows.append(at)
    _read_quantities(draft, parts, amounts, told)
    facts, answers = _read_words(draft, told)
    _split_nothing(draft, answers, amounts, told)
    _set_apart(parts, amounts, rows, told)
    proposal = Proposal(
        **facts,
        parts=tuple(parts),
        amounts=MappingProxyType(amounts),
        answers=MappingProxyType(answers),
    )
    return Reading(
        proposal=proposal,
        faults=tuple(sorted(told.faults, key=_order)),
        remarks=(*draft.told, *sorted(told.remarks, key=_order)),
        echoes=MappingProxyType(told.echoes),
        rows=tuple(rows),
    )


def place_words(lang: str, where: str) -> str:
    """Name a place of a draft: ``site_area``, ``floors[2].area`` (row 3: floor area)."""
    found = _ROW.fullmatch(where)
    if found is None:
        return quantity_words(lang, where) if where in fields() else where
    row = int(found[1]) + 1
    if found[2] not in floor_columns():
        return text(lang, "proposal.row", row=row)
    title = field_title(lang, floor_columns()[found[2]])
    return text(lang, "proposal.row_field", row=row, title=title)


def fault_words(lang: str, fault: Fault) -> str:
    """Say a fault or a remark of a draft with its place."""
    values = dict(fault.values)
    if "whole" in values:
        values["whole"] = quantity_words(lang, str(values["whole"]))
    said = fault_text(lang, type(fault)(code=fault.code, where=fault.where, values=values))
    if not fault.where:
        return said
    place = place_words(lang, fault.where)
    return text(lang, "proposal.fault", place=place, said=said)


def _read_quantities(
    draft: Draft, parts: list[Part], amounts: dict[str, Amount], told: Told
) -> None:
    """Read the fields of quantities; what is a share of another comes after that."""
    for name, asked in fields().items():
        typed = draft.fields.get(name, "")
        if asked.kind in _WORDS or not typed.strip():
            continue
        whole = amounts.get(asked.share_of)
        if asked.share_of == "core":
            whole = core_floor(parts, amounts)
        amount = told.quantity(name, typed, asked, whole, never_zero=name in _NEVER_ZERO)
        if amount is not None:
            amounts[name] = amount


def _read_words(draft: Draft, told: Told) -> tuple[dict[str, Any], dict[str, bool]]:
    facts: dict[str, Any] = {}
    answers: dict[str, bool] = {}
    for name, typed in draft.fields.items():
        if name not in fields() and typed.strip():
            told.fault("proposal_field_unknown", "", value=shown(name), typed=shown(typed))
    for name, asked in fields().items():
        typed = draft.fields.get(name, "")
        if asked.kind not in _WORDS or not typed.strip():
            continue
        if asked.kind == "text":
            if name == "title":
                facts[name] = typed.strip()
            continue
        found = _word(asked, typed)
        if found is None:
            code = f"proposal_{'answer' if asked.kind == 'yes_no' else name}_unknown"
            told.fault(code, name, value=shown(typed), options=" / ".join(asked.options))
            if name == "use":
                facts[name] = class_of(typed, "planned_class") or ""
        elif isinstance(found, bool):
            answers[name] = found
            told.echoes[name] = text(told.lang, "amount.yes" if found else "amount.no")
        else:
            facts[name] = found
            told.echoes[name] = _named(asked, found)
    return facts, answers


def _word(asked: ProposalField, typed: str) -> str | bool | None:
    if asked.kind == "yes_no":
        return yes_or_no(typed)
    if asked.kind == "class":
        return class_of(typed, asked.id)
    if asked.id == "use":
        found = class_of(typed, "planned_class")
        return found if found in asked.options else None
    return coded(typed, asked.id)


def _named(asked: ProposalField, code: str) -> str:
    """Write a class with its name; other codes as they are."""
    entry = code_table("gb50137").get(code)
    return f"{code} {entry.name}" if entry and asked.kind in {"class", "choice"} else code


def _split_nothing(
    draft: Draft, answers: dict[str, bool], amounts: dict[str, Amount], told: Told
) -> None:
    """Take 0 as what is to be split where core rooms may not be split."""
    if answers.get("core_may_be_split") is not False:
        return
    typed = draft.fields.get("core_split", "").strip()
    held = amounts.get("core_split")
    if typed and (held is None or held.low > 0):
        amounts.pop("core_split", None)
        told.fault("proposal_split_contradicts", "core_split", value=shown(typed))
        return
    amounts["core_split"] = exactly(0)
    told.echoes["core_split"] = text(told.lang, "proposal.nothing_split")


def _set_apart(parts: list[Part], amounts: dict[str, Amount], rows: list[int], told: Told) -> None:
    """Tell what does not go together, and leave out what cannot be."""
    found = list(clashes(parts, amounts))
    for clash in found:
        where = _place(clash, rows)
        if not clash.unusable:
            told.remark(clash.code, where, **clash.values)
            continue
        told.fault(clash.code, where, **clash.values)
        for name in clash.unusable:
            if name.startswith(LAND):
                amounts[name] = Amount(low=Fraction(0), high=None)
            else:
                amounts.pop(name, None)
    if parts:
        for name in _TOTALS:
            amounts.pop(name, None)


def _place(clash: Clash, rows: list[int]) -> str:
    kind, _, at = clash.quantity.partition(":")
    return f"floors[{rows[int(at)]}].{_COLUMN.get(kind, kind)}" if at else kind


def _row_name(row: Mapping[str, str]) -> str:
    return shown(row.get("name", "").strip() or row.get("function", ""))


def _order(fault: Fault) -> tuple[int, int, int]:
    """Sort by the order of the form: fields, then rows."""
    found = _ROW.fullmatch(fault.where)
    if found is None:
        names = list(fields())
        return (0, names.index(fault.where) if fault.where in names else len(names), 0)
    columns = list(floor_columns())
    return (1, int(found[1]), columns.index(found[2]) if found[2] in columns else -1)
