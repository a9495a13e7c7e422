"""What was read, written back in the usual units: rounded half up, once."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.proposal.fields import ProposalField
    from parcels.proposal.model import Amount

_WHOLE = ("people", "count")
_MOST_PLACES = 6
_WAN = 10_000


def decimals(value: Fraction, places: int = 2) -> str:
    """Write a number with so many decimals and thousands commas, halves rounded away from 0."""
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    sign = "−" if value < 0 and scaled else ""
    return f"{sign}{whole:,}" + (f".{rest:0{places}d}" if places else "")


def plain_decimal(value: Fraction) -> str | None:
    """Write a number in all its digits, without commas; None: it is no finite decimal."""
    places, rest = 0, value.denominator
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest //= prime
            times += 1
        places = max(places, times)
    if rest != 1:
        return None
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def echo_of(lang: str, asked: ProposalField, amount: Amount, whole: Amount | None = None) -> str:
    """Write an amount in the units that people use for its kind.

    Parameters
    ----------
    whole : Amount or None
        What it is a share of, where it is: the share stands behind, 16,000.00 m² · 40.00 %.
    """
    year = text(lang, "proposal.a_year") if asked.a_year else ""
    if asked.kind == "land":
        said = [_ranged(amount, "m²"), _ranged(amount, "亩", factor=1 / M2_PER_MU)]
    elif asked.kind == "rate_money":
        said = [_ranged(amount, "元/m²", factor=Fraction(_WAN))]
    elif asked.kind == "rate_people":
        said = [_ranged(amount, asked.unit, write=_short)]
    elif asked.kind in _WHOLE:
        said = [_ranged(amount, asked.unit, write=lambda one: decimals(one, 0))]
    else:
        said = [_ranged(amount, asked.unit + year)]
    share = _share(amount, whole)
    return " · ".join([*said, *share])


def _share(amount: Amount, whole: Amount | None) -> list[str]:
    if whole is None or not whole.exact or amount.exact is None:
        return []
    return [f"{decimals(100 * amount.exact / whole.exact)} %"]


def _ranged(
    amount: Amount,
    unit: str,
    *,
    factor: Fraction = Fraction(1),
    write: Callable[[Fraction], str] = decimals,
) -> str:
    low, unit = write(amount.low * factor), f" {unit}" if unit else ""
    if amount.exact is not None:
        return f"{low}{unit}"
    if amount.high is None:
        return f"≥ {low}{unit}"
    high = write(amount.high * factor)
    return f"≤ {high}{unit}" if amount.low == 0 else f"{low}–{high}{unit}"


def _short(value: Fraction) -> str:
    """Write up to six decimals, without zeros at the end."""
    written = decimals(value, _MOST_PLACES)
    return written.rstrip("0").rstrip(".")
