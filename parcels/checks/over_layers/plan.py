"""Classes of a plan and the uses that they take in.

A class of a plan takes in its own sub-classes, whichever scheme they are written in. What a
table admits beyond that stands in ``plan_accommodation.csv``. A use whose sub-class is open is
judged only where all of its readings agree.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from layers.codes import SCHEMES, code_table
from parcels.checks.use_groups import groups_of_code
from parcels.rules.counterparts import ancestors, counterparts
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.overlay import Overlay
    from parcels.checks.over_layers.uncertain import Ints
    from parcels.checks.subject import Objects, Parcels, Use

Verdict = Literal[
    "match",
    "accommodated",
    "differs",
    "local",  # a local clause decides
    "blank",  # the plan leaves the use open
    "class_open",
    "use_unknown",
    "use_without_scheme",
    "plan_unknown",
]
VERDICTS: tuple[Verdict, ...] = (
    "differs",
    "use_without_scheme",
    "use_unknown",
    "plan_unknown",
    "class_open",
    "blank",
    "local",
    "accommodated",
    "match",
)
_BLANK = ("mnr2023", "16")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanClass:
    """A class as a plan layer shows it; ``name`` is "" where the scheme has no such code."""

    code: str
    scheme: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """What the features of a plan layer say about the uses of parcels.

    Attributes
    ----------
    classes : tuple of PlanClass
        The different ones.
    class_of : int array, shape (f,)
        Position of each feature's class in ``classes``.
    use_of : int array, shape (n,)
        Position of each parcel's use among the different ones.
    verdicts : object array, shape (uses, classes)
    """

    classes: tuple[PlanClass, ...]
    class_of: Ints
    use_of: Ints
    verdicts: Objects


def read_plan(parcels: Parcels, overlay: Overlay) -> Plan:
    """Compare the use of every parcel with every class of a plan layer."""
    scheme = overlay.code_scheme or ""
    codes = [unicodedata.normalize("NFKC", code).strip().upper() for code in overlay.codes]
    distinct = list(dict.fromkeys(codes))
    uses = list(dict.fromkeys(parcels.uses))
    classes = tuple(_plan_class(code, scheme) for code in distinct)
    verdicts = np.empty((len(uses), len(classes)), dtype=object)
    for row, use in enumerate(uses):
        for column, planned in enumerate(classes):
            verdicts[row, column] = verdict(use, planned)
    at_class = {code: at for at, code in enumerate(distinct)}
    at_use = {use: at for at, use in enumerate(uses)}
    return Plan(
        classes=classes,
        class_of=np.array([at_class[code] for code in codes], dtype=np.int64),
        use_of=np.array([at_use[use] for use in parcels.uses], dtype=np.int64),
        verdicts=verdicts,
    )


@cache
def verdict(use: Use, planned: PlanClass) -> Verdict:
    """Tell whether a planned class takes in a use."""
    if not planned.name:
        return "plan_unknown"
    if use.problem == "code_without_scheme":
        return "use_without_scheme"
    if _is_within(use, planned):
        return "match"
    if not use.groups:
        return "use_unknown"
    if (planned.scheme, planned.code) == _BLANK:
        return "blank"
    answer = _agreed({_answer(group, planned) for group in use.groups})
    return _finer(use, planned) if answer == "match" else answer


def _finer(use: Use, planned: PlanClass) -> Verdict:
    """Tell what codes say that share a group: of offices and stadiums both are one.

    A use coarser than the plan may be the planned class or another one. The full name of a class
    goes for its code. Without either, and where no counterpart is known in the scheme of the plan,
    the group is all that is known.
    """
    named = (use.code, use.scheme) if use.code else _class_named(use.text, planned.scheme)
    meant = counterparts(*named, planned.scheme)
    if not meant:
        return "match"
    inside = [planned.code in ancestors(one, planned.scheme) for one in meant]
    if all(inside):
        return "match"
    around = any(one in ancestors(planned.code, planned.scheme) for one in meant)
    return "class_open" if around or any(inside) else "differs"


@cache
def _class_named(name: str, scheme: str) -> tuple[str, str]:
    """Find the class that bears a name, in one scheme before the others; ("", "") for none."""
    for one in (scheme, *SCHEMES):
        for entry in code_table(one).values():
            if entry.name == name:
                return entry.code, one
    return "", ""


def _is_within(use: Use, planned: PlanClass) -> bool:
    """Tell whether the code of a use is the planned class or one below it; M0 never by that."""
    same = use.scheme == planned.scheme and use.code != "M0"
    return same and planned.code in ancestors(use.code, use.scheme)


def _agreed(answers: set[Verdict]) -> Verdict:
    if len(answers) == 1:
        return next(iter(answers))
    if answers <= {"match", "accommodated"}:
        return "accommodated"
    return "plan_unknown" if "plan_unknown" in answers else "class_open"


def _plan_class(code: str, scheme: str) -> PlanClass:
    found = code_table(scheme).get(code) if scheme else None
    return PlanClass(code=code, scheme=scheme, name=found.name if found else "")


def _answer(group: str, planned: PlanClass) -> Verdict:
    """Answer for one reading of a use."""
    if _is_open_land(planned):
        return "differs"
    taken = groups_of_code(planned.code, planned.scheme)
    one_family = len({one[0] for one in taken}) == 1
    if group in taken:
        return "match" if one_family else "plan_unknown"
    admitted = {_admitted().get((group, one), "differs") for one in taken}
    if admitted == {"match"}:
        return "accommodated"
    if admitted & {"match", "local"}:
        return "local"
    if taken:
        return "differs"
    tops = _tops(planned.scheme).get(group)
    top = ancestors(planned.code, planned.scheme)[-1]
    return "differs" if tops and top not in tops else "plan_unknown"


@cache
def _admitted() -> Mapping[tuple[str, str], str]:
    return {(row["use"], row["plan"]): row["answer"] for row in table("plan_accommodation.csv")}


@cache
def _tops(scheme: str) -> Mapping[str, set[str]]:
    """Return the classes at the top of a scheme that hold the members of each group."""
    found: dict[str, set[str]] = {}
    for code in code_table(scheme):
        for group in groups_of_code(code, scheme):
            found.setdefault(group, set()).add(ancestors(code, scheme)[-1])
    return found


def _is_open_land(planned: PlanClass) -> bool:
    above = ancestors(planned.code, planned.scheme)
    open_land = {
        row["code"] for row in table("adjacency_open_land.csv") if row["scheme"] == planned.scheme
    }
    return not open_land.isdisjoint(above)
