"""The files around a content: the page that shows it, the other members of a package."""

from __future__ import annotations

import json
import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels import VERSION
from parcels.snapshot.canonical import digest_of
from parcels.snapshot.files import MEMBER, open_snapshot
from parcels.snapshot.model import Snapshot
from parcels.snapshot.verifying.comparing import differences
from parcels.snapshot.verifying.model import ABSENT, Difference, Remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.files import Opened
    from parcels.snapshot.model import Content

_DATA = re.compile(rb'(<script type="[^"]{1,60}" id="snapshot">).*?(</script>)', re.DOTALL)
_WORDS = re.compile(rb'<script type="application/json" id="page-words">(.*?)</script>', re.DOTALL)
_TEXTS = (".txt", ".json", ".geojson", ".html", ".sha256")
_PAGE_MEMBER = "snapshot.html"
_SHOWN = 120
Found = tuple[list[Difference], list[Remark]]


def around(opened: Opened, *, fits: bool) -> Found:
    """Compare page or package with what the content gives.

    What is around the content is text of this program, so it is compared with a content that fits
    its digest and was made by this version; else a note says that it was not.
    """
    if opened.form == "json":
        return [], []
    if opened.form == "zip" and not fits:
        return _from_the_page_beside(opened), [Remark(code="members_not_compared")]
    if opened.content["made"].get("app") != VERSION:
        return [], [Remark(code="around_not_compared")]
    snapshot = Snapshot(content=opened.content, digest=opened.stated)
    if opened.form == "html":
        return _page(snapshot, opened.page), []
    return _members(snapshot, opened.members), []


def _page(snapshot: Snapshot, page: bytes) -> list[Difference]:
    """Find the first line of the page that is another; the data in it are compared elsewhere."""
    from parcels.snapshot.page.page import page_bytes

    wanted = _without_data(page_bytes(snapshot, _live(page)))
    given = _without_data(page)
    if wanted == given:
        return []
    lines = zip_longest(given.split(b"\n"), wanted.split(b"\n"), fillvalue=b"")
    line, (one, other) = next(
        (number, pair) for number, pair in enumerate(lines, start=1) if pair[0] != pair[1]
    )
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    begin = max(0, at - 30)
    stated, found = (
        half[begin : begin + _SHOWN].decode("utf-8", "replace") for half in (one, other)
    )
    return [Difference(how="page", path=(line,), stated=stated, found=found)]


def _without_data(page: bytes) -> bytes:
    plain = page.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return _DATA.sub(rb"\1\2", plain, count=1)


def _live(page: bytes) -> str | None:
    """Return the address of the live view, which the seal does not cover."""
    words = _WORDS.search(page)
    try:
        live = json.loads(words[1])["live"] if words else None
    except (ValueError, KeyError, TypeError):
        return None
    return live if isinstance(live, str) else None


def _members(snapshot: Snapshot, members: Mapping[str, bytes]) -> list[Difference]:
    from parcels.snapshot.package.archive import package_files

    wanted = {name: held for name, held in package_files(snapshot).items() if name != MEMBER}
    given = {name: held for name, held in members.items() if name != MEMBER}
    return [
        Difference(
            how="member",
            path=(name,),
            stated=_size(given.get(name)),
            found=_size(wanted.get(name)),
        )
        for name in sorted({*wanted, *given})
        if _text(name, given.get(name)) != _text(name, wanted.get(name))
    ]


def _text(name: str, held: bytes | None) -> bytes | None:
    return held.replace(b"\r\n", b"\n") if held is not None and name.endswith(_TEXTS) else held


def _size(held: bytes | None) -> object:
    return ABSENT if held is None else len(held)


def _from_the_page_beside(opened: Opened) -> list[Difference]:
    """Take what was changed from the page of the same package, if its own digest fits."""
    page = opened.members.get(_PAGE_MEMBER)
    other: Content | None = None
    try:
        beside = open_snapshot(page or b"", _PAGE_MEMBER)
        other = beside.content if digest_of(beside.content) == beside.stated else None
    except PlannerError:
        pass
    if other is None:
        return []
    return list(differences(dict(opened.content), dict(other), "beside"))
