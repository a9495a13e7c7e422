"""The command line: answers on standard output, messages on standard error, one exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from parcels.cli import app
from parcels.cli_locate import exit_code
from parcels.messages import messages

ROOT = Path(__file__).parents[2]
HALF_OPEN = "信臣路以南、热电厂以西"
UNKNOWN = "根本没有的路以南、热电厂以西"
TOO_LONG = "路" * 3_000


def locate(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["locate", *arguments], input=stdin)


def answers(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(autouse=True)
def default_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARCELS_LANG", raising=False)


def test_a_located_phrase_is_one_object_with_the_stable_keys() -> None:
    result = locate(HALF_OPEN, "--json")
    [answer] = answers(result)
    assert result.exit_code == 0
    assert (answer["phrase"], answer["class"]) == (HALF_OPEN, "half_open")
    [part] = answer["parts"]
    assert part["bounds"] == {"N": ["信臣路"], "E": ["热电厂"], "S": [], "W": []}
    assert part["missing"] == ["S", "W"]
    assert [anchor["status"] for anchor in part["anchors"]] == ["matched", "matched"]
    stable = {
        "straddles",
        "within",
        "between",
        "distance_m",
        "envelope",
        "block",
        "accuracy_m",
        "notes",
    }
    assert stable <= set(part)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([HALF_OPEN], 0),
        ([UNKNOWN], 3),
        (["北"], 3),
        (["信臣路以南、信臣路以北"], 1),
        ([HALF_OPEN, "--area", "9000000亩"], 1),
        ([TOO_LONG], 2),
        ([HALF_OPEN, UNKNOWN], 3),
        ([HALF_OPEN, UNKNOWN, "信臣路以南、信臣路以北"], 1),
        ([HALF_OPEN, UNKNOWN, "信臣路以南、信臣路以北", TOO_LONG], 2),
        ([HALF_OPEN, "--area", "很大"], 2),
        ([HALF_OPEN, "--lang", "fr"], 2),
        ([HALF_OPEN, "--network", "none.gpkg"], 2),
        (["--from", "none.txt"], 2),
        ([], 2),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else value,
)
def test_exit_codes(arguments: list[str], code: int) -> None:
    assert locate(*arguments, "--json").exit_code == code


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"error": {}}, 2),
        ({"class": "closed", "parts": []}, 0),
        ({"class": "within", "parts": [{"notes": [], "anchors": [{"status": "matched"}]}]}, 0),
        ({"class": "closed", "parts": [{"notes": [], "anchors": [{"status": "unknown"}]}]}, 3),
        ({"class": "ambiguous", "parts": [{"notes": ["area_does_not_fit"], "anchors": []}]}, 1),
        ({"class": "contradictory", "parts": []}, 1),
    ],
)
def test_the_exit_code_of_one_answer(answer: dict, code: int) -> None:
    assert exit_code(answer) == code


def test_a_bad_phrase_does_not_stop_the_batch() -> None:
    first, second, third = answers(locate(HALF_OPEN, TOO_LONG, HALF_OPEN, "--json", "--lang", "en"))
    assert first["twins"] == [3]
    assert third["twins"] == [1]
    assert second["phrase"] == TOO_LONG
    assert second["error"]["code"] == "phrase_too_long"
    assert second["error"]["message"]
    assert second["error"]["hint"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_phrases_come_from_a_text_file(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "phrases.txt"
    file.write_bytes(f"# 表2\n\n{HALF_OPEN}\n  热电厂以西  \n".encode(encoding))
    got = answers(locate("--from", str(file), "--json"))
    assert [(one["line"], one["phrase"]) for one in got] == [(3, HALF_OPEN), (4, "热电厂以西")]


def test_phrases_come_from_standard_input() -> None:
    result = locate("--from", "-", "--json", stdin=f"{HALF_OPEN}\n".encode())
    assert [one["phrase"] for one in answers(result)] == [HALF_OPEN]


def test_phrases_come_from_a_table_with_their_areas(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(f"序号,位置,面积\n1,{HALF_OPEN},30亩\n2,,\n3,热电厂以西,\n", encoding="gbk")
    first, second = answers(locate("--from", str(file), "--json"))
    assert first["parts"][0]["area_m2"] == pytest.approx(20_000)
    assert second["parts"][0]["area_m2"] is None
    other = tmp_path / "other.csv"
    other.write_text(f"号,文字\n1,{HALF_OPEN}\n", encoding="utf-8")
    refused = locate("--from", str(other), "--json")
    assert (refused.exit_code, answers(refused)[0]["error"]["code"]) == (2, "phrases_no_column")
    assert (
        answers(locate("--from", str(other), "--column", "文字", "--json"))[0]["phrase"]
        == HALF_OPEN
    )


def test_the_area_of_the_phrase_itself_is_used() -> None:
    [answer] = answers(locate(f"{HALF_OPEN}，总面积30亩", "--json"))
    assert answer["parts"][0]["area_m2"] == pytest.approx(20_000)


def test_a_network_of_the_user_replaces_the_built_in_one(tmp_path: Path) -> None:
    def road(name: str, *coordinates: list[float]) -> dict:
        shape = {"type": "LineString", "coordinates": coordinates}
        return {"type": "Feature", "properties": {"LM": name}, "geometry": shape}

    rows = [
        road("甲路", [112.5, 32.9], [112.6, 32.9]),
        road("乙路", [112.55, 32.85], [112.55, 32.95]),
        road("", [1, 2], [1, 3]),
    ]
    file = tmp_path / "mine.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    asked = locate("甲路以南、乙路以西", "--network", str(file), "--json")
    assert (asked.exit_code, answers(asked)[0]["error"]["code"]) == (2, "network_no_name_column")
    assert "LM" in asked.stderr
    result = locate("甲路以南、乙路以西", "--network", str(file), "--name-column", "LM", "--json")
    assert (result.exit_code, answers(result)[0]["class"]) == (0, "half_open")
    assert "mine.geojson" in result.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_get_a_table(lang: str) -> None:
    result = locate(HALF_OPEN, UNKNOWN, "--area", "280亩", "--lang", lang)
    assert messages(lang)["ui.class.half_open"] in result.stdout
    assert messages(lang)["cli.status.unknown"] in result.stdout
    for word in (HALF_OPEN, "信臣路", "热电厂", messages(lang)["cli.locate.block"]):
        assert word in result.stdout


@pytest.mark.parametrize(
    "name", ["[red]红[/red]", ":smile:", "{{7*7}}", "<img src=x onerror=alert(1)>", "[link=x]a"]
)
def test_hostile_text_is_shown_as_typed(name: str) -> None:
    assert f"{name}以南" in locate(f"{name}以南").stdout


def test_a_phrase_cannot_steer_the_terminal() -> None:
    shown = locate("\x1b[31m信臣路\x07以南").stdout
    assert "\x1b" not in shown
    assert "\\x1b[31m信臣路\\x07以南" in shown


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, check=False, **options
    )


def test_the_command_line_needs_no_streamlit() -> None:
    code = (
        "import sys\nfrom parcels.cli_locate import Options, run\n"
        f"run(Options(phrases=('{HALF_OPEN}',), as_json=True))\n"
        "sys.exit('streamlit' in sys.modules or 'geopandas' in sys.modules)"
    )
    ran = run("-c", code)
    assert ran.returncode == 0, ran.stderr.decode()


def test_a_reader_that_goes_away_causes_no_traceback() -> None:
    phrases = f"{HALF_OPEN}\n" * 300
    process = subprocess.Popen(
        [sys.executable, "-m", "parcels", "locate", "--from", "-", "--json"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(phrases.encode())
    process.stdin.close()
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() != 0
    assert said == b""
