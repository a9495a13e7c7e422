"""Whether parcels can be told apart: repeated ids, equal ground, twins by words, name and use."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from parcels.checks.model import Check
from parcels.checks.rule_choice import unjudged
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from parcels.checks.model import CheckInput
    from parcels.checks.subject import Parcels, Use
    from parcels.findings import Outcome
    from parcels.rules.load import AppliedRule

NAMES_FILE = "name_uses.csv"
# 工业路, 物流大道 name a road, not a use.
_ROAD_FOLLOWS = r"(?!路|街|大道|桥)"


def run(given: CheckInput) -> Iterator[Batch]:
    """Give every doubt about the identity of a parcel; a pass where there is none."""
    yield from unjudged(given, CHECK.id)
    rules = {one.id: one for one in given.book.of(CHECK.id)}
    if not rules:
        return
    clear = np.ones(len(given.parcels), dtype=bool)
    for batch in _doubts(given.parcels, rules):
        clear[batch.parcel] = False
        yield batch
    rows = np.flatnonzero(clear)
    drawn = given.parcels.has_shape[rows]
    yield Batch(
        check=CHECK.id,
        rule="ID_REPEATED" if "ID_REPEATED" in rules else next(iter(rules)),
        parcel=rows,
        outcome="pass",
        reason=np.where(drawn, "identity_clear", "identity_clear_by_words"),
    )


def _doubts(parcels: Parcels, rules: Mapping[str, AppliedRule]) -> Iterator[Batch]:
    repeated = rules.get("ID_REPEATED") or rules.get("Q_ID")
    if repeated:
        yield _without_id(parcels, repeated)
        groups = _groups(((own.strip(), at) for at, own in enumerate(parcels.ids)))
        yield _alike(parcels, repeated, groups, "id_repeated")
    if "Q_EQUAL" in rules:
        yield _alike(parcels, rules["Q_EQUAL"], _equal_ground(parcels), "ground_equal")
    if "ID_TWIN" in rules:
        twins = [(at, *others) for at, others in enumerate(parcels.twins) if others]
        groups = list(dict.fromkeys(tuple(sorted(group)) for group in twins))
        yield _alike(parcels, rules["ID_TWIN"], groups, "words_equal")
    if "USE_NAME" in rules:
        yield from _names_and_uses(parcels, rules["USE_NAME"])


def _without_id(parcels: Parcels, applied: AppliedRule) -> Batch:
    rows = [at for at, own in enumerate(parcels.ids) if not own.strip()]
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=np.array(rows, dtype=np.int64),
        outcome="warning",
        reason="id_missing",
        values={"number": [at + 1 for at in rows]},
    )


def _groups(keyed: Iterable[tuple[Hashable, int]]) -> list[tuple[int, ...]]:
    """Return the positions of equal keys, two or more each; an empty key is nobody's."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for key, at in keyed:
        if key:
            found[key].append(at)
    return [tuple(group) for group in found.values() if len(group) > 1]


def _equal_ground(parcels: Parcels) -> list[tuple[int, ...]]:
    """Group outlines with the very same rings, however those start and turn."""
    rows = np.flatnonzero(parcels.has_shape)
    shapes = parcels.shapes[rows]
    keys = np.column_stack([shapely.bounds(shapes), shapely.get_num_coordinates(shapes)])
    _, group, size = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    doubted = np.flatnonzero(size[group.reshape(-1)] > 1)
    written = shapely.to_wkb(shapely.normalize(shapes[doubted]))
    return _groups(zip(written.tolist(), rows[doubted].tolist(), strict=True))


def _alike(
    parcels: Parcels, applied: AppliedRule, groups: Sequence[tuple[int, ...]], reason: str
) -> Batch:
    """Tell each member of each group how many there are and which are the others.

    Rules with the limit 1 count all of them, those with 0 the others.
    """
    members = [(at, group) for group in groups for at in group]
    others = [[one for one in group if one != at] for at, group in members]
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=np.array([at for at, _ in members], dtype=np.int64),
        outcome=breach_outcome(applied.rule),
        reason=reason,
        measured=[len(group) - (0.0 if applied.rule.value else 1.0) for _, group in members],
        limit=applied.limit,
        op=applied.rule.op,
        other=[parcels.ids[group[0]] for group in others],
        values={
            "id": [parcels.ids[at] for at, _ in members],
            "others": [[_label(parcels, one) for one in group] for group in others],
            "count": [len(group) for _, group in members],
        },
    )


def _label(parcels: Parcels, at: int) -> str:
    """Name a parcel by its place in the list too: ids may repeat."""
    return f"{parcels.ids[at]} (#{at + 1})"


def _names_and_uses(parcels: Parcels, applied: AppliedRule) -> Iterator[Batch]:
    """Compare the use that a name speaks of with the use that is stated."""
    differing: list[tuple[int, tuple[str, ...]]] = []
    unread: list[tuple[int, tuple[str, ...]]] = []
    for at, (name, use) in enumerate(zip(parcels.names, parcels.uses, strict=True)):
        words = _use_words(name)
        if words and not use.groups:
            unread.append((at, words))
        elif words and not _agrees(words, use):
            differing.append((at, words))
    yield _named(parcels, applied, differing, outcome=breach_outcome(applied.rule))
    yield _named(parcels, applied, unread, outcome="unknown")


def _named(
    parcels: Parcels,
    applied: AppliedRule,
    rows: Sequence[tuple[int, tuple[str, ...]]],
    *,
    outcome: Outcome,
) -> Batch:
    is_unknown = outcome == "unknown"
    uses = [parcels.uses[at] for at, _ in rows]
    return Batch(
        check=CHECK.id,
        rule=applied.id,
        parcel=np.array([at for at, _ in rows], dtype=np.int64),
        outcome=outcome,
        reason="use_of_name_unread" if is_unknown else "use_of_name_differs",
        measured=[use.text or use.code for use in uses],
        op=applied.rule.op,
        cause="class_unknown" if is_unknown else "",
        needs=("class",) if is_unknown else (),
        values={
            "name": [parcels.names[at] for at, _ in rows],
            "words": [words for _, words in rows],
            "use": [use.text or use.code or "—" for use in uses],
        },
    )


def _use_words(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_pattern().findall(name)))


def _agrees(words: Sequence[str], use: Use) -> bool:
    named = {group for word in words for group in _groups_by_word()[word]}
    return bool(named & set(use.groups))


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_groups_by_word(), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, words))}){_ROAD_FOLLOWS}")


@cache
def _groups_by_word() -> Mapping[str, frozenset[str]]:
    return {row["word"]: frozenset(row["groups"].split()) for row in table(NAMES_FILE)}


CHECK = Check(id="identity", run=run)
