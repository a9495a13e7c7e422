"""The check of geometry: findings of the reading one by one, and what no outline tells."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from parcels.checks.geometry import CHECK
from parcels.checks.subject import QualityFinding
from parcels.finding_words import cell_text, finding_text
from parcels.rules.load import all_packs
from parcels.rules.model import Override
from tests.parcels.checks.parcel_samples import findings, parcels, said, square

QC = Path(__file__).parents[3] / "geo/survey/quality/data/geometry_qc.toml"
BOW_TIE = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])


def test_a_surveyed_outline_without_findings_passes():
    found = findings(CHECK, parcels([square(0, 0)]))
    assert said(found) == [[("pass", "geometry_sound")]]


def test_every_finding_of_the_reading_is_told_with_its_severity():
    quality = {
        0: (
            QualityFinding(code="Q_SELF", severity="error", ring=1, point=4),
            QualityFinding(
                code="Q_SHORT", severity="warn", ring=1, point=2, value=0.04, limit=0.1, unit="m"
            ),
        ),
        1: (QualityFinding(code="Q_LONGEDGE", severity="info", value=3.0, limit=150.0),),
    }
    found = findings(CHECK, parcels([square(0, 0), square(200, 0)], quality=quality))
    assert said(found)[0] == [("fail", "q_self"), ("warning", "q_short")]
    assert said(found)[1] == [("pass", "q_longedge"), ("pass", "geometry_sound")]
    short = found[0][1]
    assert (short.rule, short.measured, short.limit, short.unit) == ("Q_SHORT", 0.04, 0.1, "m")
    assert finding_text("zh", short).startswith("第 1 环到第 2 个界址点的边长只有 0.04 m")


def test_findings_about_neighbours_and_areas_belong_to_other_checks():
    quality = {
        0: tuple(
            QualityFinding(code=code, severity="error", value=9.0, other=1)
            for code in ("Q_OVERLAP", "Q_AREA", "Q_ID", "Q_GAP")
        )
    }
    assert said(findings(CHECK, parcels([square(0, 0)], quality=quality))) == [
        [("pass", "geometry_sound")]
    ]


@pytest.mark.parametrize(
    ("kind", "reason", "cell"),
    [
        ("schematic", "geometry_schematic", "示意"),
        ("digitized", "geometry_digitized", "数字化"),
        ("", "geometry_unstated", "来源不明"),
    ],
)
def test_outlines_that_are_no_survey_prove_nothing(kind, reason, cell):
    subject = parcels([square(0, 0)], geometry_class=(kind,), accuracy_m=[50.0])
    (found,) = findings(CHECK, subject)[0]
    assert (found.outcome, found.reason, found.cause, found.needs) == (
        "unknown",
        reason,
        "geometry_uncertain",
        ("geometry",),
    )
    assert cell_text("zh", found) == cell


def test_places_by_words_and_no_place_at_all_are_unknown():
    subject = parcels(
        [None, None],
        places=[square(0, 0, 900), None],
        geometry_class=("solved_from_text", ""),
        accuracy_m=[300.0, np.nan],
    )
    by_words, nowhere = (row[0] for row in findings(CHECK, subject))
    assert (by_words.outcome, by_words.cause, cell_text("zh", by_words)) == (
        "unknown",
        "geometry_uncertain",
        "仅文字",
    )
    assert "300 m" in finding_text("zh", by_words)
    assert (nowhere.outcome, nowhere.cause, nowhere.needs) == (
        "unknown",
        "geometry_missing",
        ("geometry",),
    )


def test_without_a_reading_the_outline_is_examined_here():
    tiny = square(500, 0, 10)
    found = findings(CHECK, parcels([BOW_TIE, square(200, 0), tiny], quality_known=False))
    assert said(found)[0] == [("fail", "q_bowtie")]
    assert said(found)[1] == [("pass", "geometry_sound")]
    assert said(found)[2] == [("warning", "q_minarea")]
    assert found[2][0].measured == pytest.approx(100.0, rel=1e-6)


def override(rule, value):
    return Override(rule=rule, value=value, by="测试", day=date(2025, 1, 1), reason="本地规定")


def test_a_local_smallest_size_is_measured():
    subject = parcels([square(0, 0, 18), square(200, 0)], quality={})
    found = findings(CHECK, subject, overrides=[override("Q_MINAREA", 400.0)])
    assert said(found) == [[("warning", "q_minarea")], [("pass", "geometry_sound")]]
    assert found[0][0].limit == 400.0


def test_a_looser_local_limit_takes_findings_away_and_a_stricter_one_leaves_a_doubt():
    short = QualityFinding(
        code="Q_SHORT", severity="warn", ring=1, point=2, value=0.04, limit=0.1, unit="m"
    )
    subject = parcels([square(0, 0)], quality={0: (short,)})
    assert said(findings(CHECK, subject, overrides=[override("Q_SHORT", 0.02)])) == [
        [("pass", "geometry_sound")]
    ]
    strict = findings(CHECK, subject, overrides=[override("Q_SHORT", 0.5)])
    assert said(strict) == [[("warning", "q_short"), ("unknown", "geometry_limit_changed")]]


def test_every_code_of_a_single_parcel_has_rule_and_sentence():
    codes = set(tomllib.loads(QC.read_text("utf-8"))["check"])
    rules = {rule.id: rule for pack in all_packs().values() for rule in pack.rule}
    assert codes <= set(rules)
    for code in sorted(code for code in codes if rules[code].check == CHECK.id):
        one = QualityFinding(code=code, severity="warn", ring=1, point=2, value=3.0, unit="m2")
        (told,) = findings(CHECK, parcels([square(0, 0)], quality={0: (one,)}))[0]
        assert told.rule == code
        assert all(finding_text(lang, told) and cell_text(lang, told) for lang in ("zh", "en"))


def test_without_the_pack_nothing_is_judged():
    found = findings(CHECK, parcels([square(0, 0)]), packs=["product_checks"])
    assert said(found) == [[("not_applicable", "no_rule_chosen")]]
