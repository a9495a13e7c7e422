"""The packs, the local limits and the book of rules that every page works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.local_limits import RULES, local_limits, of_rules
from parcels.pack_shelf import shelf, stamp
from parcels.rules.load import all_packs, rule_book
from parcels.rules.reading import read_overrides
from parcels.ui import cache, state
from parcels.ui.components.reviews_now import reviews

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcels.pack_shelf import Shelf
    from parcels.rules.load import RuleBook
    from parcels.rules.model import Override, Pack


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Local limits.

    Attributes
    ----------
    typed : tuple of Override
        Set on the page 数据.
    by_file : tuple of Override
        Of the file in the settings.
    orphans : tuple of Override
        Set on the page; no pack has their rule any more, so they change nothing.
    """

    typed: tuple[Override, ...] = ()
    by_file: tuple[Override, ...] = ()
    orphans: tuple[Override, ...] = ()

    @property
    def all(self) -> tuple[Override, ...]:
        """Those that count."""
        return (*self.by_file, *self.typed)


def known_packs() -> Mapping[str, Pack]:
    """Return the packs of the product and of the settings by id.

    Raises
    ------
    PlannerError
        What is wrong with a file (`all_packs`).
    """
    return all_packs(cache.settings().pack_folders)


def held_shelf() -> Shelf:
    """Return all packs that can be used; read again when a file changed."""
    folders = cache.settings().pack_folders
    return state.once("rule_shelf", stamp(folders), lambda: shelf(folders))


def limits_now(rules: Iterable[str]) -> Limits:
    """Return the local limits as they stand.

    Parameters
    ----------
    rules : iterable of str
        Ids of the rules that there are.

    Raises
    ------
    PlannerError
        ``store_unusable``, or what is wrong with the file of the settings.
    """
    file = cache.settings().overrides
    by_file = read_overrides(file) if file else ()
    typed, orphans = of_rules(local_limits(reviews().of(RULES)), rules)
    return Limits(typed=typed, by_file=by_file, orphans=orphans)


def book_on(day: date, packs: Sequence[str] | None) -> RuleBook:
    """Open the book of rules on a day, with the bureau's own packs and local limits.

    Raises
    ------
    PlannerError
        See `rule_book` and `limits_now`.
    """
    rules = {rule.id for pack in known_packs().values() for rule in pack.rule}
    folders = cache.settings().pack_folders
    return rule_book(day, packs=packs, overrides=limits_now(rules).all, folders=folders)


def limits_or_problem(rules: Iterable[str]) -> tuple[Limits, PlannerError | None]:
    """Return the local limits, and what is wrong with them; none of them where none can be read."""
    try:
        limits = limits_now(rules)
    except PlannerError as error:
        return Limits(), error
    try:
        rule_book(date.min, packs=[], overrides=limits.all, folders=held_shelf().paths)
    except PlannerError as error:
        return limits, error
    return limits, None
