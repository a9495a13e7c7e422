"""Somebody at work: saves one after the other, and a model of what must be there."""

from __future__ import annotations

import pytest

from geo.errors import PlannerError
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_model import Model, Save, perform

SCENARIO = "5ce0" * 8


class Desk:
    """One scenario in one store.

    Attributes
    ----------
    pending : Save or None
        Asked for and refused: what is still on the screen.
    """

    def __init__(self, address: str, saves: int = 3) -> None:
        self.address = address
        self.store = open_store(address)
        self.model = Model(SCENARIO)
        self.pending: Save | None = None
        self._number = 0
        for _ in range(saves):
            self.save()

    def save(self) -> None:
        """Save what is still on the screen, or else the next step."""
        self.pending = self.pending or self._next()
        version = perform(self.store, SINGLE_DESK, self.model, self.pending)
        after = self.model.after(self.pending)
        assert version == after.version
        self.model, self.pending = after, None

    def refused(self) -> PlannerError:
        """Save in vain, and give the reason."""
        with pytest.raises(PlannerError) as refused:
            self.save()
        return refused.value

    def save_until_refused(self) -> PlannerError:
        """Save on and on."""
        for _ in range(10_000):
            try:
                self.save()
            except PlannerError as error:
                return error
        raise AssertionError

    def is_whole(self) -> bool:
        """Open the store anew: it verifies, and all that was acknowledged is there, nothing else."""
        store = open_store(self.address)
        assert store.verify().sound
        assert self.reads(store)
        return True

    def reads(self, store=None) -> bool:
        """Compare what the store holds with what must be there."""
        line = (store or self.store).line(SINGLE_DESK, SCENARIO)
        assert self.model.faults(line) == []
        return True

    def _next(self) -> Save:
        while True:
            self._number += 1
            save = self.model.next(self._number)
            if save.do in {"create", "add"}:
                return save
