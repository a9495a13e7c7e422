"""Reports as files: read back by other programs, the same bytes twice, hostile words as typed."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from functools import cache

import docx
import pypdf
import pytest

from geo.errors import PlannerError
from parcels.report.building import report
from parcels.report.docx_writer import docx as as_docx
from parcels.report.pdf_writer import page_images, pdf
from parcels.report.writing import report_bytes
from parcels.report.xlsx_writer import xlsx
from parcels.snapshot.levels import reduced
from tests.parcels.report.reading import cells, docx_text, pdf_pages, workbook
from tests.parcels.report.samples import HOSTILE, KINDS, SEEN, changed, hostile, judged, made
from tests.parcels.snapshot.samples import two_parcels

WRITERS = {"pdf": pdf, "docx": as_docx, "xlsx": xlsx}
MADE_AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", ["points", "memo"])
def test_the_same_report_gives_the_same_bytes(name, suffix):
    assert WRITERS[suffix](made(name)) == WRITERS[suffix](made(name))


@cache
def printed(name):
    """Give a report, of one parcel where it is long, and the pages of its PDF."""
    given = made(name)
    if name == "opinion":
        given = report(KINDS[name](), name, parcels=["B2-01"])
    return given, pdf_pages(pdf(given))


@pytest.mark.parametrize("name", KINDS)
def test_every_page_of_a_pdf_says_what_it_is_of(name):
    given, pages = printed(name)
    for at, page in enumerate(pages, start=1):
        assert given.digest[:8] in page
        assert given.disclaimer in page
        assert "截至2026-11-22" in page
        assert f"第{at}/{len(pages)}页" in page
    assert given.digest in "".join(pages)


def test_a_pdf_embeds_its_one_font_and_has_the_time_of_the_snapshot():
    reader = pypdf.PdfReader(io.BytesIO(pdf(judged_report())))
    fonts = {
        font["/BaseFont"]: font["/DescendantFonts"][0]["/FontDescriptor"]
        for page in reader.pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
    }
    assert all("NotoSansCJKsc-Regular" in name for name in fonts)
    assert all("/FontFile3" in one or "/FontFile2" in one for one in fonts.values())
    assert reader.metadata.creation_date == reader.metadata.modification_date == MADE_AT
    box = reader.pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (210, 297)


def judged_report():
    return report(judged(), "opinion", parcels=["1"])


def test_a_table_repeats_its_heading_on_every_page():
    _, pages = printed("opinion")
    assert sum("补什么可定" in page for page in pages) >= len(pages) - 2


def test_all_findings_of_a_parcel_stand_in_every_file():
    given = judged_report()
    ids = {f"F{at}" for at in range(1, 45)}
    text = docx_text(as_docx(given))
    assert ids <= set(text.split("\n"))
    assert ids <= {str(cell.value) for cell in cells(workbook(xlsx(given)))}
    page = "".join(pdf_pages(pdf(given)))
    assert all(one in page for one in ids)
    for words in ("补界址点后再报", "已查纸质图", "王工", "55,807.25m²", "83.71亩"):
        assert words in page
        assert words in "".join(text.split())


@pytest.mark.parametrize("name", ["opinion", "points"])
def test_hostile_words_come_out_as_typed(name):
    given = report(hostile(), name)
    seen = [one for one in SEEN if name == "opinion" or one != SEEN[5]]
    text, book = docx_text(as_docx(given)), workbook(xlsx(given))
    shown = "\n".join(str(cell.value) for cell in cells(book))
    page = "".join(pdf_pages(pdf(given)))
    for words in seen:
        assert words in text
        assert words in shown
        assert "".join(words.split()) in page
    assert not any(words in text + shown for words in (HOSTILE[3], HOSTILE[4]))


@pytest.mark.parametrize(
    "given",
    [
        lambda: report(hostile(), "opinion"),
        lambda: report(hostile(), "points"),
        lambda: made("ranking"),  # a firm of the sample is called =1+1<b>…
    ],
)
def test_nothing_in_a_workbook_is_a_formula(given):
    book = workbook(xlsx(given()))
    assert {cell.data_type for cell in cells(book)} <= {"s", "n"}
    begun = [cell for cell in cells(book) if str(cell.value).startswith("=")]
    assert begun
    assert all(cell.quotePrefix for cell in begun)


def test_numbers_of_a_workbook_are_numbers_with_their_unit_in_the_heading():
    book = workbook(xlsx(made("points")))
    sheet = book["界址点"]
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert (row["X（m）"].value, row["X（m）"].number_format) == (3650512.35, "0.000")
    assert (row["边长（m）"].value, row["边长（m）"].number_format) == (252.27, "#,##0.00")
    areas = workbook(xlsx(report(two_parcels("en"), "opinion")))["Overview"]
    assert "Area (亩)" in [cell.value for cell in areas[1]]
    assert book.properties.created == book.properties.modified == MADE_AT.replace(tzinfo=None)


def test_a_document_has_the_time_of_the_snapshot_and_no_other():
    data = as_docx(made("points"))
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert properties.created == properties.modified == MADE_AT
    assert properties.author == properties.last_modified_by == ""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["opinion", "memo"])
def test_documents_name_a_chinese_face_and_count_their_pages(name):
    data = as_docx(made(name))
    document = docx.Document(io.BytesIO(data))
    spot = docx.oxml.ns.qn
    assert document.styles["Normal"].element.rPr.rFonts.get(spot("w:eastAsia")) == "宋体"
    foot = document.sections[0].footer._element.xml
    assert "NUMPAGES" in foot
    assert made(name).digest[:8] in foot
    heads = document.element.body.findall(f".//{spot('w:tblHeader')}")
    assert len(heads) >= 3


@pytest.mark.parametrize("name", ["opinion", "points"])
def test_a_copy_that_leaves_says_on_every_page_what_it_is_good_for(name):
    given = report(reduced(judged(), "partner"), name)
    assert given.watermark == given.disclaimer != ""
    head = docx.Document(io.BytesIO(as_docx(given))).sections[0].header
    assert head.paragraphs[0].text == given.watermark
    # Behind the page and at its foot.
    assert all(page.count(given.watermark) >= 2 for page in pdf_pages(pdf(given)))


def test_a_word_without_blanks_is_not_cut_off():
    def long(content):
        content["parcels"][0]["name"] = "w" * 400

    page = "".join(pdf_pages(pdf(report(changed(judged(), long), "opinion", parcels=["1"]))))
    assert page.replace("\u200b", "").count("w") >= 800  # in the heading and in the facts


def test_pages_can_be_looked_at():
    images = page_images(made("points"), dpi=30)
    assert len(images) == 3
    assert all(one.startswith(b"\x89PNG") for one in images)


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(PlannerError, match="report_suffix"):
        report_bytes(judged(), "opinion", "html")
    with pytest.raises(PlannerError, match="report_suffix"):
        report_bytes(judged(), "notice", "pdf")
