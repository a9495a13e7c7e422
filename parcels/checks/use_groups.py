"""Use groups: what a land-use code or a use in plain words may mean for neighbours.

Several groups mean that the sub-class is open. Nothing is guessed: a code without its scheme, a
class that no group holds and words that no standard has give none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from layers.codes import SCHEMES, code_table, codes_for_use
from parcels.checks.subject import Use
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.codes import LandUseCode, SchemeReading

GROUPS_FILE = "adjacency_groups.csv"
Groups = tuple[str, ...]
_CODE = re.compile(r"[A-Z]?\d{0,6}[A-Z]?", re.ASCII)
_BRACKETED = re.compile(r"([^()]+)\(([^()]+)\)")
_INDUSTRY, _NEW_INDUSTRY = "M1", "M0"


@cache
def group_ids() -> Groups:
    """Return the use groups in the order of their table."""
    return tuple(dict.fromkeys(row["group"] for row in table(GROUPS_FILE)))


@lru_cache(maxsize=4096)
def use_of(code: str, scheme: str | None, text: str) -> Use:
    """Read the use of a parcel.

    Parameters
    ----------
    code : str
        As written; "" where none is given. It goes before the words.
    scheme : str or None
        One of `layers.codes.SCHEMES`.
    text : str
        The use in words: as people say it (工业) or the name of a class of any of the schemes.
        A code that is written here instead needs the scheme too.

    Returns
    -------
    Use
        Without groups where the use is not known, see `Use.problem`. A sub-class that the words
        leave open or that would only be assumed (仓储) stays open.
    """
    code, text = _folded(code).upper(), text.strip()
    if code:
        return _of_code(code, scheme or "", text)
    word = _folded(text)
    if word and _CODE.fullmatch(word.upper()):
        return _of_code(word.upper(), scheme or "", text)
    groups = groups_of_words(word)
    return Use(text=text, groups=groups, problem=_problem(groups))


@cache
def group_titles() -> Mapping[str, Mapping[str, str]]:
    """Return what each group is called in each language."""
    titles = {
        row["group"]: MappingProxyType({"zh": row["title_zh"], "en": row["title_en"]})
        for row in table("adjacency_titles.csv")
    }
    return MappingProxyType(titles)


def is_open_land(code: str, scheme: str) -> bool:
    """Tell whether a code stands for fields, woods, water and the like: no use to agree with.

    The name of a class counts where every scheme that has the name means such land by it.
    """
    if not code.isascii():
        return _folded(code) in _open_names()
    bare = _open_codes(scheme)
    return bool(bare) and code.startswith(bare)


@cache
def _open_codes(scheme: str) -> Groups:
    rows = table("adjacency_open_land.csv")
    return tuple(row["code"] for row in rows if row["scheme"] == scheme)


@cache
def _open_names() -> frozenset[str]:
    named: dict[str, list[bool]] = {}
    for scheme in SCHEMES:
        for entry in code_table(scheme).values():
            named.setdefault(entry.name, []).append(is_open_land(entry.code, scheme))
    return frozenset(name for name, is_open in named.items() if all(is_open))


@cache
def _spoken() -> Mapping[str, Groups]:
    """Return what people call uses, beside the names of the classes."""
    rows = table("spoken_uses.csv")
    return MappingProxyType({row["word"]: tuple(row["groups"].split()) for row in rows})


def groups_of_code(code: str, scheme: str) -> Groups:
    """Return the groups that a code of a scheme may mean; none where the table has none.

    The nearest class upwards that the table names decides; without one, all national classes
    below, and none if a single one of those belongs to no group.
    """
    return _groups(scheme).get(code, ())


@lru_cache(maxsize=4096)
def groups_of_words(word: str) -> Groups:
    """Return the groups that a use in words may mean; none for unknown words."""
    bracketed = _BRACKETED.fullmatch(word)
    if bracketed:
        return _narrowed(groups_of_words(bracketed[1].strip()), bracketed[2].strip())
    spoken = codes_for_use(word).readings[0]
    if spoken.code is not None:
        return _of_reading(spoken)
    named = [
        groups_of_code(entry.code, scheme)
        for scheme in SCHEMES
        for entry in code_table(scheme).values()
        if entry.name.split("(")[0].removesuffix("用地") == word.removesuffix("用地")
    ]
    return _merged(named) or _spoken().get(word.removesuffix("用地"), ())


def _narrowed(base: Groups, bracket: str) -> Groups:
    """Read 工业用地(新型产业用地) or 工业用地(M1): words before a bracket settle its scheme.

    A bracket that says another use contradicts the words; one that says no use leaves them as
    they are. The land certificates of 郑州, 济南 and 东莞 write M0 in this way.
    """
    within = {*base, _NEW_INDUSTRY} if _INDUSTRY in base else {*base}
    if _CODE.fullmatch(bracket.upper()):
        meant = [groups_of_code(bracket.upper(), scheme) for scheme in SCHEMES]
    else:
        meant = [groups_of_words(bracket)]
    meant = [groups for groups in meant if groups]
    fitting = [groups for groups in meant if within.issuperset(groups)]
    if not base or (meant and not fitting):
        return ()
    return _merged(fitting) if fitting else base


def _of_code(code: str, scheme: str, text: str) -> Use:
    if scheme not in SCHEMES:
        return Use(text=text, code=code, scheme=scheme, problem="code_without_scheme")
    if code not in code_table(scheme):
        return Use(text=text, code=code, scheme=scheme, problem="code_unknown")
    groups = groups_of_code(code, scheme)
    return Use(text=text, groups=groups, code=code, scheme=scheme, problem=_problem(groups))


def _of_reading(spoken: SchemeReading) -> Groups:
    """Read the class above where the words do not say the sub-class."""
    found = spoken.code
    if found is None:
        return ()
    return groups_of_code(found.parent if spoken.assumed else found.code, spoken.scheme)


def _problem(groups: Groups) -> str:
    if not groups:
        return "class_unknown"
    return "class_open" if len(groups) > 1 else ""


@cache
def _groups(scheme: str) -> Mapping[str, Groups]:
    """Return the groups of every code of a scheme that has some."""
    stated: dict[str, Groups] = {}
    for row in table(GROUPS_FILE):
        if row["scheme"] == scheme:
            stated[row["code"]] = (*stated.get(row["code"], ()), row["group"])
    classes = code_table(scheme)
    found = {code: _resolved(entry, classes, stated) for code, entry in classes.items()}
    return MappingProxyType({code: groups for code, groups in found.items() if groups})


def _resolved(
    entry: LandUseCode, classes: Mapping[str, LandUseCode], stated: Mapping[str, Groups]
) -> Groups:
    above = entry.code
    while above:
        if above in stated:
            return stated[above]
        above = classes[above].parent
    below = [one for one in classes.values() if one.parent == entry.code and one.national]
    return _merged([_below(one, classes, stated) for one in below])


def _below(
    entry: LandUseCode, classes: Mapping[str, LandUseCode], stated: Mapping[str, Groups]
) -> Groups:
    if entry.code in stated:
        return stated[entry.code]
    below = [one for one in classes.values() if one.parent == entry.code and one.national]
    return _merged([_below(one, classes, stated) for one in below])


def _merged(parts: list[Groups]) -> Groups:
    """Unite, in the order of the table; nothing is known as soon as one part is not."""
    if not parts or not all(parts):
        return ()
    found = {group for part in parts for group in part}
    return tuple(group for group in group_ids() if group in found)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
