"""The only broad ``except``: a page that fails says so, and the navigation stays alive."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import PlannerError
from parcels.messages import error_text, text
from parcels.ui.markup import LINE_BREAK, join, tag

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)


def guarded(page: Callable[[], None], lang: str) -> None:
    """Run a page; show expected failures as a sentence, unexpected ones as a number.

    The details of an unexpected failure go to the log under the number that the user sees.
    """
    try:
        page()
    except PlannerError as error:
        show_error(error, lang)
    except Exception:
        number = secrets.token_hex(2).upper()
        logger.exception("page failed, number %s", number)
        st.html(tag("p", text(lang, "ui.boundary.failed", number=number), cls="pl-problem"))
        st.button(text(lang, "ui.boundary.retry"), key=f"boundary_retry_{number}")


def show_error(error: PlannerError, lang: str) -> None:
    """Show what cannot be used, and what to do about it."""
    sentence, hint = error_text(lang, error)
    st.html(
        tag(
            "div",
            tag("strong", sentence),
            join(LINE_BREAK, hint) if hint else None,
            cls="pl-problem",
            role="alert",
        )
    )
