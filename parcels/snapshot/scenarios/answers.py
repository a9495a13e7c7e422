"""What is found about each scenario: conflicts, ledger, balance, indices, steps."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from itertools import count
from typing import TYPE_CHECKING, Any, get_args

from parcels.check_report import layer_entries
from parcels.expansion.report import ExpansionReport
from parcels.expansion.secrecy import sensitive
from parcels.findings import OUTCOMES, worst
from parcels.messages import text
from parcels.planning.conflicts.judging import judge
from parcels.planning.figures.balance import BalanceScheme, balance
from parcels.planning.figures.extension import extension_of
from parcels.planning.figures.ledger import SETBACK, ledger_of
from parcels.planning.wording import element_name, step_text
from parcels.snapshot.scenarios.comparison import comparison_entry
from parcels.snapshot.scenarios.conflicts import conflict_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcels.expansion.model import Index
    from parcels.planning.conflicts.model import Judged
    from parcels.planning.figures.balance import Balance, BalanceRow
    from parcels.planning.line import Line
    from parcels.planning.model import Element, State
    from parcels.snapshot.scenarios.case import ScenariosCase

Entry = dict[str, Any]
_PARTS = ("gross", "road", "green", "setback", "net")
BOOKED: tuple[BalanceScheme, ...] = get_args(BalanceScheme)


def scenarios_answers(case: ScenariosCase, lang: str) -> Entry:
    """Give the answers for each scenario, the comparison, and what must be said beside.

    Conflicts have the ids S1, S2 …, indices I1, I2 …, both counted on from scenario to scenario;
    rows of the comparison are D1, D2 …
    """
    numbers: tuple[Iterator[int], Iterator[int]] = (count(1), count(1))
    book = case.ground.book
    return {
        "as_of": book.as_of.isoformat(),
        "packs": [
            {
                "id": pack.id,
                "version": pack.version,
                "title": pack.title.en if lang == "en" else pack.title.zh,
                "place": pack.place,
            }
            for pack in book.packs
        ],
        "layers": layer_entries(case.ground.overlays),
        "scenarios": [_scenario(case, line, lang, numbers) for line in case.lines],
        "comparison": comparison_entry(case, lang) if len(case.lines) > 1 else None,
        "notices": list(_notices(case, lang)),
    }


def _scenario(
    case: ScenariosCase, line: Line, lang: str, numbers: tuple[Iterator[int], Iterator[int]]
) -> Entry:
    elements = list(line.state.values())
    judged = {one.id: judge(one, case.ground, elements) for one in elements}
    counts = Counter(found.outcome for found in judged.values())
    return {
        **_stated(line, lang),
        "outcome": worst(one.outcome for one in judged.values()),
        "counts": {one: counts[one] for one in OUTCOMES},
        "judged": [_judged(line.state[name], one, lang) for name, one in judged.items()],
        "conflicts": [
            {"id": f"S{next(numbers[0])}", **conflict_entry(one, line.state, case.ground, lang)}
            for found in judged.values()
            for one in found.conflicts
        ],
        "ledger": _ledger(case, line, lang),
        "balance": [_balance(balance(line.state, one), line.state, lang) for one in BOOKED],
        "indices": _indices(case, line, lang, numbers[1]),
    }


def _stated(line: Line, lang: str) -> Entry:
    """Give what a scenario states of itself, and its steps up to where it stands."""
    scenario = line.scenario
    told = ("id", "name", "parent", "version", "archived", "owner", "made_at")
    return {
        **{name: getattr(scenario, name) for name in (*told, "saved_by", "saved_at")},
        "settings": dict(scenario.settings),
        "steps": [
            {
                "number": at,
                "id": one.id,
                "kind": one.kind,
                "text": step_text(lang, one),
                "by": one.by,
                "at": one.at,
                "own": one in line.own,
            }
            for at, one in enumerate(line.done, start=1)
        ],
    }


def _judged(element: Element, judged: Judged, lang: str) -> Entry:
    return {
        "element": element.id,
        "title": element_name(lang, element),
        "outcome": judged.outcome,
        "counts": {one: judged.counts.get(one, 0) for one in OUTCOMES},
    }


def _ledger(case: ScenariosCase, line: Line, lang: str) -> Entry:
    """Give the account in m²; what is open is None, and each missing datum a sentence."""
    settings = line.scenario.settings
    ledger = ledger_of(line.state, settings, case.ground.backdrops)
    return {
        "lines": [
            {
                "part": part,
                "title": text(lang, f"ui.sketch.ledger_{part}"),
                "area_m2": getattr(ledger, f"{part}_m2"),
                "asked": part != "setback" or bool(settings.get(SETBACK)),
                "elements": list(ledger.elements.get(part, ())),
            }
            for part in _PARTS
        ],
        "road_known_m2": ledger.road_known_m2,
        "net_at_most_m2": ledger.net_at_most_m2,
        "needs": [
            text(lang, f"sketch_ledger.{one.code}", name=one.name, value=one.value)
            for one in ledger.needs
        ],
    }


def _balance(made: Balance, state: State, lang: str) -> Entry:
    return {
        "scheme": made.scheme,
        "title": text(lang, f"ui.scheme_long.{made.scheme}"),
        "total_m2": made.total_m2,
        "rows": [_balance_row(one, lang) for one in made.rows],
        "overlaps": [asdict(one) for one in made.overlaps],
        "unmeasured": [
            {"element": one, "title": element_name(lang, state[one])} for one in made.unmeasured
        ],
    }


def _balance_row(row: BalanceRow, lang: str) -> Entry:
    return {
        "standing": row.standing,
        "code": row.code,
        "name": row.name or text(lang, f"ui.sketch.balance_{row.standing}"),
        "area_m2": row.area_m2,
        "share": row.share,
        "elements": list(row.elements),
    }


def _indices(case: ScenariosCase, line: Line, lang: str, numbers: Iterator[int]) -> Entry | None:
    """Give the indices of the expansion area; None where the scenario draws none."""
    extension = extension_of(line.state)
    if extension is None:
        return None
    found: tuple[Index, ...] = case.measuring.indices(line.state)
    report = ExpansionReport(
        lang=lang,
        title=line.scenario.name,
        extension=extension,
        geometry_class=_roughest(line.state),
        around=case.around,
        book=case.ground.book,
        indices=found,
    ).entry()
    for one in report["indices"]:
        one["index"] = one["id"]
        one["id"] = f"I{next(numbers)}"
    return {name: report[name] for name in ("zone", "indices", "summary")}


def _roughest(state: State) -> Any:
    """Give ``surveyed`` only where every extension area is."""
    classes = {one.geometry_class for one in state.values() if one.kind == "extension"}
    return classes.pop() if len(classes) == 1 else "schematic"


def _notices(case: ScenariosCase, lang: str) -> Iterator[Mapping[str, Any]]:
    """Say which scenarios show surveyed land of a size that is classified."""
    layers = case.ground.overlays.values()
    large = [line.scenario.id for line in case.lines if _is_sensitive(line.state, layers)]
    if large:
        yield {
            "code": "sensitive",
            "text": text(lang, "expansion.sensitive.text"),
            "scenarios": large,
        }


def _is_sensitive(state: State, layers: Any) -> bool:
    classes = {one.geometry_class for one in state.values()}
    return sensitive(extension_of(state), layers, classes)
