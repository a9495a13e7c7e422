"""``report``: files by their suffix, a template from the settings, refusals in words."""

from __future__ import annotations

import docx
import pytest
from typer.testing import CliRunner

from parcels.cli import app
from parcels.settings import ENVIRONMENT_KEY
from parcels.snapshot.levels import reduced
from parcels.snapshot.writers import WRITERS
from tests.parcels.report.reading import docx_text, pdf_pages
from tests.parcels.report.samples import judged


@pytest.fixture
def snapshot(tmp_path):
    path = tmp_path / "地块.json"
    path.write_bytes(WRITERS["json"](judged()))
    return path


def run(*words):
    return CliRunner().invoke(app, ["report", *map(str, words)])


@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_the_suffix_says_which_file(snapshot, tmp_path, suffix):
    out = tmp_path / f"意见.{suffix}"
    done = run(snapshot, "--name", "opinion", "--parcel", "1", "-o", out)
    assert (done.exit_code, done.output) == (0, "")
    data = out.read_bytes()
    assert data.startswith(b"%PDF" if suffix == "pdf" else b"PK")
    if suffix == "pdf":
        assert "示例地块1" in "".join(pdf_pages(data))


def test_a_notice_is_made_of_the_public_snapshot_alone(snapshot, tmp_path):
    out = tmp_path / "公示.html"
    refused = run(snapshot, "--name", "notice", "-o", out)
    assert refused.exit_code == 2
    assert "公示页只能由公开级快照生成" in refused.output
    assert not out.exists()
    public = tmp_path / "public.json"
    public.write_bytes(WRITERS["json"](reduced(judged(), "public")))
    assert run(public, "--name", "notice", "-o", out).exit_code == 0
    assert "公示" in out.read_text(encoding="utf-8")


def test_a_template_of_the_bureau_is_used_from_the_settings(snapshot, tmp_path, monkeypatch):
    folder = tmp_path / "模板"
    folder.mkdir()
    own = docx.Document()
    own.add_paragraph("本局模板 {{ title }}")
    own.save(folder / "opinion.docx")
    settings = tmp_path / "settings.toml"
    settings.write_text('report_templates = "模板"\n', encoding="utf-8")
    monkeypatch.setenv(ENVIRONMENT_KEY, str(settings))
    out = tmp_path / "意见.docx"
    assert run(snapshot, "--name", "opinion", "-o", out).exit_code == 0
    assert docx_text(out.read_bytes()).startswith("本局模板 地块审查意见表")


def test_a_broken_template_a_foreign_snapshot_and_a_taken_name_are_refused(snapshot, tmp_path):
    broken = tmp_path / "坏.docx"
    made = docx.Document()
    made.add_paragraph("{{ nothing_like_it }}")
    made.save(broken)
    out = tmp_path / "x.docx"
    done = run(snapshot, "--name", "opinion", "--template", broken, "-o", out)
    assert done.exit_code == 2
    assert "{{ nothing_like_it }}" in done.output
    foreign = tmp_path / "别的.json"
    foreign.write_text("{}", encoding="utf-8")
    assert run(foreign, "--name", "opinion", "-o", out).exit_code == 2
    assert run(tmp_path / "没有.json", "--name", "opinion", "-o", out).exit_code == 2
    assert run(snapshot, "--name", "opinion", "-o", broken).exit_code == 2
    assert not out.exists()
