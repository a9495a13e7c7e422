from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geo.errors import PlannerError
from parcels.settings import ENVIRONMENT_KEY, Settings, load_settings

ROOT = Path(__file__).parents[2]
BAD = tomllib.loads((ROOT / "tests/cases/settings/bad.toml").read_text(encoding="utf-8"))["case"]


def write(folder, text):
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", BAD, ids=[case["name"] for case in BAD])
def test_a_mistake_is_named(tmp_path, case):
    path = write(tmp_path, case["text"])
    with pytest.raises(PlannerError) as caught:
        load_settings(path)
    error = caught.value
    assert error.code == case["code"]
    assert error.values["file"] == str(path)
    assert error.values.get("key") == case.get("key", error.values.get("key"))
    assert error.values.get("value") == case.get("value", error.values.get("value"))
    assert "secret" not in str(error)


def test_without_a_file_there_is_no_base_map(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(ENVIRONMENT_KEY, raising=False)
    settings = load_settings()
    assert settings == Settings()
    assert (settings.basemaps, settings.base_layers, settings.language) == ((), (), "zh")


def test_the_file_of_the_working_directory_is_read(tmp_path, monkeypatch):
    write(tmp_path, '\ufefftitle = "南阳高新区"\nlanguage = "en"')
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(ENVIRONMENT_KEY, raising=False)
    assert load_settings().title == "南阳高新区"
    assert load_settings().language == "en"


def test_the_file_of_the_environment_comes_first_and_must_exist(tmp_path, monkeypatch):
    write(tmp_path, 'title = "here"')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ENVIRONMENT_KEY, str(tmp_path / "other.toml"))
    with pytest.raises(PlannerError, match="settings_file_missing"):
        load_settings()
    (tmp_path / "other.toml").write_text('title = "there"', encoding="utf-8")
    assert load_settings().title == "there"


def test_paths_are_relative_to_the_file(tmp_path):
    (tmp_path / "tiles").mkdir()
    text = '[[basemaps]]\nid="own"\ntitle="影像"\ntype="folder"\npath="tiles"'
    settings = load_settings(write(tmp_path, text))
    assert settings.basemaps[0].path == tmp_path / "tiles"


def test_keys_are_not_in_what_is_logged(tmp_path):
    text = """
    [[basemaps]]
    id = "tdt"
    title = "天地图"
    type = "tianditu"
    key = "SECRET1"

    [[basemaps]]
    id = "own"
    title = "省平台"
    type = "xyz"
    url = "https://tiles.example/{z}/{x}/{y}?token=SECRET2"
    """
    settings = load_settings(write(tmp_path, text))
    assert "SECRET" not in repr(settings)
    urls = [entry.url for basemap in settings.basemaps for entry in basemap.entries("")]
    assert ["SECRET1" in urls[0], "SECRET1" in urls[1], "SECRET2" in urls[2]] == [True] * 3


def test_the_example_is_valid(tmp_path):
    """Every line of the example, with its comment sign taken away, is a setting that works."""
    example = (ROOT / "settings.example.toml").read_text(encoding="utf-8")
    lines = [line.removeprefix("#") for line in example.splitlines()]
    untouched = Settings(store=ROOT / "var/planner.sqlite")
    assert load_settings(ROOT / "settings.example.toml") == untouched
    for name in ("tiles", "imagery.pmtiles", "imagery.mbtiles", "parcels.parquet", "farmland.gpkg"):
        (tmp_path / name).touch()
    for name in ("packs", "limits.toml", "templates"):
        (tmp_path / name).mkdir()
    settings = load_settings(write(tmp_path, "\n".join(line for line in lines if line[:1] != " ")))
    assert len({basemap.type for basemap in settings.basemaps}) == 7
    assert settings.base_layers[0].columns["label"] == "宗地名称"
    assert settings.overlay[0].stated().date == "2022-10"
    assert settings.overlay[0].path == tmp_path / "farmland.gpkg"
    assert settings.pack_folders == (tmp_path / "packs",)
    assert settings.overrides == tmp_path / "limits.toml"
    assert settings.report_templates == tmp_path / "templates"
    assert settings.template_of("opinion") is None


def test_a_store_on_a_server_is_not_a_path_and_keeps_its_password(tmp_path):
    address = "postgresql://planner:SECRET@db/planner"
    settings = load_settings(write(tmp_path, f'store = "{address}"'))
    assert settings.store_address == address
    assert "SECRET" not in repr(settings)


def test_a_store_in_a_file_lies_beside_the_settings(tmp_path):
    settings = load_settings(write(tmp_path, 'store = "kept/p.sqlite"'))
    assert settings.store_address == tmp_path / "kept" / "p.sqlite"


def test_roles_are_read_whatever_the_letters_of_an_address(tmp_path):
    text = '[access]\noidc = true\nroles = { "Wang@NY.example " = "planner" }'
    access = load_settings(write(tmp_path, text)).access
    assert (access.oidc, access.default_role) == (True, "viewer")
    assert access.roles == {"wang@ny.example": "planner"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('default_role = "boss"', "access.default_role"),
        ('roles = { "a@x" = "boss" }', "access.roles.a@x"),
        ('roles = { "a@x" = "admin", "A@x" = "viewer" }', "access.roles"),
        ("role = 1", "access.role"),
    ],
)
def test_mistakes_in_roles_are_named(tmp_path, text, key):
    with pytest.raises(PlannerError) as raised:
        load_settings(write(tmp_path, f"[access]\n{text}"))
    assert raised.value.values["key"] == key
