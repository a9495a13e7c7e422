"""Rules about facts of a proposal: classes, functions, what may be split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.checks.indicators.facts import Functions, fact_keeps, functions_keep
from parcels.finding_words import amount
from parcels.messages import LANGUAGES, text
from parcels.proposal.functions import function_names as names
from parcels.proposal.functions import function_roles, function_title, roles_of
from parcels.proposal.model import FLOOR
from parcels.proposal.ruling.telling import no_measure, said, unknown
from parcels.rules.judge import breach_outcome, keeps, need_of_limit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcels.findings import Finding
    from parcels.proposal.model import Part, Proposal
    from parcels.rules.judge import Verdict
    from parcels.rules.load import AppliedRule

_KINDS = {"in": "among", "subset": "among", "not_in": "none", "none_of": "none", "==": "equal"}
_CODES = {"planned_class", "converted_from", "industry_code", "industry_edition"}
_ANSWERS = {"support_may_be_split", "core_may_be_split"}
_FUNCTIONS = {"functions", "core_functions"}


def judge_fact(proposal: Proposal, applied: AppliedRule) -> Finding:
    """Judge a class, a set of functions, or a yes or no; what is not stated is unknown."""
    metric = applied.rule.metric
    if metric not in _CODES | _ANSWERS | _FUNCTIONS:
        return no_measure(applied)
    if applied.limit is None:
        needs = (need_of_limit(applied.rule),)
        return unknown(applied, "proposal_fact_no_limit", "value_set_locally", needs)
    if metric in _FUNCTIONS:
        return _of_functions(proposal, applied)
    fact = getattr(proposal, metric) if metric in _CODES else proposal.answers.get(metric)
    if fact is None:
        needs = (f"field:{metric}",)
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
        word, meant = part.name or str(at), _asked_about(applied, part)
        fact = Functions(meant=frozenset((meant,)), words=((word, meant),))
        verdict = functions_keep(applied.rule.op, applied.limit, fact)[word]
        is_open = verdict == "breach" and _is_doubtful(proposal, applied, at)
        found[at] = "unknown" if is_open else verdict
    return found


def concerned_for_certain(
    proposal: Proposal, applied: AppliedRule, positions: Iterable[int]
) -> list[int]:
    """Return the parts that a rule concerns whatever their functions turn out to be."""
    is_of_all = applied.rule.metric == "functions"
    return [at for at in positions if is_of_all or roles_of(proposal.parts[at]) == {"core"}]


def _asked_about(applied: AppliedRule, part: Part) -> tuple[str, ...]:
    """Return the functions of a part that a rule asks about: as support it may be anything."""
    if applied.rule.metric == "functions" or part.role is not None:
        return part.functions
    return tuple(one for one in part.functions if function_roles()[one] == "core")


def _is_there(proposal: Proposal, at: int) -> bool:
    """Whether a part has, or may have, floor area: a row of 0 m² breaks no rule."""
    return proposal.exact(f"{FLOOR}:{at}") != 0


def _is_doubtful(proposal: Proposal, applied: AppliedRule, at: int) -> bool:
    """Whether a part may be no core part, or may have no floor area after all."""
    known = proposal.amounts.get(f"{FLOOR}:{at}")
    may_be_nothing = known is not None and known.low == 0
    is_open = applied.rule.metric == "core_functions" and len(roles_of(proposal.parts[at])) > 1
    return may_be_nothing or is_open


def _concerns(applied: AppliedRule, part: Part) -> bool:
    return applied.rule.metric == "functions" or "core" in roles_of(part)


def _of_functions(proposal: Proposal, applied: AppliedRule) -> Finding:
    found = offending(proposal, applied)
    if not found:
        return unknown(applied, "proposal_fact_missing", "input_missing", ("field:floors",))
    among = set(found.values())
    verdict: Verdict = (
        "breach" if "breach" in among else "unknown" if "unknown" in among else "pass"
    )
    if verdict == "pass" and not concerned_for_certain(proposal, applied, found):
        return _told(applied, "unknown", parts_words(proposal, found), tuple(found))
    shown = [at for at, one in found.items() if verdict in {"pass", one}]
    return _told(applied, verdict, parts_words(proposal, shown), shown)


def part_name(part: Part) -> str:
    """Name a part: as the user calls it, else by its function."""
    known = [names()[one] for one in part.functions if one in names()]
    return part.name or (known[0] if known else "—")


def parts_words(proposal: Proposal, positions: Iterable[int]) -> dict[str, tuple[str, ...]]:
    """Name parts by language: as the user calls them, else by function, else by row."""
    places = tuple(positions)
    return {
        lang: tuple(_part_words(lang, proposal.parts[at], at) for at in places)
        for lang in LANGUAGES
    }


def _part_words(lang: str, part: Part, at: int) -> str:
    if part.name:
        return part.name
    if len(part.functions) == 1:
        return function_title(lang, part.functions[0])
    return text(lang, "proposal.row_alone", row=at + 1)


def _by_language(value: Any) -> Any:
    """Write a yes or no in words, functions by their names; classes are their codes."""
    if isinstance(value, bool):
        return {lang: amount(lang, value) for lang in LANGUAGES}
    if isinstance(value, tuple):
        return {lang: tuple(function_title(lang, str(one)) for one in value) for lang in LANGUAGES}
    return value


def _told(applied: AppliedRule, verdict: Verdict, fact: Any, parts: Any) -> Finding:
    words = fact if isinstance(fact, dict) else _by_language(fact)
    values = {"listed": _by_language(applied.limit), "words": words, "parts": tuple(parts)}
    kind = _KINDS.get(applied.rule.op, "equal")
    if verdict == "unknown":
        needs = tuple(f"field:function:{at}" for at in parts) or (f"field:{applied.rule.metric}",)
        return unknown(applied, "proposal_fact_open", "class_open", needs, **values)
    outcome = "pass" if verdict == "pass" else breach_outcome(applied.rule)
    form = "keeps" if verdict == "pass" else "breaks"
    return said(applied, outcome, f"proposal_fact_{form}_{kind}", **values)
