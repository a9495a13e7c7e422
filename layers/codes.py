"""Land-use codes in three schemes, and what a use in plain words means in each of them.

A code says nothing without its scheme: 1001 is industry in one and railway in another.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Mapping

Scheme = Literal["gb50137", "mnr2023", "gbt21010"]
SCHEMES: tuple[Scheme, ...] = ("gb50137", "mnr2023", "gbt21010")
_DATA = Path(__file__).parent / "data"
_SAID = {
    "gb50137": ("gb50137", "城市用地分类"),
    "mnr2023": ("mnr2023", "用地用海", "2023234"),
    "gbt21010": ("gbt21010", "gb21010", "土地利用现状分类"),
}
"""What names a scheme: number or title of its document, in any spelling."""
_OTHER_EDITIONS = ("试行", "2020", "210102007")
"""Editions with other codes: the trial text of the guide, the standard of 2007."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandUseCode:
    """One class of one scheme; ``parent`` is empty at the top.

    ``national`` is false for classes that cities added (M0). ``mark`` says how the row was
    established: V read in a text found, R well known but its text not read, S in the plan.
    """

    scheme: Scheme
    code: str
    name: str
    parent: str
    national: bool
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeReading:
    """What a use means in one scheme.

    Attributes
    ----------
    code : LandUseCode or None
        None: not known in this scheme.
    assumed : bool
        The code says more than the words do; ``note`` tells what was added.
    note : str or None
        Note code of what is assumed or not given.
    options : tuple of LandUseCode
        Where the words leave the sub-class open: the classes of which one would settle it.
    """

    scheme: Scheme
    code: LandUseCode | None
    assumed: bool = False
    note: str | None = None
    options: tuple[LandUseCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReading:
    """A use as written and its reading in each scheme, in the order of `SCHEMES`."""

    use_text: str
    readings: tuple[SchemeReading, ...]

    @property
    def known(self) -> bool:
        """Whether any scheme has a code for the use."""
        return any(reading.code for reading in self.readings)


def read_scheme(text: str) -> Scheme | None:
    """Read which scheme is meant by its id or by the document, such as GB/T 21010-2017.

    None for anything else, also for another edition and for words that name two.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(letter for letter in folded if letter.isalnum())
    if any(edition in bare for edition in _OTHER_EDITIONS):
        return None
    meant: list[Scheme] = [
        scheme for scheme in SCHEMES if any(said in bare for said in _SAID[scheme])
    ]
    return meant[0] if len(meant) == 1 else None


def code_table(scheme: str) -> Mapping[str, LandUseCode]:
    """Return the classes of a scheme by code, in the order of the standard.

    Raises
    ------
    PlannerError
        ``land_use_scheme_unknown``.
    """
    for known in SCHEMES:
        if known == scheme:
            return _table(known)
    raise PlannerError("land_use_scheme_unknown", scheme=scheme, known=list(SCHEMES))


def look_up(code: str, scheme: str | None) -> LandUseCode:
    """Return the class that a code stands for.

    Raises
    ------
    PlannerError
        ``land_use_code_without_scheme`` (with what the code would mean in each),
        ``land_use_scheme_unknown`` or ``land_use_code_unknown``.
    """
    if not scheme:
        meanings = {entry.scheme: entry.name for entry in meanings_of(code)}
        raise PlannerError("land_use_code_without_scheme", land_use=code, meanings=meanings)
    found = code_table(scheme).get(code)
    if found is None:
        raise PlannerError("land_use_code_unknown", land_use=code, scheme=scheme)
    return found


def meanings_of(code: str) -> tuple[LandUseCode, ...]:
    """Return what a code stands for in each scheme that has it."""
    return tuple(_table(scheme)[code] for scheme in SCHEMES if code in _table(scheme))


def codes_for_use(use_text: str) -> CodeReading:
    """Read a use in plain words, such as 工业, in every scheme.

    What the words do not say is never guessed: 工业 has no sub-class M1, M2 or M3, so the class
    M is returned with the three as options. Words that are not in the table give no code.
    """
    word = use_text.strip().removesuffix("用地")
    rows = {row["scheme"]: row for row in _uses() if row["use"] == word}
    readings = tuple(_reading(scheme, rows.get(scheme)) for scheme in SCHEMES)
    return CodeReading(use_text=use_text, readings=readings)


def _reading(scheme: Scheme, row: Mapping[str, str] | None) -> SchemeReading:
    if row is None:
        return SchemeReading(scheme=scheme, code=None, note="use_not_in_table")
    table = _table(scheme)
    code = table[row["code"]]
    open_below = row["note"] == "sub_class_not_given"
    below = tuple(e for e in table.values() if e.parent == code.code and e.national)
    return SchemeReading(
        scheme=scheme,
        code=code,
        assumed=row["assumed"] == "yes",
        note=row["note"] or None,
        options=below if open_below else (),
    )


@cache
def _table(scheme: Scheme) -> Mapping[str, LandUseCode]:
    entries = [
        LandUseCode(
            scheme=scheme,
            code=row["code"],
            name=row["name"],
            parent=row["parent"],
            national=row["status"] == "national",
            mark=row["mark"],
        )
        for row in _rows(f"landuse_{scheme}.csv")
    ]
    return MappingProxyType({entry.code: entry for entry in entries})


@cache
def _uses() -> tuple[Mapping[str, str], ...]:
    return _rows("landuse_uses.csv")


def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
