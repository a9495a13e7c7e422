"""The scanner: a location phrase as names and marks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from geo.location import marks
from geo.location.lexicon import EMPTY, Lexicon
from geo.location.marks import DIRECTIONS, Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from geo.location.reading import Direction
    from geo.location.text import Text

_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Token:
    """A name or a mark, with what the mark says."""

    kind: Kind
    text: Text
    direction: Direction | None = None
    found: re.Match[str] | None = None

    def group(self, name: str) -> str:
        """Return a word of the mark's pattern; empty if it was not said."""
        return (self.found[name] or "") if self.found else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A possible mark in its surroundings."""

    kind: str
    folded: str
    start: int
    found: re.Match[str]
    last: str
    lexicon: Lexicon

    @property
    def run(self) -> str:
        """The words between the last mark and this one."""
        return self.folded[self.start : self.found.start()]

    @property
    def end(self) -> int:
        return self.found.end()

    @property
    def at_end(self) -> bool:
        return self.followed_by(marks.AT_END)

    def followed_by(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self.folded, self.end) is not None


def tokens(text: Text, lexicon: Lexicon) -> Iterator[Token]:
    """Yield names and marks in the order of the text."""
    start = position = 0
    last = ""
    while mark := marks.ANY.search(text.folded, position):
        if mark.lastgroup == "bracket":
            position = mark.end()
            continue
        place = _recognised(text.folded, start, mark, last, lexicon)
        if place is None:
            position = mark.start() + 1
            continue
        if place.run:
            yield Token("name", text.cut(start, place.found.start()))
        yield _token(place, text)
        last = last if place.kind == "separator" else place.kind
        start = position = place.end
    if start < len(text):
        yield Token("name", text.cut(start))


def _recognised(
    folded: str, start: int, mark: re.Match[str], last: str, lexicon: Lexicon
) -> _Place | None:
    first = mark.lastgroup or ""
    if first in {"separator", "stop"}:
        return _Place(first, folded, start, mark, last, lexicon)
    for kind in (first, *marks.INSTEAD.get(first, ())):
        found = marks.EACH[kind].match(folded, mark.start())
        if found is None:
            continue
        place = _shortened(_Place(kind, folded, start, found, last, lexicon))
        if _GUARDS.get(kind, _always)(place) and not _inside_known_name(place):
            return place
    return None


def _token(place: _Place, text: Text) -> Token:
    found, span = place.found, text.cut(place.found.start(), place.end)
    if place.kind not in marks.DIRECTED:
        return Token(cast("Kind", place.kind), span, None, found)
    said = found["d"] or found["d2"] if place.kind == "suffix" else found["d"]
    kind = cast("Kind", "suffix" if place.kind == "bare" else place.kind)
    return Token(kind, span, DIRECTIONS[said], found)


def _shortened(place: _Place) -> _Place:
    """以东北京大道 is 以东 and 北京大道, not 以东北 and 京大道."""
    folded, end = place.folded, place.end
    if place.kind not in {"suffix", "bare"} or folded[end - 2 : end] not in DIRECTIONS:
        return place
    if not (marks.BEGINS_NAME.match(folded, end - 1) or _known_from(place, end - 1, end)):
        return place
    shorter = marks.EACH[place.kind].match(folded, place.found.start(), end - 1)
    return replace(place, found=shorter) if shorter else place


def _known_from(place: _Place, start: int, beyond: int) -> bool:
    """Tell whether a known name begins at ``start`` and goes on after ``beyond``."""
    if place.lexicon is EMPTY:
        return False
    longest = min(len(place.folded), start + _LONGEST_NAME)
    return any(place.lexicon.known(place.folded[start:end]) for end in range(longest, beyond, -1))


def _inside_known_name(place: _Place) -> bool:
    if place.at_end:
        return place.kind == "bare" and place.lexicon.known(place.run + place.found.group())
    return _known_from(place, place.start, place.found.start())


def _always(_place: _Place) -> bool:
    return True


def _heads_clause(place: _Place) -> bool:
    """At the head of a clause that goes on, where a name begins: 、内邓高速以西."""
    before = place.folded[place.start - 1 : place.start]
    return not place.run and before in {"、", ","} and not place.at_end


def _after_name(place: _Place) -> bool:
    """After a name; or after another mark, as 沿线两侧 and 以南一带, where it adds nothing."""
    if _heads_clause(place):
        return False
    claimed = bool(place.run) or place.last in marks.CLAIMS
    return claimed and not place.followed_by(marks.NAME_GOES_ON)


def _front(place: _Place) -> bool:
    if place.followed_by(marks.SIDE_IN_NAME) or place.end == len(place.folded):
        return False
    if not place.run or marks.SUBJECT.fullmatch(place.run):
        return True
    if place.last == "front":
        return bool(place.found["verb"]) or place.found.group().endswith("界")
    return place.found["verb"] in {"至", "到", "抵"}


def _suffix(place: _Place) -> bool:
    onward = place.last == "suffix" and place.found.group()[0] in "向往朝"  # 东北角向南200米
    if not place.run and place.last not in {"crossing", "distance"} and not onward:
        return False
    return place.found["d"] is not None or not place.followed_by(marks.NAME_GOES_ON)


def _bare(place: _Place) -> bool:
    run = place.run
    if not run:
        return place.last == "crossing"
    if place.at_end:
        return len(run) > 1 or place.last == "distance"
    if place.followed_by(marks.NAME_GOES_ON):
        return False
    begins_here = marks.BEGINS_NAME.match(place.folded, place.found.start())
    if begins_here and not place.followed_by(marks.BEGINS_NAME):
        return False
    if marks.LANDMARK_END.search(run) and place.followed_by(marks.NEXT_ROAD):
        return True
    another = marks.DIRECTION.search(place.folded, place.end) is not None
    return another and (run[-1] in marks.ROAD_END or place.lexicon.known(run))


def _conjunction(place: _Place) -> bool:
    word, run = place.found.group(), place.run
    if word == "和" and place.followed_by(marks.AFTER_HARMONY):
        return _known_from(place, place.end, place.end)
    if not run:
        directly = place.folded[place.start - 1] not in "、,;。"
        return place.last in marks.CLAIMS and (directly or word not in marks.JOINS_NAMES)
    if word in {"至", "到", "-"}:
        to_line = run[-1] in marks.ROAD_END and place.followed_by(marks.LINE_TO_END)
        return to_line or place.followed_by(marks.BETWEEN_AHEAD)
    if word in {"与", "以及"}:
        return len(run) > 1
    if marks.DIRECTION_ONLY.fullmatch(run):
        return True
    return run[-1] in marks.FEATURE_END or place.lexicon.known(run)


def _distance(place: _Place) -> bool:
    if not place.run:
        return True
    return place.found["unit"] != "里" and not place.followed_by(marks.NAME_GOES_ON)


_GUARDS: dict[str, Callable[[_Place], bool]] = {
    "as_bound": lambda place: bool(place.run),
    "front": _front,
    "suffix": _suffix,
    "bare": _bare,
    "conjunction": _conjunction,
    "between": lambda place: not _heads_clause(place),
    "within": _after_name,
    "both": _after_name,
    "near": _after_name,
    "distance": _distance,
}
