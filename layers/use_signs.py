"""The sign with which the land of a class is drawn."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from layers.codes import SCHEMES, code_table

_FILE = Path(__file__).parent / "data" / "use_signs.csv"


def use_sign(code: str, scheme: str) -> str:
    """Give the key of ``style.USES`` for a land-use class.

    Returns
    -------
    str
        That of the class or of the nearest class above it that has one; ``unknown`` for a code that
        is not in the scheme, and for classes that plans have no colour for here.
    """
    if scheme not in SCHEMES:
        return "unknown"
    classes, signs = code_table(scheme), _signs()
    while code in classes:
        if (scheme, code) in signs:
            return signs[scheme, code]
        code = classes[code].parent
    return "unknown"


@cache
def _signs() -> dict[tuple[str, str], str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {(row["scheme"], row["code"]): row["use"] for row in csv.DictReader(file)}
