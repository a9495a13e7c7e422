"""``docs/permu.md`` says what the code does: schemes, the file of one's own, the worked example."""

from __future__ import annotations

import re
from pathlib import Path

from parcels.permu.classes import letter
from parcels.permu.schemes import class_tables, read_schemes, schemes

DOCS = (Path(__file__).parents[3] / "docs" / "permu.md").read_text(encoding="utf-8")


def test_every_scheme_is_listed() -> None:
    listed = set(re.findall(r"`([a-z_0-9]+)`", DOCS))
    missing = {one.id for one in schemes().values()} - listed
    assert {name for name in missing if name.removesuffix("_small") not in listed} == set()


def test_the_scheme_of_ones_own_is_read_as_printed(tmp_path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", DOCS, flags=re.DOTALL)
    file = tmp_path / "own.toml"
    file.write_text(block, "utf-8")
    (scheme,) = read_schemes(file)
    assert scheme.gaps == ()
    assert [part.weight for part in scheme.indicator] == [60, 40]


def test_the_worked_example_of_classes() -> None:
    table = class_tables()["wenling_above_2022"]
    letters = "".join(letter(table, rank, 20) for rank in range(1, 21))
    assert letters == "A" * 4 + "B" * 12 + "C" * 3 + "D"
    assert "ranks 1–4 A, 5–16 B, 17–19 C, 20 D" in DOCS
