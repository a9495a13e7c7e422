"""A verification in sentences and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.snapshot.verifying.model import ABSENT
from parcels.snapshot.verifying.naming import pair_words, place_words

if TYPE_CHECKING:
    from parcels.snapshot.verifying.model import Difference, VerifyReport

MOST_LISTED = 200
"""Differences that are told one by one; of more the number is said."""


def verify_lines(report: VerifyReport, lang: str) -> list[str]:
    """Say in lines what was verified and what differs, the outcome first."""
    content = report.content
    head = text(
        lang,
        f"verify.state.{report.state}",
        file=report.file or text(lang, "verify.this_file"),
        title=content["title"],
        at=content["made"].get("at"),
        digest=report.found[:8],
    )
    seal = _seal(report)
    digests = {"stated": report.stated[:8], "found": report.found[:8]}
    told = [difference_text(report, one, lang) for one in report.differences[:MOST_LISTED]]
    rest = len(report.differences) - len(told)
    return [
        head,
        text(lang, f"verify.{seal}", **digests),
        *told,
        *([text(lang, "verify.more", count=rest)] if rest else []),
        *(text(lang, f"verify.note.{one.code}", **one.values) for one in report.notes),
    ]


def _seal(report: VerifyReport) -> str:
    """Tell a seal that fits from one that was put on again after a change."""
    if not report.is_sealed:
        return "unsealed"
    inside = {"changed", "recomputed", "shipped"}
    is_new = report.state == "differs" and any(one.how in inside for one in report.differences)
    return "resealed" if is_new else "sealed"


def difference_text(report: VerifyReport, one: Difference, lang: str) -> str:
    """Say one difference: where, what the file says, what it should be."""
    if one.how in {"page", "member", "expected"}:
        stated, found = (
            text(lang, "verify.absent") if side is ABSENT else str(side)
            for side in (one.stated, one.found)
        )
        key = f"verify.how.{one.how}"
        if one.how == "member" and ABSENT in (one.stated, one.found):
            key += "_missing" if one.stated is ABSENT else "_foreign"
        return text(lang, key, place=one.path[0], stated=stated, found=found)
    stated, found = pair_words(lang, report.content, one.path, one.stated, one.found)
    missing = one.found if one.stated is ABSENT else ABSENT
    place = place_words(lang, report.content, one.path, missing)
    return text(lang, f"verify.how.{one.how}", place=place, stated=stated, found=found)


def verify_entry(report: VerifyReport, lang: str) -> dict[str, Any]:
    """Give the stable JSON shape of ``snapshot verify --json``; see ``docs/snapshot.md``."""
    content = report.content
    return {
        "file": report.file,
        "form": report.form,
        "kind": content["kind"],
        "level": content["level"],
        "title": content["title"],
        "made": content["made"],
        "state": report.state,
        "digest": {"stated": report.stated, "found": report.found, "fits": report.is_sealed},
        "differences": len(report.differences),
        "listed": [
            {
                "how": one.how,
                "path": list(one.path),
                "stated": None if one.stated is ABSENT else one.stated,
                "found": None if one.found is ABSENT else one.found,
                "message": difference_text(report, one, lang),
            }
            for one in report.differences[:MOST_LISTED]
        ],
        "notes": [
            {"code": one.code, "message": text(lang, f"verify.note.{one.code}", **one.values)}
            for one in report.notes
        ],
    }
