"""Who works on what in the browser: a desk for each open editor, found by a token of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.token_shelf import TokenShelf

if TYPE_CHECKING:
    from parcels.planning.editing.workbench import Workbench
    from parcels.planning.ground.prepared import Ground
    from parcels.planning.line import Line

MOST_DESKS = 512


class Desk:
    """One person at one scenario; nothing of it changes but `last`.

    Parameters
    ----------
    workbench : Workbench
        Knows who asks; the store decides at every call what that person may do.
    ground : Ground
    lang : str

    Attributes
    ----------
    last : Line or None
        What was answered last. Looks at a shape that is being dragged rest on it: they save
        nothing and need no newer one.
    """

    def __init__(self, workbench: Workbench, ground: Ground, lang: str) -> None:
        self.workbench = workbench
        self.ground = ground
        self.lang = lang
        self.last: Line | None = None


DESKS: TokenShelf[Desk] = TokenShelf(lambda _desk: 1, most=MOST_DESKS, most_size=MOST_DESKS)
"""The desks of this process; a page that was left alone for long asks for a new one."""
