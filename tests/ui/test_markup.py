"""Values become text, whatever they contain."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from parcels.ui.markup import join, tag


class Reader(HTMLParser):
    """Collects elements and text as a browser would see them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data) -> None:
        self.text += data


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")))


@given(TEXT, TEXT)
def test_any_text_comes_out_as_typed(child: str, attribute: str) -> None:
    seen = read(tag("p", child, title=attribute))
    assert seen.text == child
    assert [name for name, _ in seen.tags] == ["p"]
    assert seen.tags[0][1].get("title", "") == attribute


def test_markup_nests_and_nothing_else_does() -> None:
    seen = read(join(tag("b", "x"), "<i>y</i>", None))
    assert [name for name, _ in seen.tags] == ["b"]
    assert seen.text == "x<i>y</i>"
