"""Two values of JSON side by side: where they differ, members of lists matched by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.snapshot.verifying.model import ABSENT, Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcels.snapshot.verifying.model import How, Step

_NAMES = ("id", "key", "rule", "at")


def differences(
    stated: Any, found: Any, how: How, path: tuple[Step, ...] = ()
) -> Iterator[Difference]:
    """Give every value that differs, in the order of keys and members.

    Parameters
    ----------
    stated, found : value of JSON, or ABSENT
        After reading: whole numbers are of one type. True and 1 differ, 1 and 1.0 do not.
    how : str
        What they are; see `Difference`.
    path : tuple
        Where both stand.

    Yields
    ------
    Difference
        Members of a list that came or went are one each, named by their place in the list that
        has them; the path of a member leads through ``stated`` where it is there.
    """
    if isinstance(stated, dict) and isinstance(found, dict):
        for name in sorted({*stated, *found}):
            here = (*path, name)
            yield from differences(stated.get(name, ABSENT), found.get(name, ABSENT), how, here)
    elif isinstance(stated, list) and isinstance(found, list):
        for at, one, other in _matched(stated, found):
            yield from differences(one, other, how, (*path, at))
    elif not _same(stated, found):
        yield Difference(how=how, path=path, stated=stated, found=found)


def _same(stated: Any, found: Any) -> bool:
    if isinstance(stated, bool) or isinstance(found, bool):
        return stated is found
    return bool(stated == found)


def _matched(stated: Sequence[Any], found: Sequence[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Pair the members: by their place, or by their ids where lists are of different length."""
    name = _name_of(stated, found) if len(stated) != len(found) else None
    if name is None:
        for at in range(max(len(stated), len(found))):
            yield at, _member(stated, at), _member(found, at)
        return
    others = {one[name]: (at, one) for at, one in enumerate(found)}
    for at, one in enumerate(stated):
        yield at, one, others.pop(one[name], (at, ABSENT))[1]
    for at, one in others.values():
        yield at, ABSENT, one


def _member(members: Sequence[Any], at: int) -> Any:
    return members[at] if at < len(members) else ABSENT


def _name_of(*lists: Sequence[Any]) -> str | None:
    """Return by what the members of both lists can be told apart."""
    for name in _NAMES:
        if all(_tells_apart(name, members) for members in lists):
            return name
    return None


def _tells_apart(name: str, members: Sequence[Any]) -> bool:
    if not all(isinstance(one, dict) and isinstance(one.get(name), (str, int)) for one in members):
        return False
    return len({one[name] for one in members}) == len(members)
