"""From the words of a phrase to names: brackets, qualifiers, former names, place prefixes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from geo.location.reading import Name
from geo.location.text import fold

if TYPE_CHECKING:
    from geo.location.lexicon import Lexicon
    from geo.location.text import Text

_LONGEST = 60
_PAIRS = {
    "“": "”",
    '"': '"',
    "'": "'",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "‘": "’",
    "(": ")",
}
_LINE_END = r"(?:路|大道|大街|街|巷|胡同|道|高速|快速路|环|线|铁路|渠|河|江|桥)"
_NAMED_LINE = re.compile(rf".+{_LINE_END}(?:[东西南北中一二三四五六]段|[东西南北]延)?|[GSXY]\d+.*")
_WATER = re.compile(r"[^东南西北中前后]{1,3}[河江湖渠溪]|[东南西北]湖")
_VILLAGE = re.compile(r".+(?:村|庄|营|屯|寨|社区)")
_TOWNSHIP_END = re.compile(r"(?:镇|乡|街道|街道办|办事处)$")
# 南大街, 三路, 支路 may be halves of a name, unless they follow an administrative unit.
_HALF_NAME = re.compile(
    r"[东西南北中前后内外上下老新一二三四五六七八九十\d]*(?:支|纵|横)?(?:大道|大街|路|街|巷|道|线|河|江|桥)"
)
_PLACE = re.compile(
    r"省(?!道)|自治[区州]|(?<![超城都闹])市(?![场政民])|(?<![小社])区(?![间域位])|社区|县(?![道城])"
    r"|镇|街道(?:办事处|办)?|办事处|(?<!城)乡(?!村)|(?<![新城])村|(?:产业|工业|科技|物流|创业|软件|示范|创新)园|(?:生态|科学|大学|新)城(?!区)"
)
_PLACE_END = re.compile(rf"(?:{_PLACE.pattern}|园|组团)$")
_ADMIN_END = re.compile(r"(?:省|市|(?<![小社园])区|县|镇|乡|街道|街道办|办事处)$")
_PLACE_KINDS = frozenset({"admin", "zone", "street", "area", "park", "park_area"})
_QUALIFIER = re.compile(
    r"(?:规划中?|拟建|在建|待建|已建|新建|扩建|改造|现状|远期|近期|暂名|暂定名?|未命名|未建|高架|下穿"
    r"|[东西南北中全老新]+段|[东西南北上下内外]*[半一两左右]?侧|[东西南北]延(?:伸|长)?(?:线|段)?"
    r"|规划(?:道?路|红线)?|道路|.+[路街道巷线](?:-|至|到).+|红线.*|(?:规划|红线|道路)*宽.*|约?[\d.]+(?:米|m|公里|km).*)"
)
_ALSO = re.compile(
    r"(?:原名?|曾用名|曾名|旧称|旧名|又名|又称|亦称|也称|也叫|别名|即|现名?|今名?|以下简称|简称)[:为]?(?=..)"
)
_BEFORE_NAME = re.compile(
    r"(?:规划中的?|规划的?|拟建的?|在建的?|待建的?|现状|现有的?|现(?=.+[路街道巷]$)(?!代))(?=..)"
)
_UNNAMED = re.compile(
    r"(?:[\d.]+米)?[东西南北纵横]?(?:[一二三四五六七八九十\dA-Z]+号?)?"
    r"(?:(?:支路|道路|路|街)[一二三四五六七八九十\d]*|用地|地块|绿地|水系|河道|水渠|小区|住宅|建筑|厂房|公路|铁路)"
)
_ROAD_THEN_NAME = re.compile(r"(?<=[路街道巷线环])([/×与和及至到-]?)(?=[^路街道巷])")
_ROW = re.compile(r"(?<=..[路街道巷])(?=..+[路街道巷线河]$)")
_JOINED = re.compile(r"([与和及至到/×]|-+)")
_EDGE = re.compile(
    r"(?<=..)(?:的?[东南西北]侧?)?(?:道路)?(?:中心线|中线|边线|红线|绿线|绿化带|用地界|围墙|控制线)$"
)
# 用地红线 is no edge of a feature called 用地.
_OWN_EDGE = re.compile(
    r"(?:本|该|用地|厂区|地块|项目|规划|园区|宗地|征地|道路|现状)+(?:边线|红线|围墙|绿化带|控制线)"
)
# What lies beside a parcel without having a name that a map could show.
_NAMELESS = re.compile(
    r"(?:规划|现状|既有|现有|在建|拟建|待建|预留|未命名|无名|城市|其[他它]|相邻|本|该|[\d.]+米|宽|[东西南北]侧?|的)*"
    r"(?:[道小土支水便]?路|街道?|巷道?|空闲?地|农田|耕地|农用地|[田荒林菜旱水]地|果园|绿地|绿化带?|[围院]墙|民房"
    r"|(?:村民)?住宅|居民[区点]|小区|建筑物?|厂[房区]|[水沟]渠|水[沟系塘]|河[道流]?|[沟渠塘山]|(?:待|未)征地"
    r"|(?:国有|集体)?(?:土地|用地|储备用?地)|地块|宗地"
    r"|(?:用地|地块|宗地|项目|厂区|园区|道路|征地|权属)*(?:红线|边界线?|界线|边线|界址线?))"
)
_ROADSIDE = re.compile(r"(?<=[路街巷])路$|(?<=大道)路$")
_SEPARATOR = re.compile("[，,；;、]")
_LAST_BRACKET = re.compile(r"\(([^()]*)\)$")
_FIRST_BRACKET = re.compile(r"^\(([^()]*)\)(?=.)")


def is_line(folded: str) -> bool:
    """Tell whether the words end like the name of a road, railway or river."""
    return _NAMED_LINE.fullmatch(folded) is not None


def is_place(folded: str, lexicon: Lexicon) -> bool:
    """Tell whether the words name a place that holds parcels: 高新区, 某某产业园."""
    return _PLACE_END.search(folded) is not None or is_known_place(folded, lexicon)


def is_admin(folded: str) -> bool:
    """Tell whether the words end like an administrative unit: 南阳市, 张衡街道."""
    return _ADMIN_END.search(folded) is not None


def is_known_place(folded: str, lexicon: Lexicon) -> bool:
    """Tell whether the lexicon knows the words as a place that holds parcels."""
    return lexicon.kind(folded) in _PLACE_KINDS


def is_nameless(name: str) -> bool:
    """Tell whether the words describe a neighbour but name none: 空地, 规划路, 用地红线."""
    return _NAMELESS.fullmatch(fold(name)) is not None


def read_name(text: Text, lexicon: Lexicon) -> Name | None:
    """Read one name; None when the words hold punctuation only."""
    text = _bare(text)
    if not any(map(_is_sign, text.folded)):
        return None
    if lexicon.known(text.folded):
        return _as_name(text, ())
    text, aliases = _without_last_bracket(text, lexicon)
    text, others = _without_slash(text)
    return _as_name(_unqualified(text, lexicon), (*others, *aliases))


def split_place(text: Text, lexicon: Lexicon) -> tuple[Text | None, Text]:
    """Split the place before a name: 南阳市高新区信臣路 is 南阳市高新区 and 信臣路.

    With a lexicon the longest known name at the end wins; without one only names of
    roads and waters are set apart, because 南阳市精神病医院 is one name.
    """
    folded = text.folded
    if len(folded) > _LONGEST or lexicon.known(folded):
        return None, text
    ends = [found.end() for found in _PLACE.finditer(folded)]
    for start in ends:
        if lexicon.known(folded[start:]):
            return text.cut(0, start), text.cut(start)
    for start in range(2, len(folded) - 1):
        if (
            lexicon.known(folded[start:])
            and (lexicon.known(folded[:start]) or lexicon.known(folded[: start - 1]))
            and not is_line(folded[:start])
        ):
            return text.cut(0, start), text.cut(start)
    for start in reversed(ends):
        rest = folded[start:]
        if start > 1 and _stands_alone(folded[:start], rest):
            return text.cut(0, start), text.cut(start)
    return None, text


def _stands_alone(place: str, rest: str) -> bool:
    """Tell whether what follows a place is a name of its own."""
    rest = _LAST_BRACKET.sub("", rest)
    of_unit = len(place) > 2 and is_admin(place)  # noqa: PLR2004 - a name and what it is
    if of_unit and _WATER.fullmatch(rest):
        return True
    if len(rest) > 2 and is_line(rest):  # noqa: PLR2004
        return of_unit or not _HALF_NAME.fullmatch(rest)
    return bool(_VILLAGE.fullmatch(rest) and _TOWNSHIP_END.search(place))


def split_pair(text: Text, lexicon: Lexicon) -> list[Text]:
    """Split 甲路乙路, 甲与乙 or 甲路/乙路 where two names must stand; else return it whole."""
    folded = text.folded
    for pattern in (_ROAD_THEN_NAME, _JOINED):
        for found in pattern.finditer(folded):
            one, other = text.cut(0, found.start(1)), text.cut(found.end(1))
            if len(one) > 1 and len(other) > 1 and not _HALF_NAME.fullmatch(other.folded):
                return [one, other]
    for at in range(2, len(folded) - 1):
        if lexicon.known(folded[:at]) and lexicon.known(folded[at:]):
            return [text.cut(0, at), text.cut(at)]
    numbered = _ROW.search(folded)  # 五一路八一路
    return [text.cut(0, numbered.end()), text.cut(numbered.end())] if numbered else [text]


def split_row(text: Text) -> list[Text]:
    """Split 甲山路乙水路丙林路, names of roads with nothing between them."""
    starts = [found.end() for found in _ROW.finditer(text.folded)]
    starts = [at for at in starts if not _HALF_NAME.match(text.folded, at)]
    return [text.cut(start, end) for start, end in zip([0, *starts], [*starts, None], strict=True)]


def _as_name(text: Text, aliases: tuple[str, ...]) -> Name:
    former = text.folded.startswith("原") and len(text) > 2  # noqa: PLR2004 - 原 and a name
    return Name(text=text.written, aliases=aliases, former=former)


def _is_sign(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "So"


def _bare(text: Text) -> Text:
    """Take off blanks, quotes and brackets around a whole name."""
    text = text.strip(" ")
    closing = _PAIRS.get(text.folded[:1])
    while closing and len(text) > 1 and text.folded.find(closing, 1) == len(text) - 1:
        text = text.cut(1, -1).strip(" ")
        closing = _PAIRS.get(text.folded[:1])
    return text


def _without_last_bracket(text: Text, lexicon: Lexicon) -> tuple[Text, tuple[str, ...]]:
    first = _FIRST_BRACKET.match(text.folded)
    if first and _QUALIFIER.fullmatch(first[1]):
        text = text.cut(first.end())
    last = _LAST_BRACKET.search(text.folded)
    if last is None or last.start() == 0:
        return text, ()
    outside, inside = _bare(text.cut(0, last.start())), text.cut(*last.span(1))
    if _QUALIFIER.fullmatch(inside.folded):
        return _without_last_bracket(outside, lexicon)
    also = _ALSO.match(inside.folded)
    other = _bare(inside.cut(also.end() if also else 0))
    if also or is_line(other.folded) or lexicon.known(other.folded):
        chief, *more = _SEPARATOR.split(other.written)
        return outside, (chief, *(name for name in more if is_line(fold(name))))
    return text, ()


def _without_slash(text: Text) -> tuple[Text, tuple[str, ...]]:
    """甲路/乙路 is one road with two names; any other slash belongs to the name."""
    at = text.folded.find("/")
    if at < 0:
        return text, ()
    first, other = text.cut(0, at), text.cut(at + 1)
    if is_line(first.folded) and is_line(other.folded):
        return first, (other.written,)
    return text, ()


def _unqualified(text: Text, lexicon: Lexicon) -> Text:
    before = _BEFORE_NAME.match(text.folded)
    if before and (
        lexicon.known(text.folded[before.end() :])
        or not _UNNAMED.fullmatch(text.folded, before.end())
    ):
        text = text.cut(before.end())
    if lexicon.known(text.folded) or _OWN_EDGE.fullmatch(text.folded):
        return text
    for ending in (_EDGE, _ROADSIDE):
        if found := ending.search(text.folded):
            text = text.cut(0, found.start())
    return text
