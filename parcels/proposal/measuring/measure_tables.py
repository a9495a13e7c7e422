"""Which quantities of a proposal make which indicator."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.proposal.measuring.sums import ABOVE_GROUND, COUNTED, TOTAL, among, every, role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.proposal.measuring.sums import Belongs

SITE = "site_area"
_ONE = Fraction(1)
_WAN = Fraction(10_000)
_RESEARCH = frozenset(("F_RD", "F_PILOT", "F_DESIGN", "F_TEST"))

ZONES = {
    "planned_industrial_area": ("zone_m0", "zone_industrial"),
    "block_area": ("block_m0", "block_area"),
}
SHARES: Mapping[str, Belongs] = {
    "core_gfa_share": role("core"),
    "support_gfa_share": role("support"),
    "adm_gfa_share": role("support"),
    "rd_gfa_share": among(_RESEARCH),
    "retail_gfa_share": among(frozenset(("F_RETAIL",))),
    "dorm_apt_gfa_share": among(frozenset(("F_DORM", "F_APT"))),
}
FLOORS: Mapping[str, tuple[str, Belongs]] = {
    "gfa_total_m2": (TOTAL, every),
    "gfa_above_ground_m2": (ABOVE_GROUND, every),
    "gfa_counted_m2": (COUNTED, every),
    "core_gfa_m2": (TOTAL, role("core")),
    "support_gfa_m2": (TOTAL, role("support")),
    "adm_gfa_m2": (TOTAL, role("support")),
    "rd_gfa_m2": (TOTAL, among(_RESEARCH)),
    "retail_gfa_m2": (TOTAL, among(frozenset(("F_RETAIL",)))),
}
_PER_MU = {
    "inv_intensity": "investment",
    "tax_mu": "tax",
    "out_mu": "output",
    "rev_mu": "revenue",
    "va_mu": "value_added",
    "profit_mu": "profit",
}
_ABSOLUTE = {
    "min_split_unit_m2": "min_split_unit",
    "site_area_m2": SITE,
    "footprint_m2": "footprint",
    "covered_m2": "covered",
    "green_m2": "green",
    "investment_wan": "investment",
    "tax_wan": "tax",
    "output_wan": "output",
    "revenue_wan": "revenue",
    "jobs": "jobs",
}
QUOTIENTS: Mapping[str, tuple[str, str, Fraction]] = {
    "density": ("footprint", SITE, _ONE),
    "bldg_coef": ("covered", SITE, _ONE),
    "green_ratio": ("green", SITE, _ONE),
    **{name: (above, SITE, M2_PER_MU) for name, above in _PER_MU.items()},
    "energy_per_va": ("energy", "value_added", _ONE),
    "va_energy": ("value_added", "energy", _ONE),
    "va_emis": ("value_added", "emission", _ONE),
    "lab_prod": ("value_added", "jobs", _ONE),
    "rd_ratio": ("research", "revenue", _ONE),
    "tax_kwh": ("tax", "electricity", _WAN),
    **{name: (above, "", _ONE) for name, above in _ABSOLUTE.items()},
    "area_mu": (SITE, "", 1 / M2_PER_MU),
    "block_industrial_share": ("block_industrial", "block_area", _ONE),
    "ordinary_supply_share": ("ordinary_supply", "industrial_supply", _ONE),
}
