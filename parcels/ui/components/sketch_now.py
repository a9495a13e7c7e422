"""What the page 扩区 works on in one run: scenarios, the shown one, its figures and conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcels.planning.desk.answer import answer_of
from parcels.storage.access import may
from parcels.ui import cache, state
from parcels.ui.components.review_current import as_of
from parcels.ui.components.rules_now import book_on, known_packs
from parcels.ui.components.sketch_ground import ground_now

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcels.planning.line import Line
    from parcels.planning.model import Element, Scenario
    from parcels.rules.load import RuleBook
    from parcels.storage.access import Actor
    from parcels.storage.store import Store
    from parcels.ui.components.sketch_ground import Held

PACKS = "skpacks"  # in the address
_ADDED_PACK = "expansion"
MODES = ("edit", "compare", "balance", "phasing")
PANELS = ("indices", "conflicts", "shape")


@dataclass(frozen=True, kw_only=True, eq=False)
class Desk:
    """Who works, on which store, with which scenarios.

    Attributes
    ----------
    scenarios : tuple of Scenario
        All of them, a child after its parent.
    shown : Scenario or None
        The one that the address names, else the first that is not archived.
    """

    lang: state.Lang
    store: Store
    actor: Actor
    scenarios: tuple[Scenario, ...]
    shown: Scenario | None

    @property
    def readonly(self) -> bool:
        """Whether this person may not change what is shown."""
        if self.shown is None:
            return not may(self.actor.role, "create", "scenario")
        own = self.shown.owner == self.actor.name
        edits = may(self.actor.role, "edit", "scenario" if own else "others_scenario")
        return self.shown.archived or not edits

    def of(self, scenario: str | None) -> Scenario | None:
        """Return a scenario by its id."""
        return next((one for one in self.scenarios if one.id == scenario), None)


@dataclass(frozen=True, kw_only=True, eq=False)
class Now:
    """One run with a scenario.

    Attributes
    ----------
    line : Line
    ground : Held
        What a sketch may run into.
    book : RuleBook
        Of the day and the packs that the address asks for.
    answer : mapping
        `parcels.planning.desk.answer.answer_of`.
    """

    desk: Desk
    scenario: Scenario
    line: Line
    ground: Held
    book: RuleBook
    answer: Mapping[str, Any]

    @property
    def lang(self) -> state.Lang:
        """Language of the page."""
        return self.desk.lang

    @property
    def version(self) -> tuple[object, ...]:
        """Tell what the figures rest on."""
        return self.scenario.id, self.scenario.version, self.ground.version

    @property
    def element(self) -> Element | None:
        """The element that the address names."""
        return self.line.state.get(state.param("element") or "")


def desk_now() -> Desk:
    """Open the store and list its scenarios.

    Raises
    ------
    PlannerError
        What is wrong with the store.
    """
    store, actor = cache.store(), state.actor()
    scenarios = as_tree(store.scenarios(actor, archived=True))
    return Desk(
        lang=state.lang(),
        store=store,
        actor=actor,
        scenarios=scenarios,
        shown=_shown(scenarios),
    )


def now_of(desk: Desk, scenario: Scenario) -> Now:
    """Measure a scenario, unless that was done before."""
    line = line_of(scenario)
    book = book_on(as_of(), chosen_packs())
    ground = ground_now(book)
    version = (scenario.version, ground.version, desk.lang)
    answer = state.once(
        f"sketch_answer_{scenario.id}",
        version,
        lambda: answer_of(line, ground.ground, desk.lang),
    )
    return Now(desk=desk, scenario=scenario, line=line, ground=ground, book=book, answer=answer)


def line_of(scenario: Scenario) -> Line:
    """Return the operations of a scenario; read again when it was saved again."""
    line = state.once(
        f"sketch_line_{scenario.id}",
        scenario.version,
        lambda: cache.store().line(state.actor(), scenario.id),
    )
    state.remember(f"sketch_line_{scenario.id}", line)
    return line


def known_line(scenario: Scenario) -> Line | None:
    """Return a line that was read before for this version of a scenario; None: it was not."""
    line: Line | None = state.recall(f"sketch_line_{scenario.id}")
    return line if line is not None and line.scenario.version == scenario.version else None


def as_tree(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """Put each scenario after its parent, in the order in which they were made."""
    known = {one.id for one in scenarios}
    children: dict[str | None, list[Scenario]] = {}
    for one in scenarios:
        children.setdefault(one.parent if one.parent in known else None, []).append(one)
    return tuple(_below(None, children))


def _below(parent: str | None, children: Mapping[str | None, list[Scenario]]) -> Iterator[Scenario]:
    for one in children.get(parent, ()):
        yield one
        yield from _below(one.id, children)


def depth(scenario: Scenario, scenarios: Sequence[Scenario]) -> int:
    """Count the parents of a scenario."""
    parents = {one.id: one.parent for one in scenarios}
    count, at = 0, scenario.parent
    while at in parents:
        count, at = count + 1, parents[at]
    return count


def chosen_packs() -> list[str]:
    """Return the packs that the address names, else those that the page begins with."""
    written = state.param(PACKS)
    named = [one for one in (written or "").split(",") if one]
    if written is not None:
        return named
    usual = [one for one, pack in known_packs().items() if pack.default]
    return [*usual, *([] if _ADDED_PACK in usual else [_ADDED_PACK])]


def mode_now() -> str:
    """Return what the address says the page does."""
    asked = state.param("mode")
    return asked if asked in MODES else MODES[0]


def _shown(scenarios: Sequence[Scenario]) -> Scenario | None:
    asked = state.param("scenario")
    named = [one for one in scenarios if one.id == asked]
    live = [one for one in scenarios if not one.archived]
    return next(iter(named or live), None)
