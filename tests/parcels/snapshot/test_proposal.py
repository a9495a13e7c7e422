"""Proposals come back from their snapshot: as typed, judged again with the same answers."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from parcels.proposal.document.documents import write_document
from parcels.proposal.document.reading import read_draft
from parcels.proposal.draft import Draft
from parcels.proposal.remedies.advice import Freedom
from parcels.proposal.reports.case import judge_case
from parcels.proposal.reports.memo import memo_of
from parcels.rules.load import rule_book
from parcels.snapshot.building import build
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.proposal.case import MixAsked, Volumes
from parcels.snapshot.proposal.kind import case_of, parts
from parcels.snapshot.proposal.opening import proposal_case, proposal_file_case
from tests.parcels.snapshot.kind_samples import proposal_sample, proposal_sample_case
from tests.parcels.snapshot.samples import DAY, head


def read_back(snapshot):
    """Read the content as another program would: from its bytes."""
    return case_of(json.loads(canonical_bytes(snapshot.content)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_proposal_is_judged_again_from_its_snapshot(lang):
    first = proposal_sample(lang)
    case = read_back(first)
    assert build("proposal", case, head(first.content["title"], lang=lang)).digest == first.digest


def test_every_statement_of_the_memo_is_a_finding():
    answers = proposal_sample().content["answers"]
    found = {one["id"]: one for pack in answers["packs"] for one in pack["findings"]}
    assert list(found) == [f"P{at}" for at in range(1, len(found) + 1)]
    memo = answers["memo"]
    said = [*memo["broken"], *memo["unknown"], *memo["kept"]]
    assert {one["finding"] for one in said} == {
        name for name, one in found.items() if one["outcome"] != "not_applicable"
    }
    for one in said:
        finding = found[one["finding"]]
        assert (one["text"], one["rule"]) == (finding["message"], finding["rule_id"])
        assert one["outcome"] == finding["outcome"]


def test_a_line_of_the_comparison_names_its_findings():
    answers = proposal_sample().content["answers"]
    named = [
        name
        for line in answers["comparison"]
        for cell in line["cells"]
        for name in cell["findings"]
    ]
    every = [one["id"] for pack in answers["packs"] for one in pack["findings"]]
    assert sorted(named) == sorted(every)


def test_changes_were_asked_for_one_pack_and_are_checked():
    answers = proposal_sample().content["answers"]
    asked = [pack["id"] for pack in answers["packs"] if pack["advice_asked"]]
    assert asked == ["m0_nanyang_pilot"]
    (pack,) = (one for one in answers["packs"] if one["id"] == "m0_nanyang_pilot")
    assert [one["id"] for one in pack["remedies"]] == ["A1", "A2"]
    assert all(one["verified"] for one in pack["remedies"])
    assert not answers["advice_all"]["advice_asked"]


def test_nobody_asked_is_not_no_way():
    case = proposal_case(proposal_sample_case().draft, rule_book(DAY, packs=["m0_nanyang_pilot"]))
    answers = build("proposal", case, head("x")).content["answers"]
    assert not answers["advice_asked"]
    assert answers["volumes"] is answers["around"] is answers["best_mix"] is None


def test_a_proposal_without_a_place_has_unknown_surroundings():
    place = proposal_sample_case().place
    case = proposal_case(
        Draft(),
        rule_book(DAY, packs=["m0_nanyang_pilot"]),
        place=type(place)(parcels=place.parcels, at=None, book=place.book),
    )
    around = build("proposal", case, head("x")).content["answers"]["around"]
    assert around["parcel"] is None
    assert {pack["outcome"] for pack in around["packs"]} == {"unknown"}


def test_volumes_stand_on_the_outline_that_was_given():
    case = proposal_case(
        proposal_sample_case().draft,
        rule_book(DAY, packs=["m0_nanyang_pilot"]),
        volumes=Volumes(outline=shapely.box(-0.0, 0.1, 260.3, 170.07), note="地块 A-1"),
    )
    snapshot = build("proposal", case, head("x"))
    volumes = snapshot.content["answers"]["volumes"]
    assert volumes["site"]["kind"] == "outline"
    assert volumes["drawings"]["plan"]["svg"].startswith("<svg")
    back = read_back(snapshot)
    assert back.volumes.outline.equals_exact(case.volumes.outline, 0.0)
    assert canonical_bytes(parts(back, "zh")) == canonical_bytes(parts(case, "zh"))


def test_a_file_is_read_as_the_command_reads_it(tmp_path):
    path = tmp_path / "方案.toml"
    path.write_bytes(write_document(proposal_sample_case().draft, "toml"))
    case = proposal_file_case(path, rule_book(DAY, packs=["m0_nanyang_pilot"]))
    assert dict(case.draft.fields) == dict(proposal_sample_case().draft.fields)
    path.write_text("[", encoding="utf-8")
    with pytest.raises(PlannerError) as caught:
        proposal_file_case(path, case.book)
    assert caught.value.values["file"] == "方案.toml"


def test_numbers_of_statements_are_those_of_the_memo_alone():
    case = proposal_sample_case()
    reading = read_draft(case.draft, "zh")
    memo = memo_of(judge_case(reading.proposal, case.book, reading=reading), "zh")
    said = proposal_sample().content["answers"]["memo"]
    assert [one.text for one in memo.broken] == [one["text"] for one in said["broken"]]
    assert [one.number for one in memo.kept] == [int(one["finding"][1:]) for one in said["kept"]]


TYPED = st.text(st.characters(codec="utf-8"), max_size=10)
FIELDS = st.dictionaries(st.sampled_from(["title", "use", "site_area", "tax", "x"]) | TYPED, TYPED)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["function", "area", "name", "storeys", "?"]), TYPED),
    max_size=3,
)


@settings(max_examples=15, deadline=None)
@given(fields=FIELDS, floors=ROWS, note=TYPED, weight=st.fractions(Fraction(1, 99), 99))
def test_whatever_is_typed_comes_back(fields, floors, note, weight):
    draft = Draft(fields=fields, floors=tuple(floors), note=note)
    case = proposal_case(
        draft,
        rule_book(DAY, packs=["m0_nanyang_plan"]),
        freedom=Freedom(weights={"land": weight}, locked=frozenset({"tax", note})),
        mix=MixAsked(goal="core", keep=(0,)),
        volumes=Volumes(note=note),
    )
    snapshot = build("proposal", case, head(note))
    back = read_back(snapshot)
    assert back.draft == draft
    assert list(back.draft.fields) == list(fields)
    assert back.advice == case.advice
    assert back.mix == case.mix
    assert canonical_bytes(parts(back, "zh")) == canonical_bytes(parts(case, "zh"))


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("draft", "fields"), [{"name": "title", "text": one} for one in "ab"], "inputs.draft"),
        (("advice", "levers"), ["bribe"], "inputs.advice"),
        (("advice", "weights"), [["land", "0"]], "inputs.advice"),
        (("advice", "weights"), [["land", "-1/2"]], "inputs.advice"),
        (("mix", "goal"), "profit", "inputs.mix"),
        (("place", "at"), 99, "inputs.place"),
        (("volumes", "outline"), {"type": "Kugel"}, "inputs.volumes.outline.0"),
        (("place",), {}, "inputs.place"),
        (("draft",), None, "inputs.draft"),
    ],
)
def test_inputs_that_are_unfit_are_named(path, value, where):
    content = json.loads(canonical_bytes(proposal_sample().content))
    held = content["inputs"]
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = value
    with pytest.raises(PlannerError) as caught:
        case_of(content)
    assert caught.value.code == "snapshot_input_unusable"
    assert caught.value.values["where"] == where
