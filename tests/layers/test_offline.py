from __future__ import annotations

import re
from hashlib import sha256

import folium
import folium.plugins
import pytest

from geo.errors import PlannerError
from layers.offline import (
    ASSETS,
    SCRIPTS,
    asset_link,
    is_local,
    link_classes,
    make_offline,
    script,
)
from layers.render import MapView, base_map

VIEW = MapView(latitude=33, longitude=112.5, zoom=13)
LEAFLET_JS = "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a"
LEAFLET_CSS = "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6"
GEOMAN_JS = "20d0ba38069526be959287b8ae13234f660f92db28de86782ebcad028dda9ed3"
GEOMAN_CSS = "a0df8e0f6301f9f71d772b2c61913bb9094ae0735fd2223ccd1aecd871ea250c"


def links_of(cls):
    return [url for _, url in [*cls.default_js, *cls.default_css]]


def test_every_folium_class_links_to_files_that_we_ship():
    classes = list(link_classes())
    assert len(classes) > 40
    for cls in classes:
        for url in links_of(cls):
            assert is_local(url), f"{cls.__name__} would load {url}"
            file = url.removeprefix("../../assets/").split("?")[0]
            assert file in SCRIPTS or (ASSETS / file).is_file()


def test_a_new_class_with_foreign_links_is_caught_and_refuses_to_be_drawn():
    class Foreign(folium.elements.JSCSSMixin):
        default_js = [("new", "https://example.invalid/new.js")]  # noqa: RUF012

    make_offline()
    assert links_of(Foreign) == []
    drawn = base_map(VIEW)
    drawn.add_child(Foreign())
    with pytest.raises(PlannerError) as caught:
        drawn.get_root().render()
    assert (caught.value.code, caught.value.values) == ("map_part_not_offline", {"name": "Foreign"})


def test_plugins_that_are_not_shipped_refuse_to_be_drawn():
    drawn = base_map(VIEW)
    folium.plugins.MiniMap().add_to(drawn)
    with pytest.raises(PlannerError, match="map_part_not_offline"):
        drawn.get_root().render()


def test_the_base_map_names_nothing_outside():
    page = base_map(VIEW).get_root().render()
    links = re.findall(r"""(?:src|href)=["']([^"']*)""", page)
    assert len(links) == 4
    assert [link for link in links if not is_local(link)] == []
    assert not re.search(r"https?://|//cdn", page)


def test_every_script_of_ours_is_in_one_that_the_browser_gets():
    sent = [script(file) for file in SCRIPTS]
    files = list((ASSETS / "planner").glob("*.js"))
    assert len(files) > 20
    holders = {file.name: sum(file.read_bytes() in one for one in sent) for file in files}
    assert set(holders.values()) == {1}


def test_the_editor_is_loaded_only_by_maps_that_have_a_sketch():
    assert "geoman" not in base_map(VIEW).get_root().render()
    page = base_map(VIEW, sketch=True).get_root().render()
    links = re.findall(r"""(?:src|href)=["']([^"']*)""", page)
    assert [link for link in links if not is_local(link)] == []
    names = [link.rsplit("/", 1)[-1].split("?")[0] for link in links]
    assert {"leaflet-geoman.min.js", "leaflet-geoman.css", "sketch-editor.js", "sketch.css"} <= set(
        names
    )
    assert names.index("planner.js") < names.index("sketch-editor.js")
    assert '"pmIgnore": false' in page


def test_an_address_changes_with_the_content():
    digest = sha256((ASSETS / "leaflet/leaflet.js").read_bytes()).hexdigest()
    assert asset_link("leaflet/leaflet.js").endswith(f"?v={digest[:12]}")


def test_leaflet_is_the_published_file():
    """Digests of the files of the npm package leaflet 1.9.4."""
    found = {
        name: sha256((ASSETS / "leaflet" / name).read_bytes()).hexdigest()
        for name in ("leaflet.js", "leaflet.css")
    }
    assert found == {"leaflet.js": LEAFLET_JS, "leaflet.css": LEAFLET_CSS}
    assert "BSD 2-Clause" in (ASSETS / "leaflet/LICENSE").read_text(encoding="utf-8")


def test_geoman_is_the_published_file():
    """Digests of the files of the npm package @geoman-io/leaflet-geoman-free 2.20.2."""
    found = {
        name: sha256((ASSETS / "geoman" / name).read_bytes()).hexdigest()
        for name in ("leaflet-geoman.min.js", "leaflet-geoman.css")
    }
    assert found == {"leaflet-geoman.min.js": GEOMAN_JS, "leaflet-geoman.css": GEOMAN_CSS}
    assert "MIT License" in (ASSETS / "geoman/LICENSE").read_text(encoding="utf-8")


def test_our_scripts_are_short_and_parse_no_strings():
    scripts = sorted((ASSETS / "planner").glob("*.js"))
    assert scripts
    for path in scripts:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 300, path.name
        for banned in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"):
            assert banned not in text, f"{path.name} uses {banned}"
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text), path.name
