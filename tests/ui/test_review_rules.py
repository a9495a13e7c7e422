"""What the bureau sets itself, on the page 审查: packs by group, local limits, void signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from parcels.local_limits import RULES
from parcels.reviews.model import Event
from parcels.settings import Settings
from parcels.ui import cache
from tests.parcels.rules.test_book import OWN
from tests.ui.test_pages import html
from tests.ui.test_review_page import matrix, run, said

if TYPE_CHECKING:
    from pathlib import Path

    from parcels.reviews.store import ReviewStore


pytestmark = pytest.mark.usefixtures("store")


def limit(rule: str, value: object, kind: str = "limit") -> Event:
    return Event(
        batch=RULES,
        parcel=rule,
        kind=kind,
        by="李四",
        at="2026-11-22T08:00:00+00:00",
        content={"value": value, "day": "2026-11-22", "reason": "纪要", "document": "〔2026〕1号"},
    )


def test_a_local_limit_voids_what_was_signed_and_its_end_restores_it(store: ReviewStore) -> None:
    from parcels.ui.components.review_current import current

    seen = []
    with patch("parcels.ui.views.review_page.current", lambda: seen.append(current()) or seen[-1]):
        run(mode="parcel", parcel="B2-01")
    basis = seen[0].review.basis(0)
    signed = {"parcel": basis.parcel, "rules": basis.rules, "layers": basis.layers}
    store.add(said("opinion", verdict="revise", reason="补勘测", **signed))
    assert matrix(run())["opinion"][0] == "修改后报"
    store.add(limit("SL_TAX", 20.0))
    assert matrix(run())["opinion"][0] == "已失效"
    shown = html(run(mode="parcel", parcel="B2-01", check="standard_land"))
    assert "本地值 ≥ 20 万元/亩（李四，2026-11-22：纪要（〔2026〕1号））" in shown
    assert "原值 ≥ 待本地确定" in shown
    store.add(limit("SL_TAX", None, "limit_end"))
    assert matrix(run())["opinion"][0] == "修改后报"


def test_packs_are_chosen_by_group_with_what_must_be_known_of_them(store: ReviewStore) -> None:
    store.add(limit("SL_TAX", 20.0))
    store.add(limit("GONE_RULE", 1.0))
    app = run()
    labels = [one.label for one in app.multiselect]
    assert labels == ["默认", "借用和可选"]
    shown = html(app)
    assert "规划纲要宣布试点并给出定义，没有数值" in shown
    assert "本地值 1 个" in shown
    assert "另有 1 个本地值所指的规则已不在规则包中" in shown
    chosen = next(one for one in app.multiselect if one.key == "review_packs_borrowed")
    chosen.set_value(["m0_shenzhen"]).run()
    packs = app.query_params["packs"]
    assert packs.endswith(",m0_shenzhen")
    assert "m0_nanyang_plan" in packs


def test_own_packs_judge_and_a_broken_one_stops_the_review(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "own.toml").write_text(OWN, "utf-8")
    with patch.object(cache, "settings", lambda: Settings(packs=folder)):
        app = run(mode="parcel", parcel="B2-01", check="standard_land", packs="own")
        assert "本局规定" in html(app)
        assert "自有" in [one.label for one in app.multiselect]
        (folder / "own.toml").write_text(OWN.replace("value = 25", 'value = "x"'), "utf-8")
        shown = html(run())
        assert all(word in shown for word in ("own.toml", "OWN_TAX", "value"))
