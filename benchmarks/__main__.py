"""Run benchmarks one after the other, each in its own process.

python -m benchmarks            all
python -m benchmarks NAME ...   some
python -m benchmarks overlap_batch --size 1M    of another size; may be given several times
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ORDER = (
    "phrases_parse",
    "phrases_solve",
    "network_file",
    "import_20k",
    "big_parcel",
    "import_memory",
    "startup",
    "map_100k",
    "overlap_batch",
    "overlap_interactive",
    "sketch",
    "proposal",
    "share_readers",
    "snapshot_html",
    "sheet_png",
)
SIZED = ("overlap_batch", "overlap_interactive")


def main() -> int:
    """Run those that are named, or all; the number of benchmarks that failed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ORDER))
    parser.add_argument("--size", action="append", choices=("10k", "100k", "1M"), default=[])
    given = parser.parse_args()
    names = given.names
    unknown = sorted({*names} - {*ORDER})
    if unknown:
        parser.error(f"no benchmark {unknown[0]}: {', '.join(ORDER)}")
    failed = 0
    for name in names or ORDER:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        command += [word for size in given.size if name in SIZED for word in ("--size", size)]
        failed += subprocess.run(command, cwd=HERE.parent, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
