"""The grammar of location phrases: from the text of a plan to bounds, crossings and places."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from geo.errors import PlannerError
from geo.location import marks
from geo.location.clauses import read_parts
from geo.location.lexicon import EMPTY, Lexicon
from geo.location.parts import split_list
from geo.location.reading import Part, Reading
from geo.location.text import Text, clean, simplified
from geo.units import find_area

LONGEST_PHRASE = 2_000
_TWO_SIDES = re.compile(r"(?:东西|西东|南北|北南)(?:两[侧面边])?(?=分别)")
_BRACKET = re.compile(r"\(([^()]*)\)")
# 甲路(南侧) and 甲路南侧(约300米) say where the parcel lies.
_SIDE_IN_BRACKET = re.compile(r"[以之]?((?:东北|东南|西北|西南|[东南西北])[侧面边角部])")
_DISTANCE_IN_BRACKET = re.compile(r"(?<=[东南西北侧面边角处])\((约?[\d.]+(?:公里|千米|米|km|m))\)")
# 甲路(乙厂以西)两侧: what the bracket says holds beside the sentence around it.
_ASIDE_IN_BRACKET = re.compile(
    r"\((?P<aside>[^()]+?(?:[以之][东南西北]+|[东南西北]侧))段?\)(?=两[侧边]|沿线|[以之]?[东南西北])"
)
# 甲路(乙路至丙路段)两侧, 甲路南侧(乙路—丙路): the stretch of the road that the parcel lies at.
_STRETCH_IN_BRACKET = re.compile(
    r"(?:(?<=[东南西北侧面边])\(|\((?=[^()]*\)(?:两[侧边]|沿线|[以之]?[东南西北])))"
    r"(?P<from_to>[^()]+?[路街道河](?:-+|至|到|与|和)[^()]+?[路街道河])(?:之间)?路?段?(?:之间)?\)"
)
_AREA_WORDS = re.compile(
    r"(?:(?:总|规划|净|项目|建设|实际|拟|共)*(?:用地|占地|土地|地块|宗地|征地)*(?:总)?(?:面积|规模)?)(?:约为|大约|约|共计|合计|共|计|为|是|达|:)*$"
)
_AREA_UNIT = re.compile(r"[亩顷㎡²㎢]|平方|平米|(?:m2|mu|ha)(?![a-z])", re.IGNORECASE)
_LONGEST_AREA_WORDS = 20
_NAME_GOES_ON = re.compile("地?(?:[塘路街巷湾桥冲垅圩坪]|园(?!区)|村(?![集民]))")


def parse(phrase: str, lexicon: Lexicon = EMPTY) -> Reading:
    """Read a location phrase.

    Parameters
    ----------
    phrase : str
        For example 信臣路以南、热电厂以西. Up to 2,000 characters.
    lexicon : Lexicon
        Names that exist. With it names that contain directions or place prefixes are
        cut where a known name begins or ends; without it by their usual endings.

    Returns
    -------
    Reading
        Parts in the order of the text; none if nothing could be read as a location.

    Raises
    ------
    PlannerError
        ``phrase_too_long``.
    """
    if len(phrase) > LONGEST_PHRASE:
        raise PlannerError("phrase_too_long", length=len(phrase), limit=LONGEST_PHRASE)
    preamble, pieces = split_list(_rewritten(_without_areas(clean(phrase))))
    parts = [part for piece in pieces for part in read_parts(piece, lexicon)]
    for shared in read_parts(preamble, lexicon) if preamble else []:
        parts = [_with_preamble(shared, part) for part in parts] or [shared]
    return Reading(phrase=phrase, parts=tuple(parts))


def area_in(phrase: str) -> float | None:
    """Return the first land area that a phrase states, in square metres; None if none."""
    found = _next_area(simplified(phrase), 0)
    return found[0] if found else None


def _next_area(text: str, position: int) -> tuple[float, int, int] | None:
    """Find the next area, its start and its end; 六亩塘路 and 百亩园 are names."""
    while found := find_area(text[position:]):
        start, end = (position + place for place in found[1])
        if not _NAME_GOES_ON.match(text, end):
            return found[0], start, end
        position = end
    return None


def _with_preamble(shared: Part, part: Part) -> Part:
    """Add what is said before a list to one of its pieces."""
    return replace(
        part,
        **{
            item.name: getattr(shared, item.name) + getattr(part, item.name)
            for item in fields(Part)
        },
    )


def _without_areas(text: Text) -> Text:
    """Replace areas (总面积280亩) by a comma, so that they disturb no name."""
    position = 0
    while _AREA_UNIT.search(text.folded, position):
        found = _next_area(text.folded, position)
        if found is None:
            break
        _, start, end = found
        near = max(position, start - _LONGEST_AREA_WORDS)
        words = _AREA_WORDS.search(text.folded[near:start])
        start = near + words.start() if words else start
        text = Text(
            f"{text.written[:start]}，{text.written[end:]}",
            f"{text.folded[:start]},{text.folded[end:]}",
        )
        position = start + 1
    return text


def _rewritten(text: Text) -> Text:
    """Write out two short forms.

    Brackets that say where something lies are part of the sentence, and 东西两侧分别为 is
    东、西分别为.
    """
    if pair := _TWO_SIDES.search(text.folded):
        at, end = pair.start() + 1, pair.end()
        text = Text(
            f"{text.written[:at]}、{text.written[at]}{text.written[end:]}",
            f"{text.folded[:at]}、{text.folded[at]}{text.folded[end:]}",
        )
    while stretch := _STRETCH_IN_BRACKET.search(text.folded):
        text = _at_end_of_sentence(text, stretch, "from_to", "之间")
    while aside := _ASIDE_IN_BRACKET.search(text.folded):
        text = _at_end_of_sentence(text, aside, "aside", "")
    folded = _DISTANCE_IN_BRACKET.sub(r",\1,", text.folded)
    return Text(text.written, _BRACKET.sub(_opened, folded))


def _opened(bracket: re.Match[str]) -> str:
    """Return the words of a bracket without its signs if they say where something lies."""
    inside = bracket[1]
    if _SIDE_IN_BRACKET.fullmatch(inside):
        return f"的{inside},"
    return f",{inside}," if marks.HAS_MARK.search(inside) else bracket[0]


def _at_end_of_sentence(text: Text, bracket: re.Match[str], group: str, more: str) -> Text:
    end = re.compile("[;。]|$").search(text.folded, bracket.end())
    at = end.start() if end else len(text)
    before, words = text.cut(0, bracket.start()), text.cut(*bracket.span(group))
    after, rest = text.cut(bracket.end(), at), text.cut(at)
    return Text(
        f"{before.written}{after.written}，{words.written}{more}{rest.written}",
        f"{before.folded}{after.folded},{words.folded}{more}{rest.folded}",
    )
