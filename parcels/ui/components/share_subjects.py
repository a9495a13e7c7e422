"""What can be shared of each page: the pages know nothing of it, and it nothing of dialogs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.snapshot.model import KindName


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """What a page shows, ready to become a snapshot.

    Attributes
    ----------
    page : str
        As the address names it.
    title : str
        What the snapshot is called unless somebody says otherwise; any text.
    scopes : mapping of str to str
        How much of it may be asked for, in words; the first is what is in view.
    open : callable
        Gives the case of a scope for `parcels.snapshot.building.build`.
    chosen : str or None
        Key of the parcel that is looked at.
    notes : tuple of str
        What the page shows and a snapshot cannot hold, in words.
    """

    page: str
    kind: KindName
    title: str
    scopes: Mapping[str, str]
    open: Callable[[str], Any]
    chosen: str | None = None
    notes: tuple[str, ...] = ()


_MODULES = {
    "parcels": "share_subject_review",
    "review": "share_subject_review",
    "m0": "share_subject_m0",
    "sketch": "share_subject_sketch",
    "permu": "share_subject_permu",
}
SHARED_PAGES = tuple(_MODULES)


def subject_of(page: str) -> Subject | None:
    """Return what can be shared of a page as it stands now; None: there is nothing on it yet.

    Raises
    ------
    PlannerError
        Whatever keeps the page itself from being drawn.
    """
    module = import_module(f"parcels.ui.components.{_MODULES[page]}")
    return cast("Subject | None", partial(module.subject, page)())
