from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.errors import PlannerError
from parcels.checks.model import CheckInput
from parcels.checks.subject import Parcels, Use
from parcels.findings import RANK, Assessment, Batch
from parcels.review import Review, findings_digest
from parcels.reviews.model import Basis, Event, record_of
from parcels.reviews.store import ReviewStore
from parcels.rules.load import RuleBook

if TYPE_CHECKING:
    from pathlib import Path

BASIS = Basis(parcel="p", rules="r", layers="l")
DAY = date(2026, 11, 22)


def said(kind: str, *, by: str = "张三", **content: object) -> Event:
    return Event(
        batch="table2",
        parcel="B2-01",
        kind=kind,
        by=by,
        at="2026-11-22T08:00:00+00:00",
        content=content,
    )


def opinion(verdict: str = "agree", basis: Basis = BASIS) -> Event:
    return said(
        "opinion",
        verdict=verdict,
        reason="",
        parcel=basis.parcel,
        rules=basis.rules,
        layers=basis.layers,
    )


def override(outcome: str = "pass", until: str = "2026-12-31") -> Event:
    return said(
        "override",
        check="a",
        rule="R1",
        outcome=outcome,
        original="fail",
        reason="已补正",
        until=until,
    )


def test_a_signed_opinion_locks_until_it_is_withdrawn() -> None:
    assert record_of([opinion()], BASIS).locked
    withdrawn = record_of([opinion(), said("withdrawal", reason="看错")], BASIS)
    assert withdrawn.opinion is None
    assert not withdrawn.locked


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (Basis(parcel="q", rules="r", layers="l"), ("parcel",)),
        (Basis(parcel="p", rules="s", layers="l"), ("rules",)),
        (Basis(parcel="q", rules="s", layers="m"), ("parcel", "rules", "layers")),
    ],
)
def test_an_opinion_is_void_when_what_it_rests_on_changes(
    now: Basis, changed: tuple[str, ...]
) -> None:
    record = record_of([opinion()], now)
    assert record.opinion is not None
    assert record.opinion.changed == changed
    assert not record.locked


def test_an_opinion_is_valid_again_when_the_change_is_taken_back() -> None:
    assert record_of([opinion()], BASIS).locked


def test_the_last_of_several_words_counts() -> None:
    record = record_of(
        [
            override("warning"),
            override("pass"),
            said("fact", key="far", value="1.2"),
            said("fact", key="class", value="M1"),
            said("fact", key="far", value=None),
        ],
        BASIS,
    )
    assert [one.outcome for one in record.overrides] == ["pass"]
    assert record.facts == {"class": "M1"}
    ended = record_of([override(), said("override_end", check="a", rule="R1")], BASIS)
    assert ended.overrides == ()


def test_an_override_counts_through_its_last_day() -> None:
    (one,) = record_of([override(until="2026-11-22")], BASIS).overrides
    assert one.counts_on(date(2026, 11, 22))
    assert not one.counts_on(date(2026, 11, 23))


def review(
    *, name: str = "甲", overlays: dict[str, object] | None = None, first: str = "fail"
) -> Review:
    parcels = Parcels(
        ids=("B2-01",),
        names=(name,),
        shapes=np.array([None], dtype=object),
        places=np.array([None], dtype=object),
        geometry_class=("",),
        accuracy_m=np.array([np.nan]),
        uses=(Use(),),
        declared_m2=np.array([np.nan]),
        declared_texts=("",),
    )
    batches = tuple(
        Batch(check=check, rule=rule, parcel=np.array([0]), outcome=outcome, reason="said")
        for check, rule, outcome in (
            ("a", "R1", first),
            ("a", "R2", "unknown"),
            ("b", "R3", "pass"),
        )
    )
    book = RuleBook(as_of=DAY, packs=(), rules={}, dormant=())
    return Review(
        batch="table2",
        title="",
        numbered=False,
        given=CheckInput(parcels=parcels, book=book, overlays=overlays or {}),
        assessment=Assessment(count=1, checks=("a", "b"), batches=batches),
    )


def test_an_override_replaces_its_rule_alone_and_expires() -> None:
    now = review()
    record = now.record(0, {"B2-01": [override()]})
    standing = now.standing(0, record, DAY)
    assert now.matrix({0: standing})[0].tolist() == [RANK["unknown"], RANK["pass"]]
    later = now.matrix({0: now.standing(0, record, date(2027, 1, 1))})
    assert later[0].tolist() == [RANK["fail"], RANK["pass"]]


def test_an_override_of_missing_data_does_not_cover_what_the_data_bring_to_light() -> None:
    before = review(first="unknown")
    against = findings_digest([one for one in before.assessment.of(0) if one.rule == "R1"])
    kept = override()
    made = said("override", **(dict(kept.content) | {"original": "unknown", "findings": against}))
    events = {"B2-01": [made]}
    assert before.standing(0, before.record(0, events), DAY)
    loaded = review(first="fail")
    record = loaded.record(0, events)
    assert loaded.standing(0, record, DAY) == {}
    assert loaded.matrix({0: loaded.standing(0, record, DAY)})[0].tolist() == [
        RANK["fail"],
        RANK["pass"],
    ]


