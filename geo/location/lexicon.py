"""What the grammar may ask about names: which ones exist, and of what kind they are."""

from __future__ import annotations

from typing import Protocol


class Lexicon(Protocol):
    """Names that a phrase may use; the gazetteer of a network is one."""

    def known(self, name: str) -> bool:
        """Tell whether a feature has exactly this name, alias or former name."""
        ...

    def kind(self, name: str) -> str | None:
        """Return the kind of the feature with this name; None if there is no single one."""
        ...


class _Empty:
    def known(self, name: str) -> bool:  # noqa: ARG002 - the protocol's signature
        return False

    def kind(self, name: str) -> str | None:  # noqa: ARG002 - the protocol's signature
        return None


EMPTY: Lexicon = _Empty()
