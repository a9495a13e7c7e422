"""The parser: each mark turns the names before it into bounds, crossings and places."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from geo.location import marks
from geo.location.draft import Draft, merged
from geo.location.measures import distance
from geo.location.names import is_line, is_place, split_row
from geo.location.pending import Reader
from geo.location.reading import Crossing, Direction, Name, Part
from geo.location.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.location.lexicon import Lexicon
    from geo.location.text import Text

# 宽度30米, 全长2公里: how large a road is, not how far the parcel is from it.
_SIZE = re.compile(r".*(?:[宽长]|[宽长]度|红线)约?")
_TO = frozenset({"至", "到", "-"})
_CORNERS: Final[dict[frozenset[Direction], Direction]] = {
    frozenset({"N", "E"}): "NE",
    frozenset({"N", "W"}): "NW",
    frozenset({"S", "E"}): "SE",
    frozenset({"S", "W"}): "SW",
}


def read_parts(text: Text, lexicon: Lexicon) -> list[Part]:
    """Read text without list marks; it gives several parts only where its words force them."""
    reader = Reader(lexicon, split_on_and="分别" in text.folded)
    stream = list(tokens(text, lexicon))
    for token, following in zip_longest(stream, stream[1:]):
        if token.kind == "name":
            reader.name(token.text, following.kind if following else "stop")
            continue
        _HANDLERS[token.kind](reader, token)
        reader.object_open = False
        if token.kind in marks.CLAIMS:
            reader.last = token.kind
            reader.piece_ended = token.text.folded.endswith(marks.PIECE_ENDS)
    reader.flush(sentence_goes_on=False)
    return [draft.part() for draft in merged(reader.drafts)]


def _suffix(reader: Reader, token: Token) -> None:
    """甲路以南; and 东至甲路西侧, where the side only describes the bound."""
    direction, word = token.direction, token.text.folded
    if reader.object_open or direction is None:
        return
    corner = reader.names_joined and ("角" in word or len(direction) > 1)
    texts = reader.claim()
    if "角" in word and len(texts) == 1:
        texts = split_row(texts[0])
        corner = len(texts) > 1
    names = reader.names(texts)
    if not names:
        _refine(reader, direction)
    elif corner and len(names) == 2 and all(is_line(text.folded) for text in texts):  # noqa: PLR2004
        _add_crossings(reader, names, direction)
    elif word[-1:] in {"部", "角"} and is_place(texts[-1].folded, reader.lexicon):
        reader.draft.within.extend(names)
        reader.note("side_of_place")
    else:
        reader.bound(names, direction)


def _refine(reader: Reader, direction: Direction) -> None:
    """Give a direction without a name to the crossing or the distance before it."""
    draft = reader.draft
    if reader.last in {"crossing", "distance", "suffix"} and draft.crossings:
        crossing = draft.crossings[-1]
        if crossing.direction:
            both = frozenset({crossing.direction, direction})
            direction = _CORNERS.get(both, crossing.direction)
            reader.note("offset_from_crossing")
        draft.crossings[-1] = replace(crossing, direction=direction)
    elif reader.last == "distance" and draft.near:
        name, far = draft.near.pop()
        reader.bound([name], direction)
        draft.bounds[-1] = replace(draft.bounds[-1], distance=far)
    else:
        reader.note("direction_without_name")


def _as_bound(reader: Reader, token: Token) -> None:
    """以甲路为东界."""
    for text in reader.claim():
        reader.sides = [token.direction] if token.direction else []
        reader.bound_sides(text)


def _front(reader: Reader, token: Token) -> None:
    """东至甲路; and 甲路南至乙路, which has a bound on both sides of the word."""
    side, waiting = token.direction, reader.sides
    before = reader.pending[-1].text.folded if reader.pending else ""
    direct = not reader.before and not reader.bounded and token.group("verb") in _TO
    if side and direct and is_line(before):
        reader.bound(reader.names(reader.claim()), side)
    elif marks.SUBJECT.fullmatch(before):
        reader.pending.pop()
    reader.flush(sentence_goes_on=True)
    reader.sides = [*waiting, side] if side else waiting
    reader.one_by_one = "分别" in token.text.folded


def _crossing(reader: Reader, _token: Token) -> None:
    names = reader.names(reader.claim(for_pair=True))
    if len(names) > 1:
        _add_crossings(reader, names, None)
    elif names:
        reader.draft.near.append((names[0], None))
        reader.note("crossing_with_one_name")


def _add_crossings(reader: Reader, names: list[Name], direction: Direction | None) -> None:
    reader.draft.crossings.extend(
        Crossing(names=(names[0], other), direction=direction) for other in names[1:]
    )


def _between(reader: Reader, _token: Token) -> None:
    if reader.pending:
        reader.pair(reader.names(reader.claim(for_pair=True)))


def _both(reader: Reader, _token: Token) -> None:
    reader.draft.straddles.extend(reader.names(reader.claim()))


def _enclosed(reader: Reader, _token: Token) -> None:
    """甲路、乙路、丙路围合; after bounds (甲路以东，乙路以西所围合区域) it adds nothing."""
    if reader.pending and not reader.bounded:
        reader.pending = [replace(item, before="、") for item in reader.pending]
        texts = [name for text in reader.claim(for_pair=True) for name in split_row(text)]
        reader.draft.enclosed.extend(reader.names(texts))


def _within(reader: Reader, _token: Token) -> None:
    reader.draft.within.extend(reader.names(reader.claim()))


def _near(reader: Reader, _token: Token) -> None:
    reader.draft.near.extend((name, None) for name in reader.names(reader.claim()))


def _distance(reader: Reader, token: Token) -> None:
    """甲路以南200米, 距甲厂500米, 甲路与乙路交叉口500米以内."""
    if token.found is None:
        return
    far, draft = distance(token.found), reader.draft
    if reader.pending and _SIZE.fullmatch(reader.pending[-1].text.folded):
        reader.pending.pop()
    elif reader.pending:
        draft.near.extend((name, far) for name in reader.names(reader.claim()))
    elif reader.last in {"suffix", "front", "as_bound"} and draft.bounds:
        draft.bounds[reader.newest :] = [
            replace(bound, distance=far) for bound in draft.bounds[reader.newest :]
        ]
    elif reader.last in {"suffix", "crossing"} and draft.crossings:
        draft.crossings[-1] = replace(draft.crossings[-1], distance=far)
    elif reader.last == "near" and draft.near:
        draft.near[-1] = (draft.near[-1][0], far)
    else:
        reader.note("distance_left_out")


def _lead(reader: Reader, token: Token) -> None:
    """项目位于: the words before it are a heading; another heading begins another part."""
    heading = reader.pending[-1].text.folded if reader.pending else ""
    if heading and reader.heading and heading != reader.heading:
        reader.drafts.append(Draft(apart=True))
    reader.heading = heading or reader.heading
    reader.pending = []
    reader.between = token.text.folded == "介于"


def _four(reader: Reader, _token: Token) -> None:
    reader.flush(sentence_goes_on=True)
    reader.listing = True


def _separator(reader: Reader, token: Token) -> None:
    mark = "," if token.text.folded in ",:" else "、"
    stretch = reader.pending and reader.pending[-1].before == "to"
    if stretch or (mark == "," and reader.between and len(reader.pending) > 1):
        reader.flush(sentence_goes_on=True)
    reader.before = reader.before or mark


def _conjunction(reader: Reader, token: Token) -> None:
    if reader.pending or reader.bounded:
        reader.before = "to" if token.text.folded in _TO else "and"
    elif reader.last and (reader.split_on_and or reader.piece_ended):
        reader.drafts.append(Draft(apart=True))
    elif token.text.folded in _TO:
        reader.lead = "to"


def _stop(reader: Reader, _token: Token) -> None:
    reader.flush(sentence_goes_on=False)
    reader.drafts.append(Draft())


_HANDLERS: Final[dict[str, Callable[[Reader, Token], None]]] = {
    "suffix": _suffix,
    "front": _front,
    "as_bound": _as_bound,
    "crossing": _crossing,
    "between": _between,
    "both": _both,
    "enclosed": _enclosed,
    "within": _within,
    "near": _near,
    "distance": _distance,
    "lead": _lead,
    "four": _four,
    "separator": _separator,
    "conjunction": _conjunction,
    "stop": _stop,
}
