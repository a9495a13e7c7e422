"""Which findings of proposals and scenarios leave, and in which sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.snapshot.sharing.lists import names_for, sharing_rules, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.snapshot.sharing.choosing import Leaving, Withheld
    from parcels.snapshot.sharing.lists import Steps

Entry = dict[str, Any]
_MEMO = ("broken", "unknown", "kept")


def stated(content: Entry, leaving: Leaving, withheld: Withheld) -> Entry:
    """Copy a content with the findings that leave; what a memo repeats of others goes with them."""
    unshown = names_for("findings", leaving.level)
    gone: dict[str, str | None] = {}

    def told(findings: list[Entry]) -> list[Entry]:
        found = []
        for one in findings:
            if one["rule_id"] in unshown:
                withheld.findings[one["outcome"]] += 1
                gone[one["id"]] = None
                continue
            other, may = leaving.sentence({"other_id": "", **one})
            entry = {**one, "other_id": other} if "other_id" in one else dict(one)
            if not may:
                withheld.sentences += 1
                stays = text(leaving.lang, "share.sentence_stays", id=one["id"])
                entry["message"] = gone[one["id"]] = stays
            found.append(entry)
        return found

    for path in sharing_rules()["findings"]["lists"].get(content["kind"], ()):
        content = _changed(content, steps_of(path), told)
    for name in _MEMO:
        content = _changed(content, ("answers", "memo", name), partial(_memo_lines, gone))
    return content


def _memo_lines(gone: Mapping[str, str | None], lines: list[Entry]) -> list[Entry]:
    found = []
    for one in lines:
        stays = gone.get(one["finding"], "")
        if stays is None:
            continue
        found.append({**one, "text": stays, "short": one["title"]} if stays else one)
    return found


def _changed(value: Any, steps: Steps, change: Callable[[list[Entry]], list[Entry]]) -> Any:
    """Copy a value with the lists at a path changed."""
    if not steps:
        return change(value) if isinstance(value, list) else value
    step, rest = steps[0], steps[1:]
    if step == "[]":
        some = value if isinstance(value, list) else []
        return [_changed(one, rest, change) for one in some]
    if isinstance(value, Mapping) and step in value:
        return {**value, step: _changed(value[step], rest, change)}
    return value
