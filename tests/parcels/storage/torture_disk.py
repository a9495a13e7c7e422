"""Disks that are small or cannot be written to."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager

import pytest


@contextmanager
def mounted(*options, on):
    """Mount something for the time of a test: root may where the kernel lets it, others skip."""
    if os.geteuid() != 0:
        pytest.skip("Mounting a small or read-only disk needs root.")
    done = subprocess.run(["mount", *options, on], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"This machine lets nobody mount a disk: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", on], check=True)


def room(disk):
    """Count the bytes that a disk has left."""
    found = os.statvfs(disk)
    return found.f_bavail * found.f_bsize
