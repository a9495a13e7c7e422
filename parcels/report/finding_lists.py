"""Three lists of findings, never merged: concerned, not concerned, no data."""

from __future__ import annotations

import re
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from parcels.finding_words import measured_text
from parcels.findings import RANK, Finding
from parcels.messages import text
from parcels.report.model import Cell, Column, Table
from parcels.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from parcels.findings import Outcome
    from parcels.report.given import Entry, Given

LISTS: Mapping[str, tuple[Outcome, ...]] = {
    "concerned": ("fail", "warning"),
    "no_data": ("unknown",),
    "not_concerned": ("pass", "not_applicable"),
}
"""Outcomes of each list, in the order in which the lists are printed."""
_WIDTHS = {
    "outcome": 16,
    "item": 28,
    "sentence": 52,
    "measured": 18,
    "limit": 19,
    "needs": 24,
    "source": 30,
    "id": 10,
}
_SIGN_WIDTHS = {"zh": _WIDTHS["outcome"], "en": 23}
_NUMBER = re.compile(r"−?[0-9][0-9,]*(?:\.[0-9]+)?(?![0-9–])")


def finding_lists(given: Given, parcel: Entry) -> list[Table]:
    """Give the three lists of a parcel, each worst first and then in report order.

    A verdict of a person stands in place of the rule's, and the line says so.
    """
    return lists_of(
        given,
        given.findings.get(parcel["key"], ()),
        lambda one: given.check_titles.get(one["check"], one["check"]),
        given.standing(parcel),
    )


def lists_of(
    given: Given,
    findings: Sequence[Entry],
    about: Callable[[Entry], str],
    standing: Mapping[tuple[str, str], Entry] = MappingProxyType({}),
) -> list[Table]:
    """Give the three lists of some findings.

    Parameters
    ----------
    about : callable
        A finding to what stands above the title of its rule.
    standing : mapping of (check, rule) to dict
        Verdicts of persons that count.
    """
    shown = sorted(
        ((_outcome(one, standing), one) for one in findings), key=lambda pair: RANK[pair[0]]
    )
    lines = [(outcome, _line(given, outcome, one, about(one), standing)) for outcome, one in shown]
    return [
        _table(given, name, [line for outcome, line in lines if outcome in outcomes])
        for name, outcomes in LISTS.items()
    ]


def sign_width(given: Given) -> float:
    """Give the width of a column of verdicts: the words of some languages are longer."""
    return _SIGN_WIDTHS[given.lang]


def verdict(given: Given, outcome: Outcome, *rests: str) -> Cell:
    """Write an outcome by its sign and its word."""
    words = f"{given.say(f'glyph.{outcome}')} {text(given.lang, f'outcome.{outcome}')}"
    return Cell(text=words, outcome=outcome, rests=rests)


def needs_words(given: Given, entry: Entry) -> str:
    """Name what would settle a verdict, each datum once."""
    named = entry.get("needs_text") or [given.need(one) for one in entry.get("needs") or ()]
    return text(given.lang, "ui.list_mark").join(dict.fromkeys(named))


def _outcome(entry: Entry, standing: Mapping[tuple[str, str], Entry]) -> Outcome:
    override = standing.get((entry["check"], entry["rule_id"]))
    outcome: Outcome = override["outcome"] if override else entry["outcome"]
    return outcome


def _table(given: Given, name: str, lines: Sequence[Mapping[str, Cell]]) -> Table:
    names = [one for one in _WIDTHS if one != "needs" or name == "no_data"]
    return Table(
        name=name,
        title=given.say(f"lists.{name}", count=len(lines)),
        columns=tuple(
            Column(
                name=one,
                label=given.say(f"columns.{one}"),
                width=sign_width(given) if one == "outcome" else _WIDTHS[one],
                kind="amount" if one == "measured" else "text",
            )
            for one in names
        ),
        rows=tuple(tuple(line[one] for one in names) for line in lines),
        empty=given.say(f"lists.{name}_empty"),
    )


def _line(
    given: Given,
    outcome: Outcome,
    entry: Entry,
    about: str,
    standing: Mapping[tuple[str, str], Entry],
) -> dict[str, Cell]:
    """Give every cell of a line; all of it rests on the one finding."""
    rests = (entry["id"],)
    override = standing.get((entry["check"], entry["rule_id"]))
    judged = (*rests, override["place"]) if override else rests
    titles = [about, entry.get("rule_title") or ""]
    item = "\n".join(dict.fromkeys(one for one in titles if one))
    return {
        "outcome": verdict(given, outcome, *judged),
        "item": given.cell(item, *rests),
        "sentence": given.cell("\n".join(_sentences(given, entry, override)), *judged),
        "measured": measured_cell(given, entry),
        "limit": Cell(text=visible(entry.get("limit_text") or "—"), rests=rests),
        "needs": given.cell(needs_words(given, entry), *rests),
        "source": given.cell(entry.get("source"), *rests),
        "id": Cell(text=entry["id"], rests=rests),
    }


def _sentences(given: Given, entry: Entry, override: Entry | None) -> list[str]:
    """Say what was found, whose limit it is if not the rule's own, who judged otherwise."""
    found = [str(entry.get("message") or given.unknown)]
    if entry.get("local_limit_by"):
        found.append(
            given.say("local", by=entry["local_limit_by"], original=entry.get("original_limit"))
        )
    if override:
        found.append(override_words(given, override))
    return found


def override_words(given: Given, override: Entry) -> str:
    """Say who judged otherwise than the rule, when, why and until when."""
    words = {key: text(given.lang, f"outcome.{override[key]}") for key in ("outcome", "original")}
    return given.say(
        "override",
        outcome=words["original"],
        now=words["outcome"],
        by=given.who(override),
        at=given.moment(override["at"]),
        reason=override.get("reason") or ("—" if given.is_internal else given.kept_back),
        until=override["until"],
    )


def measured_cell(given: Given, entry: Entry) -> Cell:
    """Write what was measured; a workbook gets the number as it is printed, and its unit."""
    own = entry.get("own_text")
    written = visible((own or "—") if own is not None else _measured(given.lang, entry))
    found = _NUMBER.match(written)
    is_number = isinstance(entry.get("measured"), (int, float)) and found is not None
    if not is_number or found is None:
        return Cell(text=written, rests=(entry["id"],))
    number = Decimal(found[0].replace(",", "").replace("−", "-"))
    unit = written[found.end() :].split("（")[0].split("(")[0].strip()
    return Cell(text=written, number=number, unit=unit, rests=(entry["id"],))


def _measured(lang: str, entry: Entry) -> str:
    limit: Any = entry.get("limit")
    limit = tuple(limit) if isinstance(limit, list) else limit
    return measured_text(
        lang,
        Finding(
            parcel=0,
            check=entry["check"],
            rule=entry["rule_id"],
            outcome=entry["outcome"],
            reason=entry.get("reason") or "",
            measured=entry.get("measured"),
            limit=limit,
            op=entry.get("op") or "",
            unit=entry.get("unit") or "",
        ),
    )
