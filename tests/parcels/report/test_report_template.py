"""A template of the bureau's own: what it can name, and what a mistake in it says."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from geo.errors import PlannerError
from parcels.report.building import report
from parcels.report.context import template_context
from parcels.report.docx_writer import docx as as_docx
from parcels.report.template_maker import make_template
from tests.parcels.report.reading import docx_text
from tests.parcels.report.samples import SEEN, hostile, judged, made

ROOT = Path(__file__).parents[3]


def template(*paragraphs):
    document = docx.Document()
    for one in paragraphs:
        document.add_paragraph(one)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def filled(*paragraphs, snapshot=judged):
    return docx_text(
        as_docx(report(snapshot(), "opinion"), template(*paragraphs), name="ours.docx")
    )


def test_the_template_in_the_repository_is_the_one_that_is_made():
    assert (ROOT / "parcels/report/data/opinion.docx").read_bytes() == make_template()


def test_a_template_names_facts_lists_and_signatures():
    text = filled(
        "{{ title }} {{ digest8 }}",
        "{%p for p in parcels %}",
        "{{ p.key }}|{{ p.facts.area_mu }}|{{ p.tables.no_data.rows|length }}|{{ p.signatures.first }}",
        "{%p endfor %}",
    )
    assert f"地块审查意见表（预检） {judged().digest[:8]}" in text
    assert "1|83.71 亩|36|修改后报\n王工\n2026-11-20" in text
    assert "2|24.96 亩|37|" in text


def test_values_are_text_and_never_a_template():
    text = filled(
        "{%p for p in parcels %}",
        "{{ p.title }}{{ p.notes.opinion[0] }}{{ p.facts.location }}",
        "{%p endfor %}",
        snapshot=hostile,
    )
    assert SEEN[3] in text
    assert SEEN[2] in text
    assert SEEN[5] in text


@pytest.mark.parametrize(
    ("line", "placeholder"),
    [
        ("面积：{{ parcels[0].facts.area_acres }}", "{{ parcels[0].facts.area_acres }}"),
        ("{{ parcel.title }}", "{{ parcel.title }}"),
        ("{{ title | shout }}", "{{ title | shout }}"),
        ("{{ title", "—"),
        ("{% for p in parcels %}{{ p.key }}", None),
        ("{{ ''.__class__.__mro__ }}", None),
        ("{{ 1 / 0 }}", None),
        ("{% for at in range(99999999) %}{% endfor %}", None),
    ],
)
def test_a_mistake_in_a_template_says_which_where_and_why(line, placeholder):
    with pytest.raises(PlannerError) as refused:
        filled("第一段", line)
    assert refused.value.code == "report_template_placeholder"
    assert refused.value.values["template"] == "ours.docx"
    assert refused.value.values["reason"]
    if placeholder not in {None, "—"}:
        assert refused.value.values["placeholder"] == placeholder
        assert refused.value.values["where"] == line


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_document_is_refused(data):
    with pytest.raises(PlannerError, match="report_template_unreadable"):
        as_docx(made("points"), data, name="x.docx")


def test_documents_of_other_reports_take_a_template_too():
    assert docx_text(as_docx(made("points"), template("{{ title }}"))).startswith(
        "界址点坐标成果表"
    )


def test_every_placeholder_is_documented():
    page = (ROOT / "docs/reports.md").read_text(encoding="utf-8")
    context = template_context(report(judged(), "opinion"))
    names = {
        *context,
        *context["parcels"][0],
        *context["parcels"][0]["facts"],
        *context["basis"]["facts"],
    }
    names |= {
        *context["parcels"][0]["tables"],
        *context["basis"]["tables"],
        *context["whole"]["tables"],
    }
    names |= {*context["parcels"][0]["notes"], *context["parcels"][0]["signatures"]}
    names |= {*context["parcels"][0]["tables"]["no_data"]["labels"]}
    assert {one for one in names if f"`{one}`" not in page} == set()
