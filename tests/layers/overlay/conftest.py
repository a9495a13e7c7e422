"""Layers are read without a child process here, but for the test of a large one."""

from __future__ import annotations

from tests.geo.read.conftest import in_process

__all__ = ["in_process"]
