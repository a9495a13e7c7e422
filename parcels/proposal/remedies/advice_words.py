"""What would make a proposal pass, in words: changes, steps, amounts, what is still missing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.finding_words import amount, need_text, rule_title
from parcels.messages import text
from parcels.proposal.fields import quantity_unit, quantity_words
from parcels.proposal.measuring.measures import SITE
from parcels.proposal.model import FLOOR
from parcels.proposal.ruling.fact_rules import part_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcels.proposal.model import Change, Proposal
    from parcels.proposal.remedies.advice import Advice, Move, Remedy
    from parcels.rules.load import RuleBook

_DIGITS = 60
_LEAST, _MOST = 2, 6


def exact_words(value: Fraction, unit: str = "", *, places: int = _LEAST) -> str:
    """Write an exact amount: with the decimals that it has, from 2 to 6; half up where it has more.

    Amounts that are no such decimals (亩 in m²) get 2, more where nothing else would be left.
    Whole persons are written without decimals.
    """
    least = 0 if unit == "人" and value.denominator == 1 else places
    is_decimal = 10**_MOST % value.denominator == 0
    is_small = 0 < abs(value) < Fraction(1, 10**least)
    with localcontext(prec=_DIGITS):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        most = _MOST if is_decimal or is_small else least
        shown = exact.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
        decimals = -int(shown.normalize().as_tuple().exponent)
        shown = shown.quantize(Decimal(1).scaleb(-max(least, min(decimals, _MOST))))
    return f"{shown:,f} {unit}".replace("-", "−").strip()


def quantity_amount(lang: str, quantity: str, value: Fraction) -> str:
    """Write an amount of a quantity with its unit; the site in 亩 beside it."""
    if quantity != SITE:
        return exact_words(value, quantity_unit(quantity))
    mu = exact_words(_rounded(value / M2_PER_MU))
    return text(lang, "amount.m2", value=exact_words(value), mu=mu)


def quantity_name(lang: str, proposal: Proposal, quantity: str) -> str:
    """Name a quantity: floor area by the name of its row."""
    kind, _, place = quantity.partition(":")
    if kind == FLOOR and place and int(place) < len(proposal.parts):
        return part_name(proposal.parts[int(place)])
    return quantity_words(lang, quantity)


def move_words(lang: str, remedy: Remedy, move: Move) -> str:
    """Say one step of a remedy: ``宿舍 → 研发 2,000.00 m²``."""
    return _step(lang, remedy.after, move, remedy.changes)


def step_words(lang: str, proposal: Proposal, move: Move) -> str:
    """Say a step on its own, such as the distance of one rule."""
    return _step(lang, proposal, move, ())


def change_words(lang: str, after: Proposal, change: Change) -> str:
    """Say what becomes of one quantity: ``宿舍 16,000.00 m² → 14,000.00 m²``."""
    name = quantity_name(lang, after, change.quantity)
    before, now = (_value(lang, change.quantity, one) for one in (change.before, change.after))
    return text(lang, "proposal.move.change", name=name, before=before, after=now)


def remedy_title(lang: str, remedy: Remedy) -> str:
    """Name a remedy by what it uses."""
    return text(lang, f"proposal.lever.{remedy.kind}")


def remedy_words(lang: str, remedy: Remedy) -> str:
    """Say all steps of a remedy on one line."""
    return text(lang, "ui.list_mark").join(move_words(lang, remedy, one) for one in remedy.moves)


def no_remedy_words(lang: str, advice: Advice, book: RuleBook) -> str:
    """Say why there is no change though nothing conflicts: none is needed, or none is proposed."""
    if advice.withheld:
        rules = rules_words(lang, advice.withheld, book)
        return text(lang, "cli.proposal.withheld", rules=rules)
    if not advice.targets:
        return text(lang, "cli.proposal.nothing_judged")
    return text(lang, f"cli.proposal.{'no_way' if advice.distances else 'no_remedy_needed'}")


def withheld_words(lang: str, advice: Advice, book: RuleBook) -> str:
    """Say that a cheaper change than those offered is held back, and why; "" where none is."""
    if not (advice.remedies and advice.withheld):
        return ""
    rules = rules_words(lang, advice.withheld, book)
    return text(lang, "proposal.advice.withheld_cheaper", rules=rules)


def needed_words(lang: str, need: str, book: RuleBook) -> str:
    """Name a datum that a verdict lacks, whatever kind it is of."""
    kind, _, subject = need.partition(":")
    if kind == "field":
        return text(lang, "need.field", subject=quantity_words(lang, subject))
    return need_text(lang, need, book)


def rules_words(lang: str, rules: Iterable[str], book: RuleBook) -> list[str]:
    """Name rules by their titles, each with its id."""
    found = []
    for rule in rules:
        applied = book.find(rule)
        titled = f"{rule_title(lang, applied)} [{rule}]" if applied else rule
        found.append(titled)
    return found


def _step(lang: str, proposal: Proposal, move: Move, changes: Sequence[Change]) -> str:
    if move.lever == "answers":
        for change in changes:
            if change.quantity == move.target:
                return change_words(lang, proposal, change)
        return quantity_name(lang, proposal, move.target)
    quantity = move.target or move.source
    written = quantity_amount(lang, quantity, abs(move.amount))
    names = [quantity_name(lang, proposal, one) for one in (move.source, move.target) if one]
    if move.source and move.target:
        return text(lang, "proposal.move.convert", source=names[0], target=names[1], amount=written)
    falls = move.amount < 0 or not move.target
    return text(
        lang, "proposal.move.less" if falls else "proposal.move.more", name=names[0], amount=written
    )


def _value(lang: str, quantity: str, value: Fraction | bool) -> str:
    if isinstance(value, bool):
        return amount(lang, value)
    return quantity_amount(lang, quantity, Fraction(value))


def _rounded(value: Fraction) -> Fraction:
    """Round to 0.01, half up: for a figure that stands beside the exact one."""
    return Fraction((value * 200 + 1) // 2, 100)
