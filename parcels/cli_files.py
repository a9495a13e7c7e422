"""The survey files that a command names: found in folders, read side by side, each on its own."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from rich.console import Console

from geo.errors import PlannerError
from geo.read.archive import PARTS
from geo.survey.model import Answers
from geo.survey.read import read_survey
from parcels.cli_options import columns_of
from parcels.importing import PROJECT_PLACE
from parcels.output_files import FIELDS_BESIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.read.parsed import AxisOrder
    from geo.survey.model import AreaUnit, Survey

_BESIDE_A_SHAPEFILE = {*PARTS, ".sbn", ".sbx", ".qix", ".qmd", ".qpj", ".fbn", ".fbx", ".xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOptions:
    """What the user typed after ``inspect`` or ``convert``; see ``docs/cli.md``."""

    paths: tuple[Path, ...] = ()
    crs: str | None = None
    axes: AxisOrder | None = None
    layer: str | None = None
    columns: tuple[str, ...] = ()
    area_unit: AreaUnit | None = None
    repair: bool = False
    reference: Path | None = None
    as_json: bool = False
    lang: str = "zh"

    def answers(self) -> Answers:
        """Return the answers to what files leave open; ``column_option`` when one is no answer."""
        return Answers(
            crs=self.crs,
            axes=self.axes,
            layer=self.layer,
            columns=columns_of(self.columns),
            area_unit=self.area_unit,
            repair=self.repair,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read: ``shown`` is its name in the report, unlike that of any other."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One file: a survey, or the reason why there is none."""

    source: Source
    survey: Survey | None = None
    error: PlannerError | None = None


def find_files(paths: Sequence[Path]) -> list[Source]:
    """Find the files that were named, those of folders in the order of their paths.

    Parameters
    ----------
    paths : sequence of Path
        Files, and folders with everything below them. Hidden files are left out, and so are
        the companions of a ``.shp``, which are read with it.

    Returns
    -------
    list of Source
        A file is shown by its name, by its path where names are equal. What does not exist and a
        folder without files stand there too: reading them tells.
    """
    found = [file for path in paths for file in _files_of(path)]
    names = Counter(path.name for path in found)
    return [
        Source(path=path, shown=path.name if names[path.name] == 1 else str(path)) for path in found
    ]


def reader(options: SurveyOptions) -> Callable[[Source], Survey]:
    """Prepare the reading of files: the answers, and the reference read once.

    Raises
    ------
    PlannerError
        ``column_option``, and those of `read_survey` for the file of reference.
    """
    answers = options.answers()
    reference = _reference(options.reference) if options.reference else ()

    def read(source: Source) -> Survey:
        return read_survey(
            source.path, source.shown, answers=answers, near=PROJECT_PLACE, reference=reference
        )

    return read


def read_all(sources: Sequence[Source], read: Callable[[Source], Survey]) -> Iterator[Outcome]:
    """Read files side by side, as many at once as there are cores; outcomes in their order."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        try:
            yield from pool.map(lambda source: _outcome(source, read), sources)
        finally:
            pool.shutdown(cancel_futures=True)


def _reference(path: Path) -> Sequence[BaseGeometry]:
    survey = read_survey(path, path.name, near=PROJECT_PLACE)
    shapes: Sequence[BaseGeometry] = shapely.from_wkb(survey.parcels.column("wkb").to_numpy())
    return shapes


def _outcome(source: Source, read: Callable[[Source], Survey]) -> Outcome:
    try:
        if source.path.is_dir():
            raise PlannerError("folder_empty", file=source.shown)  # noqa: TRY301
        return Outcome(source=source, survey=read(source))
    except PlannerError as error:
        return Outcome(source=source, error=error)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    below = sorted(one for one in path.rglob("*") if one.is_file())
    seen = [one for one in below if not _is_hidden(one.relative_to(path))]
    shapes = {one.with_suffix("") for one in seen if one.suffix.lower() == ".shp"}
    return [one for one in seen if not _is_companion(one, shapes)] or [path]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_companion(path: Path, shapes: set[Path]) -> bool:
    """Tell whether a file belongs to a ``.shp`` beside it; ``x.shp.xml`` does too."""
    suffix, stem = path.suffix.lower(), path.with_suffix("")
    if path.name.endswith(FIELDS_BESIDE):
        return path.with_name(path.name.removesuffix(FIELDS_BESIDE)) in shapes
    if suffix == ".shp" or suffix not in _BESIDE_A_SHAPEFILE:
        return False
    return stem in shapes or (stem.suffix.lower() == ".shp" and stem.with_suffix("") in shapes)


def console_of(stream: Any, *, at_least: int = 0) -> Console:
    """Make a console on which text is text: no markup, no emoji codes, no highlighting.

    Parameters
    ----------
    stream : text stream
        Where it writes.
    at_least : int
        Width in characters that tables may take also where the terminal is narrower.

    Returns
    -------
    Console
    """
    console = Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=True)
    console.width = max(console.width, at_least)
    return console
