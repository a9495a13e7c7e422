"""The packs that are known, and the book of what is in force on a day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.rules.indicators import implausible_limit
from parcels.rules.model import InForce, fits
from parcels.rules.reading import load_packs
from parcels.rules.tables import DATA, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from parcels.rules.model import Override, Pack, Rule, Value

PACKS = DATA / "packs"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRule:
    """A rule of a chosen pack, with the local override that stands beside it."""

    rule: Rule
    pack: Pack
    override: Override | None = None

    @property
    def id(self) -> str:
        """Id of the rule."""
        return self.rule.id

    @property
    def limit(self) -> Value | None:
        """The limit that counts: the override's where there is one."""
        return self.override.value if self.override else self.rule.value

    @property
    def in_force(self) -> InForce:
        """When it applies: the rule's own days, else the pack's."""
        return self.rule.in_force or self.pack.in_force


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleBook:
    """The chosen packs as they stand on one day.

    Attributes
    ----------
    as_of : date
    packs : tuple of Pack
        In the order in which they were chosen.
    rules : mapping of id to AppliedRule
        In force on the day.
    dormant : tuple of AppliedRule
        Of the chosen packs, not in force on the day.
    """

    as_of: date
    packs: tuple[Pack, ...]
    rules: Mapping[str, AppliedRule]
    dormant: tuple[AppliedRule, ...]

    def of(self, check: str) -> tuple[AppliedRule, ...]:
        """Return the rules in force that a check applies, in the order of the packs."""
        return tuple(one for one in self.rules.values() if one.rule.check == check)

    def dormant_of(self, check: str) -> tuple[AppliedRule, ...]:
        """Return rules of a check that are not in force, where no rule on the metric is."""
        judged = {one.rule.metric for one in self.of(check)}
        return tuple(
            one for one in self.dormant if one.rule.check == check and one.rule.metric not in judged
        )

    def find(self, rule_id: str) -> AppliedRule | None:
        """Return a rule of the chosen packs, in force or not."""
        dormant = (one for one in self.dormant if one.id == rule_id)
        return self.rules.get(rule_id) or next(dormant, None)

    def overrides(self) -> tuple[Override, ...]:
        """Return the local limits that stand beside rules of the chosen packs, sorted by rule."""
        applied = {one.id: one.override for one in (*self.rules.values(), *self.dormant)}
        return tuple(one for _, one in sorted(applied.items()) if one is not None)

    @cached_property
    def digest(self) -> str:
        """Say in 16 hex digits which packs, versions, rules in force and overrides were used.

        Another day alone changes nothing, a rule that comes into force does, and so does any
        word of a pack or of its tables.
        """
        parts = [*(_content(pack) for pack in self.packs), *sorted(self.rules)]
        parts += [
            one.override.model_dump_json()
            for one in (*self.rules.values(), *self.dormant)
            if one.override
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def rule_book(
    as_of: date,
    *,
    packs: Sequence[str] | None = None,
    overrides: Iterable[Override] = (),
    folders: Sequence[Path] = (),
) -> RuleBook:
    """Open the book of rules on a day.

    Parameters
    ----------
    as_of : date
    packs : sequence of str, optional
        Ids of the packs to use, or paths of files (``*.toml``) with packs of one's own; default:
        those marked ``default``.
    overrides : iterable of Override
        Local limits.
    folders : sequence of Path
        Folders with packs of one's own, beside those of the product.

    Raises
    ------
    PlannerError
        ``pack_unknown`` (with the known ones), ``override_rule_unknown``, ``override_repeated``,
        ``override_value_unfit``, ``override_value_implausible``, or what is wrong with a file
        (`load_packs`).
    """
    files = {one: Path(one) for one in packs or () if one.endswith(".toml")}
    known = all_packs((*folders, *files.values()))
    ids = {one: load_packs(path)[0][1].id for one, path in files.items()}
    if packs is None:
        chosen = [pack.id for pack in known.values() if pack.default]
    else:
        chosen = [ids.get(one, one) for one in packs]
    for pack_id in chosen:
        if pack_id not in known:
            raise PlannerError("pack_unknown", pack=pack_id, known=list(known))
    changed = _by_rule(overrides, known)
    return book_of([known[pack_id] for pack_id in dict.fromkeys(chosen)], as_of, changed.values())


def book_of(packs: Sequence[Pack], as_of: date, overrides: Iterable[Override] = ()) -> RuleBook:
    """Open the book of given packs on a day: those of a snapshot, not those of this program.

    Parameters
    ----------
    packs : sequence of Pack
        In the order in which they were chosen.
    as_of : date
    overrides : iterable of Override
        Local limits; those of other packs' rules play no part.
    """
    changed = {one.rule: one for one in overrides}
    applied = [
        AppliedRule(rule=rule, pack=pack, override=changed.get(rule.id))
        for pack in packs
        for rule in pack.rule
    ]
    awake = {one.id: one for one in applied if one.in_force.covers(as_of)}
    return RuleBook(
        as_of=as_of,
        packs=tuple(packs),
        rules=MappingProxyType(awake),
        dormant=tuple(one for one in applied if one.id not in awake),
    )


def all_packs(places: tuple[Path, ...] = ()) -> Mapping[str, Pack]:
    """Return the packs of the product and of the given folders and files by id.

    Those of a folder are sorted by file name. Those of the product are read once.

    Raises
    ------
    PlannerError
        See `load_packs`; ``pack_id_repeated``, ``rule_id_repeated``.
    """
    packs: dict[str, Pack] = {}
    owners: dict[str, str] = {}
    read = (load_packs(place) for place in places)
    for path, pack in (*_of_the_product(), *chain.from_iterable(read)):
        if pack.id in packs:
            raise PlannerError("pack_id_repeated", file=path.name, pack=pack.id)
        packs[pack.id] = pack
        for rule in pack.rule:
            if rule.id in owners:
                raise PlannerError(
                    "rule_id_repeated", file=path.name, rule=rule.id, other=owners[rule.id]
                )
            owners[rule.id] = path.name
    return MappingProxyType(packs)


@cache
def _of_the_product() -> tuple[tuple[Path, Pack], ...]:
    return tuple(load_packs(PACKS))


def _by_rule(overrides: Iterable[Override], packs: Mapping[str, Pack]) -> dict[str, Override]:
    known = {rule.id: rule for pack in packs.values() for rule in pack.rule}
    found: dict[str, Override] = {}
    for override in overrides:
        place = {"rule": override.rule, "by": override.by}
        if override.rule not in known:
            raise PlannerError("override_rule_unknown", **place)
        if override.rule in found:
            raise PlannerError("override_repeated", **place)
        op, value = known[override.rule].op, str(override.value)
        if not fits(op, override.value):
            raise PlannerError("override_value_unfit", **place, op=op, value=value)
        if span := implausible_limit(known[override.rule], override.value):
            raise PlannerError("override_value_implausible", **place, value=value, span=span)
        found[override.rule] = override
    return found


def _content(pack: Pack) -> str:
    tables = sorted({rule.table for rule in pack.rule if rule.table})
    return "\n".join([pack.model_dump_json(), *(str(table(name)) for name in tables)])
