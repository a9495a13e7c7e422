"""A proposal as it is typed: every field and every cell a text, kept as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person typed, uploaded or changed; nothing of it is ever dropped.

    Attributes
    ----------
    fields : mapping of str to str
        Id of `parcels.proposal.fields.fields` to text as typed; an empty field is left out.
        Keys that are no field are kept, and told by the reading.
    floors : tuple of mapping of str to str
        Rows of floor area by the ids of `floor_columns`, in the same way.
    note : str
        Where the proposal comes from, or anything else worth keeping.
    told : tuple of Fault
        What reading its file had to remark; no part of what was typed.
    """

    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    floors: tuple[Mapping[str, str], ...] = ()
    note: str = ""
    told: tuple[Fault, ...] = field(default=(), compare=False)

    def put(self, name: str, typed: str) -> Draft:
        """Return the draft with another text in a field; "" empties it."""
        rest = {one: text for one, text in self.fields.items() if one != name}
        return replace(self, fields=MappingProxyType(rest | ({name: typed} if typed else {})))
