"""The application with parcel sets that were accepted before, under tokens that tests know."""

from __future__ import annotations

import os
from itertools import chain, repeat
from pathlib import Path
from unittest.mock import patch

import streamlit as st

from parcels.api.routes import routes
from parcels.parcel_sets import SETS
from tests.parcels.set_samples import hostile_survey, many_survey, round_survey
from tests.parcels.survey_samples import survey

MAIN = Path(__file__).parents[3] / "parcels" / "ui" / "main.py"
_MANY = int(os.environ.get("PARCELS_IN_LARGE_SET", "2500"))
_SETS = {
    "set-small": survey,
    "set-hostile": hostile_survey,
    "set-round": round_survey,
    "set-many": lambda: many_survey(_MANY),
}

with patch("parcels.parcel_sets.secrets.token_urlsafe", side_effect=chain(_SETS, repeat(""))):
    for make in _SETS.values():
        SETS.accept(make())

app = st.App(str(MAIN), routes=routes(st.get_option("server.baseUrlPath")))
