"""A proposal with every function under forty rules: what the speed of remedies is measured with."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from parcels.proposal.functions import function_roles
from parcels.proposal.model import Part, Proposal, exactly
from tests.parcels.proposal.remedies.remedy_cases import book, rule

if TYPE_CHECKING:
    from parcels.rules.load import RuleBook

_WHOLES = ("gfa_total", "gfa_above_ground", "gfa_counted")
_SHARES = (
    ("support_gfa_share", "<=", 0.3),
    ("core_gfa_share", ">=", 0.7),
    ("retail_gfa_share", "<=", 0.01),
    ("dorm_apt_gfa_share", "<=", 0.02),
    ("rd_gfa_share", ">=", 0.3),
    ("adm_gfa_share", "<=", 0.28),
)
_OTHERS: tuple[tuple[str, str, Any], ...] = (
    ("far", ">", 1.6),
    ("far", "between", [2.0, 4.0]),
    ("density", "between", [0.35, 0.6]),
    ("green_ratio", "between", [0.1, 0.2]),
    ("bldg_coef", ">=", 0.3),
    ("inv_intensity", ">=", 576.0),
    ("tax_mu", ">=", 36.0),
    ("out_mu", ">=", 1000.0),
    ("rev_mu", ">=", 500.0),
    ("va_mu", ">=", 200.0),
    ("profit_mu", ">=", 20.0),
    ("energy_per_va", "<", 0.4),
    ("va_emis", ">=", 100.0),
    ("lab_prod", ">=", 30.0),
    ("rd_ratio", ">=", 0.05),
    ("tax_kwh", ">=", 12.0),
    ("area_mu", ">=", 30.0),
    ("min_split_unit_m2", ">=", 300.0),
    ("core_split_share", "<=", 0.5),
    ("support_may_be_split", "==", False),
    ("core_may_be_split", "==", False),
    ("functions", "none_of", ["F_HOUSE", "F_HOTEL", "F_KINDER", "F_WH_DG"]),
)
_PROMISES = {
    "site_area": 40_000,
    "tax": 500,
    "investment": 10_000,
    "energy": 5000,
    "value_added": 8000,
    "footprint": 9000,
    "green": 2000,
    "covered": 9000,
    "output": 3000,
    "revenue": 5000,
    "profit": 100,
    "research": 10,
    "emission": 300,
    "electricity": 500_000,
    "jobs": 700,
    "core_split": 8000,
    "min_split_unit": 200,
}


def large() -> tuple[Proposal, RuleBook]:
    """Return a proposal with 20 functions that breaks most of 40 rules, and the rules."""
    codes = list(function_roles())
    areas = {f"floor:{at}": 1000 + 137 * at * at % 7919 for at in range(len(codes))}
    proposal = Proposal(
        parts=tuple(Part(functions=(code,)) for code in codes),
        amounts={name: exactly(Fraction(one)) for name, one in (areas | _PROMISES).items()},
        answers={"support_may_be_split": True, "core_may_be_split": True},
    )
    shares = [
        {"metric": metric, "op": op, "value": value, "denominator": whole}
        for metric, op, value in _SHARES
        for whole in _WHOLES
    ]
    others = [{"metric": metric, "op": op, "value": value} for metric, op, value in _OTHERS]
    rules = [rule({"id": f"R{at}"} | one) for at, one in enumerate(shares + others)]
    return proposal, book(rules)
