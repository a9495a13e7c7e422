"""Run every benchmark after the other, each in its own process: `python -m benchmarks`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ORDER = (
    "phrases_parse",
    "phrases_solve",
    "import_20k",
    "big_parcel",
    "startup",
    "map_100k",
)


def main() -> int:
    """Run all; the number of benchmarks that failed."""
    failed = 0
    for name in ORDER:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        failed += subprocess.run(command, cwd=HERE.parent, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
