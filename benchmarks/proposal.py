"""A proposal judged, mended and improved, beside a spreadsheet, a linear program and goal-seek.

    python -m benchmarks.proposal

CPU time of this process and its children (CBC runs as one), medians of several rounds that take
turns. Peers that are not installed are named and left out. Answers are compared before ratios.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from benchmarks.proposal_peers import (
    PEERS,
    by_halving,
    judged_numbers,
    linear_program,
    missing_peers,
    spreadsheet,
)
from parcels.proposal.document.examples import examples
from parcels.proposal.document.reading import read_draft
from parcels.proposal.mix.best_mix import best_mix
from parcels.proposal.model import Change, changed
from parcels.proposal.remedies.advice import Freedom
from parcels.proposal.remedies.remedy import advise
from parcels.proposal.reports.case import judge_case
from parcels.proposal.verdict import verdicts
from parcels.rules.load import rule_book
from tests.parcels.proposal.remedies.remedy_samples import large

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.proposal.model import Proposal
    from parcels.rules.load import RuleBook

DAY = date(2026, 11, 22)
TEN = (
    "m0_nanyang_plan",
    "m0_nanyang_pilot",
    "m0_zhengzhou_2024",
    "m0_zhengzhou_htz_2018",
    "m0_zhengzhou_htz_2020",
    "m0_dongguan_2022",
    "m0_guangzhou_2019",
    "m0_guangzhou_huangpu",
    "m0_shenzhen",
    "m0_wuhan_2023",
)
ROUNDS = 9
VERDICT_MS, REMEDY_MS = 20.0, 200.0


def main() -> int:
    """Measure and print; how many of the wanted times are missed."""
    for name in missing_peers():
        print(f"{name} ({PEERS[name]}) is not installed and left out")
    draft = examples()["demo"].draft
    proposal = read_draft(draft).proposal
    missed = _verdict(proposal, draft)
    missed += _remedy()
    _demo_remedy(proposal)
    _best_mix(proposal)
    return missed


def _verdict(proposal: Proposal, draft: Any) -> int:
    book = rule_book(DAY, packs=TEN)
    judged = verdicts(proposal, book)
    rules = sum(len(one.results) for one in judged)
    numbers = judged_numbers(judged)
    print(f"\nverdict under {len(TEN)} packs, {rules} findings:")
    timed: dict[str, Callable[[], Any]] = {
        "verdict": lambda: verdicts(proposal, book),
        "reading what is typed, and verdict": lambda: verdicts(read_draft(draft).proposal, book),
    }
    if "formulas" not in missing_peers():
        recalculate = spreadsheet(proposal, numbers)
        kept = [one.outcome == "pass" for one in numbers]
        same = "equal" if recalculate()[0] == kept else "DIFFERENT"
        print(f"  {len(numbers)} numbers with a limit; answers of the spreadsheet: {same}")
        timed["spreadsheet, these numbers only"] = recalculate
    found = _in_turns(timed)
    _print(found, "verdict", VERDICT_MS)
    return int(found["verdict"] > VERDICT_MS)


def _remedy() -> int:
    """Mend 20 functions under 40 rules."""
    proposal, book = large()
    print(f"\nsmallest change, {len(proposal.parts)} functions, {len(book.rules)} rules:")
    numbers = judged_numbers(verdicts(proposal, book))
    advice = advise(proposal, book)
    told = ", ".join(f"{one.kind} {float(one.cost):,.2f}" for one in advice.remedies)
    print(f"  verified answers and what they cost: {told or 'none'}")
    timed: dict[str, Callable[[], Any]] = {
        "all answers, distances, verified": lambda: advise(proposal, book)
    }
    if "pulp" not in missing_peers():
        print(
            f"  one linear program, rules on numbers only: cost {linear_program(proposal, numbers)}"
        )
        timed["one linear program (PuLP, CBC)"] = lambda: linear_program(proposal, numbers)
    found = _in_turns(timed)
    _print(found, "all answers, distances, verified", REMEDY_MS)
    return int(found["all answers, distances, verified"] > REMEDY_MS)


def _demo_remedy(proposal: Proposal) -> None:
    """Mend the worked example under the pilot's draft; goal-seek mends one rule."""
    book = rule_book(DAY, packs=["m0_nanyang_pilot"])
    print("\nsmallest change of the worked example under one pack:")
    numbers = judged_numbers(verdicts(proposal, book))
    dormitory = proposal.exact("floor:4") or Fraction(0)

    def keeps(amount: float) -> bool:
        return _share_kept(proposal, book, dormitory, amount)

    timed: dict[str, Callable[[], Any]] = {
        "all answers, distances, verified": lambda: advise(proposal, book, freedom=Freedom()),
        "one share by halving": lambda: by_halving(keeps, float(dormitory)),
    }
    ours = advise(proposal, book).remedies[0].cost
    amount, trials = by_halving(keeps, float(dormitory))
    print(f"  cheapest: {float(ours):,.2f}; by halving: {amount:,.2f} m² after {trials} verdicts")
    if "pulp" not in missing_peers():
        print(f"  linear program: {linear_program(proposal, numbers):,.2f}")
        timed["one linear program (PuLP, CBC)"] = lambda: linear_program(proposal, numbers)
    _print(_in_turns(timed), "all answers, distances, verified")


def _share_kept(proposal: Proposal, book: RuleBook, dormitory: Fraction, amount: float) -> bool:
    """Whether the share of support is kept after so much dormitory became research."""
    research = proposal.exact("floor:0") or Fraction(0)
    moved = Fraction(amount)
    changes = (
        Change(quantity="floor:4", before=dormitory, after=dormitory - moved),
        Change(quantity="floor:0", before=research, after=research + moved),
    )
    found = verdicts(changed(proposal, changes), book)[0].results
    return all(one.outcome == "pass" for one in found if one.applied.id == "M0_SUPPORT_SHARE")


def _best_mix(proposal: Proposal) -> None:
    book = rule_book(DAY, packs=["m0_nanyang_pilot"])
    best = best_mix(proposal, book, goal="tax")
    print("\nbest mix of the worked example, with the price of every rule:")
    print(f"  {best.status}, {len(best.prices)} limits, {len(best.changes)} rows change")
    timed: dict[str, Callable[[], Any]] = {
        "best mix": lambda: best_mix(proposal, book, goal="tax"),
        "verdict, changes and best mix": lambda: (
            judge_case(proposal, book, freedom=Freedom()),
            best_mix(proposal, book, goal="tax"),
        ),
    }
    _print(_in_turns(timed), "best mix")


def _in_turns(timed: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Return the median CPU milliseconds of each, after one call that is not counted."""
    for call in timed.values():
        call()
    found: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(ROUNDS):
        for name, call in timed.items():
            start = _cpu()
            for _ in range(_repeats(name)):
                call()
            found[name].append((_cpu() - start) / _repeats(name) * 1e3)
    return {name: statistics.median(one) for name, one in found.items()}


def _repeats(name: str) -> int:
    """Repeat what is quick more often."""
    return 20 if "verdict" in name and "changes" not in name else 3


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _print(found: dict[str, float], ours: str, wanted: float | None = None) -> None:
    for name, milliseconds in found.items():
        ratio = milliseconds / found[ours]
        beside = f", {ratio:.2f} times ours" if name != ours else ""
        goal = f" (wanted: {wanted:g} ms)" if name == ours and wanted else ""
        print(f"  {name}: {milliseconds:.1f} ms CPU{goal}{beside}")


if __name__ == "__main__":
    sys.exit(main())
