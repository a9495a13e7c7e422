"""The one place where values become HTML: every value is escaped, every class is a constant."""

from __future__ import annotations

import re
from html import escape

_MARKED = re.compile(r"([!-/:-@\[-`{-~])")
_WORD_JOINER = "\u2060"  # no width: keeps a colon from beginning a name of an icon or a colour


class Markup(str):
    """HTML that is safe to put on the page as it is."""

    __slots__ = ()


LINE_BREAK = Markup("<br>")


def tag(name: str, *children: object, cls: str = "", **attributes: str) -> Markup:
    """Build one element; children that are not Markup are shown exactly as typed.

    Parameters
    ----------
    name : str
        Element name, a constant of the caller.
    *children : object
        Markup is nested as it is, anything else is escaped text; None is left out.
    cls : str
        Value of the class attribute.
    **attributes : str
        Further attributes; their values are escaped, a trailing underscore is cut, one within is
        written as the hyphen of HTML.
    """
    own = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    named = {"class": cls, **own}
    opened = "".join(f' {key}="{escape(value)}"' for key, value in named.items() if value)
    return Markup(f"<{name}{opened}>{join(*children)}</{name}>")


def join(*children: object) -> Markup:
    """Put pieces one after another, escaping those that are not Markup."""
    return Markup(
        "".join(
            child if isinstance(child, Markup) else escape(str(child))
            for child in children
            if child is not None
        )
    )


def literal(words: str) -> str:
    """Escape text for labels that Streamlit reads as Markdown: shown exactly as typed."""
    return _MARKED.sub(r"\\\1", words).replace(":", f":{_WORD_JOINER}")
