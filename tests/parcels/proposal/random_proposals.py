"""Proposals at random, and their shares and quotients by a second, plain computation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from parcels.proposal.functions import function_roles
from parcels.proposal.model import Amount, Part, Proposal, exactly

FUNCTIONS = tuple(function_roles())
MONEY = ("investment", "output", "revenue", "value_added", "tax", "profit", "research")
LANDS = ("footprint", "covered", "green", "zone_m0", "zone_industrial", "block_area", "block_m0")

areas = st.integers(0, 10_000_000).map(lambda cents: Fraction(cents, 100))
positive = st.integers(1, 10_000_000).map(lambda cents: Fraction(cents, 100))
settled = st.sampled_from(FUNCTIONS).map(lambda one: (one,))
either = st.tuples(st.sampled_from(FUNCTIONS), st.sampled_from(FUNCTIONS))
open_functions = st.one_of(settled, either.map(lambda two: tuple(dict.fromkeys(two))), st.just(()))


@st.composite
def proposals(draw, functions=settled, *, ranges=False):
    """Make a proposal; with ``ranges`` some amounts are ranges and some are missing."""
    parts, amounts = [], {}
    for at in range(draw(st.integers(1, 6))):
        parts.append(
            Part(
                functions=draw(functions),
                below_ground=draw(st.booleans()),
                counted=draw(st.sampled_from((None, None, True, False))),
                storey_height_m=draw(st.sampled_from((Fraction(4), Fraction(8), Fraction(9)))),
            )
        )
        amounts[f"floor:{at}"] = exactly(draw(areas))
        if draw(st.booleans()):
            amounts[f"land:{at}"] = exactly(draw(areas))
    amounts["site_area"] = exactly(draw(positive))
    for name in (*MONEY, *LANDS, "energy", "core_split"):
        if draw(st.booleans()):
            amounts[name] = exactly(draw(areas))
    if ranges:
        amounts = {name: draw(_loosened(one)) for name, one in amounts.items()}
        parts = [
            replace(one, storey_height_m=draw(st.sampled_from((None, one.storey_height_m))))
            for one in parts
        ]
    return Proposal(
        use=draw(st.sampled_from(("M0", "M0", "M1"))),
        parts=tuple(parts),
        amounts=amounts,
        planned_class=draw(st.sampled_from((None, "M", "M1", "B2"))),
        converted_from=draw(st.sampled_from((None, "W1", "A33"))),
        industry_code=draw(st.sampled_from((None, "39", "27"))),
        industry_edition=draw(st.sampled_from((None, "2002", "2017"))),
        answers=draw(st.dictionaries(st.sampled_from(("support_may_be_split",)), st.booleans())),
    )


def _loosened(amount):
    more = positive.map(lambda one: Amount(low=amount.low, high=amount.low + one))
    return st.one_of(st.just(amount), more, st.just(Amount(low=amount.low, high=None)))


# A second, plain way to the same numbers, from the table of domain.md 1.4 alone, in floats.

CORE = {"F_PROD_CLEAN", "F_PROD_2", "F_PROD_3", "F_RD", "F_PILOT", "F_DESIGN", "F_TEST", "F_WH", "F_WH_DG"}  # fmt: skip
NEITHER = {"F_PARK", "F_GREEN"}
BELONGS = {
    "core_gfa_share": lambda one: one in CORE,
    "support_gfa_share": lambda one: one not in CORE | NEITHER,
    "adm_gfa_share": lambda one: one not in CORE | NEITHER,
    "rd_gfa_share": lambda one: one in {"F_RD", "F_PILOT", "F_DESIGN", "F_TEST"},
    "retail_gfa_share": lambda one: one == "F_RETAIL",
    "dorm_apt_gfa_share": lambda one: one in {"F_DORM", "F_APT"},
}


def plainly(proposal, metric, whole, double):
    def floor(at):
        return float(proposal.amounts[f"floor:{at}"].low)

    def counts(part):
        if whole == "gfa_total":
            return 1
        if whole == "gfa_above_ground":
            return 0 if part.below_ground else 1
        counted = (not part.below_ground) if part.counted is None else part.counted
        return 0 if not counted else 2 if double and part.storey_height_m > 8 else 1

    def known(name):
        return float(proposal.amounts[name].low)

    rows = [(one.functions[0], floor(at) * counts(one)) for at, one in enumerate(proposal.parts)]
    total = sum(area for _, area in rows)
    mu = known("site_area") * 3 / 2000
    if metric in BELONGS:
        return sum(area for one, area in rows if BELONGS[metric](one)) / total if total else None
    if metric == "far":
        return total / known("site_area")
    if metric == "m0_area_share":
        return (known("zone_m0") + known("site_area")) / known("zone_industrial")
    name = {"inv_intensity": "investment", "tax_mu": "tax", "out_mu": "output", "va_mu": "value_added"}[metric]  # fmt: skip
    return known(name) / mu
