"""A comparison of two snapshots in sentences and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import messages, text
from parcels.snapshot.verifying.model import ABSENT
from parcels.snapshot.verifying.naming import pair_words, place_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.snapshot.differing.model import Component, DiffReport, Verdict
    from parcels.snapshot.model import Content
    from parcels.snapshot.verifying.model import Difference

MOST_LISTED = 200
"""Verdicts, and values, that are told one by one; of more the number is said."""


def diff_lines(report: DiffReport, lang: str) -> list[str]:
    """Say in lines what changed: lost layers first, then totals, verdicts, values."""
    if report.is_same:
        return [text(lang, "diff.same", digest=report.after.digest[:8])]
    lines = [text(lang, "diff.head", **_head(report))]
    if report.before.kind == "review":
        lines += _review_lines(report, lang)
    lines += [value_text(report, one, lang) for one in report.values[:MOST_LISTED]]
    rest = len(report.values) - MOST_LISTED
    return [*lines, *([text(lang, "diff.more_values", count=rest)] if rest > 0 else [])]


def _head(report: DiffReport) -> dict[str, Any]:
    halves = {"before": report.before, "after": report.after}
    return {
        f"{name}_{what}": value
        for name, one in halves.items()
        for what, value in (
            ("title", one.content["title"]),
            ("at", one.content["made"].get("at")),
            ("digest", one.digest[:8]),
        )
    }


def _review_lines(report: DiffReport, lang: str) -> list[str]:
    lines = [_lost_text(report, kind, lang) for kind in report.lost_layers]
    counts = {
        f"{name}_{side}": pair[at]
        for name, pair in report.counts.items()
        for at, side in enumerate(("before", "after"))
    }
    lines.append(text(lang, "diff.counts", **counts))
    lines.append(_parcels_text(report, lang))
    if report.problem:
        lines.append(text(lang, "diff.not_tried", problem=report.problem))
    elif not report.is_tried:
        lines.append(text(lang, "diff.not_tried_level"))
    if report.components:
        named = [component_text(report, one, lang) for one in report.components]
        lines.append(text(lang, "diff.components", components="；".join(named)))
    lines.append(text(lang, "diff.verdicts", count=len(report.verdicts), figures=report.figures))
    lines += [verdict_text(report, one, lang) for one in report.verdicts[:MOST_LISTED]]
    rest = len(report.verdicts) - MOST_LISTED
    return [*lines, *([text(lang, "diff.more_verdicts", count=rest)] if rest > 0 else [])]


def _lost_text(report: DiffReport, kind: str, lang: str) -> str:
    """Say that a source failed: what rested on it is unknown now, which is no fewer problems."""
    unknown = sum(
        one.after == "unknown" and any(part.name == kind for part in (*one.alone, *one.together))
        for one in report.verdicts
    )
    layer = _titled(report.before.content, kind, lang)
    return text(lang, "diff.lost_layer", layer=layer, count=unknown)


def _parcels_text(report: DiffReport, lang: str) -> str:
    return text(
        lang,
        "diff.parcels",
        matched=len(report.matched),
        renumbered=report.renumbered,
        gone=list(report.gone),
        new=list(report.new),
    )


def verdict_text(report: DiffReport, one: Verdict, lang: str) -> str:
    """Say one verdict: parcel, check, rule, before and after, and why."""
    same_key = one.key_before == one.key_after
    parcel = one.key_after if same_key else f"{one.key_before} → {one.key_after}"
    return text(
        lang,
        "diff.verdict",
        parcel=parcel,
        check=messages(lang).get(f"check.{one.check}.title", one.check),
        rule=one.rule,
        before=_outcome(one.before, lang),
        after=_outcome(one.after, lang),
        ids=list(one.ids_after or one.ids_before),
        why=_why(report, one, lang),
        message=one.message,
    )


def _outcome(outcome: str | None, lang: str) -> str:
    return text(lang, f"outcome.{outcome}") if outcome else text(lang, "diff.silent")


def _why(report: DiffReport, one: Verdict, lang: str) -> str:
    if not report.is_tried:
        return ""
    if one.alone:
        named = [component_text(report, part, lang) for part in one.alone]
        return text(lang, "diff.why.alone", parts="；".join(named))
    if one.together:
        named = [component_text(report, part, lang) for part in one.together]
        return text(lang, "diff.why.together", parts="；".join(named))
    return text(lang, "diff.why.unexplained")


def component_text(report: DiffReport, one: Component, lang: str) -> str:
    """Name a part of the inputs and what it was and is."""
    before, after = report.before.content, report.after.content
    values: dict[str, Any] = {"name": one.name}
    if one.part == "as_of":
        values |= {"before": before["as_of"], "after": after["as_of"]}
    elif one.part == "pack":
        values |= {
            side: _version(content, one.name, lang)
            for side, content in (("before", before), ("after", after))
        }
    elif one.part == "layer":
        values |= {"name": _titled(after, one.name, lang)}
        values |= {
            side: _state(content, one.name, lang)
            for side, content in (("before", before), ("after", after))
        }
    elif one.part == "program":
        values |= {"before": before["made"].get("app"), "after": after["made"].get("app")}
    elif one.part == "neighbours":
        values |= {"gone": len(report.gone), "new": len(report.new)}
    return text(lang, f"diff.part.{one.part}", **values)


def _version(content: Content, pack: str, lang: str) -> str:
    found = (one["version"] for one in content["answers"]["packs"] if one["id"] == pack)
    return next(found, text(lang, "verify.absent"))


def _titled(content: Content, kind: str, lang: str) -> str:
    """Name a kind of layer, and the file of it if the snapshot has one."""
    from layers.overlay_kinds import overlay_kinds

    known = overlay_kinds().get(kind)
    title = kind if known is None else known.title.en if lang == "en" else known.title.zh
    own = [one["title"] for one in content["answers"].get("layers") or () if one["kind"] == kind]
    return f"{title}（{own[0]}）" if own else title


def _state(content: Content, kind: str, lang: str) -> str:
    for one in content["answers"].get("layers") or ():
        if one["kind"] == kind:
            return str(one.get("date") or text(lang, "diff.there"))
    return text(lang, "verify.absent")


def value_text(report: DiffReport, one: Difference, lang: str) -> str:
    """Say one value that differs: where, before, after."""
    before, after = pair_words(lang, report.before.content, one.path, one.stated, one.found)
    missing = one.found if one.stated is ABSENT else ABSENT
    place = place_words(lang, report.before.content, one.path, missing)
    return text(lang, "diff.value", place=place, before=before, after=after)


def diff_entry(report: DiffReport, lang: str) -> dict[str, Any]:
    """Give the stable JSON shape of ``snapshot diff --json``; see ``docs/snapshot.md``."""
    return {
        "before": _side(report.before.content, report.before.digest),
        "after": _side(report.after.content, report.after.digest),
        "kind": report.before.kind,
        "same": report.is_same,
        "causes_tried": report.is_tried,
        "problem": report.problem,
        "parcels": {
            "matched": len(report.matched),
            "renumbered": report.renumbered,
            "gone": list(report.gone),
            "new": list(report.new),
        },
        "counts": {name: list(pair) for name, pair in report.counts.items()},
        "lost_layers": list(report.lost_layers),
        "components": _parts(report.components),
        "figures": report.figures,
        "verdicts": [
            {
                "parcel_before": one.key_before,
                "parcel_after": one.key_after,
                "check": one.check,
                "rule": one.rule,
                "before": one.before,
                "after": one.after,
                "ids_before": list(one.ids_before),
                "ids_after": list(one.ids_after),
                "cause": one.cause,
                "alone": _parts(one.alone),
                "together": _parts(one.together),
                "message": verdict_text(report, one, lang),
            }
            for one in report.verdicts
        ],
        "values": len(report.values),
        "listed": [
            {
                "path": list(one.path),
                "before": None if one.stated is ABSENT else one.stated,
                "after": None if one.found is ABSENT else one.found,
                "message": value_text(report, one, lang),
            }
            for one in report.values[:MOST_LISTED]
        ],
    }


def _parts(components: Sequence[Component]) -> list[dict[str, str]]:
    return [{"part": one.part, "name": one.name} for one in components]


def _side(content: Content, digest: str) -> dict[str, Any]:
    return {
        "title": content["title"],
        "level": content["level"],
        "made": content["made"],
        "digest": digest,
    }
