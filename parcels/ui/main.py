"""The script that Streamlit runs for each visit: page configuration, navigation, boundary."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.boundary import guarded
from parcels.ui.components.share_button import share_dialog
from parcels.ui.scripts import page_scripts
from parcels.ui.views import (
    data_page,
    m0_page,
    parcels_page,
    permu_page,
    review_page,
    share_page,
    sketch_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.navigation.page import StreamlitPage

HERE = Path(__file__).parent


def main() -> None:
    """Draw the page that the address names."""
    lang = state.lang()
    st.set_page_config(
        page_title=cache.settings().title or text(lang, "ui.app.title"),
        page_icon=str(HERE / "icon.png"),
        layout="wide",
    )
    with st.container(key="setup"):
        st.html(HERE / "app.css")
        st.html(HERE / "share.css")
        for script in page_scripts(lang):
            st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
    pages: dict[str, StreamlitPage] = {}

    def leads_to(name: str) -> Callable[[], None]:
        return lambda: st.switch_page(pages[name])

    shown: dict[str, tuple[Callable[[], None], str]] = {
        "parcels": (partial(parcels_page.render, leads_to("review")), ":material/map:"),
        "review": (partial(review_page.render, leads_to("data")), ":material/fact_check:"),
        "m0": (m0_page.render, ":material/domain_add:"),
        "sketch": (sketch_page.render, ":material/polyline:"),
        "permu": (permu_page.render, ":material/bar_chart:"),
        "data": (partial(data_page.render, leads_to("parcels")), ":material/database:"),
        "share": (share_page.render, ":material/ios_share:"),
    }
    for name, (render, icon) in shown.items():
        pages[name] = st.Page(
            partial(guarded, render, lang),
            title=text(lang, f"ui.nav.{name}"),
            icon=icon,
            url_path=name,
            default=name == "parcels",
        )
    st.navigation([*pages.values()], position="top").run()
    share_dialog(leads_to("share"))


main()
