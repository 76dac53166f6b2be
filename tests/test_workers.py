"""Workers: work done elsewhere, and a worker that dies is replaced."""

from __future__ import annotations

import os
import signal

import pytest

from briefs.errors import FetchError
from briefs.workers import Workers


@pytest.fixture
def workers():
    pool = Workers(1)
    yield pool
    pool.close()


def test_work_is_done_in_another_process(workers):
    assert workers.run(os.getpid) != os.getpid()


def test_without_workers_work_is_done_here():
    assert Workers(0).run(os.getpid) == os.getpid()


def test_an_error_in_a_task_comes_back(workers):
    with pytest.raises(ZeroDivisionError):
        workers.run(divmod, 1, 0)


def test_a_worker_that_was_killed_is_replaced(workers):
    first = workers.run(os.getpid)
    os.kill(first, signal.SIGKILL)
    assert workers.run(os.getpid) != first


def refuse():
    raise FetchError("It is gone.", source="https://tidings.example/feed", status=410)


def test_an_error_comes_whole_out_of_a_worker(workers):
    with pytest.raises(FetchError, match="It is gone") as caught:
        workers.run(refuse)
    assert (caught.value.status, caught.value.gone, caught.value.source) == (410, True, "https://tidings.example/feed")
    assert workers.run(len, "abc") == 3
