"""One row of floor area as it is typed, read into a part of a proposal."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.read.parsed import Fault
from parcels.permu.terms import is_total
from parcels.proposal.document.echoing import echo_of
from parcels.proposal.document.quantities import SHOWN, read_quantity
from parcels.proposal.document.typed_words import choice_of, functions_of, near_functions, yes_or_no
from parcels.proposal.fields import floor_columns
from parcels.proposal.functions import function_roles, function_title
from parcels.proposal.model import FLOOR, LAND, Amount, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.proposal.fields import ProposalField

_RATES = {"tax_rate": "tax", "output_rate": "output", "jobs_rate": "jobs"}
_NEVER_ZERO = ("storeys", "storey_height")


@dataclass(slots=True, kw_only=True)
class Told:
    """What is told while a draft is read: faults, remarks and echoes by place."""

    lang: str
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    echoes: dict[str, str] = field(default_factory=dict)

    def fault(self, fault_code: str, where: str, **values: Any) -> None:
        """Tell that something typed is not used."""
        self.faults.append(Fault(code=fault_code, where=where, values=values))

    def remark(self, remark_code: str, where: str, **values: Any) -> None:
        """Tell something about a value that is used."""
        self.remarks.append(Fault(code=remark_code, where=where, values=values))

    def quantity(
        self,
        where: str,
        typed: str,
        asked: ProposalField,
        whole: Amount | None = None,
        *,
        never_zero: bool = False,
    ) -> Amount | None:
        """Read a quantity, tell what is to be told and echo what was understood."""
        read = read_quantity(typed, asked, whole=whole)
        amount, values = read.amount, dict(read.values)
        if amount is None:
            self.fault(read.problem, where, **values)
            return None
        if never_zero and amount.high == 0:
            self.fault("proposal_number_zero", where, **values)
            return None
        for code in read.remarks:
            self.remark(code, where, **values)
        self.echoes[where] = echo_of(self.lang, asked, amount, whole)
        return amount


def shown(text: str) -> str:
    """Cut a text that is quoted in a sentence."""
    plain = text.strip()
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…"


def is_blank(row: Mapping[str, str]) -> bool:
    """Whether nothing is typed in a row."""
    return not any(text.strip() for text in row.values())


def sums_up(row: Mapping[str, str]) -> bool:
    """Whether a row adds up others: 合计."""
    name, function = row.get("name", "").strip(), row.get("function", "").strip()
    return is_total(function or name) if function or name else False


def read_row(row: Mapping[str, str], where: str, told: Told) -> tuple[Part, dict[str, Amount]]:
    """Read a row that is not blank.

    Parameters
    ----------
    row : mapping of str to str
        By the ids of `parcels.proposal.fields.floor_columns`.
    where : str
        Place of the row: ``floors[2]``.
    told : Told
        Gets faults, remarks and echoes.

    Returns
    -------
    part, amounts : Part, dict
        Amounts by ``floor`` and ``land``. Floor area of a row whose kind, level or 计容 is typed
        and cannot be read is not known: it may belong in a sum or not. Land that is typed and
        cannot be used is not known, and is never allotted by floor area instead: from 0
        without an upper end.
    """
    columns = floor_columns()
    for key in row:
        if key not in columns and row[key].strip():
            told.fault("proposal_column_unknown", where, value=shown(key), typed=shown(row[key]))
    filled = {key: text for key, text in row.items() if text.strip()}
    numbers = {
        key: told.quantity(f"{where}.{key}", filled[key], asked, never_zero=key in _NEVER_ZERO)
        for key, asked in columns.items()
        if asked.kind not in {"text", "function", "choice", "yes_no"} and key in filled
    }
    exact = {key: _one(told, f"{where}.{key}", filled[key], of) for key, of in numbers.items()
             if of is not None and key not in {"area", "land"}}  # fmt: skip
    storeys = exact.get("storeys")
    part = Part(
        name=row.get("name", "").strip(),
        functions=_functions(filled.get("function", ""), where, told),
        role=_choice(filled, "role", where, told),
        below_ground=_choice(filled, "level", where, told) == "below",
        counted=_answer(filled, where, told),
        storeys=None if storeys is None else int(storeys),
        storey_height_m=exact.get("storey_height"),
        yields=MappingProxyType(
            {name: rate for key, name in _RATES.items() if (rate := exact.get(key)) is not None}
        ),
    )
    _tell_role(part, filled, where, told)
    amounts = {FLOOR: numbers.get("area"), LAND: numbers.get("land")}
    if _is_open(part, filled) or _sounds_below(filled, where, told):
        amounts[FLOOR] = None
    if "land" in filled and amounts[LAND] is None:
        amounts[LAND] = Amount(low=Fraction(0), high=None)
    return part, {name: amount for name, amount in amounts.items() if amount is not None}


def _is_open(part: Part, filled: Mapping[str, str]) -> bool:
    """Whether it cannot be said in which sums the floor area belongs: its words are unread."""
    return (
        ("role" in filled and part.role is None)
        or ("counted" in filled and part.counted is None)
        or ("level" in filled and choice_of("level", filled["level"]) is None)
    )


def _sounds_below(filled: Mapping[str, str], where: str, told: Told) -> bool:
    """Whether a row is called 地下 and does not say whether it is."""
    words = next((filled[key] for key in ("function", "name") if "地下" in filled.get(key, "")), "")
    if not words or "level" in filled:
        return False
    told.fault("proposal_level_unstated", f"{where}.level", value=shown(words))
    return True


def _tell_role(part: Part, filled: Mapping[str, str], where: str, told: Told) -> None:
    """Remark on a row that is stated to be core, or support, unlike its function."""
    usual = {function_roles()[code] for code in part.functions}
    if part.role is not None and usual and part.role not in usual:
        told.remark("proposal_role_differs", f"{where}.role", value=shown(filled["role"]))


def _one(told: Told, where: str, typed: str, amount: Amount) -> Fraction | None:
    """Take one value; a range is no use there."""
    if amount.exact is None:
        told.echoes.pop(where, None)
        told.fault("proposal_number_not_one", where, value=shown(typed))
    return amount.exact


def _functions(typed: str, where: str, told: Told) -> tuple[str, ...]:
    if not typed:
        return ()
    codes, unread = functions_of(typed)
    place = f"{where}.function"
    for word in unread:
        near = " / ".join(near_functions(word))
        told.fault("proposal_function_unknown", place, value=shown(word), near=near)
    if codes:
        told.echoes[place] = " / ".join(function_title(told.lang, code) for code in codes)
    if len(codes) > 1:
        told.remark("proposal_function_open", place, value=shown(typed), near=told.echoes[place])
    return codes


def _choice(filled: Mapping[str, str], key: str, where: str, told: Told) -> Any:
    if key not in filled:
        return None
    found = choice_of(key, filled[key])
    if found is None:
        told.fault(f"proposal_{key}_unknown", f"{where}.{key}", value=shown(filled[key]))
    return found


def _answer(filled: Mapping[str, str], where: str, told: Told) -> bool | None:
    if "counted" not in filled:
        return None
    answer = yes_or_no(filled["counted"])
    if answer is None:
        told.fault("proposal_counted_unknown", f"{where}.counted", value=shown(filled["counted"]))
    return answer