def test_an_override_without_a_digest_stands_on_its_verdict_alone() -> None:
    for first, stands in (("fail", True), ("unknown", False), ("pass", False)):
        now = review(first=first)
        assert bool(now.standing(0, now.record(0, {"B2-01": [override()]}), DAY)) is stands


def test_an_override_of_a_check_that_is_no_more_changes_nothing() -> None:
    now = review()
    gone = said("override", **(dict(override().content) | {"check": "gone"}))
    record = now.record(0, {"B2-01": [gone]})
    assert now.matrix({0: now.standing(0, record, DAY)})[0].tolist() == [RANK["fail"], RANK["pass"]]


def test_another_verdict_of_the_same_parcel_voids_its_signature() -> None:
    basis = review(first="pass").basis(0)
    content = dict(opinion(basis=basis).content) | {"verdicts": basis.verdicts}
    events = {"B2-01": [said("opinion", **content)]}
    assert review(first="pass").record(0, events).locked
    changed = review(first="fail").record(0, events).opinion
    assert changed is not None
    assert changed.changed == ("verdicts",)


def test_nobody_signs_over_what_somebody_else_just_said(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path / "r.sqlite")
    store.add(said("comment", text="看过"), seen=0)
    store.add(opinion(), seen=0)
    with pytest.raises(PlannerError, match="review_moved_on"):
        store.add(said("opinion", by="李四", **opinion("disagree").content), seen=0)
    assert [one.kind for one in store.of("table2")["B2-01"]] == ["comment", "opinion"]
    store.add(said("withdrawal", by="李四", reason="看错"), seen=1)


def test_of_many_at_the_same_moment_one_signs(tmp_path: Path) -> None:
    stores = [ReviewStore(tmp_path / "r.sqlite") for _ in range(8)]

    def sign(store: ReviewStore) -> str:
        try:
            store.add(opinion(), seen=0)
        except PlannerError as error:
            return error.code
        return "signed"

    with ThreadPoolExecutor(len(stores)) as crew:
        signed = list(crew.map(sign, stores))
    assert sorted(signed) == ["review_moved_on"] * 7 + ["signed"]
    assert len(stores[0].of("table2")["B2-01"]) == 1


def test_several_words_are_saved_together_or_not_at_all(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path / "r.sqlite")
    good = said("fact", key="far", value="1.2")
    with pytest.raises(TypeError):
        store.add(good, said("fact", key="class", value={"M1"}))
    assert store.of("table2") == {}


def test_another_name_of_the_parcel_voids_its_signature() -> None:
    signed = opinion(basis=review().basis(0))
    events = {"B2-01": [signed]}
    assert review().record(0, events).locked
    changed = review(name="乙").record(0, events)
    assert changed.opinion is not None
    assert changed.opinion.changed == ("parcel",)


def test_events_survive_in_the_order_in_which_they_were_saved(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "reviews.sqlite"
    for event in (opinion(), said("comment", by="{{7*7}}", text="<b>“看”</b>")):
        ReviewStore(path).add(event)
    found = ReviewStore(path).of("table2")
    assert [event.kind for event in found["B2-01"]] == ["opinion", "comment"]
    assert found["B2-01"][1].content == {"text": "<b>“看”</b>"}
    assert found["B2-01"][1].by == "{{7*7}}"
    assert ReviewStore(path).of("another") == {}


def test_the_store_syncs_fully_and_keeps_a_log(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path / "r.sqlite")
    store.add(opinion())
    with sqlite3.connect(tmp_path / "r.sqlite") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_file_that_is_no_store_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    path.write_text("no database at all, but long enough to be read as one" * 20)
    with pytest.raises(PlannerError, match="store_broken"):
        ReviewStore(path).add(opinion())


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(PlannerError, match="store_newer"):
        ReviewStore(path).add(opinion())
    assert path.read_bytes()[:60] == before[:60]


def test_a_store_in_use_says_so_and_takes_the_words_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    store = ReviewStore(path)
    store.add(said("comment", text="一"))
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(PlannerError, match="store_busy"):
        store.add(said("comment", text="二"))
    other.rollback()
    other.close()
    store.add(said("comment", text="三"))
    assert [one.content["text"] for one in store.of("table2")["B2-01"]] == ["一", "三"]


def test_words_do_not_vanish_into_a_file_that_was_moved_away(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    store = ReviewStore(path)
    store.add(said("comment", text="一"))
    for file in tmp_path.iterdir():
        file.rename(tmp_path / f"moved-{file.name}")
    with pytest.raises(PlannerError):
        store.add(said("comment", text="二"))


def test_a_folder_in_place_of_a_store_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="store_closed"):
        ReviewStore(tmp_path).add(opinion())
