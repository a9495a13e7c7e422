"""An address in full with a button that copies it."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from parcels.messages import text
from parcels.ui import state
from parcels.ui.markup import Markup, tag

_ROUTE = "s"
_FIRST = "parcels"  # stands at the address of the application itself
_OWN = {"snapshot", "template", "paper", "turn", "scale", "ink", "leaf", "lot", "share"}


def copy_line(address: str, label: Markup | None = None) -> Markup:
    """Write an address and the button, after a label; ``share.js`` copies."""
    lang = state.lang()
    shown = tag("span", address, cls="pl-share-url", title=address)
    button = copy_button(address, text(lang, "ui.share.copy"))
    return tag("div", label, shown, button, cls="pl-share-copy")


def copy_button(copied: str, label: str) -> Markup:
    """Write a button that copies a text."""
    done = text(state.lang(), "ui.share.copied")
    return tag(
        "button", label, cls="pl-share-button", type="button", data_copy=copied, data_done=done
    )


def page_address() -> str:
    """Return the address of the page as it stands, as a colleague would open it."""
    return _here() + live_address(state.page())


def live_address(page: str) -> str:
    """Return the address of a page as it stands, below the application's own."""
    query = urlencode({key: value for key, value in state.params().items() if key not in _OWN})
    return ("" if page == _FIRST else page) + (f"?{query}" if query else "")


def link_address(token: str) -> str:
    """Return the address that a link is opened by."""
    return f"{_here()}{_ROUTE}/{token}"


def is_local() -> bool:
    """Whether the browser reached this program on its own machine: nobody else can so."""
    return (urlsplit(_url()).hostname or "") in {"localhost", "127.0.0.1", "::1"}


def _here() -> str:
    """Return the address of the application, with a slash at its end."""
    parts = urlsplit(_url())
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"{parts.scheme}://{parts.netloc}/" + (f"{base}/" if base else "")


def _url() -> str:
    return st.context.url or "http://localhost/"
