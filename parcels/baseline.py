"""Accepted findings: a file that a team keeps beside its data, so that only news fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class _Baseline(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    accepted: tuple[str, ...]


def read_baseline(path: Path) -> frozenset[str]:
    """Read the keys of accepted findings.

    Raises
    ------
    PlannerError
        ``baseline_unreadable`` (file, reason).
    """
    try:
        return frozenset(
            _Baseline.model_validate_json(path.read_text(encoding="utf-8-sig")).accepted
        )
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise PlannerError("baseline_unreadable", file=path.name, reason=reason) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        raise PlannerError("baseline_unreadable", file=path.name, reason=reason) from error


def baseline_bytes(keys: Iterable[str]) -> bytes:
    """Write keys sorted, one a line, so that two baselines can be compared."""
    document = {"accepted": sorted(set(keys))}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
