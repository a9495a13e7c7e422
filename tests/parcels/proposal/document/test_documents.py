"""Documents of a proposal: what is written is read again, what cannot be read is named."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from geo.errors import PlannerError
from parcels.messages import LANGUAGES, error_text, messages
from parcels.proposal.document.documents import (
    CELL_CHARACTERS,
    FILE_BYTES,
    KINDS,
    ROWS,
    read_document,
    template,
    write_document,
)
from parcels.proposal.document.examples import examples
from parcels.proposal.draft import Draft
from parcels.proposal.field_names import column_id, field_id
from parcels.proposal.fields import fields, floor_columns

REJECTS = Path(__file__).parents[3] / "rejects" / "proposals"
HOSTILE = [
    "{{7*7}}",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "<img src=x onerror=alert(1)>",
    "x" * CELL_CHARACTERS,
    "a\0b",
    "one\ntwo\r\nthree\r",
    "\t",
    " lead and trail ",
    "😀👍🏽",
    "_x0041_ _x005F_",
    "\ufeffbom",
    "\ufffe\uffff",
    "\x7f\x85\u2028",
    '"quoted" \\ \'\'\' """',
    "30000",
    "0.4",
    "4.5万㎡",
    "#REF!",
    "TRUE",
    "用地面积",
    "备注",
    "]]>&amp;",
]


def draft_of(text: str) -> Draft:
    row = MappingProxyType({"name": text, "area": text, "land": text, "odd": text})
    return Draft(
        fields=MappingProxyType({"title": text, "site_area": text, "tax": text, "odd key": text}),
        floors=(row, MappingProxyType({}), MappingProxyType({"name": "x"})),
        note=text,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_texts_come_back_as_typed(text, kind) -> None:
    draft = draft_of(text)
    assert read_document(write_document(draft, kind), f"x.{kind}") == draft


CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS, min_size=1, max_size=12)
STRANGE = TEXTS.filter(
    lambda key: (
        key.strip()
        and not field_id(key)
        and not column_id(key)
        and key not in {"proposal", "floors", "fields", "floor", "note"}
    )
)
CELLS = TEXTS | st.sampled_from(["30000", "60亩", "40%", "3万", "-5", "1.2亿", "5"])


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*fields()]), CELLS, max_size=8),
    st.lists(st.dictionaries(st.sampled_from([*floor_columns()]), CELLS, max_size=6), max_size=4),
    TEXTS | st.just(""),
)
def test_what_is_written_is_read_again(given_fields, rows, note) -> None:
    draft = Draft(fields=given_fields, floors=tuple(rows), note=note)
    for kind in KINDS:
        content = write_document(draft, kind)
        assert write_document(draft, kind) == content
        assert read_document(content, f"x.{kind}") == draft


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(STRANGE, TEXTS, max_size=4), st.dictionaries(STRANGE, TEXTS, max_size=4))
def test_names_that_are_no_fields_are_kept_in_texts(given_fields, row) -> None:
    draft = Draft(fields=given_fields, floors=(row,))
    for kind in ("toml", "json"):
        assert read_document(write_document(draft, kind), f"x.{kind}") == draft


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_template_says_nothing(kind) -> None:
    draft = read_document(template(kind), f"x.{kind}")
    assert not draft.fields
    assert not draft.note
    assert not any(draft.floors)
    assert template(kind) == template(kind)


