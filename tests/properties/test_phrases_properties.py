"""What must hold for every location phrase, whatever it says."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.location.features import NamedFeature
from geo.location.gazetteer import Gazetteer, key
from geo.location.phrases import parse
from geo.location.reading import Reading

DIRECTIONS = {
    "N": "北",
    "E": "东",
    "S": "南",
    "W": "西",
    "NE": "东北",
    "SE": "东南",
    "SW": "西南",
    "NW": "西北",
}
MIRRORED = str.maketrans("东西南北", "西东北南")
MIRRORED_SIDE = str.maketrans("NESW", "SWNE")
SEPARATORS = ["、", "，", ",", "；", ";", "。", "", " ", "、，"]
NAMES = [
    "信臣路",
    "热电厂",
    "百里奚街",
    "经十路",
    "白河",
    "中光学",
    "G40沪陕高速",
    "原梅溪路",
    "独山大道",
]
STYLES = ["以{}", "之{}", "{}侧", "{}面", "{}边", "以{}区域", "{}侧地块", "的{}侧"]

UNTIMED = settings(deadline=None)

clauses = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from("NESW"), st.sampled_from(STYLES)),
    min_size=1,
    max_size=4,
    unique_by=(lambda clause: clause[0], lambda clause: clause[1]),
)
words = st.text(
    st.sampled_from(
        "东南西北以之侧至临起路街甲乙河厂园区市村与和及、，；。：:（）()[]一二十1200米公里亩距附近内间口角两围合位于块其另原规划<>{}%'\" \n\u200b😀aZ"
    ),
    max_size=60,
)


def written(clause, styled=True) -> str:
    name, direction, style = clause
    return name + (style if styled else "以{}").format(DIRECTIONS[direction])


def visible(text: str) -> str:
    """Leave out blanks and characters that no one sees."""
    unseen = {"Cc", "Cf", "Cs"}
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in unseen)


def bounds(reading: Reading) -> set[tuple[str, str]]:
    return {
        (key(bound.name.text), bound.direction) for part in reading.parts for bound in part.bounds
    }


@UNTIMED
@given(clauses, st.sampled_from(SEPARATORS))
def test_every_clause_is_read(given_clauses, separator):
    phrase = separator.join(map(written, given_clauses))
    assert bounds(parse(phrase)) == {(key(name), side) for name, side, _ in given_clauses}


@UNTIMED
@given(clauses, st.randoms(use_true_random=False), st.sampled_from(SEPARATORS))
def test_order_and_delimiters_do_not_matter(given_clauses, random, separator):
    shuffled = random.sample(given_clauses, len(given_clauses))
    first = parse("、".join(map(written, given_clauses)))
    assert bounds(first) == bounds(parse(separator.join(map(written, shuffled))))


@UNTIMED
@given(clauses)
def test_a_mirrored_phrase_gives_the_mirrored_sides(given_clauses):
    phrase = "、".join(written(clause) for clause in given_clauses)
    mirrored = "、".join(
        clause[0] + written(clause)[len(clause[0]) :].translate(MIRRORED)
        for clause in given_clauses
    )
    expected = {(name, side.translate(MIRRORED_SIDE)) for name, side in bounds(parse(phrase))}
    assert bounds(parse(mirrored)) == expected


@UNTIMED
@given(st.sampled_from(NAMES), st.sampled_from(sorted(DIRECTIONS)))
def test_front_and_suffix_forms_are_opposite(name, direction):
    """东至甲路 and 甲路以西 say the same."""
    side = DIRECTIONS[direction]
    assert bounds(parse(f"{side}至{name}")) == bounds(parse(f"{name}以{side.translate(MIRRORED)}"))


@UNTIMED
@given(words)
def test_width_and_compatibility_forms_read_equal(phrase):
    narrow = unicodedata.normalize("NFKC", phrase)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in phrase)
    assert len(parse(narrow).parts) == len(parse(phrase).parts)
    assert bounds(parse(narrow)) == bounds(parse(phrase))
    if phrase.isprintable() and " " not in phrase:
        assert bounds(parse(wide)) == bounds(parse(phrase))


@UNTIMED
@given(st.one_of(words, st.text(max_size=80)), st.booleans())
def test_any_text_is_read_without_an_exception(phrase, with_lexicon):
    lexicon = Gazetteer.build(
        [
            NamedFeature(id=name, name=name, geometry=None)
            for name in ("甲路", "乙河", "东路", "北河")
        ]
    )
    reading = parse(phrase, lexicon) if with_lexicon else parse(phrase)
    assert reading.phrase == phrase
    shown = visible(phrase)
    for part in reading.parts:
        for name in [*(bound.name for bound in part.bounds), *part.within, *part.straddles]:
            assert name.text
            assert visible(name.text) in shown


@UNTIMED
@given(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=6), st.data())
def test_a_gazetteer_finds_what_was_put_in_and_chooses_nothing_else(names, data):
    network = Gazetteer.build([NamedFeature(id=name, name=name, geometry=None) for name in names])
    phrase = f"{data.draw(st.sampled_from(NAMES))}以南"
    for bound in parse(phrase, network).parts[0].bounds:
        match = network.match(bound.name)
        assert (match.status == "matched") == (bound.name.text in names)
        assert len(match.positions) == (1 if match.status == "matched" else 0)
