"""Disks that are small or cannot be written to."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager

import pytest


@contextmanager
def mounted(*options, on):
    """Mount something for the time of a test; that is root's to do, and in CI it must be done."""
    if os.geteuid() != 0 and not os.environ.get("CI"):
        pytest.skip("Mounting a small or read-only disk needs root.")
    subprocess.run(["mount", *options, on], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", on], check=True)


def room(disk):
    """Count the bytes that a disk has left."""
    found = os.statvfs(disk)
    return found.f_bavail * found.f_bsize