@pytest.mark.parametrize("kind", ["toml", "json"])
def test_a_template_names_every_field(kind) -> None:
    content = template(kind).decode()
    assert all(name in content for name in (*fields(), *floor_columns()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("kind", ["toml", "json"])
def test_the_encodings_of_offices_are_read(kind, encoding) -> None:
    draft = examples()["demo"].draft
    content = write_document(draft, kind).decode().replace("\n", "\r\n").encode(encoding)
    assert read_document(content, f"x.{kind}") == draft


@pytest.mark.parametrize("path", sorted(REJECTS.glob("*.*")), ids=lambda path: path.name)
def test_a_file_that_cannot_be_read_says_why(path) -> None:
    """The name of the file begins with the code: proposal_document_twice-json.json."""
    with pytest.raises(PlannerError) as raised:
        read_document(path.read_bytes(), path.name)
    assert raised.value.code == path.stem.partition("-")[0]
    for lang in LANGUAGES:
        error_text(lang, raised.value)


def test_broken_texts_are_told_with_line_and_column() -> None:
    with pytest.raises(PlannerError) as raised:
        read_document(b'[proposal]\ntitle = "a"\nsite_area = 60 acres\n', "x.toml")
    assert raised.value.values == {"file": "x.toml", "kind": "TOML", "line": 3, "column": 16}
    with pytest.raises(PlannerError) as raised:
        read_document(b'{"proposal":\n {"title": "a",,}}', "x.json")
    assert (raised.value.values["line"], raised.value.values["column"]) == (2, 16)


def refused(content: bytes, name: str) -> str:
    with pytest.raises(PlannerError) as raised:
        read_document(content, name)
    for lang in LANGUAGES:
        error_text(lang, raised.value)
    return raised.value.code


def test_sizes_are_limited() -> None:
    assert refused(b" " * 10, "x.toml") == "proposal_document_empty"
    assert refused(b"#" * (FILE_BYTES + 1), "x.toml") == "proposal_document_large"
    rows = {"floors": [{"area": "1"}] * (ROWS + 1)}
    assert refused(json.dumps(rows).encode(), "x.json") == "proposal_document_rows"
    long = {"proposal": {"title": "x" * (CELL_CHARACTERS + 1)}}
    assert refused(json.dumps(long).encode(), "x.json") == "proposal_document_cell"
    many = {"proposal": {f"k{at}": "1" for at in range(501)}}
    assert refused(json.dumps(many).encode(), "x.json") == "proposal_document_fields"
    deep = b'{"proposal": {"title": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
    assert refused(deep, "x.json") == "proposal_document_shape"
    assert refused(b"title = " + b"[" * 100_000, "x.toml") == "proposal_document_shape"
    assert refused(b"site_area = " + b"9" * 10_000, "x.toml") == "proposal_document_broken"
    assert refused(b'{"title": "\\ud800"}', "x.json") == "proposal_document_surrogate"


def test_half_characters_are_not_written() -> None:
    for kind in KINDS:
        with pytest.raises(PlannerError, match="proposal_document_surrogate"):
            write_document(Draft(fields=MappingProxyType({"title": "\ud800"})), kind)


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_archives_that_are_no_workbook_are_refused() -> None:
    assert refused(zipped(**{"word/document.xml": b"<a/>"}), "x.docx") == "workbook_broken"
    assert (
        refused(zipped(**{"xl/workbook.xml": b"0" * 50_000_000}), "x.xlsx") == "archive_too_large"
    )
    assert refused(zipped(**{"xl/workbook.xml": b"0" * 30_000_000}), "x.xlsx") == "archive_bomb"
    assert refused(b"PK\x03\x04 and no more", "x.xlsx") == "archive_broken"
    assert refused(b"\xd0\xcf\x11\xe0 an old workbook", "x.xls") == "workbook_old"
    book, stream = Workbook(), io.BytesIO()
    book.active.append(["点号", "X", "Y"])
    book.save(stream)
    assert refused(stream.getvalue(), "x.xlsx") == "proposal_document_foreign"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_says_what_is_to_be_filled_in(lang) -> None:
    keys = messages(lang)
    assert {name for name in fields() if f"proposal.note.{name}" not in keys} == set()


def test_a_workbook_of_broken_xml_is_refused() -> None:
    content = write_document(examples()["demo"].draft, "xlsx")
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).replace(b"<sheets>", b"<odd:sheets></odd:sheets><sheets>")
            )
    assert refused(broken.getvalue(), "x.xlsx") == "workbook_broken"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode(errors="ignore")))
def test_any_bytes_are_a_draft_or_refused(content) -> None:
    for name in ("x.toml", "x.json"):
        try:
            assert isinstance(read_document(content, name), Draft)
        except PlannerError as error:
            for lang in LANGUAGES:
                error_text(lang, error)
