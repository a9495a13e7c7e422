"""The smallest review that can be kept, shared and reduced."""

from __future__ import annotations

from datetime import date

from parcels.snapshot.model import FORMAT, seal

AT = "2026-11-22T08:00:00Z"
UNTIL = date(2026, 12, 22)
WORD = "abcdefghijklmnopqrstuv"


def tiny(title="小快照", **changed):
    """Return a sealed snapshot without parcels."""
    content = {
        "format": FORMAT,
        "kind": "review",
        "level": "internal",
        "title": title,
        "lang": "zh",
        "made": {"at": AT, "by": "王工", "app": "0.7.0"},
        "view": None,
        "disclaimer": "预检，不作为权属和审批依据",
        "rests_on": None,
        "as_of": "2026-11-22",
        "system": "",
        "parcels": [],
        "answers": {"findings": [], "layers": [], "checks": [], "packs": [], "summary": {}},
        "drawn": {"notice": "", "groups": []},
        "inputs": {"secret": "⟦inputs⟧"},
    }
    return seal(content | changed)
