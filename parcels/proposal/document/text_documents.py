"""A draft as TOML or JSON: every text quoted, every field in the order of the form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from parcels.proposal.document.typed_units import readings
from parcels.proposal.fields import fields, floor_columns
from parcels.proposal.functions import function_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcels.proposal.draft import Draft
    from parcels.proposal.fields import ProposalField

_FIRST = (
    "# M0 方案：每项都写成引号里的文字，数字带单位，不知道的留空。\n"
    "# An M0 proposal: a quoted text a field, numbers with their unit."
)
_DELETE = "\x7f"


def write_toml(draft: Draft, *, is_template: bool = False) -> str:
    """Write TOML that `documents.read_document` reads as the same draft."""
    lines = [_FIRST, f"note = {_quoted(draft.note)}", "", "[proposal]"]
    if is_template:
        lines += [f'{one.id} = ""  # {_meaning(one)}' for one in fields().values()]
        lines += ["", f"# {'、'.join(function_names().values())}", "[[floors]]"]
        lines += [f'{one.id} = ""  # {_meaning(one)}' for one in floor_columns().values()]
        return "\n".join(lines) + "\n"
    lines += _pairs(draft.fields, fields())
    for row in draft.floors:
        lines += ["", "[[floors]]", *_pairs(row, floor_columns())]
    return "\n".join(lines) + "\n"


def write_json(draft: Draft, *, is_template: bool = False) -> str:
    """Write JSON that `documents.read_document` reads as the same draft."""
    if is_template:
        empty = {
            "proposal": dict.fromkeys(fields(), ""),
            "floors": [dict.fromkeys(floor_columns(), "")],
        }
        return json.dumps({"note": "", **empty}, ensure_ascii=False, indent=2) + "\n"
    held = {
        "note": draft.note,
        "proposal": dict(in_order(draft.fields, fields())),
        "floors": [dict(in_order(row, floor_columns())) for row in draft.floors],
    }
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


def in_order(
    cells: Mapping[str, str], known: Mapping[str, ProposalField]
) -> Iterable[tuple[str, str]]:
    """Give known fields in the order of the form, then the others as they stand."""
    yield from ((name, cells[name]) for name in known if name in cells)
    yield from ((name, text) for name, text in cells.items() if name not in known)


def _pairs(cells: Mapping[str, str], known: Mapping[str, ProposalField]) -> list[str]:
    return [
        f"{name if name in known else _quoted(name)} = {_quoted(text)}"
        for name, text in in_order(cells, known)
    ]


def _quoted(text: str) -> str:
    """Quote a text: the escapes of JSON are those of TOML, which escapes DEL as well."""
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")


def _meaning(asked: ProposalField) -> str:
    units = " / ".join((*asked.options, *readings(asked)))
    return f"{asked.title.zh} {asked.title.en}" + (f"：{units}" if units else "")
