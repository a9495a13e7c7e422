"""A judged proposal as the stable JSON shape of ``proposal``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.finding_words import finding_text, source_text
from parcels.findings import worst
from parcels.proposal.document.reading import fault_words
from parcels.proposal.field_paths import field_path
from parcels.proposal.fields import quantity_unit
from parcels.proposal.mix.best_words import best_entry
from parcels.proposal.model import FLOOR, LAND
from parcels.proposal.remedies.advice_words import move_words, needed_words, step_words
from parcels.rules.indicators import indicators
from parcels.survey_parcels import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from geo.read.parsed import Fault
    from parcels.findings import Outcome
    from parcels.proposal.model import Amount, Change, Proposal
    from parcels.proposal.remedies.advice import Advice, Distance, Move, Remedy
    from parcels.proposal.reports.case import Case
    from parcels.proposal.verdict import PackVerdict, RuleResult
    from parcels.rules.load import AppliedRule

Entry = dict[str, Any]
_STATED = ("planned_class", "converted_from", "industry_code", "industry_edition")


def case_entry(case: Case, lang: str) -> Entry:
    """Return everything that is known of a proposal as plain JSON values.

    Parameters
    ----------
    case : Case
    lang : str
        Of the sentences: ``zh`` or ``en``.

    Returns
    -------
    dict
        As ``docs/cli.md`` describes it. Ratios are 0 to 1; what does not exist is None.
    """
    return {
        "as_of": case.book.as_of.isoformat(),
        "outcome": case.outcome,
        "proposal": proposal_entry(case.proposal),
        **_reading_entry(case, lang),
        "packs": [_pack_entry(case, verdict, lang) for verdict in case.verdicts],
        **_together_entry(case, lang),
        "best_mix": best_entry(case.best_mix, case.rows, lang) if case.best_mix else None,
    }


def _reading_entry(case: Case, lang: str) -> Entry:
    """Return what of the document was not used, what is to be told, and what was understood."""
    reading = case.reading
    return {
        "faults": [_fault_entry(one, lang) for one in reading.faults] if reading else [],
        "remarks": [_fault_entry(one, lang) for one in reading.remarks] if reading else [],
        "echoes": dict(reading.echoes) if reading else {},
    }


def _fault_entry(fault: Fault, lang: str) -> Entry:
    value = plain_value(next(iter(fault.values.values()), None))
    said = fault_words(lang, fault)
    return {"where": fault.where, "code": fault.code, "value": value, "message": said}


def _together_entry(case: Case, lang: str) -> Entry:
    """Return what keeps all packs at once; of one pack that stands with the pack."""
    packs = tuple(one.id for one in case.book.packs)
    told = _advice_entry(case, case.together, packs, lang)
    return {"remedies_all": told["remedies"], "infeasible_all": told["infeasible"]}


def number(value: Fraction | int | None) -> int | float | None:
    """Return a JSON number: whole numbers as such, others as the nearest float."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def proposal_entry(proposal: Proposal) -> Entry:
    """Return what was understood of a proposal, in the units in which it is judged."""
    kinds = (f"{FLOOR}:", f"{LAND}:")
    whole = {name: one for name, one in proposal.amounts.items() if not name.startswith(kinds)}
    return {
        "title": proposal.title,
        "use": proposal.use,
        **{name: getattr(proposal, name) for name in _STATED},
        "amounts": {
            name: _amount_entry(one) | {"unit": quantity_unit(name)} for name, one in whole.items()
        },
        "answers": dict(proposal.answers),
        "floors": list(_floors(proposal)),
    }


def _floors(proposal: Proposal) -> Iterator[Entry]:
    for at, part in enumerate(proposal.parts):
        amounts = (proposal.amounts.get(f"{kind}:{at}") for kind in (FLOOR, LAND))
        area, land = (None if one is None else _amount_entry(one) for one in amounts)
        yield {
            "name": part.name,
            "functions": list(part.functions),
            "role": part.role,
            "area": area,
            "land": land,
            "below_ground": part.below_ground,
            "counted": part.is_counted,
            "storeys": part.storeys,
            "storey_height": number(part.storey_height_m),
            "yields": {name: number(one) for name, one in part.yields.items()},
        }


def _amount_entry(amount: Amount) -> Entry:
    ends = {"low": number(amount.low), "high": number(amount.high)}
    return {"value": number(amount.exact), **ends}


def _pack_entry(case: Case, verdict: PackVerdict, lang: str) -> Entry:
    pack = verdict.pack
    return {
        "id": pack.id,
        "version": pack.version,
        "title": pack.title.en if lang == "en" else pack.title.zh,
        "place": pack.place,
        "outcome": verdict.outcome,
        "findings": [_finding_entry(case, one, lang) for one in verdict.results],
        "dormant": [one.id for one in verdict.dormant],
        **_advice_entry(case, case.advice.get(pack.id), (pack.id,), lang),
    }


def _finding_entry(case: Case, result: RuleResult, lang: str) -> Entry:
    finding, rule, measured = result.finding, result.applied.rule, result.measured
    return {
        "rule_id": result.applied.id,
        "check": finding.check,
        "outcome": finding.outcome,
        "metric": rule.metric,
        "function": result.function,
        "measured": measured_value(case.proposal, result, lang),
        "limit": _limit(result),
        "op": finding.op,
        "unit": finding.unit,
        "denominator": denominator_of(result),
        "margin": finding.values.get("margin"),
        "low": number(measured.low) if measured else None,
        "high": number(measured.high) if measured else None,
        "reason": finding.reason,
        "cause": finding.cause,
        "needs": list(finding.needs),
        "needs_text": [needed_words(lang, one, case.book) for one in finding.needs],
        "status": rule.status,
        **_source_entry(result.applied, lang),
        "message": finding_text(lang, finding),
    }


