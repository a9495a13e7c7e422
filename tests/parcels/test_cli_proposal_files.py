"""``proposal`` and files: refused by name, written whole, templates, the changed proposal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from parcels.proposal.document.documents import read_document
from parcels.proposal.document.reading import read_draft
from tests.parcels.proposal.reports.case_samples import runner, typed

if TYPE_CHECKING:
    from pathlib import Path

PILOT = ("--pack", "m0_nanyang_pilot")


@pytest.fixture
def run(tmp_path: Path) -> Any:
    return runner(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("无.toml", None),
        ("空.toml", b""),
        ("坏.toml", b"[proposal\n"),
        ("坏.json", b"{"),
        ("坏.xlsx", b"PK\x03\x04" + bytes(100)),
        ("大.toml", b"#" * 5_000_001),
    ],
)
def test_files_that_cannot_be_used_are_refused_by_name(
    run: Any, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    answer = run(str(path), "--json")
    assert answer.exit_code == 2
    assert name in json.loads(answer.stdout)["error"]["message"]
    assert str(tmp_path) not in answer.output


def test_a_folder_is_no_proposal(run: Any, tmp_path: Path) -> None:
    assert run(str(tmp_path)).exit_code == 2


def test_the_comparison_is_written_and_nothing_is_replaced_unasked(
    run: Any, tmp_path: Path
) -> None:
    path = tmp_path / "对照.xlsx"
    first = run("FILE", *PILOT, "--remedy", "-o", str(path))
    assert first.exit_code == 1
    assert first.stdout == ""
    assert "对照.xlsx" in first.stderr
    assert openpyxl.load_workbook(path).sheetnames[0] == "结论"
    content = path.read_bytes()
    assert run("FILE", *PILOT, "-o", str(path)).exit_code == 2
    assert path.read_bytes() == content
    assert run("FILE", *PILOT, "--remedy", "-o", str(path), "--force").exit_code == 1
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "start"), [("m.html", b"<!DOCTYPE html>"), ("m.json", b'{"as_of"')]
)
def test_memo_and_report_are_written(run: Any, tmp_path: Path, name: str, start: bytes) -> None:
    assert run("FILE", *PILOT, "-o", str(tmp_path / name)).exit_code == 1
    assert (tmp_path / name).read_bytes().startswith(start)


def test_the_changed_proposal_is_written_and_passes_what_it_was_changed_for(
    run: Any, tmp_path: Path
) -> None:
    path = tmp_path / "改后.toml"
    run("FILE", *PILOT, "--remedy", "-o", str(path))
    draft = read_document(path.read_bytes(), path.name)
    areas = [row.get("area", "") for row in draft.floors]
    assert areas[5].startswith("14")
    assert draft.fields["title"] == "甲"
    judged = json.loads(run(str(path), *PILOT, "--json").stdout)
    assert judged["outcome"] == "unknown"
    assert {one["outcome"] for one in judged["packs"][0]["findings"]} == {"pass", "unknown"}


def test_without_a_change_the_document_is_as_it_was_read(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "同.toml"
    answer = run("FILE", "--pack", "m0_nanyang_plan", "--remedy", "-o", str(path))
    assert "没有可应用的改动" in answer.stderr
    assert read_document(path.read_bytes(), path.name) == typed()


@pytest.mark.parametrize("kind", ["toml", "json", "xlsx"])
def test_templates_are_documents_that_can_be_read(run: Any, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"模板.{kind}"
    assert run("--template", kind, "-o", str(path)).exit_code == 0
    reading = read_draft(read_document(path.read_bytes(), path.name))
    assert reading.faults == ()
    assert reading.proposal.amounts == {}


@pytest.mark.parametrize("kind", ["toml", "json"])
def test_text_templates_go_to_standard_output(run: Any, kind: str) -> None:
    answer = run("--template", kind)
    assert answer.exit_code == 0
    read_document(answer.stdout.encode(), f"x.{kind}")
