"""The house rules that a tool can count: sizes, names, where libraries may be used."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


SOURCES = [*_modules("geo", "layers", "parcels"), ROOT / "app.py"]
EVERYTHING = [*SOURCES, *_modules("tests", "benchmarks")]
FILE_LINES = 300
FUNCTION_LINES = {"median": 12, "p90": 40, "most": 60}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


def _functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", _code_lines(node))
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    docstring = node.body[0] if ast.get_docstring(node) is not None else None
    documented = docstring.end_lineno - docstring.lineno + 1 if docstring else 0
    return node.end_lineno - node.lineno + 1 - documented


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_its_budget(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


def test_functions_keep_their_budget() -> None:
    sizes = dict(pair for path in SOURCES for pair in _functions(path))
    assert len(sizes) > 50
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES["most"]} == {}
    assert statistics.median(sizes.values()) <= FUNCTION_LINES["median"]
    assert statistics.quantiles(sizes.values(), n=10)[-1] <= FUNCTION_LINES["p90"]


def test_no_module_has_a_vague_name() -> None:
    assert [path for path in EVERYTHING if path.stem in VAGUE or path.parent.name in VAGUE] == []


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    return names | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) if node.module
    }


def _users_of(library: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if any(name == library or name.startswith(library + ".") for name in _imports(path))
    }


def test_streamlit_is_used_only_by_the_shell() -> None:
    strangers = {
        user
        for library in ("streamlit", "streamlit_folium")
        for user in _users_of(library)
        if user != "app.py" and not user.startswith("parcels/ui/")
    }
    assert strangers == set()


def test_only_one_module_changes_a_crs() -> None:
    transformers = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "Transformer" in path.read_text(encoding="utf-8") or "to_crs(" in path.read_text("utf-8")
    }
    assert transformers == {"geo/crs.py"}


def test_only_state_and_cache_hold_state() -> None:
    holders = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "session_state" in path.read_text(encoding="utf-8")
        or "query_params" in path.read_text(encoding="utf-8")
    }
    assert holders == {"parcels/ui/state.py"}


def test_a_broad_except_stands_once() -> None:
    broad = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }
    assert broad == {"parcels/ui/boundary.py"}


def test_nothing_names_a_place_outside_the_project() -> None:
    elsewhere = re.compile(r"""["'](?:/(?:home|root|tmp|usr|opt|mnt)/|[A-Z]:\\|\.\./\.\./)""")
    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if elsewhere.search(path.read_text(encoding="utf-8").replace('"../../assets/"', ""))
    }
    assert found == set()
