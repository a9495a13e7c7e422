"""What is to be made of a snapshot, said in values of JSON so that another process can do it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Tell = Callable[[int, int], None]

What = Literal["file", "sheet", "sheets", "report"]
WHATS: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One file that somebody asks for.

    Attributes
    ----------
    what : str
        ``file``: the snapshot itself as `parcels.snapshot.writers.WRITERS` write it; ``sheet``:
        one drawing; ``sheets``: a zip with a drawing for each of the parcels; ``report``.
    suffix : str
        Of the file, without its dot.
    options : mapping
        Values of JSON: of sheets the fields of `parcels.sheets.options.SheetOptions`, and ``dpi``
        and ``page`` of a picture; of reports ``name``, ``parcels`` and ``template``.
    """

    what: What
    suffix: str
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def plain(self) -> dict[str, Any]:
        """The wish as JSON."""
        return {"what": self.what, "suffix": self.suffix, "options": dict(self.options)}


def wish_of(plain: Mapping[str, Any]) -> Wish:
    """Read a wish back."""
    return Wish(what=plain["what"], suffix=plain["suffix"], options=plain["options"])
