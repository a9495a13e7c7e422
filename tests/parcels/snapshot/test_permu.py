"""Rankings come back from their snapshot: the same firms, the same figures, the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from parcels.permu.model import Answers
from parcels.permu.report import result_entry
from parcels.permu.schemes import find_classes, find_scheme
from parcels.snapshot.building import build
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.permu.kind import case_of, parts
from parcels.snapshot.permu.opening import permu_case, permu_file_case
from tests.parcels.permu.tables import table_of
from tests.parcels.snapshot.kind_samples import FIRMS, permu_sample, permu_sample_case
from tests.parcels.snapshot.samples import DAY, head


def read_back(snapshot):
    """Read the content as another program would: from its bytes."""
    return case_of(json.loads(canonical_bytes(snapshot.content)))


def again(snapshot):
    """Give the digest of a snapshot that is made anew from what stands in another."""
    content = snapshot.content
    return build("permu", read_back(snapshot), head(content["title"], lang=content["lang"])).digest


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_ranking_is_made_again_from_its_snapshot(lang):
    assert again(permu_sample(lang)) == permu_sample(lang).digest


def test_the_answers_are_those_of_the_command():
    case = permu_sample_case()
    told = permu_sample().content["answers"]["results"]
    for entry, result in zip(told, case.results, strict=True):
        asked = result_entry(case.table, result, "zh")
        assert [row["firm"] for row in entry["rows"]] == [row["id"] for row in asked["rows"]]
        assert [row["score"] for row in entry["rows"]] == [row["score"] for row in asked["rows"]]
        assert entry["classes_borrowed"] == asked["classes_borrowed"]


def test_rows_are_cited_by_ids_of_their_own():
    results = permu_sample().content["answers"]["results"]
    ids = [row["id"] for entry in results for row in entry["rows"]]
    assert ids == [f"R{at}" for at in range(1, 31)]


def test_unknown_firms_and_schemes_stay_unknown():
    first, second, _ = permu_sample().content["answers"]["results"]
    by_name = {row["name"]: row for row in first["rows"]}
    assert by_name["包装示例厂"]["unknown"]
    assert by_name["包装示例厂"]["score"] is None
    assert by_name["新材料示例公司（承诺）"]["rank"] is None
    assert second["gaps"]
    assert all(row["score"] is None for row in second["rows"])


def test_tax_of_the_zone_is_not_invented():
    zone = permu_sample().content["answers"]["zone"]
    assert [one["id"] for one in zone["figures"]] == [
        f"Z{at}" for at in range(1, len(zone["figures"]) + 1)
    ]
    tax = next(one for one in zone["figures"] if one["figure"] == "tax")
    assert not tax["per_mu"]
    assert tax["per_mu_with_expansion_2025"] is None


def test_classes_are_those_of_the_snapshot_and_not_those_of_today():
    case = permu_sample_case()
    own = find_scheme("wenling_2022")
    table = find_classes(own.classes)
    stricter = table.model_copy(update={"ends": {**table.ends, "A": table.ends["A"] / 2}})
    changed = replace(
        case, schemes=(own,), tables={own.classes: stricter}, borrowed=None, denominator="mapped"
    )
    snapshot = build("permu", changed, head("x"))
    (result,) = read_back(snapshot).results
    assert result.classes == stricter
    assert result.denominator == "mapped"
    assert again(snapshot) == build("permu", changed, head("x")).digest


TYPED = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(name=TYPED, tax=TYPED | st.decimals(0, 10**6, places=3).map(str))
def test_whatever_is_typed_comes_back(name, tax):
    quoted = [one.replace('"', '""') for one in (name, tax)]
    table = '企业名称,用地面积(亩),税收(万元),用电量(kWh)\n甲,10,55,70000\n"{}",7,"{}",3'.format(
        *quoted
    )
    case = permu_case(
        table_of(table),
        [find_scheme("zhejiang_huangyan_2022_small")],
        day=DAY,
        settled=Answers(units={"tax": "万元", "power": "kWh"}, sheet=name, status="promised"),
    )
    snapshot = build("permu", case, head(name))
    back = read_back(snapshot)
    assert back.table == case.table
    assert back.settled == case.settled
    assert canonical_bytes(parts(back, "zh")) == canonical_bytes(parts(case, "zh"))


def test_a_file_is_read_as_the_command_reads_it(tmp_path):
    path = tmp_path / "企业.csv"
    path.write_text(FIRMS, encoding="utf-8")
    case = permu_file_case(
        path,
        schemes=["zhejiang_huangyan_2022"],
        day=DAY,
        classes="wenling_above_2022",
        denominator="mapped",
    )
    assert case.table.title == "企业.csv"
    assert len(case.file_digest) == 64
    assert case.results[0].denominator == "mapped"


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("table", "firms", 3, "amounts"), {"tax": "1e999999999"}, "inputs.table.firms.3"),
        (("table", "firms", 0, "amounts"), {"tax": "1/0"}, "inputs.table.firms.0"),
        (("table", "firms", 0, "status"), "verkauft", "inputs.table.firms.0"),
        (("table", "firms", 0, "extra"), 1, "inputs.table.firms.0"),
        (("schemes", 1, "indicator"), [], "inputs.schemes.1.indicator"),
        (("borrowed", "ends"), {"A": "2"}, "inputs.borrowed"),
        (("denominator",), "volume", "inputs"),
        (("settled",), None, "inputs.settled"),
        (("table",), 7, "inputs"),
    ],
)
def test_inputs_that_are_unfit_are_named(path, value, where):
    content = json.loads(canonical_bytes(permu_sample().content))
    held = content["inputs"]
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = value
    with pytest.raises(PlannerError) as caught:
        case_of(content)
    assert caught.value.code == "snapshot_input_unusable"
    assert caught.value.values["where"] == where
