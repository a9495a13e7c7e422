"""Tables of a comparison: ledger and indices of scenarios side by side, differences with causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.sheet.table import Column, Row
from parcels.finding_words import amount
from parcels.findings import OUTCOMES
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.sheets.scenario_ground import Drawn

Entry = dict[str, Any]
_MOST_CAUSES = 8


def figure_columns(scenarios: Sequence[Drawn], lang: str) -> list[Column]:
    """Give a column a scenario."""
    named = [Column(title=one.name, share=46) for one in scenarios]
    return [Column(title=text(lang, "comparison.subject"), share=40), *named]


def figure_rows(scenarios: Sequence[Drawn], lang: str) -> Iterator[Row]:
    """Give ledger, indices and outcomes of the conflicts, the same subjects in the same order."""
    answers = [one.answer for one in scenarios]
    yield Row(cells=(text(lang, "comparison.ledger"),), heading=True)
    ledgers = [_by_key((one.get("ledger") or {}).get("lines"), "part") for one in answers]
    for part in _keys(ledgers):
        title = next(one[part]["title"] for one in ledgers if part in one)
        yield Row(cells=(title, *(_land(one.get(part), lang) for one in ledgers)))
    yield Row(cells=(text(lang, "comparison.indices"),), heading=True)
    indices = [_by_key((one.get("indices") or {}).get("indices"), "index") for one in answers]
    for index in _keys(indices):
        name = next(one[index]["name"] for one in indices if index in one)
        yield Row(cells=(name, *(_index(one.get(index), lang) for one in indices)))
    yield Row(cells=(text(lang, "comparison.conflicts"),), heading=True)
    for outcome in OUTCOMES:
        counts = [
            sum(found.get("outcome") == outcome for found in one.get("conflicts") or ())
            for one in answers
        ]
        yield Row(cells=(text(lang, f"outcome.{outcome}"), *(f"{one:,}" for one in counts)))


def _by_key(entries: Sequence[Entry] | None, key: str) -> dict[str, Entry]:
    return {str(one[key]): one for one in entries or ()}


def _keys(tables: Sequence[dict[str, Entry]]) -> list[str]:
    return list(dict.fromkeys(key for one in tables for key in one))


def _land(line: Entry | None, lang: str) -> str:
    """Write an area of the ledger; what was not asked for is no zero."""
    if line is None:
        return "—"
    if line.get("area_m2") is not None:
        return amount(lang, float(line["area_m2"]), "m2")
    return text(lang, "outcome.unknown") if line.get("asked") else text(lang, "comparison.not_set")


def _index(index: Entry | None, lang: str) -> str:
    if index is None:
        return "—"
    outcome = index.get("outcome") or "unknown"
    said = str(index.get("text") or "—")
    words = text(lang, "outcome.unknown") if said == "—" and outcome == "unknown" else said
    return f"{sign_of(lang, outcome)} {words}"


def sign_of(lang: str, outcome: str) -> str:
    """Give the sign of an outcome among letters; the paper's font has no ✕ but ×."""
    return text(lang, f"glyph.{outcome}").replace("✕", "×")


def difference_columns(scenarios: Sequence[Drawn], lang: str) -> list[Column]:
    """Give the columns of the differences: values, then how each scenario differs and why."""
    named = [Column(title=one.name, share=24, across="right") for one in scenarios]
    return [
        Column(title=text(lang, "comparison.subject"), share=32),
        *named,
        Column(title=text(lang, "comparison.scenario"), share=26),
        Column(title=text(lang, "comparison.difference"), share=26, across="right"),
        Column(title=text(lang, "comparison.causes"), share=max(60, 150 - 24 * len(named))),
        Column(title=text(lang, "m0_sheet.id"), share=10),
    ]


def difference_rows(comparison: Entry, scenarios: Sequence[Drawn], lang: str) -> Iterator[Row]:
    """Give a row a figure and a scenario that differs from the first, with the steps behind it."""
    names = {one.entry.get("id"): one.name for one in scenarios}
    for row in comparison.get("rows") or ():
        values = {one["scenario"]: one for one in row.get("values") or ()}
        first = [
            str(row.get("name") or ""),
            *(str((values.get(key) or {}).get("text") or "—") for key in names),
        ]
        own = str(row.get("id") or "")
        for name, change, causes in _differences(row.get("differences") or (), names, lang):
            yield Row(cells=(*first, name, change, causes, own))
            first, own = [""] * len(first), ""


def _differences(
    differences: Sequence[Entry], names: dict[Any, str], lang: str
) -> Iterator[tuple[str, str, str]]:
    """Give scenario, difference and causes; in one row what is said of all alike."""
    texts = [str(one.get("text") or "—") for one in differences]
    if len(texts) > 1 and len({*texts}) == 1 and not any(one.get("causes") for one in differences):
        yield text(lang, "comparison.all_others"), texts[0], ""
        return
    for one, change in zip(differences, texts, strict=True):
        name = names.get(one["scenario"], "")
        causes = list(one.get("causes") or ())
        told = [_cause(cause, name) for cause in causes[:_MOST_CAUSES]]
        if len(causes) > _MOST_CAUSES:
            left = len(causes) - _MOST_CAUSES
            told.append(text(lang, "comparison.more_causes", count=left))
        yield name, change, text(lang, "comparison.mark").join(told)


def _cause(cause: Entry, name: str) -> str:
    """Write a step and the part of the difference that it brings."""
    said, change = str(cause.get("text") or ""), str(cause.get("change_text") or "")
    said = said.removeprefix(name).strip()
    return f"{said}（{change}）" if change else said
