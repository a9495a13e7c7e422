"""What is wrong with a draft: beside its field, and all of it in one list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.proposal.document.reading import fault_words
from parcels.proposal.model import FLOOR, LAND
from parcels.ui.markup import Markup, tag
from parcels.wording import fault_text

if TYPE_CHECKING:
    from geo.read.parsed import Fault
    from parcels.ui.components.m0_now import Now

_SHOWN = 3
_CELL = re.compile(r"floors\[([0-9]+)\]\.(area|land)")


def faults_at(now: Now, place: str, *, is_narrow: bool = False) -> list[Markup]:
    """Return what is wrong with a field and what is to be told of it, as lines.

    Where a field is narrow its line points to the list, in which the whole sentence stands.
    """
    return [
        tag("div", _brief(now.lang, kind, one) if is_narrow else said, cls=style, title=said)
        for kind, style, found in (
            ("faults", "pl-m0-fault", now.reading.faults),
            ("remarks", "pl-m0-remark", now.reading.remarks),
        )
        for one in found
        if one.where == place and (said := fault_text(now.lang, one))
    ]


def _brief(lang: str, kind: str, fault: Fault) -> str:
    return text(lang, f"ui.m0.{kind}_here", value=fault.values.get("value", ""))


def faulty(now: Now) -> frozenset[str]:
    """Return the quantities in whose place something is typed that cannot be used."""
    rows = {at: part for part, at in enumerate(now.reading.rows)}
    found = set()
    for fault in now.reading.faults:
        cell = _CELL.fullmatch(fault.where)
        kind = FLOOR if cell and cell[2] == "area" else LAND
        part = rows.get(int(cell[1])) if cell else None
        found.add(fault.where if part is None else f"{kind}:{part}")
    return frozenset(found)


def fault_count(now: Now) -> Markup | None:
    """Say how much of what is typed cannot be used; nothing where all can."""
    count = len(now.reading.faults)
    if not count:
        return None
    return tag("span", text(now.lang, "ui.m0.faults_short", count=count), cls="pl-m0-fault")


def fault_list(now: Now) -> None:
    """List what is not used, and what is used with a remark; nothing where all is well."""
    _listed(now, "faults", "pl-problem")
    _listed(now, "remarks", "pl-box pl-m0-remark")


def _listed(now: Now, kind: str, style: str) -> None:
    found = now.reading.faults if kind == "faults" else now.reading.remarks
    if not found:
        return
    lines = [tag("li", fault_words(now.lang, one)) for one in found]
    rest = lines[_SHOWN:]
    more = tag("summary", text(now.lang, "ui.m0.more_of", count=len(rest)))
    st.html(
        tag(
            "div",
            tag("strong", text(now.lang, f"ui.m0.{kind}", count=len(found))),
            tag("ul", *lines[:_SHOWN]),
            tag("details", more, tag("ul", *rest)) if rest else None,
            cls=f"{style} pl-m0-faults",
            role="alert" if kind == "faults" else "note",
        )
    )
