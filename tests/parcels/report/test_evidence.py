"""No sentence without evidence: what a report says stands in the snapshot that it is made of."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, partial
from itertools import chain

import pytest
from pyproj import CRS

from layers.codes import SCHEMES, code_table
from parcels.messages import messages
from parcels.report.building import report
from parcels.report.model import Cell, Facts, Heading, Notes, Signatures, Table
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.levels import reduced
from tests.parcels.report.samples import KINDS, judged
from tests.parcels.snapshot.samples import table_two, two_parcels

NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
SCALES = [Decimal(1), Decimal(100), 1 / Decimal(10_000), Decimal(3) / 2000]


def said(made):
    """Give every cell of a report; a heading is one too."""
    for block in made.blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Facts):
            yield from (one.value for one in block.rows)
        elif isinstance(block, Signatures):
            yield from (one.value for one in block.boxes)
        elif isinstance(block, Table):
            yield from chain.from_iterable((*block.rows, *block.foot))
        elif isinstance(block, Notes):
            yield from block.lines


def entries(value):
    """Give everything in the content that has an id of its own, by that id."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"], value
        for one in value.values():
            yield from entries(one)
    elif isinstance(value, list):
        for one in value:
            yield from entries(one)


class Content:
    def __init__(self, snapshot):
        self.content = json.loads(canonical_bytes({**snapshot.content, "digest": snapshot.digest}))
        self.by_id = dict(entries(self.content))

    def found(self, place):
        """Return what a place or an id leads to; KeyError where nothing is."""
        if place in self.by_id:
            return self.by_id[place]
        value = self.content
        for part in place.split("/"):
            value = value[int(part)] if isinstance(value, list) else value[part]
        return value


def numbers_in(value):
    """Give every number in a value of JSON, with the lengths of its lists."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, float)):
        yield Decimal(repr(value))
    elif isinstance(value, str):
        for one in NUMBER.findall(value):
            yield Decimal(one.replace(",", ""))
    else:
        yield Decimal(len(value))
        for one in value.values() if isinstance(value, dict) else value:
            yield from numbers_in(one)


@cache
def own_words():
    """Numbers in our own words: titles of standards and the like."""
    words = [
        one
        for lang in ("zh", "en")
        for key, one in messages(lang).items()
        if key.startswith(("reports.", "ui.scheme", "note.", "report.system"))
    ]
    codes = [code for scheme in SCHEMES for code in code_table(scheme)]
    return set(NUMBER.findall(" ".join([*words, *codes])))


def is_rounding(token, value):
    """Whether a printed number is the rounding, half up, of a value in some unit."""
    shown = Decimal(token.replace(",", ""))
    step = Decimal(1).scaleb(shown.as_tuple().exponent)
    return any(
        abs((abs(value) * scale).quantize(step, ROUND_HALF_UP) - shown) <= step * slack
        for scale in SCALES
        for slack in (0, 1)  # a part may be moved by one step so that parts add up
    )


def unfounded(cell, content):
    """Give the numbers of a cell that stand nowhere in what it rests on."""
    found = [content.found(one) for one in cell.rests]
    numbers = [one for value in found for one in numbers_in(value)]
    if len(found) > 1:
        numbers.append(sum(one for value in found for one in numbers_in(value)))
        by_key = {}
        for value in found:
            for key, one in value.items() if isinstance(value, dict) else ():
                if isinstance(one, (int, float)) and not isinstance(one, bool):
                    by_key[key] = by_key.get(key, 0) + Decimal(repr(one))
        numbers += by_key.values()
    text = json.dumps(found, ensure_ascii=False)
    if cell.rests == ("system",):
        text += CRS(found[0]).name
    known = set(NUMBER.findall(text))
    return [
        token
        for token in NUMBER.findall(cell.text)
        if token not in known
        and token not in own_words()
        and not any(is_rounding(token, one) for one in numbers)
    ]


def copy_of(name):
    return reduced(KINDS[name](), "public")


def snapshots():
    for name, sample in KINDS.items():
        yield pytest.param(name, sample, id=name)
    yield pytest.param("opinion", judged, id="judged")
    yield pytest.param("opinion", lambda: two_parcels("en"), id="english")
    yield pytest.param("opinion", lambda: reduced(table_two(), "partner"), id="partner")
    yield pytest.param("opinion", lambda: reduced(judged(), "public"), id="public")
    for name in ("balance", "memo", "ranking"):
        yield pytest.param(name, partial(copy_of, name), id=f"public-{name}")


@pytest.mark.parametrize(("name", "sample"), list(snapshots()))
def test_everything_that_is_said_stands_in_the_snapshot(name, sample):
    snapshot = sample()
    content = Content(snapshot)
    made = report(snapshot, name)
    blank = {"", "—", messages(made.lang)["reports.total"]}
    own = {one for key, one in messages(made.lang).items() if key.startswith("reports.")}
    reading = {
        line.text
        for block in made.blocks
        if isinstance(block, Notes) and block.name == "reading"
        for line in block.lines
    }
    cells = [cell for cell in said(made) if cell.text not in blank | own | reading]
    assert len(cells) > 20
    bare = [cell.text for cell in cells if not cell.rests and cell.text != _section(made, cell)]
    assert bare == []
    for cell in cells:
        if (
            name == "points"
            and "_m" not in cell.text
            and any("north_east" in one for one in cell.rests)
            and len(cell.rests) == 2
        ):
            continue  # lengths are computed: `test_points` measures them itself
        if isinstance(cell, Heading) and not cell.rests:
            continue
        assert unfounded(cell, content) == [], (cell.text, cell.rests)


def _section(made, cell):
    """Give the title of a part of the report: it says nothing of land."""
    return cell.text if isinstance(cell, Heading) and cell.name and not cell.key else None


@pytest.mark.parametrize("name", ["opinion", "memo"])
def test_every_finding_stands_in_a_list_once_with_its_id(name):
    snapshot = KINDS[name]()
    listed = [
        row[-1].text
        for block in report(snapshot, name).blocks
        if isinstance(block, Table) and block.name in {"concerned", "no_data", "not_concerned"}
        for row in block.rows
    ]
    ids = [
        key
        for key, one in entries(snapshot.content["answers"])
        if "outcome" in one and "rule_id" in one
    ]
    assert sorted(listed) == sorted(ids)
    assert len(listed) > 20


@pytest.mark.parametrize("words", ["55,808.25 m²", "5.5817 公顷", "83.61 亩", "97 亩"])
def test_a_number_that_does_not_follow_is_noticed(words):
    content = Content(two_parcels())
    assert unfounded(Cell(text=words, rests=("parcels/0/area_m2",)), content) != []
