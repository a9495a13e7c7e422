"""The files that start the planner for an office say what the product understands, and hold no password."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from typer.testing import CliRunner

from parcels.cli import app
from parcels.settings import load_settings
from parcels.storage.address import read_address

ROOT = Path(__file__).parents[1]
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


def test_the_settings_of_the_compose_file_name_its_database(tmp_path):
    block = re.search(r"content: \|\n((?: {6}.*\n)+)", COMPOSE)[1]
    file = tmp_path / "settings.toml"
    file.write_text(textwrap.dedent(block), encoding="utf-8")

    url = read_address(load_settings(file).store_address).place

    assert (url.username, url.host, url.database, url.password) == (
        "planner",
        "store",
        "planner",
        None,
    )
    assert "POSTGRES_USER: planner\n" in COMPOSE
    assert "POSTGRES_DB: planner\n" in COMPOSE


def test_no_password_is_there_by_default():
    values = re.findall(r"PASSWORD: (.*)", COMPOSE)

    assert len(values) == 2
    assert all(value.startswith("${PLANNER_STORE_PASSWORD:?") for value in values)


def test_the_image_installs_what_is_pinned_and_runs_without_rights():
    assert "pip install -r requirements.txt -c constraints.txt" in DOCKERFILE
    assert DOCKERFILE.index("USER planner") < DOCKERFILE.index('CMD ["streamlit", "run", "app.py"')


def test_the_commands_of_the_page_are_known():
    commands = set(re.findall(r"python -m parcels (store \w+)", PAGE))

    assert commands == {"store backup", "store restore", "store verify"}
    for command in commands:
        assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0
