"""The case files of geometry quality."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "cases" / "quality"


def cases(name):
    """Read tests/cases/quality/<name>.toml."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]


def codes_of(findings):
    """Return the codes of a table of findings."""
    return set(findings.column("code").to_pylist())
