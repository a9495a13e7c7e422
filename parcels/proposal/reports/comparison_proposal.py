"""The sheet of the proposal: what was understood, in the units in which it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.finding_words import amount
from parcels.messages import text
from parcels.proposal.document.reading import fault_words
from parcels.proposal.fields import field_title, fields
from parcels.proposal.functions import function_title, roles_of
from parcels.proposal.measuring.measures import SITE
from parcels.proposal.model import FLOOR, LAND
from parcels.proposal.remedies.advice_words import exact_words
from parcels.proposal.reports.comparison_sheet import Page, heads, page_title

if TYPE_CHECKING:
    from openpyxl import Workbook

    from parcels.proposal.fields import ProposalField
    from parcels.proposal.model import Amount, Part, Proposal
    from parcels.proposal.reports.case import Case
    from parcels.proposal.reports.comparison_sheet import Value

_WIDTHS = (24, 24, 24, 24, 16, 16, 12, 10, 10, 12)
_FLOORS = (
    "row",
    "name",
    "function",
    "role",
    "area",
    "land",
    "level",
    "counted",
    "storeys",
    "height",
)


def proposal_page(book: Workbook, case: Case, lang: str) -> None:
    """Write the sheet 方案: fields, rows of floor area, problems of the document."""
    page = Page(book, text(lang, "proposal.book.proposal"), _WIDTHS)
    page.title(page_title(case, lang, "proposal"))
    page.head(heads(lang, "field", "value", "unit", "typed"))
    typed = case.draft.fields if case.draft else {}
    for one in fields().values():
        value, unit = _field_cells(case.proposal, one, lang)
        told = typed.get(one.id, "").strip()
        if value is None:
            value = text(lang, "outcome.unknown" if told else "proposal.book.blank")
        page.row([field_title(lang, one), value, unit, told or "—"])
    page.blank()
    page.row(heads(lang, *_FLOORS), ["head"] * len(_FLOORS))
    for at, part in enumerate(case.proposal.parts):
        page.row(_part_cells(case.proposal, at, part, lang))
    if case.told:
        page.blank()
        page.row(heads(lang, "where", "problem"), ["head", "head"])
    for fault in case.told:
        page.row([fault.where or "—", fault_words(lang, fault)])


def _field_cells(proposal: Proposal, one: ProposalField, lang: str) -> tuple[Value | None, str]:
    """Return the value of a field and its unit; None for what is not known."""
    known = proposal.amounts.get(one.id)
    if known is not None:
        unit = one.unit
        if one.id == SITE and known.exact is not None:
            mu = exact_words(known.exact / M2_PER_MU, places=2)
            return known.exact, text(lang, "proposal.book.and_mu", unit=unit, mu=mu)
        return amount_value(known), unit
    if one.id in proposal.answers:
        return amount(lang, proposal.answers[one.id]), ""
    stated = getattr(proposal, one.id, None) if one.id in _TEXTS else None
    return stated or None, ""


_TEXTS = {
    "title",
    "use",
    "planned_class",
    "converted_from",
    "industry_code",
    "industry_edition",
}


def amount_value(known: Amount) -> Value:
    """Return an amount as a number; a range as text."""
    if known.exact is not None:
        return known.exact
    low = exact_words(known.low)
    if known.high is None:
        return f"≥ {low}"
    if known.low == 0:
        return f"≤ {exact_words(known.high)}"
    return f"{low}–{exact_words(known.high)}"


def _part_cells(proposal: Proposal, at: int, part: Part, lang: str) -> list[Value]:
    area, land = (proposal.amounts.get(f"{kind}:{at}") for kind in (FLOOR, LAND))
    names = [function_title(lang, one) for one in part.functions]
    unknown, blank = text(lang, "outcome.unknown"), text(lang, "proposal.book.blank")
    return [
        at + 1,
        part.name or "—",
        text(lang, "ui.list_mark").join(names) or unknown,
        text(lang, "ui.list_mark").join(_roles(part, lang)),
        amount_value(area) if area else unknown,
        amount_value(land) if land else blank,
        text(lang, f"proposal.option.level.{'below' if part.below_ground else 'above'}"),
        amount(lang, part.is_counted),
        part.storeys if part.storeys is not None else blank,
        part.storey_height_m if part.storey_height_m is not None else blank,
    ]


def _roles(part: Part, lang: str) -> list[str]:
    """Name the roles that a part has, or may have."""
    known = roles_of(part)
    order = (one for one in ("core", "support", "other") if one in known)
    return [text(lang, f"proposal.option.role.{one}") for one in order]
