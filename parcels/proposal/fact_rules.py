"""Rules about facts of a proposal: classes, functions, what may be split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.checks.indicators.facts import Functions, fact_keeps, function_names, functions_keep
from parcels.finding_words import amount
from parcels.messages import LANGUAGES
from parcels.proposal.functions import function_names as names
from parcels.proposal.functions import roles_of
from parcels.proposal.model import FLOOR
from parcels.proposal.telling import said, unknown
from parcels.rules.indicators import indicators
from parcels.rules.judge import breach_outcome, keeps

if TYPE_CHECKING:
    from parcels.findings import Finding
    from parcels.proposal.model import Part, Proposal
    from parcels.rules.judge import Verdict
    from parcels.rules.load import AppliedRule

_KINDS = {"in": "among", "subset": "among", "not_in": "none", "none_of": "none", "==": "equal"}
_CODES = {"planned_class", "converted_from", "industry_code"}


def judge_fact(proposal: Proposal, applied: AppliedRule) -> Finding:
    """Judge a class, a set of functions, or a yes or no; what is not stated is unknown."""
    metric = applied.rule.metric
    if applied.limit is None:
        return unknown(
            applied, "proposal_fact_no_limit", "value_set_locally", (f"local:{applied.id}",)
        )
    if metric in {"functions", "core_functions"}:
        return _of_functions(proposal, applied)
    fact = getattr(proposal, metric) if metric in _CODES else proposal.answers.get(metric)
    if fact is None:
        needs = (f"field:{metric}",) if metric in indicators() else (f"value:{applied.id}",)
        return unknown(applied, "proposal_fact_missing", "input_missing", needs)
    if isinstance(fact, bool):
        return _told(applied, keeps(applied.rule.op, applied.limit, fact), fact, ())
    return _told(applied, fact_keeps(applied.rule.op, applied.limit, fact), fact, ())


def offending(proposal: Proposal, applied: AppliedRule) -> dict[int, Verdict]:
    """Return what a rule about functions says of each part with floor area, by position."""
    found = {}
    for at, part in enumerate(proposal.parts):
        if not _is_there(proposal, at) or not _concerns(applied, part):
            continue
        word = part.name or str(at)
        fact = Functions(meant=frozenset((part.functions,)), words=((word, part.functions),))
        verdict = functions_keep(applied.rule.op, applied.limit, fact)[word]
        is_open = applied.rule.metric == "core_functions" and len(roles_of(part)) > 1
        found[at] = "unknown" if is_open and verdict == "breach" else verdict
    return found


def _is_there(proposal: Proposal, at: int) -> bool:
    """Whether a part has, or may have, floor area: a row of 0 m² breaks no rule."""
    return proposal.exact(f"{FLOOR}:{at}") != 0


def _concerns(applied: AppliedRule, part: Part) -> bool:
    return applied.rule.metric == "functions" or "core" in roles_of(part)


def _of_functions(proposal: Proposal, applied: AppliedRule) -> Finding:
    if not proposal.parts:
        return unknown(applied, "proposal_fact_missing", "input_missing", ("field:floors",))
    found = offending(proposal, applied)
    among = set(found.values())
    verdict: Verdict = (
        "breach" if "breach" in among else "unknown" if "unknown" in among else "pass"
    )
    shown = [at for at, one in found.items() if verdict in {"pass", one}]
    return _told(applied, verdict, tuple(part_name(proposal.parts[at]) for at in shown), shown)


def part_name(part: Part) -> str:
    """Name a part: as the user calls it, else by its function."""
    known = [names()[one] for one in part.functions if one in names()]
    return part.name or (known[0] if known else "—")


def _by_language(value: Any) -> Any:
    """Write a yes or no in words; what else there is is the same in every language."""
    if isinstance(value, bool):
        return {lang: amount(lang, value) for lang in LANGUAGES}
    return value


def _told(applied: AppliedRule, verdict: Verdict, fact: Any, parts: Any) -> Finding:
    limit = applied.limit
    listed = function_names(limit) if isinstance(limit, tuple) else limit
    values = {"listed": _by_language(listed), "words": _by_language(fact), "parts": tuple(parts)}
    kind = _KINDS[applied.rule.op]
    if verdict == "unknown":
        needs = tuple(f"field:function:{at}" for at in parts) or (f"field:{applied.rule.metric}",)
        return unknown(applied, "proposal_fact_open", "class_open", needs, **values)
    outcome = "pass" if verdict == "pass" else breach_outcome(applied.rule)
    form = "keeps" if verdict == "pass" else "breaks"
    return said(applied, outcome, f"proposal_fact_{form}_{kind}", **values)