def _source_entry(applied: AppliedRule, lang: str) -> Entry:
    local = applied.override
    return {
        "source": source_text(lang, applied),
        "confidence": applied.rule.confidence,
        "original_limit": applied.rule.value if local else None,
        "local_limit_by": f"{local.by} · {local.day.isoformat()}" if local else "",
    }


def denominator_of(result: RuleResult) -> str:
    """Return the id of what a share or an intensity refers to; "" where nothing."""
    known = indicators().get(result.applied.rule.metric)
    return result.applied.rule.denominator or (known.denominator if known else "")


def measured_value(proposal: Proposal, result: RuleResult, lang: str) -> Any:
    """Return what was measured: a number, a class, a yes or no, names; None where not known."""
    if result.measured is not None:
        return number(result.measured.exact)
    metric = result.applied.rule.metric
    if metric in proposal.answers:
        return proposal.answers[metric]
    if metric in _STATED:
        return getattr(proposal, metric)
    words = result.finding.values.get("words")
    said = words[lang] if isinstance(words, dict) else words
    return list(said) if isinstance(said, tuple) else said


def _limit(result: RuleResult) -> Any:
    """Return a limit exactly as it is written; of several that may apply, the hardest."""
    limit: Any = result.finding.limit
    if limit is None and not result.ratio:
        limit = result.applied.limit
    return list(limit) if isinstance(limit, tuple) else limit


def _advice_entry(case: Case, advice: Advice | None, packs: Sequence[str], lang: str) -> Entry:
    if advice is None:
        return {"remedies": [], "distances": [], "infeasible": None, "withheld": []}
    return {
        "remedies": [_remedy_entry(case, one, advice, packs, lang) for one in advice.remedies],
        "distances": [_distance_entry(case, one, lang) for one in advice.distances],
        "infeasible": {"rules": list(advice.conflict)} if advice.conflict else None,
        "still_unknown": list(advice.unknown),
        "withheld": list(advice.withheld),
    }


def _remedy_entry(
    case: Case, remedy: Remedy, advice: Advice, packs: Sequence[str], lang: str
) -> Entry:
    return {
        "kind": remedy.kind,
        "changes": [change_entry(one, case.rows) for one in remedy.changes],
        "moves": [
            _move_entry(case, one) | {"text": move_words(lang, remedy, one)} for one in remedy.moves
        ],
        "cost": number(remedy.cost),
        "verified": is_verified(remedy, advice),
        "outcome_after": outcome_after(remedy, packs),
    }


def is_verified(remedy: Remedy, advice: Advice) -> bool:
    """Whether the checks themselves find nothing broken in the rules that were asked for.

    What was unknown of such a rule, a function that is open, stays unknown; a condition of the
    mixing table is no breach.
    """
    targets, may_be_open = set(advice.targets), set(advice.unknown)
    asked = (
        one for verdict in remedy.verdicts for one in verdict.results if one.applied.id in targets
    )
    return all(
        one.outcome in {"pass", "not_applicable"}
        or (one.outcome == "unknown" and one.applied.id in may_be_open)
        or one.finding.reason == "proposal_mix_on_condition"
        for one in asked
    )


def outcome_after(remedy: Remedy, packs: Sequence[str]) -> Outcome:
    """Return the worst outcome of some packs after the changes; what is unknown stays so."""
    return worst(one.outcome for one in remedy.verdicts if one.pack.id in packs)


def change_entry(change: Change, rows: Sequence[int]) -> Entry:
    """Return what becomes of one quantity or answer; a new row has its function."""
    told: Entry = {"field": field_path(change.quantity, rows), "function": change.function}
    if isinstance(change.before, bool) or isinstance(change.after, bool):
        return told | {"from": change.before, "to": change.after, "unit": ""}
    ends = {"from": number(change.before), "to": number(change.after)}
    return told | ends | {"unit": quantity_unit(change.quantity)}


def _move_entry(case: Case, move: Move) -> Entry:
    return {
        "lever": move.lever,
        "source": field_path(move.source, case.rows),
        "target": field_path(move.target, case.rows),
        "amount": number(move.amount),
        "unit": quantity_unit(move.target or move.source),
    }


def _distance_entry(case: Case, distance: Distance, lang: str) -> Entry:
    told = {"rule_id": distance.rule} | _move_entry(case, distance.move)
    return told | {"text": step_words(lang, case.proposal, distance.move)}


def missing_data(verdicts: Iterable[PackVerdict]) -> dict[str, list[str]]:
    """Return every datum that verdicts lack, with the rules that wait for it.

    What most rules wait for comes first, then by the order of the findings.
    """
    found: dict[str, dict[str, bool]] = {}
    for verdict in verdicts:
        for result in verdict.results:
            for need in result.finding.needs:
                found.setdefault(need, {})[result.applied.id] = True
    ranked = sorted(found.items(), key=lambda one: -len(one[1]))
    return {need: list(rules) for need, rules in ranked}
