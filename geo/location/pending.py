"""The names that wait for their mark while a part is being read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.location import marks
from geo.location.draft import Draft
from geo.location.names import (
    is_admin,
    is_known_place,
    is_line,
    is_place,
    read_name,
    split_pair,
    split_place,
)
from geo.location.reading import Bound, Direction, Name

if TYPE_CHECKING:
    from geo.location.lexicon import Lexicon
    from geo.location.text import Text

OPPOSITE: Final[dict[Direction, Direction]] = {
    "N": "S", "S": "N", "E": "W", "W": "E", "NE": "SW", "SW": "NE", "NW": "SE", "SE": "NW",
}  # fmt: skip
_LEADS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        re.compile(
            r"(?:(?:本|该|此)?(?:项目|地块|宗地)(?:用地|选址|所在地)?|该|拟|由(?![拳义基])|在(?!建)|其中|分别|主要"
            r"|具体|大致|的|(?:东西|南北)走?向的)+(?=..)"
        ),
        "",
    ),
    (
        re.compile(r"(?:紧邻|紧靠|毗邻|邻近|临近|靠近|濒临|贴近|接近|距离?|相距)(?:于|着)?(?=..)"),
        "near",
    ),
    (re.compile(r"沿(?![河江海湖溪街岸山城滩堤湾港])着?(?=..)|[横纵]?跨越?(?=..)"), "along"),
)
# Words that also begin names (自强路, 离石大道) count only where the sentence needs them.
_LEADS_BEFORE: Final[tuple[tuple[re.Pattern[str], str, frozenset[str]], ...]] = (
    (
        re.compile(r"[自从](?=[^路街道大]{2,}(?:大?[路街道]|环|线|河))"),
        "",
        frozenset({"conjunction", "separator"}),
    ),
    (re.compile(r"离(?=..)"), "near", frozenset({"distance"})),
)
_CENTRE = re.compile(r"以(.+)为(?:中心|圆心)")
_OBJECT_START = re.compile(r"以(?=..)")
_OBJECT_END = re.compile(
    r"(?:相邻|接壤|为邻|毗邻|毗连|相接|相连|交界|相望|相隔|为边界|为界|为限|止"
    r"|的(?:地块|宗地|土地|用地|区域|范围)(?:以?内)?)+$"
)
_NOT_A_NAME = re.compile(r"[路街道]|道路|(?:道路)?(?:红|边|中|中心|绿)线|围墙")


@dataclass(frozen=True, slots=True)
class Pending:
    """A name that waits for the mark that says what it is for."""

    text: Text
    before: str
    lead: str


class Reader:
    """Reads one token after the other into drafts; a name waits until its mark comes."""

    def __init__(self, lexicon: Lexicon, *, split_on_and: bool) -> None:
        self.lexicon = lexicon
        self.split_on_and = split_on_and
        self.drafts = [Draft()]
        self.pending: list[Pending] = []
        self.before = ""  # what separates the next name from the words before it
        self.lead = ""  # "to": the next name is the far side, 甲路以南至乙路
        self.between = False  # 介于 was read
        self.listing = False  # 四至 was read
        self.sides: list[Direction] = []  # sides that wait for their bound, 东至
        self.bounded: list[Direction] = []  # sides of the last 东至甲路, for 东至甲路、乙路
        self.one_by_one = False  # 东、南分别至甲路、乙路: each side has its own bound
        self.heading = ""  # the words before 位于
        self.object_open = False  # nothing stands between 东至甲路 and the next token
        self.piece_ended = False  # the last mark ended with 地块
        self.last = ""  # kind of the last mark that used a name
        self.newest = 0  # first of the bounds that the last mark made

    @property
    def draft(self) -> Draft:
        """The part that is being read."""
        return self.drafts[-1]

    @property
    def names_joined(self) -> bool:
        """The last two waiting names are joined by 与 or 和."""
        return len(self.pending) > 1 and self.pending[-1].before == "and"

    def note(self, code: str) -> None:
        """Note what was assumed or left out."""
        self.draft.notes.append(code)

    # -- names ---------------------------------------------------------------------------

    def name(self, text: Text, following: str) -> None:
        """Take a name; ``following`` is the kind of the token after it."""
        lead, text = self._without_lead(text, following)
        unmarked = following in {"separator", "stop"}
        alone = marks.DIRECTION_ONLY.fullmatch(text.folded)
        if alone:
            self._direction_alone(marks.DIRECTIONS[alone["d"]], bare=alone["d"] == text.folded)
        elif (unmarked and text.folded[:1] == "(") or self._no_name(text.folded):
            return
        elif self.sides:
            self.bound_sides(text)
        elif self.listing and unmarked and _lists_side(text):
            self.sides = [marks.DIRECTIONS[text.folded[0]]]
            self.bound_sides(text.cut(1))
        else:
            self.pending.append(Pending(text, self.before, lead))
        self.before = ""

    def _no_name(self, folded: str) -> bool:
        """东至围墙 names the bound as far as anyone knows; elsewhere 围墙 says nothing."""
        return not self.sides and _NOT_A_NAME.fullmatch(folded) is not None

    def _without_lead(self, text: Text, following: str) -> tuple[str, Text]:
        lead, self.lead = self.lead, ""
        if self.lexicon.known(text.folded):
            return lead, text
        if centre := _CENTRE.fullmatch(text.folded):
            text = text.cut(*centre.span(1))
        for pattern, kind in _LEADS:
            if found := pattern.match(text.folded):
                text, lead = text.cut(found.end()), kind or lead
        for pattern, kind, before in _LEADS_BEFORE:
            if following in before and (found := pattern.match(text.folded)):
                text, lead = text.cut(found.end()), kind or lead
        return lead, text

    def _direction_alone(self, direction: Direction, *, bare: bool) -> None:
        """东、南至甲路 waits for its verb; 甲路以南、以东 speaks of 甲路 again."""
        if self.pending and not bare:
            self.bound(self.names(self.claim()), direction)
            self.last = "suffix"
        elif self.last == "suffix" and self.draft.bounds:
            self.bound([bound.name for bound in self.draft.bounds[self.newest :]], direction)
        else:
            self.sides.append(direction)

    def bound_sides(self, text: Text) -> None:
        """Make the name behind 东至 the bound of the sides that wait."""
        start, end = _OBJECT_START.match(text.folded), _OBJECT_END.search(text.folded)
        text = text.cut(start.end() if start else 0, end.start() if end else None)
        name = read_name(split_place(text, self.lexicon)[1], self.lexicon)
        self.newest = len(self.draft.bounds)
        self.bounded, self.sides = self._take_sides()
        if name:
            self.draft.bounds.extend(
                Bound(name=name, direction=OPPOSITE[side]) for side in self.bounded
            )
        self.object_open, self.last = True, "front"

    def _take_sides(self) -> tuple[list[Direction], list[Direction]]:
        """Return the sides that the next name bounds, and those that wait for another."""
        if self.one_by_one:
            return self.sides[:1], self.sides[1:]
        return self.sides, []

    def claim(self, *, for_pair: bool = False) -> list[Text]:
        """Return the waiting names that the mark just read speaks of, in order.

        ``for_pair``: the mark needs two names, so that one stretch of words may hold both.
        """
        first = len(self.pending) - 1
        while first > 0 and self._share(*self.pending[first - 1 : first + 1], for_pair=for_pair):
            first -= 1
        claimed = self.pending[max(first, 0) :]
        self._leave(self.pending[: max(first, 0)], sentence_goes_on=True)
        self.pending, self.bounded = [], []
        texts = [item.text for item in claimed]
        if for_pair and len(texts) == 1:
            texts = split_pair(texts[0], self.lexicon)
        return [self._without_place(text) for text in texts]

    def _share(self, one: Pending, other: Pending, *, for_pair: bool) -> bool:
        folded = one.text.folded
        if (one.lead and not for_pair) or is_admin(folded):
            return False
        return other.before in {"、", "and", "to"} or (other.before == "," and is_line(folded))

    def _without_place(self, text: Text) -> Text:
        place, rest = split_place(text, self.lexicon)
        if place:
            self._place(place)
        return rest

    def _place(self, place: Text) -> None:
        stem, side = place.cut(0, len(place) - 1), marks.DIRECTIONS.get(place.folded[-1:])
        of_known = side and self.lexicon.known(stem.folded)
        name = read_name(stem if of_known else place, self.lexicon)
        if name and side and of_known:
            self.draft.bounds.append(Bound(name=name, direction=side))
        elif name:
            self.draft.within.append(name)

    def names(self, texts: list[Text]) -> list[Name]:
        """Read names; words that hold none are left out."""
        return [name for text in texts if (name := read_name(text, self.lexicon))]

    # -- what no mark has used -----------------------------------------------------------

    def flush(self, *, sentence_goes_on: bool) -> None:
        """Settle the names that no mark has used, at a stop or before the next side."""
        if self.pending and (self.between or self.pending[-1].before == "to"):
            self.pair(self.names(self.claim(for_pair=True)))
        pending, self.pending = self.pending, []
        if self.bounded:
            more = [item for item in pending if item.before in {"、", "and", "to"}]
            for item in more:
                self.sides = self.bounded
                self.bound_sides(item.text)
            self._leave([item for item in pending if item not in more], sentence_goes_on=False)
        else:
            self._leave(pending, sentence_goes_on=sentence_goes_on)
        self.sides, self.bounded, self.between = [], [], False

    def _leave(self, pending: list[Pending], *, sentence_goes_on: bool) -> None:
        """Names without a mark: places hold the parcel, other names are noted as unread."""
        for item in pending:
            folded = item.text.folded
            name = read_name(item.text, self.lexicon)
            if name is None:
                continue
            if item.lead:
                self._lead(item.lead, name)
            elif self._holds_parcel(folded, sentence_goes_on=sentence_goes_on):
                self.draft.within.append(name)
            elif folded[-1] in marks.FEATURE_END or self.lexicon.known(folded):
                self.note("name_left_out")

    def _holds_parcel(self, folded: str, *, sentence_goes_on: bool) -> bool:
        """At the end of a sentence 某某产业园 may be a heading; 张衡街道 is a place anyhow."""
        if is_admin(folded) or is_known_place(folded, self.lexicon):
            return True
        return sentence_goes_on and is_place(folded, self.lexicon)

    def _lead(self, lead: str, name: Name) -> None:
        if lead == "near":
            self.draft.near.append((name, None))
        elif lead == "along":
            self.draft.straddles.append(name)
        elif self.draft.bounds:
            direction = OPPOSITE[self.draft.bounds[-1].direction]
            self.draft.bounds.append(Bound(name=name, direction=direction))

    def pair(self, names: list[Name]) -> None:
        """Add two names with the parcel between them."""
        self.between = False
        if len(names) == 2:  # noqa: PLR2004
            self.draft.between.append((names[0], names[1]))
        elif len(names) > 2:  # noqa: PLR2004
            self.draft.enclosed.extend(names)
        elif names:
            self.draft.near.extend((name, None) for name in names)
            self.note("between_needs_two_names")

    def bound(self, names: list[Name], direction: Direction) -> None:
        """Add bounds: the parcel lies in this direction of every name."""
        self.newest = len(self.draft.bounds)
        self.draft.bounds.extend(Bound(name=name, direction=direction) for name in names)
        if len(names) > 1:
            self.note("shared_direction")


def _lists_side(text: Text) -> bool:
    """Tell whether words in a list of 四至 are a side and its bound without a verb: 东甲路."""
    return text.folded[0] in marks.DIRECTIONS and len(text) > 2  # noqa: PLR2004
