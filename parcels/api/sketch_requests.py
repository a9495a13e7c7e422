"""What the map's editor sends: from our own pages, JSON, of bounded size, nothing else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from geo.errors import PlannerError
from parcels.planning.editing.commands import Draw, Reshape
from parcels.planning.model import ElementKind

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.requests import Request

    from parcels.planning.model import Element

MEGABYTE = 1_000_000
MOST_MEGABYTES = 30
_JSON_TYPE = "application/json"
_OWN_SITE = {"same-origin", "none"}
_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""Escapes that may stand for what no file and no database holds: NUL, half of a character."""
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_SHOWN = 60


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """Read a body.

        Raises
        ------
        PlannerError
            ``request_unreadable``.
        """
        try:
            return cls.model_validate(read_json(raw))
        except (ValidationError, RecursionError) as error:
            if isinstance(error, RecursionError):
                raise _unreadable("…") from None
            problem = error.errors(include_url=False, include_context=False)[0]
            field = ".".join(map(str, problem["loc"])) or "{}"
            raise _unreadable(f"{field} = {problem['input']!r}"[:_SHOWN]) from None


class Move(_Sent):
    """A command, the version that the person sees, and the name of the request."""

    command: dict[str, Any]
    seen: StrictInt
    key: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]


class Looked(_Sent):
    """A shape that is being drawn, or one of an element that is being changed."""

    element: Annotated[str, Field(max_length=64)] | None = None
    kind: ElementKind
    geometry: dict[str, Any]
    width: Annotated[str, Field(max_length=40)] | float | None = None

    def command(self, known: Element | None) -> Draw | Reshape:
        """Give the command that would save it."""
        if known is not None:
            return Reshape(do="vertices", element=known.id, geometry=self.geometry)
        return Draw(do="draw", kind=self.kind, geometry=self.geometry, width=self.width)


class Note(_Sent):
    """What is not finished; null: nothing is left."""

    content: dict[str, Any] | None


def require_own_page(headers: Headers) -> None:
    """Refuse what another site sends, and what a plain form could send.

    Raises
    ------
    PlannerError
        ``request_foreign``, ``request_not_json``.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OWN_SITE:
        raise PlannerError("request_foreign")
    if site is None and origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise PlannerError("request_foreign")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _JSON_TYPE:
        raise PlannerError("request_not_json", value=kind[:_SHOWN])


async def read_body(request: Request) -> bytes:
    """Take the body as far as it is allowed to be long.

    Raises
    ------
    PlannerError
        ``request_too_large``.
    """
    most = MOST_MEGABYTES * MEGABYTE
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and len(stated) < 20 and int(stated) > most:  # noqa: PLR2004
        raise PlannerError("request_too_large", most=MOST_MEGABYTES)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise PlannerError("request_too_large", most=MOST_MEGABYTES)
    return bytes(body)


def read_json(raw: bytes) -> Any:
    """Read JSON; NaN, infinities, NUL and halves of characters are refused.

    Raises
    ------
    PlannerError
        ``request_unreadable``.
    """
    try:
        written = raw.decode("utf-8")
        value = json.loads(written, parse_constant=_no_number)
        if _SUSPECT.search(written):
            _require_storable(value)
    except UnicodeError:
        raise _unreadable("UTF-8") from None
    except RecursionError:
        raise _unreadable("[[[[…") from None
    except ValueError as error:  # broken JSON, or a number of endless digits
        raise _unreadable(str(error)[:_SHOWN]) from None
    return value


def _require_storable(value: Any) -> None:
    written = json.dumps(value, ensure_ascii=False)
    written.encode()
    if _NUL.search(written):
        raise _unreadable("NUL")


def _no_number(word: str) -> NoReturn:
    raise _unreadable(word)


def _unreadable(reason: str) -> PlannerError:
    return PlannerError("request_unreadable", reason=reason)
