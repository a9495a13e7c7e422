"""The smallest conflict against every subset, in order of size and rules."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from parcels.proposal.remedies.conflict import smallest_conflict

ORDER = tuple("ABCDEFG")
rules = st.frozensets(st.sampled_from(ORDER), max_size=4)


def _by_all_subsets(clashes: list[frozenset[str]]) -> tuple[str, ...]:
    for size in range(len(ORDER) + 1):
        for chosen in combinations(ORDER, size):
            if any(clash <= set(chosen) for clash in clashes):
                return chosen
    return ()


@given(clashes=st.lists(rules.filter(bool), max_size=6))
def test_it_is_the_first_of_the_smallest_sets_that_clash(clashes: list[frozenset[str]]) -> None:
    def keeping(asked: frozenset[str]) -> frozenset[str] | None:
        return None if any(clash <= asked for clash in clashes) else asked

    assert smallest_conflict(ORDER, keeping) == _by_all_subsets(clashes)


@given(clashes=st.lists(rules.filter(bool), max_size=6))
def test_rules_that_are_kept_by_chance_change_nothing(clashes: list[frozenset[str]]) -> None:
    def keeping(asked: frozenset[str]) -> frozenset[str] | None:
        if any(clash <= asked for clash in clashes):
            return None
        for rule in reversed(ORDER):
            if not any(clash <= asked | {rule} for clash in clashes):
                asked |= {rule}
        return asked

    assert smallest_conflict(ORDER, keeping) == _by_all_subsets(clashes)


def test_what_cannot_hold_by_itself_is_no_conflict_of_rules() -> None:
    assert smallest_conflict((), lambda _: frozenset()) == ()
