"""``proposal`` as a script and a person meet it: shapes, exit codes, files, mistakes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parcels.cli_proposal_command import proposal
from parcels.cli_proposal_table import print_case
from parcels.proposal.document.documents import write_document
from parcels.proposal.remedies.advice import LEVERS, Freedom
from tests.parcels.proposal.reports.case_samples import HOSTILE, case, runner, typed

PILOT = ("--pack", "m0_nanyang_pilot")
# A rule of one's own that the proposal keeps, and one that it breaks.
OWN = """
[pack]
id = "own"
title = {{ zh = "本地", en = "local" }}
version = "1"
place = "本地"
default = false

[[rule]]
id = "OWN_FAR"
title = {{ zh = "容积率不超过{limit}", en = "FAR at most {limit}" }}
check = "m0"
metric = "far"
op = "<="
value = {limit}
denominator = "site_area"
uses = ["M0"]
severity = "{severity}"
status = "local"
confidence = "L"
source = {{ document = "试验" }}
examples = [{{ given = 0.1, expect = "pass" }}, {{ given = 9.0, expect = "breach" }}]
"""


@pytest.fixture
def run(tmp_path: Path) -> Any:
    return runner(tmp_path)


def own_pack(folder: Path, limit: float, severity: str = "error") -> str:
    path = folder / "own.toml"
    path.write_text(OWN.format(limit=limit, severity=severity), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("limit", "severity", "code"),
    [(2.0, "error", 0), (1.9, "error", 1), (1.9, "warn", 0), (2.1, "error", 0)],
)
def test_the_exit_code_is_that_of_check(
    run: Any, tmp_path: Path, limit: float, severity: str, code: int
) -> None:
    """The FAR is 80,000 / 40,000 = 2 exactly; equality keeps ≤."""
    assert run("FILE", "--pack", own_pack(tmp_path, limit, severity)).exit_code == code


def test_unknown_is_neither_kept_nor_broken(run: Any) -> None:
    assert run("FILE", "--pack", "m0_nanyang_plan").exit_code == 3
    assert run("FILE", "--pack", "m0_dongguan_2018").exit_code == 3  # no longer in force
    assert run("FILE", "--pack", "m0_nanyang_plan", *PILOT).exit_code == 1


@pytest.mark.parametrize(("use", "outcome"), [("M9", "unknown"), ("B1", "not_applicable")])
def test_a_use_that_is_none_is_not_kept(run: Any, tmp_path: Path, use: str, outcome: str) -> None:
    typed = tmp_path / "typed.toml"
    typed.write_text(f'[proposal]\nuse = "{use}"\nsite_area = "60亩"\n', "utf-8")
    answer = run(str(typed), *PILOT, "--json")
    made = json.loads(answer.stdout)
    assert (answer.exit_code, made["outcome"]) == (3, outcome)
    assert [one["where"] for one in made["faults"]] == ["use"]


def test_json_is_one_object_and_nothing_else(run: Any) -> None:
    answer = run("FILE", "--json", "--remedy")
    made = json.loads(answer.stdout)
    assert answer.stderr == ""
    assert [pack["id"] for pack in made["packs"]] == ["m0_nanyang_plan", "m0_nanyang_pilot"]
    assert made["packs"][1]["remedies"][0]["verified"]
    assert answer.stdout.count("\n") == 1


def test_borrowed_packs_are_used_only_when_they_are_named(run: Any) -> None:
    made = json.loads(run("FILE", "--json").stdout)
    status = {one["status"] for pack in made["packs"] for one in pack["findings"]}
    assert {pack["place"] for pack in made["packs"]} == {"南阳高新区"}
    assert "mandatory" not in status


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_get_a_table_and_sentences(run: Any, lang: str) -> None:
    answer = run("FILE", *PILOT, "--remedy", lang=lang)
    assert answer.exit_code == 1
    assert "32.50 %" in answer.stdout
    assert "M0_SUPPORT_SHARE" in answer.stdout
    assert "2,000.00 m²" in answer.stdout
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("width", [40, 60, 80, 120, 400])
def test_no_line_is_wider_than_the_terminal_in_tables(width: int) -> None:
    from rich.cells import cell_len
    from rich.console import Console

    packs = ("m0_nanyang_plan", "m0_nanyang_pilot", "m0_guangzhou_2019", "m0_wuhan_2023")
    console = Console(file=io.StringIO(), width=width, markup=False, soft_wrap=True)
    print_case(console, case(*packs), "zh")
    lines = console.file.getvalue().splitlines()
    assert [one for one in lines if "容积率" in one]
    rules = [at for at, one in enumerate(lines) if "──" in one]
    assert max(cell_len(lines[at]) for at in rules) <= max(width, 60)


def test_faults_come_first_with_place_and_value(run: Any) -> None:
    answer = run("FILE", *PILOT, tax="-5万元", nonsense="甲")
    before = answer.stdout.split("总结论")[0]
    assert "-5万元" in before
    assert "年税收" in before
    assert "nonsense" in before
    assert answer.exit_code == 1


def test_hostile_names_appear_as_typed(run: Any) -> None:
    made = json.loads(run("FILE", "--json", title=HOSTILE).stdout)
    assert made["proposal"]["title"] == HOSTILE
    assert HOSTILE in run("FILE", title=HOSTILE).stdout.replace("\n", "")
    assert "\x1b" not in run("FILE", title="\x1b[31m红").stdout


def test_levers_weights_and_locks_are_kept(run: Any) -> None:
    made = json.loads(
        run(
            "FILE", *PILOT, "--json", "--remedy", "--may", "convert", "--weight", "convert=3",
            "--lock", "floors[5].area",
        ).stdout
    )  # fmt: skip
    [remedy] = made["packs"][0]["remedies"]
    # 宿舍 stands in floors[5]; what is taken instead comes of another row of support.
    assert "floors[5].area" not in {one["field"] for one in remedy["changes"]}
    assert remedy["kind"] == "convert"
    assert remedy["cost"] == 6_000


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("FILE", "--remedy", "--may", "sell"), "sell"),
        (("FILE", "--remedy", "--weight", "land=0"), "land=0"),
        (("FILE", "--remedy", "--weight", "land=nan"), "land=nan"),
        (("FILE", "--remedy", "--weight", "land=-1"), "land=-1"),
        (("FILE", "--remedy", "--weight", "gold=1"), "gold"),
        (("FILE", "--remedy", "--lock", "title"), "title"),
        (("FILE", "--remedy", "--lock", "floors[4].area"), "floors[4].area"),
        (("FILE", "--remedy", "--lock", "floors[99].area"), "floors[99].area"),
        (("FILE", "--may", "convert"), "--may"),
        (("FILE", "--lock", "site_area"), "--lock"),
        (("FILE", "--as-of", "2026-13-01"), "2026-13-01"),
        (("FILE", "--pack", "m0_atlantis"), "m0_atlantis"),
        (("FILE", "--example", "demo"), "demo"),
        (("--example", "nowhere"), "nowhere"),
        (("FILE", "-o", "x.pdf"), "x.pdf"),
        (("--template", "xlsx"), "-o"),
        ((), "proposal"),
    ],
)
def test_mistakes_are_named_and_nothing_is_judged(
    run: Any, options: tuple[str, ...], words: str
) -> None:
    answer = run(*options)
    assert answer.exit_code == 2
    assert words in answer.stderr
    assert answer.stdout == ""
    told = run(*options, "--json")
    assert told.exit_code == 2
    assert set(json.loads(told.stdout)["error"]) == {"code", "message", "hint"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_names_what_can_be_asked(run: Any, lang: str) -> None:
    made = json.loads(run("--list", "--json", lang=lang).stdout)
    assert {"m0_nanyang_plan", "mixing"} <= {one["id"] for one in made["packs"]}
    assert "demo" in {one["id"] for one in made["examples"]}
    assert made["levers"] == list(LEVERS)
    shown = run("--list", lang=lang).stdout
    assert "m0_nanyang_pilot" in shown


def test_every_example_can_be_judged_and_changed(run: Any) -> None:
    for one in json.loads(run("--list", "--json").stdout)["examples"]:
        answer = run("--example", one["id"], "--remedy", "--best", "core", "--json")
        made = json.loads(answer.stdout)
        assert answer.exit_code in {1, 3}
        assert made["best_mix"]["status"]
        for pack in made["packs"]:
            for remedy in pack["remedies"]:
                assert remedy["verified"]


def test_a_local_limit_counts_and_the_original_stays(run: Any, tmp_path: Path) -> None:
    local = tmp_path / "本地.toml"
    local.write_text(
        '[[override]]\nrule = "M0_SUPPORT_SHARE"\nvalue = 0.325\nby = "李四"\n'
        'day = 2026-11-01\nreason = "纪要"\n',
        "utf-8",
    )
    made = json.loads(run("FILE", *PILOT, "--json", "--override", str(local)).stdout)
    [one] = [one for one in made["packs"][0]["findings"] if one["rule_id"] == "M0_SUPPORT_SHARE"]
    assert (one["outcome"], one["limit"], one["original_limit"]) == ("pass", 0.325, 0.3)
    assert one["local_limit_by"] == "李四 · 2026-11-01"


def test_every_option_is_described() -> None:
    described = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
    section = described.split("## proposal\n")[1].split("\n## ")[0]
    written = " ".join(map(str, proposal.__annotations__.values()))
    options = set(re.findall(r"'(--?[a-z-]+)'", written)) - {"--output"}
    assert len(options) > 8
    for name in (*options, "--as-of", "--override", "--force", "--lang"):
        assert name in section


def test_it_runs_quietly_in_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "方案.toml"
    path.write_bytes(write_document(typed(), "toml"))
    command = [sys.executable, "-m", "parcels", "proposal", str(path), "--as-of", "2026-11-22"]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "COLUMNS": "80"},
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert "不符合" in done.stdout.decode()


def test_a_freedom_without_levers_is_a_conflict() -> None:
    given = case("m0_nanyang_pilot", freedom=Freedom(levers=frozenset()))
    console_text = io.StringIO()
    from rich.console import Console

    print_case(Console(file=console_text, width=120, markup=False, soft_wrap=True), given, "zh")
    assert "办不到" in console_text.getvalue()


def test_a_template_is_not_written_under_the_suffix_of_another_kind(
    run: Any, tmp_path: Path
) -> None:
    answer = run("--template", "xlsx", "-o", str(tmp_path / "typed.toml"))
    assert answer.exit_code == 2
    assert "typed.toml" in answer.stderr
    assert not (tmp_path / "typed.toml").exists()


def test_a_folder_is_named_as_it_was_typed(run: Any) -> None:
    answer = run(".")
    assert answer.exit_code == 2
    assert "“.”" in answer.stderr
