"""Location phrases read per second on one core, without and with a lexicon."""

from __future__ import annotations

import random
import sys
import time

from geo.location.features import NamedFeature
from geo.location.gazetteer import Gazetteer
from geo.location.lexicon import EMPTY
from geo.location.phrases import parse

PHRASES = 10_000
MOST_SECONDS = 2.0
FORMS = (
    "{a}以南、{b}以西",
    "项目位于{a}以北，{b}东侧200米，总面积280亩",
    "{a}与{b}交叉口东北角",
    "东至{a}、南至{b}、西至{c}、北至{d}",
    "四至：东：{a}；南：{b}；西：{c}；北：{d}",
    "{a}、{b}、{c}、{d}围合区域",
    "{a}与{b}之间，{c}两侧",
    "一块位于{a}以东、{b}以南；另一块位于{c}以北",
    "南阳市高新区{a}（规划）以南{b}以西500米以内",
)


def road_names(count: int) -> list[str]:
    """Make different road names, some of them numbered, some with a direction inside."""
    stems = [one + two for one in "信光仲建独张麒望溪梅" for two in "臣武景设山衡麟城源林"]
    names = [
        f"{stem}{middle}{kind}"
        for stem in stems
        for middle in ("", "东", "西", "南", "北")
        for kind in ("路", "大道", "街", "巷")
    ]
    names += [f"{axis}{number}路" for axis in "经纬" for number in range(1, 60)]
    return random.Random(7).sample(names, count)


def phrases(names: list[str]) -> list[str]:
    """Write phrases of every form about names drawn at random."""
    choose = random.Random(7)
    return [
        FORMS[number % len(FORMS)].format(**dict(zip("abcd", choose.sample(names, 4), strict=True)))
        for number in range(PHRASES)
    ]


def main() -> int:
    """Print seconds of CPU; 1 if reading without a lexicon takes longer than wanted."""
    names = road_names(2_000)
    texts = phrases(names)
    features = [NamedFeature(id=name, name=name, geometry=None) for name in names]
    seconds = {}
    for title, lexicon in (("no lexicon", EMPTY), ("2,000 names", Gazetteer.build(features))):
        parse(texts[0], lexicon)
        start = time.process_time()
        for text in texts:
            parse(text, lexicon)
        seconds[title] = time.process_time() - start
        ratio = seconds[title] / MOST_SECONDS
        print(f"{PHRASES} phrases, {title}: {seconds[title]:.2f} s CPU, {ratio:.2f} of the limit")
    return int(seconds["no lexicon"] > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
