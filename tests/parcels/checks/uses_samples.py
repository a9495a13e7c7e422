"""Case files of the checks on uses: parcels and layers in metres, and what must be said of each."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.parcels.checks.overlay_samples import TODAY, findings, given, overlay, parcels

CASES = Path(__file__).parents[2] / "cases" / "checks"


def cases(pattern: str) -> list[dict[str, Any]]:
    """Read every case of the files that a pattern names."""
    return [
        case
        for path in sorted(CASES.glob(pattern))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def said(run: Any, case: dict[str, Any]) -> list[list[str]]:
    """Run a check over a case: for each parcel, sorted, "outcome reason rule? other" of all findings."""
    found = findings(run, about(case))
    count = len(case["parcels"])
    return [sorted(_line(one, case) for one in found if one.parcel == at) for at in range(count)]


def about(case: dict[str, Any]) -> Any:
    some = case["parcels"]
    subject = parcels(
        [one.get("box") or one.get("shape") for one in some],
        places=[one.get("place") for one in some],
        accuracy=[float(one.get("accuracy", 0.1)) for one in some],
        uses=[_use(one) for one in some],
        attributes={
            name: [one.get("attributes", {}).get(name) for one in some]
            for name in dict.fromkeys(key for one in some for key in one.get("attributes", {}))
        },
    )
    subject = replace(
        subject,
        names=tuple(one.get("name", "") for one in some),
        bounds_by_words=tuple(
            {side: tuple(one.get("words", {}).get(side, ())) for side in "NESW"} for one in some
        ),
    )
    layers = [_layer(kind, layer) for kind, layer in case.get("layers", {}).items()]
    return given(subject, *layers, packs=case.get("packs"), as_of=case.get("as_of", TODAY))


def _use(one: dict[str, Any]) -> tuple[str, str | None, str]:
    scheme, _, code = one.get("code", "").rpartition(" ")
    return code, scheme or None, one.get("use", "")


def _layer(kind: str, layer: dict[str, Any]) -> Any:
    features = layer.get("features", [])
    return overlay(
        kind,
        [one.get("box") or one["shape"] for one in features],
        names=[one.get("name", "") for one in features],
        codes=[one.get("code", "") for one in features],
        extent=layer.get("extent", "all"),
        complete=layer.get("complete", True),
        accuracy_m=layer.get("accuracy"),
        code_scheme=layer.get("scheme"),
    )


def _line(one: Any, case: dict[str, Any]) -> str:
    words = [one.outcome, one.reason]
    if case.get("by_rule"):
        words.append(one.rule)
    return " ".join([*words, one.other]).strip()
