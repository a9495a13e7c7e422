"""Every reason that a check gives, and all that is said about it, has words in both languages."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

from parcels.checks.order import CHECKS
from parcels.findings import OUTCOMES, Cause
from parcels.messages import LANGUAGES, messages

CHECK_FOLDER = Path(__file__).parents[2] / "parcels" / "checks"


def reasons() -> set[str]:
    """Collect the words that stand as a reason in the source of the checks."""
    found: set[str] = set()
    for path in CHECK_FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "reason":
                found |= _words(node.value)
    return found


def _words(value: ast.expr) -> set[str]:
    """Collect the constants that an expression may become; those it is compared with are none."""
    if isinstance(value, ast.Constant):
        return {value.value} if isinstance(value.value, str) else set()
    if isinstance(value, ast.IfExp):
        return _words(value.body) | _words(value.orelse)
    return set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_has_a_sentence_and_a_cell(lang: str) -> None:
    known = messages(lang)
    assert len(reasons()) > 30
    missing = [
        f"finding.{reason}.{part}"
        for reason in sorted(reasons())
        for part in ("text", "cell")
        if f"finding.{reason}.{part}" not in known
    ]
    assert missing == []


def test_both_languages_say_the_same_findings() -> None:
    told = [{key for key in messages(lang) if key.startswith("finding.")} for lang in LANGUAGES]
    assert told[0] == told[1]
    assert {key.removesuffix(".text") for key in told[0] if key.endswith(".text")} == {
        key.removesuffix(".cell") for key in told[0] if key.endswith(".cell")
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_checks_outcomes_and_causes_have_names(lang: str) -> None:
    known = messages(lang)
    wanted = [f"check.{check.id}.{part}" for check in CHECKS for part in ("title", "short")]
    wanted += [f"{part}.{outcome}" for outcome in OUTCOMES for part in ("outcome", "glyph")]
    wanted += [f"cause.{cause}.{part}" for cause in get_args(Cause) for part in ("short", "text")]
    assert [key for key in wanted if key not in known] == []
