"""``--layer KIND=FILE[,KEY=VALUE…]``: the reference layers that a command is given."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.limits import DEFAULT_LIMITS, Limits
from layers.overlay_kinds import overlay_kind
from layers.overlay_stated import Stated, stated
from parcels.overlays import by_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.overlay import Overlay

_KEY = re.compile(rf",({'|'.join(sorted(Stated.model_fields))})=")


def parse_layer_options(
    options: Sequence[str],
    *,
    crs: str | None = None,
    covers: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> dict[str, Overlay]:
    """Read the layers that were named on the command line.

    Parameters
    ----------
    options : sequence of str
        ``farmland=nongtian.gpkg`` or, with what the file does not say,
        ``land_use=a.zip,crs=EPSG:4526,code_scheme=mnr2023,covers=all``; the keys are those of
        `Stated`. A kind may be given several times: its files are merged and each keeps its
        source.
    crs : str, optional
        For the layers of which neither file nor option says it.
    covers : sequence of str
        ``KIND=all`` or ``KIND=west,south,east,north``: where all files of a kind speak.
    limits : Limits
        For each file.

    Returns
    -------
    dict of str to Overlay
        By kind, in the order of the kinds.

    Raises
    ------
    PlannerError
        ``overlay_option`` for anything that is not KIND=FILE; ``overlay_kind_unknown``;
        ``overlay_covers_alone`` where no layer of the kind is given; those of `stated` with the
        option as typed; those of `read_overlay`; ``overlay_schemes_differ``.
    """
    files = [(option, *_halves(option)) for option in options]
    extents = dict(_extent(option) for option in covers)
    for kind in extents:
        if kind not in {known for _, known, _ in files}:
            raise PlannerError("overlay_covers_alone", kind=kind)
    return by_kind(
        [
            _read(kind, file, option, below=extents.get(kind, Stated()), crs=crs, limits=limits)
            for option, kind, file in files
        ]
    )


def _halves(option: str) -> tuple[str, str]:
    kind, _, rest = (part.strip() for part in option.partition("="))
    if not kind or not rest:
        raise PlannerError("overlay_option", value=option)
    overlay_kind(kind)
    return kind, rest


def _extent(option: str) -> tuple[str, Stated]:
    kind, value = _halves(option)
    return kind, stated({"covers": value}, option)


def _read(
    kind: str, rest: str, option: str, *, below: Stated, crs: str | None, limits: Limits
) -> Overlay:
    file, *pairs = _KEY.split(rest)
    said = stated(_values(pairs), option).over(below)
    path = Path(file.strip())
    from layers.overlay_read import read_overlay

    try:
        return read_overlay(path, path.name, kind, stated=said, limits=limits)
    except PlannerError as error:
        asked = error.code == "crs_missing" or error.values.get("question") == "crs"
        if crs is None or not asked:
            raise
    return read_overlay(path, path.name, kind, stated=said.over(Stated(crs=crs)), limits=limits)


def _values(pairs: Sequence[str]) -> Mapping[str, str]:
    return {key: value.strip() for key, value in zip(pairs[::2], pairs[1::2], strict=True)}
