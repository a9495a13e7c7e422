"""Packs side by side: a line for what is measured, a cell for what each pack says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.finding_words import amount, cell_text, rule_title
from parcels.findings import RANK, worst
from parcels.messages import text
from parcels.proposal.functions import function_title, roles_of
from parcels.proposal.model import FLOOR
from parcels.proposal.reports.report import denominator_of
from parcels.proposal.ruling.fact_rules import part_name
from parcels.proposal.ruling.telling import range_words
from parcels.rule_words import denominator_words, metric_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.findings import Outcome
    from parcels.proposal.model import Proposal
    from parcels.proposal.verdict import PackVerdict, RuleResult

Key = tuple[object, ...]
_SETS = {"functions", "core_functions"}
_NOT_OF_USE = {"proposal_not_for_use", "proposal_use_open", "proposal_use_missing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that rules measure.

    Attributes
    ----------
    check : str
        Of the first rule that measures it.
    cells : tuple of tuple of RuleResult
        One entry a pack, in their order; empty where a pack does not ask for it.
    """

    check: str
    cells: tuple[tuple[RuleResult, ...], ...]

    @property
    def first(self) -> RuleResult:
        """The first result: all of a line have the same measured value."""
        return next(one for cell in self.cells for one in cell)

    def outcome(self, pack: int) -> Outcome | None:
        """Return the worst that a pack says of it; None: the pack does not ask."""
        cell = self.cells[pack]
        return worst(one.outcome for one in cell) if cell else None


def comparison(verdicts: Sequence[PackVerdict]) -> tuple[Line, ...]:
    """Put what packs say of the same measure on one line.

    The same measure has the same indicator and value: shares of all floor area and of the counted
    floor area stand on one line where they are equal (`line_whole` names both), else on two.
    Lines come in the order of the packs' rules.
    """
    found: dict[Key, list[list[RuleResult]]] = {}
    for at, verdict in enumerate(verdicts):
        for result in verdict.results:
            line = found.setdefault(_key(result), [[] for _ in verdicts])
            line[at].append(result)
    lines = (tuple(tuple(cell) for cell in line) for line in found.values())
    return tuple(Line(check=_check_of(cells), cells=cells) for cells in lines)


def line_title(lang: str, line: Line) -> str:
    """Name what is measured; cells and caps of a mixing table by their functions."""
    result = line.first
    words = result.finding.values.get("words")
    if result.applied.rule.op == "matrix" and isinstance(words, dict):
        return text(lang, "proposal.compare.mixing", names=list(words[lang]))
    return metric_words(lang, result.applied.rule.metric) or rule_title(lang, result.applied)


def line_whole(lang: str, line: Line) -> str:
    """Name what a share refers to, every denominator that gives the value; "" where nothing."""
    wholes = dict.fromkeys(_whole(lang, one) for cell in line.cells for one in cell)
    return text(lang, "ui.list_mark").join(one for one in wholes if one)


def own_words(lang: str, proposal: Proposal, line: Line) -> str:
    """Write the proposal's own value; 未知 where it is not known, — where nothing is measured."""
    result = line.first
    rule, measured = result.applied.rule, result.measured
    if measured is not None:
        if measured.low is None:
            return text(lang, "outcome.unknown")
        told = result.finding.values.get("own")
        unit = result.finding.unit or rule.unit
        return str(told[lang]) if isinstance(told, dict) else range_words(lang, measured, unit)
    is_of_use = result.finding.reason not in _NOT_OF_USE
    if rule.op == "matrix" or not (is_of_use or _is_fact(proposal, rule.metric)):
        return "—"
    return _fact_words(lang, proposal, rule.metric)


def margin_words(lang: str, result: RuleResult) -> str:
    """Say by how much a limit is kept or broken, in the user's unit; "" where nothing says."""
    told = result.finding.values.get("margin_told")
    return str(told[lang]) if isinstance(told, dict) else ""


def _whole(lang: str, result: RuleResult) -> str:
    whole = result.finding.values.get("whole")
    if isinstance(whole, dict):
        return str(whole[lang])
    return denominator_words(lang, denominator_of(result)) if result.ratio else ""


def cell_words(lang: str, result: RuleResult) -> str:
    """Say in a few characters what a rule asks and whether it is kept."""
    outcome = result.outcome
    said = cell_text(lang, result.finding) or text(lang, f"outcome.{outcome}")
    return f"{text(lang, f'glyph.{outcome}')} {said}"


def _fact_words(lang: str, proposal: Proposal, metric: str) -> str:
    if metric in _SETS:
        parts = [part for at, part in enumerate(proposal.parts) if _is_there(proposal, at)]
        wanted = (one for one in parts if metric == "functions" or "core" in roles_of(one))
        names = dict.fromkeys(part_name(one) for one in wanted)
        return text(lang, "ui.list_mark").join(names) or text(lang, "outcome.unknown")
    fact = proposal.answers.get(metric, getattr(proposal, metric, None))
    if fact is None:
        return text(lang, "outcome.unknown")
    return amount(lang, fact) if isinstance(fact, bool) else function_title(lang, str(fact))


def _is_fact(proposal: Proposal, metric: str) -> bool:
    return metric in _SETS or metric in proposal.answers or hasattr(proposal, metric)


def _is_there(proposal: Proposal, at: int) -> bool:
    return proposal.exact(f"{FLOOR}:{at}") != 0


def _key(result: RuleResult) -> Key:
    rule, measured, values = result.applied.rule, result.measured, result.finding.values
    if rule.op == "matrix":
        return (rule.id, result.function, str(values.get("words")), str(values.get("whole")))
    if measured is None:
        return (rule.metric,) if metric_words("zh", rule.metric) else (rule.id,)
    return (rule.metric, measured.low, measured.high, measured.missing)


def _check_of(cells: tuple[tuple[RuleResult, ...], ...]) -> str:
    return next(one.finding.check for cell in cells for one in cell)


def worst_first(results: Sequence[RuleResult]) -> list[RuleResult]:
    """Sort results by how bad they are, else in their order."""
    return sorted(results, key=lambda one: RANK[one.outcome])
