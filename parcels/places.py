"""Places in a file, as words: ``feature:3;ring:2`` is 第 3 个要素，第 2 环."""

from __future__ import annotations

import re

from parcels.messages import messages, text

KINDS = (
    "member",
    "layer",
    "sheet",
    "feature",
    "ring",
    "point",
    "line",
    "row",
    "cell",
    "entity",
)
# A name of a layer may hold a semicolon or a colon: only a known kind begins a new step.
_STEP = re.compile(rf"(?:^|;)({'|'.join(KINDS)}):")


def place_text(lang: str, where: str) -> str:
    """Say where in a file something stands.

    Parameters
    ----------
    lang : str
        ``zh`` or ``en``.
    where : str
        As in `geo.read.parsed.Fault`, from the large to the small.

    Returns
    -------
    str
        Without end mark; the whole file when ``where`` is empty, ``where`` itself when it is
        written in no known way.
    """
    if not where:
        return text(lang, "place.whole")
    before, *steps = _STEP.split(where)
    if before or not steps:
        return where
    words = messages(lang)  # straight: a layer has a place for each of its 100,000 parcels
    named = zip(steps[::2], steps[1::2], strict=True)
    return words["place.mark"].join(
        words[f"place.{kind}"].format(value=value) for kind, value in named
    )
