"""The script that Streamlit runs for each visit: page configuration, navigation, boundary."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.boundary import guarded
from parcels.ui.scripts import page_scripts
from parcels.ui.views import data_page, parcels_page, permu_page, review_page

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
        for script in page_scripts(lang):
            st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
    review = st.Page(
        partial(guarded, review_page.render, lang),
        title=text(lang, "ui.nav.review"),
        icon=":material/fact_check:",
        url_path="review",
    )
    open_review = partial(st.switch_page, review)
    parcels = st.Page(
        partial(guarded, partial(parcels_page.render, open_review), lang),
        title=text(lang, "ui.nav.parcels"),
        icon=":material/map:",
        url_path="parcels",
        default=True,
    )
    open_parcels = partial(st.switch_page, parcels)
    data = st.Page(
        partial(guarded, partial(data_page.render, open_parcels), lang),
        title=text(lang, "ui.nav.data"),
        icon=":material/database:",
        url_path="data",
    )
    permu = st.Page(
        partial(guarded, permu_page.render, lang),
        title=text(lang, "ui.nav.permu"),
        icon=":material/bar_chart:",
        url_path="permu",
    )
    st.navigation([parcels, review, permu, data], position="top").run()


main()
