"""The scripts of the page are constants of the language, safe to stand in HTML."""

from __future__ import annotations

import re

import pytest

from parcels.messages import LANGUAGES, messages
from parcels.ui.scripts import page_scripts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_script_can_end_its_element_and_every_word_is_used(lang: str) -> None:
    scripts = "".join(page_scripts(lang))
    assert not re.search(r"<[/!a-zA-Z]", scripts)
    decoded = scripts.encode("ascii").decode("unicode_escape")
    for key, sentence in messages(lang).items():
        if key.startswith("widget."):
            size = "100" if key == "widget.size" else "$1"
            assert f'"{sentence.replace("{size}", size)}"' in decoded


def test_the_language_of_the_document_follows() -> None:
    assert "'zh-CN'" in page_scripts("zh")[0]
    assert "'en'" in page_scripts("en")[0]
