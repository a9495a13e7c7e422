"""What came of many files: counts for the summary, and the exit code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parcels.messages import text

if TYPE_CHECKING:
    from rich.console import Console

READ, REFUSED, UNUSABLE = 0, 1, 2
_COUNTED = ("parcels", "rejected", "skipped")


def exit_code(report: dict[str, Any]) -> int:
    """Give the exit code of one report of ``inspect`` or ``convert``.

    Returns
    -------
    int
        0 everything was read, 1 something was rejected, needs a repair, or there is no parcel,
        2 the file is unusable or a question is open.
    """
    if "code" in report:
        return UNUSABLE
    needs_repair = any(not repair["applied"] for repair in report["repairs"])
    is_empty = not report["counts"]["parcels"]
    return REFUSED if report["rejected"] or needs_repair or is_empty else READ


@dataclass(slots=True)
class Tally:
    """Counts over the reports of one call."""

    files: int = 0
    exit_code: int = READ
    states: Counter[str] = field(default_factory=Counter)
    features: Counter[str] = field(default_factory=Counter)

    def add(self, report: dict[str, Any]) -> None:
        """Count one report."""
        self.files += 1
        self.exit_code = max(self.exit_code, exit_code(report))
        self.states["asked" if report.get("question") else report["status"]] += 1
        counts = report.get("counts", {})
        self.features.update({name: counts.get(name, 0) for name in _COUNTED})


def print_summary(console: Console, tally: Tally, lang: str) -> None:
    """Print what came of many files in one line."""
    line = text(
        lang,
        "report.summary",
        files=tally.files,
        ok=tally.states["ok"],
        asked=tally.states["asked"],
        unusable=tally.states["rejected"],
        **{name: tally.features[name] for name in _COUNTED},
    )
    console.print(line)
