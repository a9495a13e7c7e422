"""Which parcel each firm stands on: by position, number or name, never by a guess."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.permu.model import Firm


def match_parcels(
    firms: Sequence[Firm], ids: Sequence[str], names: Sequence[str]
) -> list[int | None]:
    """Find the parcel of each firm.

    Parameters
    ----------
    firms : sequence of Firm
        Rows of a table.
    ids, names : sequence of str
        Of the parcels; "" where there is none.

    Returns
    -------
    list of int or None
        Position of the parcel; None where nothing or more than one parcel fits.
    """
    by_key = _unique(ids) | {key: at for key, at in _unique(names).items() if key not in set(ids)}
    return [_match(firm, by_key) for firm in firms]


def _match(firm: Firm, by_key: dict[str, int]) -> int | None:
    keys = (firm.parcel, firm.id, firm.name)
    return next((by_key[key] for key in keys if key in by_key), None)


def _unique(keys: Sequence[str]) -> dict[str, int]:
    """Return the keys that stand once."""
    counts = Counter(key for key in keys if key)
    return {key: at for at, key in enumerate(keys) if counts.get(key) == 1}
