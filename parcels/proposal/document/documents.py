"""Documents of a proposal: TOML, JSON and workbooks read into a draft and written from one."""

from __future__ import annotations

import json
import re
import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import PlannerError
from geo.read.charset import decode
from parcels.proposal.document.text_documents import write_json, write_toml
from parcels.proposal.draft import Draft
from parcels.proposal.field_names import column_id, field_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Kind = Literal["toml", "json", "xlsx"]
KINDS: tuple[Kind, ...] = ("toml", "json", "xlsx")
FILE_BYTES = 5_000_000
ROWS = 200
FIELDS = 500
CELL_CHARACTERS = 10_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_AT = re.compile(r"at line ([0-9]+), column ([0-9]+)")
_TABLES = {"proposal": "proposal", "方案": "proposal", "fields": "proposal"}
_ROWS = {"floors": "floors", "建筑面积": "floors", "floor": "floors"}
_NOTES = {"note", "备注", "说明"}


def read_document(content: bytes, name: str = "") -> Draft:
    """Read a proposal from a file.

    Parameters
    ----------
    content : bytes
        TOML, JSON (UTF-8, UTF-16 or GB18030) or a workbook (xlsx); the content decides which.
    name : str
        Of the file; decides between TOML and JSON where the content could be either.

    Returns
    -------
    Draft
        Every text as it stands in the file; what is no field is kept.

    Raises
    ------
    PlannerError
        ``proposal_document_empty``, ``proposal_document_large``, ``proposal_document_broken``
        (line and column), ``proposal_document_shape``, ``proposal_document_twice``,
        ``proposal_document_rows``, ``proposal_document_cell``, ``proposal_document_surrogate``,
        ``proposal_document_foreign``; for workbooks also ``archive_*`` and ``workbook_*``.
    """
    try:
        return checked(_read(content, name))
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": name or "—", **error.values}) from error


def write_document(draft: Draft, kind: Kind) -> bytes:
    """Write a draft so that `read_document` gives the same draft; same draft, same bytes.

    Raises
    ------
    PlannerError
        ``proposal_document_cell``, ``proposal_document_rows``, ``proposal_document_surrogate``:
        what could not be read again is not written.
    """
    checked(draft)
    if kind == "xlsx":
        from parcels.proposal.document.sheets import write_workbook

        return write_workbook(draft)
    return (write_json if kind == "json" else write_toml)(draft).encode()


def template(kind: Kind) -> bytes:
    """Write an empty document with every field, its unit and what it means."""
    if kind == "xlsx":
        from parcels.proposal.document.sheets import write_workbook

        return write_workbook(Draft())
    return (write_json if kind == "json" else write_toml)(Draft(), is_template=True).encode()


def _read(content: bytes, name: str) -> Draft:
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise PlannerError("proposal_document_empty")
    if len(content) > FILE_BYTES:
        raise PlannerError("proposal_document_large", limit_mb=FILE_BYTES // 1_000_000)
    if content.startswith(_OLE):
        raise PlannerError("workbook_old")
    if content.startswith(_ZIP):
        from parcels.proposal.document.grids import read_workbook

        return read_workbook(content)
    text, _ = decode(content)
    text = text.removeprefix("\ufeff")
    is_json = text.lstrip()[:1] == "{" or name.lower().endswith(".json")
    return _draft_of(_json(text) if is_json else _toml(text))


def checked(draft: Draft) -> Draft:
    """Refuse a draft that is larger than a document may be, or that holds half characters."""
    if len(draft.floors) > ROWS:
        raise PlannerError("proposal_document_rows", count=len(draft.floors), limit=ROWS)
    if len(draft.fields) > FIELDS:
        raise PlannerError("proposal_document_fields", count=len(draft.fields), limit=FIELDS)
    for place, text in _texts(draft):
        if len(text) > CELL_CHARACTERS:
            raise PlannerError(
                "proposal_document_cell", value=place, count=len(text), limit=CELL_CHARACTERS
            )
        try:
            text.encode()
        except UnicodeEncodeError as error:
            shown = text.encode(errors="backslashreplace").decode()[:40]
            raise PlannerError("proposal_document_surrogate", value=shown) from error
    return draft


def _texts(draft: Draft) -> Iterable[tuple[str, str]]:
    """Give every text of a draft with its place; names are texts, too."""
    for where, cells in (("", draft.fields), *((f"{at}.", row) for at, row in _numbered(draft))):
        for key, text in cells.items():
            shown = f"{where}{key}"[:40]
            yield shown, key
            yield shown, text
    yield "note", draft.note


def _numbered(draft: Draft) -> Iterable[tuple[int, Mapping[str, str]]]:
    return enumerate(draft.floors, start=1)


def _toml(text: str) -> Any:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=str)
    except ValueError as error:
        at = _AT.search(str(error))
        raise PlannerError(
            "proposal_document_broken",
            kind="TOML",
            line=int(at[1]) if at else text.count("\n") + 1,
            column=int(at[2]) if at else 1,
        ) from error
    except RecursionError as error:
        raise PlannerError("proposal_document_shape", value="[[[…") from error


def _json(text: str) -> Any:
    try:
        return json.loads(
            text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        raise PlannerError(
            "proposal_document_broken", kind="JSON", line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        raise PlannerError("proposal_document_shape", value="[[[…") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise PlannerError("proposal_document_twice", value=key[:40])
        found[key] = value
    return found


def _draft_of(data: Any) -> Draft:
    """Make a draft of tables; fields may also stand at the top."""
    if not isinstance(data, dict):
        raise PlannerError("proposal_document_shape", value=str(data)[:40])
    given: dict[str, Any] = {}
    floors: list[Any] = []
    note = ""
    for key, value in data.items():
        if key in _TABLES and isinstance(value, dict):
            for name, one in value.items():
                _put(given, name, one)
        elif key in _ROWS and isinstance(value, list):
            floors += value
        elif key in _NOTES and not isinstance(value, (dict, list)):
            note = _scalar(key, value)
        else:
            _put(given, key, value)
    if not all(isinstance(row, dict) for row in floors):
        raise PlannerError("proposal_document_shape", value="floors")
    return Draft(
        fields=named(given, field_id),
        floors=tuple(named(row, column_id) for row in floors),
        note=note,
    )


def _put(given: dict[str, Any], key: str, value: Any) -> None:
    if key in given:
        raise PlannerError("proposal_document_twice", value=key[:40])
    given[key] = value


def named(given: Mapping[str, Any], id_of: Callable[[str], str | None]) -> Mapping[str, str]:
    """Give texts by ids of fields; two names of one field are refused, empty texts left out."""
    found: dict[str, str] = {}
    for key, value in given.items():
        name, text = id_of(key) or key, _scalar(key, value)
        if name in found:
            raise PlannerError("proposal_document_twice", value=key[:40])
        if text:
            found[name] = text
    return MappingProxyType(found)


def _scalar(key: str, value: Any) -> str:
    """Write a value as it stands in the file; a list of words is parted by 、."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, (str, int)) for one in value):
        return "、".join(str(one) for one in value)
    if isinstance(value, (dict, list)):
        raise PlannerError("proposal_document_shape", value=key[:40])
    return str(value)
