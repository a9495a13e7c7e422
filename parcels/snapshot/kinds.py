"""What each kind of snapshot brings: how its case becomes values of JSON and comes back."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Content, KindName


class Kind(Protocol):
    """A module ``parcels.snapshot.<kind>.kind`` offers these functions.

    A case is what the product works on: parcels with their findings, a proposal under some packs,
    scenarios side by side. All three are pure: the same case gives the same values.
    """

    @staticmethod
    def parts(case: Any, lang: str) -> Mapping[str, Any]:
        """Give the sections that belong to the kind: ``inputs``, ``answers``, ``drawn``, others.

        ``inputs`` is all that a verdict rests on; ``answers`` what the checks say of it in the
        language; ``drawn`` layers of the map that nothing is judged by.
        """

    @staticmethod
    def case_of(content: Content) -> Any:
        """Read the case back from the inputs; its checks are run anew.

        Raises
        ------
        PlannerError
            ``snapshot_input_unusable``: where, and what is wrong with it.
        """


def kind_of(name: KindName) -> Kind:
    """Return what a kind brings."""
    return cast("Kind", import_module(f"parcels.snapshot.{name}.kind"))
