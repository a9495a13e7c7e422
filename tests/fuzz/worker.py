"""Reads many broken files to the report in one process that is bound as the reading process is.

``python -m tests.fuzz.worker FOLDER``: for each line of standard input, the number of a file,
answers ``<number> <outcome>``. A file that kills it is the one after the last answer.
"""

from __future__ import annotations

import gc
import pickle
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.child import bind
from geo.read.formats import Request, parse
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.sniff import sniff
from geo.survey.pipeline import Context, survey_of
from geo.survey.record import load_survey, save_survey
from tests.fuzz.mutations import mutated

if TYPE_CHECKING:
    from geo.survey.model import Survey

_LIMITS = Limits(seconds=3600)
_SECONDS_A_FILE = 10


def main(seeds_file: Path) -> None:
    """Answer until standard input ends."""
    seeds = pickle.loads(seeds_file.read_bytes())  # noqa: S301 -- written by the test
    with tempfile.TemporaryDirectory(prefix="planner-") as name:
        bind(_LIMITS)
        for line in sys.stdin:
            number = int(line)
            signal.setitimer(signal.ITIMER_PROF, _SECONDS_A_FILE)
            outcome = read(mutated(seeds, number), Path(name))
            signal.setitimer(signal.ITIMER_PROF, 0)
            sys.stdout.write(f"{number} {outcome}\n")
            sys.stdout.flush()
            gc.collect()


def read(data: bytes, folder: Path) -> str:
    """Read one file as the reading process does; anything unexpected ends this process."""
    for left in folder.iterdir():
        left.unlink()
    (folder / "input").write_bytes(data)
    try:
        found = sniff(data, "file")
        parse(found, Request(path=folder / "input", folder=folder)).save(folder)
        parsed = Parsed.load(folder)
        require_sound(parsed)
        survey = survey_of(parsed, Context(file="file", format=found, digest=""))
        save_survey(survey, folder)
        require_balanced(load_survey(folder))
    except PlannerError as error:
        return error.code
    except RecursionError:
        return "json_too_deep"
    except MemoryError:
        return "file_memory"
    return "read"


def require_sound(parsed: Parsed) -> None:
    """Every row has attributes, and a fault only where it has no geometry."""
    assert len(parsed.table) == len(parsed.wkb)
    missing = {row for row, one in enumerate(parsed.wkb.is_null().to_pylist()) if one}
    assert set(parsed.faults) <= missing, (sorted(parsed.faults), sorted(missing))


def require_balanced(survey: Survey) -> None:
    """Every feature is a parcel, rejected or skipped, and every parcel has an area."""
    skipped = sum(int(one.values.get("count") or 1) for one in survey.skipped)
    assert survey.features == len(survey.parcels) + len(survey.rejected) + skipped
    areas = survey.parcels.column("area_m2").to_pylist()
    assert all(area is not None and area > 0 for area in areas), areas


if __name__ == "__main__":
    main(Path(sys.argv[1]))
