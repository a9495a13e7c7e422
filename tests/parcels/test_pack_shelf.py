"""Packs of a folder: a broken one is named, the others stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.pack_shelf import shelf, stamp
from parcels.rules.load import all_packs
from tests.parcels.rules.test_book import OWN

if TYPE_CHECKING:
    from pathlib import Path


def test_a_broken_pack_is_named_and_the_rest_works(tmp_path: Path) -> None:
    (tmp_path / "a_broken.toml").write_text(OWN.replace('op = ">="', 'op = "=>"'), "utf-8")
    (tmp_path / "b_good.toml").write_text(OWN, "utf-8")
    (tmp_path / "c_again.toml").write_text(OWN, "utf-8")
    (tmp_path / "d_no_toml.toml").write_bytes(b"\xff")
    found = shelf([tmp_path])
    assert [one.code for one in found.problems] == [
        "pack_choice_unknown",
        "pack_id_repeated",
        "pack_unreadable",
    ]
    first = found.problems[0].values
    assert (first["file"], first["rule"], first["field"]) == ("a_broken.toml", "OWN_TAX", "op")
    assert dict(found.files) == {"own": "b_good.toml"}
    assert set(found.packs) == {*all_packs(), "own"}


def test_groups_say_how_a_pack_comes_to_be_used(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    found = shelf([tmp_path])
    groups = {pack.id: found.group(pack) for pack in found.packs.values()}
    assert groups["own"] == "own"
    assert groups["overlays"] == "default"
    assert groups["m0_shenzhen"] == groups["m0_nanyang_pilot"] == "borrowed"
    assert groups["expansion"] == "optional"


def test_rules_are_found_by_title_id_document_and_number() -> None:
    found = shelf(())
    assert {rule.id for rule, _ in found.search("sl_tax")} >= {"SL_TAX"}
    assert {rule.id for rule, _ in found.search("投资强度")} >= {"SL_INV"}
    assert {rule.id for rule, _ in found.search("Investment intensity")} >= {"SL_INV"}
    by_number = {pack.id for _, pack in found.search("〔2023〕72号 容积率")}
    assert by_number == {"control_index_2023"}
    assert found.search("没有这样的规则") == ()


def test_a_folder_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    assert [one.code for one in shelf([tmp_path / "gone"]).problems] == ["pack_unreadable"]
    assert stamp([tmp_path / "gone"]) == ()
