"""Files made in a process of their own: the same as made here, told of, ended, spoiled."""

from __future__ import annotations

import io
import time
import zipfile
from unittest.mock import patch

import pytest

from geo.errors import PlannerError
from parcels.jobs import job as jobs
from parcels.jobs.job import JOBS, Job, start
from parcels.jobs.making import make
from parcels.jobs.wish import Wish, wish_of
from parcels.snapshot.writers import json_bytes
from tests.parcels.snapshot.samples import two_parcels

JSON = Wish(what="file", suffix="json")
NAMED = {"title": "示例", "file_name": "示例.json"}


def ended(job):
    for _ in range(2_400):
        told = job.progress()
        if told.status != "running":
            return told
        time.sleep(0.025)
    raise AssertionError


def test_a_wish_travels_as_json():
    wish = Wish(what="sheet", suffix="pdf", options={"paper": "A3"})
    assert wish_of(wish.plain) == wish


def test_the_file_of_a_process_is_the_one_made_here():
    token = start(two_parcels(), JSON, **NAMED)
    job = JOBS.find(token)
    assert ended(job).status == "done"
    assert job.result() == json_bytes(two_parcels())
    assert not job._folder.exists()


def test_steps_are_told():
    told = []
    make(two_parcels(), JSON, lambda *step: told.append(step))
    assert told == [(1, 2), (2, 2)]


def test_each_parcel_has_a_sheet_of_its_own_in_the_order_of_the_parcels():
    told, asked = [], []

    class Drawn:
        @staticmethod
        def pdf():
            return b"%PDF"

    def drawing(_, options):
        asked.append(options["parcels"])
        return Drawn

    wish = Wish(what="sheets", suffix="zip", options={"parcels": ["2", "1"]})
    with patch("parcels.jobs.drawing.drawing", drawing):
        packed, again = (make(two_parcels(), wish, lambda *step: told.append(step)) for _ in "ab")
    assert packed == again
    assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == ["0001.pdf", "0002.pdf"]
    assert asked[:2] == [["2"], ["1"]]
    assert told[:3] == [(0, 2), (1, 2), (2, 2)]


def test_a_failure_in_words_comes_back_as_such():
    failed = ended(Job(two_parcels(), Wish(what="file", suffix="xyz"), **NAMED))
    assert failed.status == "failed"
    assert failed.error.code == "job_unknown"
    assert failed.error.values == {"what": "file", "suffix": "xyz"}


def test_a_process_that_the_system_ends_is_told():
    job = Job(two_parcels(), JSON, **NAMED)
    job._process.kill()
    assert ended(job).error.code == "job_killed"
    assert job.result() is None


def test_a_failure_of_the_program_has_a_number_that_the_log_explains(caplog):
    broken = Wish(what="report", suffix="docx")  # a report without a name is no request of ours
    error = ended(Job(two_parcels(), broken, **NAMED)).error
    assert error.code == "job_died"
    assert error.values["number"] in caplog.text
    assert "KeyError" in caplog.text


def test_what_is_cancelled_ends_at_once_and_leaves_nothing():
    job = Job(two_parcels(), JSON, **NAMED)
    job.cancel()
    assert job.progress().status == "cancelled"
    assert job.result() is None
    assert job._process.poll() is not None
    assert not job._folder.exists()


def test_no_more_processes_than_the_machine_bears():
    with patch.object(jobs, "MOST_RUNNING", 1):
        running = JOBS.find(start(two_parcels(), JSON, **NAMED))
        with pytest.raises(PlannerError, match="job_too_many"):
            start(two_parcels(), JSON, **NAMED)
        running.cancel()
        start(two_parcels(), JSON, **NAMED)
