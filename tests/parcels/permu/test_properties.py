"""What must hold for any table: order, scale, ties, and that nothing missing becomes a score."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from parcels.permu.model import Column, Firm, FirmTable
from parcels.permu.schemes import class_tables, find_scheme
from parcels.permu.scoring import score_firms

ROLES = ("land", "tax", "value_added", "energy", "emissions", "employees", "rd", "main_revenue")
SCHEME = find_scheme("zhejiang_huangyan_2022")
CLASSES = class_tables()["wenling_above_2022"]
AMOUNTS = st.fixed_dictionaries(
    {role: st.integers(1, 1000).map(Fraction) for role in ROLES[:-1]}
    | {"main_revenue": st.integers(1000, 5000).map(Fraction)}
)
FIRMS = st.lists(AMOUNTS, min_size=1, max_size=12)


def table(rows, status=()) -> FirmTable:
    firms = tuple(
        Firm(
            id=str(at),
            row=at,
            amounts=amounts,
            status=status[at] if at < len(status) else "production",
        )
        for at, amounts in enumerate(rows)
    )
    columns = tuple(
        Column(at=at, heading=role, role=role, factor=Fraction(1)) for at, role in enumerate(ROLES)
    )
    return FirmTable(title="t", firms=firms, columns=columns)


def scored(rows, status=()):
    return score_firms(table(rows, status), SCHEME, "land", classes=CLASSES).rows


@given(FIRMS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_changes_nothing(rows, random) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    before = scored(rows)
    after = scored([rows[at] for at in order])
    for place, at in enumerate(order):
        assert (after[place].score, after[place].rank, after[place].letter) == (
            before[at].score,
            before[at].rank,
            before[at].letter,
        )


@given(FIRMS, st.fractions(min_value="1/100", max_value=100))
@settings(max_examples=60, deadline=None)
def test_twice_the_firm_is_the_same_firm(rows, factor) -> None:
    larger = [{role: value * factor for role, value in row.items()} for row in rows]
    assert [row.score for row in scored(rows)] == [row.score for row in scored(larger)]


@given(FIRMS, AMOUNTS)
@settings(max_examples=60, deadline=None)
def test_a_promise_moves_nobody(rows, promise) -> None:
    status = ["production"] * len(rows) + ["promised"]
    with_promise = scored([*rows, promise], status)
    for before, after in zip(scored(rows), with_promise, strict=False):
        assert (before.score, before.rank, before.letter) == (after.score, after.rank, after.letter)
    assert with_promise[-1].score is not None
    assert with_promise[-1].rank is None
    assert with_promise[-1].letter == ""


@given(FIRMS, st.sampled_from(ROLES), st.data())
@settings(max_examples=80, deadline=None)
def test_a_datum_taken_away_is_never_a_score_except_by_the_published_rule(rows, role, data) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    less = [dict(row) for row in rows]
    del less[at][role]
    found = scored(less)
    row = found[at]
    if role == "emissions" and len(rows) > 1:
        assert row.imputed == {"va_emis"}
        known = [one.parts["va_emis"] for place, one in enumerate(found) if place != at]
        assert abs(row.parts["va_emis"] - sum(known) / len(known)) < Fraction(1, 10**14)
    else:
        assert row.score is None
        assert row.letter == ""
        assert row.notes


@given(FIRMS)
@settings(max_examples=60, deadline=None)
def test_ranks_and_letters_follow_scores(rows) -> None:
    found = sorted(scored(rows), key=lambda row: row.rank)
    assert found[0].rank == 1
    for one, other in pairwise(found):
        assert one.score >= other.score
        assert (one.score == other.score) == (one.rank == other.rank)
        assert one.letter <= other.letter
    for row in found:
        assert row.score == sum(row.parts.values())


@given(FIRMS)
@settings(max_examples=40, deadline=None)
def test_scores_are_what_the_published_formula_gives(rows) -> None:
    """The formula as the notice prints it, written out once more."""
    for amounts, row in zip(rows, scored(rows), strict=True):
        one = {role: float(value) for role, value in amounts.items()}
        expected = (
            one["tax"] / one["land"] / 24.097 * 30
            + one["value_added"] / one["land"] / 136.16 * 20
            + one["value_added"] / one["energy"] / 2.694 * 20
            + one["value_added"] / one["emissions"] / 4929.81 * 10
            + one["value_added"] / one["employees"] / 18.14 * 10
            + one["rd"] / one["main_revenue"] / 0.0302 * 10
        )
        assert abs(float(row.score) - expected) <= 1e-9 * expected


@given(FIRMS)
@settings(max_examples=30, deadline=None)
def test_denominators_stand_side_by_side(rows) -> None:
    doubled = [{**row, "registered": row["land"] * 2} for row in rows]
    held = table(doubled)
    column = Column(at=9, heading="registered", role="registered", factor=Fraction(1))
    held = FirmTable(title="t", firms=held.firms, columns=(*held.columns, column))
    stated = score_firms(held, SCHEME, "land").rows
    registered = score_firms(held, SCHEME, "registered").rows
    for one, other in zip(stated, registered, strict=True):
        assert one.parts["tax_mu"] == 2 * other.parts["tax_mu"]
        assert one.parts["va_energy"] == other.parts["va_energy"]
