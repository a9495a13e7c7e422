"""What a user would take instead: a spreadsheet, a linear program, a search by halving."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parcels.proposal.model import Proposal
    from parcels.proposal.verdict import PackVerdict, RuleResult

PEERS = {"formulas": "spreadsheet recalculated", "pulp": "linear program, PuLP with CBC"}
_NEVER_LESS = 1e-9


def missing_peers() -> list[str]:
    """Return the peers that are not installed."""
    return [name for name in PEERS if importlib.util.find_spec(name) is None]


def judged_numbers(verdicts: tuple[PackVerdict, ...]) -> list[RuleResult]:
    """Return every finding that compares a certain number with a limit."""
    return [
        one
        for verdict in verdicts
        for one in verdict.results
        if one.ratio
        and len(one.limits) == 1
        and one.measured
        and one.measured.exact is not None
        and one.outcome in {"pass", "fail", "warning"}
    ]


def spreadsheet(
    proposal: Proposal, results: list[RuleResult]
) -> Callable[[], tuple[list[bool], Any]]:
    """Write the shares and limits as formulas of an .xlsx, and return its recalculation.

    Column A holds the quantities, B and C the sums above and below, D the measure, E whether it
    keeps the limit. The model is compiled before; a recalculation takes all quantities anew.
    """
    import formulas

    rows = {name: at for at, name in enumerate(proposal.amounts, start=1)}
    values = [float(proposal.amounts[name].low) for name in rows]
    sheet_rows = list(_formulas(results, rows))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shares.xlsx"
        _write(path, values, sheet_rows)
        model = formulas.ExcelModel().loads(str(path)).finish()
        prefix = f"'[{path.name}]S'!"
        inputs = [f"{prefix}A{at}" for at in rows.values()]
        outputs = [f"{prefix}E{at}" for at in range(1, len(sheet_rows) + 1)]
        compiled = model.compile(inputs=inputs, outputs=outputs)

    def recalculate() -> tuple[list[bool], Any]:
        solved = compiled(*values)
        return [bool(one.value[0, 0]) for one in solved], solved

    return recalculate


def _formulas(results: list[RuleResult], rows: dict[str, int]) -> Iterator[tuple[str, ...]]:
    for at, one in enumerate(results, start=1):
        assert one.ratio is not None  # noqa: S101 -- as `judged_numbers` chose them
        above, below = (_sum(form, rows) for form in (one.ratio.above, one.ratio.below))
        (least, most), op = one.limits[0], one.finding.op
        low, high = (">" if op == ">" else ">="), ("<" if op == "<" else "<=")
        ends = [f"D{at}{low}{float(least)!r}"] if least is not None else []
        ends += [f"D{at}{high}{float(most)!r}"] if most is not None else []
        measure = f"={float(one.ratio.factor)!r}*B{at}/C{at}"
        yield f"={above}", f"={below or '1'}", measure, f"=AND({','.join(ends)})"


def _sum(form: dict[str, Any], rows: dict[str, int]) -> str:
    return "+".join(f"{float(span[0])!r}*A{rows[name]}" for name, span in form.items())


def _write(path: Path, values: list[float], formulas: list[tuple[str, ...]]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "S"
    for at, value in enumerate(values, start=1):
        sheet.cell(at, 1, value)
    for at, cells in enumerate(formulas, start=1):
        for column, formula in enumerate(cells, start=2):
            sheet.cell(at, column, formula)
    book.save(path)


def linear_program(proposal: Proposal, results: list[RuleResult]) -> float | None:
    """Find the least change of all quantities by one linear program: its cost, None: there is none.

    Floor area that changes its function is counted once; a strict limit is taken as a closed one.
    """
    import pulp

    program = pulp.LpProblem("remedy", pulp.LpMinimize)
    now = {name: float(amount.low) for name, amount in proposal.amounts.items()}
    more = {name: pulp.LpVariable(f"p{at}", 0) for at, name in enumerate(now)}
    less = {name: pulp.LpVariable(f"n{at}", 0, now[name]) for at, name in enumerate(now)}
    floors = [name for name in now if name.startswith("floor:")]
    moved = pulp.LpVariable("moved", 0)
    program += moved + pulp.lpSum(more[n] + less[n] for n in now if n not in floors)
    program += moved >= pulp.lpSum(more[name] for name in floors)
    program += moved >= pulp.lpSum(less[name] for name in floors)
    for one in results:
        for weights, constant, sign in _rows(one):
            terms = (each * (now[n] + more[n] - less[n]) for n, each in weights.items())
            program += sign * pulp.lpSum(terms) + sign * constant >= 0
    status = program.solve(pulp.PULP_CBC_CMD(msg=False))
    return float(pulp.value(program.objective)) if pulp.LpStatus[status] == "Optimal" else None


def _rows(one: RuleResult) -> Iterator[tuple[dict[str, float], float, int]]:
    """Give each end of a limit as a sum that must not be below 0 after its sign."""
    assert one.ratio is not None  # noqa: S101 -- as `judged_numbers` chose them
    for end, sign in zip(one.limits[0], (1, -1), strict=True):
        if end is None:
            continue
        weights = {name: float(span[0]) for name, span in one.ratio.above.items()}
        scale = float(end / one.ratio.factor)
        for name, span in one.ratio.below.items():
            weights[name] = weights.get(name, 0.0) - scale * float(span[0])
        yield weights, 0.0 if one.ratio.below else -scale, sign


def by_halving(keeps: Callable[[float], bool], most: float) -> tuple[float, int]:
    """Find the least amount that keeps a rule, as goal-seek does: amount and trials."""
    low, high, trials = 0.0, most, 0
    while high - low > 0.01 - _NEVER_LESS:
        middle = (low + high) / 2
        low, high = (low, middle) if keeps(middle) else (middle, high)
        trials += 1
    return high, trials
