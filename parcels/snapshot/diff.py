"""Compare two snapshots: which verdicts changed between them, and what changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.findings import OUTCOMES, RANK
from parcels.messages import error_text
from parcels.snapshot.differing.matching import Match, match_parcels
from parcels.snapshot.differing.mixing import SILENT, Mixture, side_of
from parcels.snapshot.differing.model import Component, DiffReport, Verdict
from parcels.snapshot.differing.said import SaidByRule, said_by_rule
from parcels.snapshot.differing.trials import Cell, causes, changed_components
from parcels.snapshot.input_values import reading
from parcels.snapshot.verifying.comparing import differences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.differing.trials import Cause
    from parcels.snapshot.model import Content, Snapshot
    from parcels.snapshot.verifying.model import Difference

_DERIVED = {"at", "key", "selected", "outcome", "counts", "said", "area_m2", "twins", "rings"}
_UNEXPLAINED: Cause = ((), ())
_SEALING = {"marks", "made", "rests_on"}


def diff(before: Snapshot, after: Snapshot) -> DiffReport:
    """Compare two snapshots of one kind.

    Parameters
    ----------
    before, after : Snapshot
        With digests that fit (`parcels.snapshot.files.read_snapshot`).

    Returns
    -------
    DiffReport
        Of reviews verdicts and their causes; causes are tried only where both are internal. Of
        other kinds the values that differ.

    Raises
    ------
    PlannerError
        ``snapshot_diff_kinds``; ``snapshot_input_unusable`` where one is no review after all.
    """
    if before.kind != after.kind:
        raise PlannerError("snapshot_diff_kinds", before=before.kind, after=after.kind)
    if before.kind == "review":
        with reading("content"):
            return _reviews(before, after)
    old, new = (_compared(one.content) for one in (before, after))
    return DiffReport(before=before, after=after, values=tuple(differences(old, new, "recomputed")))


def _compared(content: Content) -> dict[str, Any]:
    return {name: part for name, part in content.items() if name not in _SEALING}


def _reviews(before: Snapshot, after: Snapshot) -> DiffReport:
    old, new = before.content, after.content
    match = match_parcels(old["parcels"], new["parcels"])
    said = (said_by_rule(old), said_by_rule(new))
    changed = _changed(old, new, match, said)
    components, found, problem = _tried(before, after, match, changed)
    verdicts = [
        _verdict(_keys(old, new, pair), rule, said, found.get((pair[0], rule), _UNEXPLAINED))
        for pair, rule in changed
    ]
    lost = _lost_layers(old, new)
    return DiffReport(
        before=before,
        after=after,
        matched=match.pairs,
        renumbered=match.renumbered,
        gone=tuple(old["parcels"][at]["key"] for at in match.gone),
        new=tuple(new["parcels"][at]["key"] for at in match.new),
        counts={
            one: (old["answers"]["summary"][one], new["answers"]["summary"][one])
            for one in OUTCOMES
        },
        lost_layers=lost,
        verdicts=tuple(sorted(verdicts, key=lambda one: _order(one, lost))),
        figures=_figures(old, new, match, said),
        components=tuple(components),
        values=_values(old, new, match),
        is_tried=before.level == after.level == "internal" and not problem,
        problem=problem,
    )


Both = tuple[dict[str, "SaidByRule"], dict[str, "SaidByRule"]]
Pair = tuple[int, int]


def _changed(
    old: Content, new: Content, match: Match, said: Both
) -> dict[tuple[Pair, tuple[str, str]], tuple[int, int]]:
    """Give the ranks of verdicts that changed, of parcels that both have."""
    found: dict[tuple[Pair, tuple[str, str]], tuple[int, int]] = {}
    for pair in match.pairs:
        keys = _keys(old, new, pair)
        here, there = (half.get(key, {}) for half, key in zip(said, keys, strict=True))
        for rule in dict.fromkeys([*here, *there]):
            ranks = tuple(one[rule].rank if rule in one else SILENT for one in (here, there))
            if ranks[0] != ranks[1]:
                found[pair, rule] = (ranks[0], ranks[1])
    return found


def _tried(
    before: Snapshot,
    after: Snapshot,
    match: Match,
    changed: Mapping[tuple[Pair, tuple[str, str]], tuple[int, int]],
) -> tuple[list[Component], Mapping[Cell, Cause], str]:
    """Look for causes: the parts that differ, what each explains, or why that is not known."""
    if before.level != "internal" or after.level != "internal":
        return [], {}, ""
    try:
        with reading("inputs"):
            components = changed_components(before.content, after.content, match)
            sides = [side_of(one.content) for one in (before, after)]
            mixture = Mixture.of(sides[0], sides[1], match)
            cells = {(pair[0], rule): ranks for (pair, rule), ranks in changed.items()}
            return components, causes(mixture, components, cells), ""
    except PlannerError as error:
        return [], {}, error_text(after.content["lang"], error)[0]


def _keys(old: Content, new: Content, pair: Pair) -> tuple[str, str]:
    return old["parcels"][pair[0]]["key"], new["parcels"][pair[1]]["key"]


def _verdict(keys: tuple[str, str], rule: tuple[str, str], said: Both, cause: Cause) -> Verdict:
    here, there = (half.get(key, {}).get(rule) for half, key in zip(said, keys, strict=True))
    return Verdict(
        key_before=keys[0],
        key_after=keys[1],
        check=rule[0],
        rule=rule[1],
        before=OUTCOMES[here.rank] if here else None,
        after=OUTCOMES[there.rank] if there else None,
        ids_before=here.ids if here else (),
        ids_after=there.ids if there else (),
        message=there.message if there else "",
        cause=there.cause if there else "",
        alone=cause[0],
        together=cause[1],
    )


def _order(verdict: Verdict, lost: tuple[str, ...]) -> tuple[bool, int]:
    """Put first what is unknown because a layer is missing now, then the worst."""
    named = {one.name for one in (*verdict.alone, *verdict.together) if one.part == "layer"}
    by_loss = verdict.after == "unknown" and not named.isdisjoint(lost)
    return not by_loss, len(RANK) if verdict.after is None else RANK[verdict.after]


def _lost_layers(old: Content, new: Content) -> tuple[str, ...]:
    kinds = [
        [one["kind"] for one in content["answers"].get("layers") or ()] for content in (old, new)
    ]
    return tuple(kind for kind in kinds[0] if kind not in kinds[1])


def _figures(old: Content, new: Content, match: Match, said: Both) -> int:
    """Count verdicts that stayed while a figure changed."""
    count = 0
    for pair in match.pairs:
        keys = _keys(old, new, pair)
        here, there = (half.get(key, {}) for half, key in zip(said, keys, strict=True))
        count += sum(
            here[rule].rank == there[rule].rank and here[rule].figures != there[rule].figures
            for rule in here.keys() & there.keys()
        )
    return count


def _values(old: Content, new: Content, match: Match) -> list[Difference]:
    """Give the facts and outlines of parcels that differ; their path is that of before."""
    return [
        one
        for before, after in match.pairs
        for one in differences(
            _brought(old["parcels"][before]),
            _brought(new["parcels"][after]),
            "recomputed",
            ("parcels", before),
        )
    ]


def _brought(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in entry.items() if name not in _DERIVED}
