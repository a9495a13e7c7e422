"""The making process: ``python -m parcels.jobs.child FOLDER``.

Started by `parcels.jobs.job` for one wish. It reads ``request.json`` and ``snapshot.json`` in its
folder, writes how far it is to ``progress.json`` and leaves ``result`` or ``error.json``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from geo.errors import PlannerError
from parcels.jobs.making import make
from parcels.jobs.wish import wish_of
from parcels.snapshot.model import Snapshot

_BEHIND = 5


def main(folder: Path) -> None:
    """Do what the folder asks for and leave the answer there; who looks at pages goes first."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_BEHIND)
    held = json.loads((folder / "snapshot.json").read_bytes())
    snapshot = Snapshot(content=held["content"], digest=held["digest"])
    wish = wish_of(json.loads((folder / "request.json").read_text("utf-8")))

    def tell(done: int, total: int) -> None:
        _put(folder, "progress.json", json.dumps([done, total]).encode())

    try:
        _put(folder, "result", make(snapshot, wish, tell))
    except PlannerError as error:
        said = {"code": error.code, "values": error.values}
        _put(folder, "error.json", json.dumps(said, default=str).encode())


def _put(folder: Path, name: str, content: bytes) -> None:
    """Give a file its name when it is whole."""
    written = folder / f"{name}.part"
    written.write_bytes(content)
    written.replace(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
