"""Workers: work done elsewhere; one that dies, hangs or grows is replaced, and takes no other's task with it."""

from __future__ import annotations

import atexit
import os
import re
import resource
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from briefs.errors import FetchError, WorkerError, WorkerLostError, WorkerStuckError
from briefs.workers import MEGABYTE, Workers, _Worker, held


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


def test_a_worker_that_was_killed_is_replaced_and_nothing_of_it_is_left(workers):
    first = workers.run(os.getpid)
    kept = atexit._ncallbacks()
    os.kill(first, signal.SIGKILL)
    assert workers.run(os.getpid) != first
    assert atexit._ncallbacks() == kept


def refuse():
    raise FetchError("It is gone.", source="https://tidings.example/feed", status=410)


def test_an_error_comes_whole_out_of_a_worker(workers):
    with pytest.raises(FetchError, match="It is gone") as caught:
        workers.run(refuse)
    assert (caught.value.status, caught.value.gone, caught.value.source) == (410, True, "https://tidings.example/feed")
    assert workers.run(len, "abc") == 3


# ------------------------------------------------------------------------------------------------------ poisonous tasks
def die():
    os.kill(os.getpid(), signal.SIGKILL)


def stand_still(_words=""):
    os.kill(os.getpid(), signal.SIGSTOP)


def backtrack():
    """Hold the interpreter for ever, in C: no thread of the process runs any more."""
    re.fullmatch(r"(a+)+b", "a" * 60)


def grow(megabytes):
    kept = [b"x" * MEGABYTE for _ in range(megabytes)]
    time.sleep(30)
    return len(kept)


def swallow():
    return bytearray(50_000 * MEGABYTE)


def hold(megabytes, kept=[]):  # noqa: B006 - on purpose: it leaks
    kept.append(b"x" * megabytes * MEGABYTE)
    return os.getpid()


class CrookedError(Exception):
    """Cannot be copied, as errors of some libraries."""

    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


def fail_crookedly():
    raise CrookedError("one", "two")


def test_a_task_that_kills_its_worker_fails_and_the_next_is_done(workers):
    with pytest.raises(WorkerLostError, match="SIGKILL") as caught:
        workers.run(die)
    assert caught.value.task == "die"
    assert workers.run(len, "abc") == 3


@pytest.mark.parametrize("poison", [backtrack, stand_still])
def test_a_task_that_does_not_come_to_an_end_is_cut_off_and_the_next_is_done(workers, poison):
    with pytest.raises(WorkerStuckError, match="within 1 seconds"):
        workers.run(poison, limit=1)
    assert workers.run(len, "abc") == 3


def test_a_worker_that_is_stopped_takes_no_task_and_another_does_it(workers, monkeypatch):
    os.kill(workers.run(os.getpid), signal.SIGSTOP)
    waits = iter([0.5, 60])
    monkeypatch.setattr(
        _Worker, "_ended_after", lambda worker, _limit, whole=_Worker._ended_after: whole(worker, next(waits, 60))
    )
    assert workers.run(len, "a" * 5 * MEGABYTE) == 5 * MEGABYTE  # more than the pipe takes in


def test_whoever_waits_for_a_worker_that_dies_gets_the_next(workers):
    asked = [(die,), (len, "a"), (die,), (len, "ab")]
    with ThreadPoolExecutor(4) as threads:
        outcomes = [
            task.exception() or task.result() for task in [threads.submit(workers.run, *each) for each in asked]
        ]
    assert [type(outcomes[0]), outcomes[1], type(outcomes[2]), outcomes[3]] == [WorkerLostError, 1, WorkerLostError, 2]


def test_a_worker_that_grows_too_large_at_work_is_ended():
    pool = Workers(1, memory=200 * MEGABYTE)
    with pytest.raises(WorkerLostError, match="200 MB"):
        pool.run(grow, 300)
    pool.close()


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux bounds what a process asks for.")
def test_a_worker_that_asks_for_all_memory_at_once_is_refused(workers):
    with pytest.raises(WorkerLostError, match="no more memory"):
        workers.run(swallow)
    assert workers.run(len, "abc") == 3


def test_a_worker_that_kept_too_much_is_replaced_between_tasks():
    pool = Workers(1, tidy=100 * MEGABYTE)
    first, second, third = pool.run(hold, 5), pool.run(hold, 120), pool.run(hold, 5)
    assert first == second != third
    pool.close()


def test_an_error_that_cannot_be_copied_comes_by_its_words(workers):
    with pytest.raises(RuntimeError, match="CrookedError: one and two"):
        workers.run(fail_crookedly)


def test_an_error_says_where_in_the_worker_it_arose(workers):
    with pytest.raises(FetchError) as caught:
        workers.run(refuse)
    assert "in refuse" in "".join(caught.value.__notes__)


def test_closing_ends_what_is_being_done_and_blames_nothing_for_it(workers):
    workers.run(len, "")
    with ThreadPoolExecutor(1) as threads:
        task = threads.submit(workers.run, stand_still)
        time.sleep(0.3)
        workers.close()
        error = task.exception(10)
    assert type(error) is WorkerError
    with pytest.raises(WorkerError, match="stopping"):
        workers.run(len, "")


def test_once_closed_no_process_begins(workers):
    workers.close()
    with pytest.raises(WorkerError, match="stopping"):
        workers.run(len, "")
    assert workers.replaced == 0


def test_where_no_process_can_begin_a_task_is_lost_and_the_next_is_done(workers):
    os.kill(workers.run(os.getpid), signal.SIGKILL)
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(list(Path("/proc/self/fd").iterdir())), allowed[1]))
    try:
        with pytest.raises(WorkerLostError, match="Too many open files"):
            workers.run(len, "")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, allowed)
    assert workers.run(len, "four") == 4
    assert workers.replaced == 1


def test_a_worker_is_not_stopped_by_what_stops_the_bot(workers):
    worker = workers.run(os.getpid)
    for name in (signal.SIGTERM, signal.SIGINT):
        os.kill(worker, name)
    time.sleep(0.1)
    assert workers.run(os.getpid) == worker


def test_a_program_that_forgets_to_close_its_workers_ends_all_the_same():
    program = "from briefs.workers import Workers; import os; print(Workers(1).run(os.getpid))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True)
    assert not Path(f"/proc/{ended.stdout.strip()}").exists()


def test_memory_that_a_process_holds_is_told():
    before = held(os.getpid())
    kept = b"x" * 50 * MEGABYTE
    assert held(os.getpid()) - before > 40 * MEGABYTE
    assert kept
    assert held(2**30) == 0


def test_a_process_begins_with_what_it_was_told_and_a_dead_one_is_counted(tmp_path):
    pool = Workers(1, begin=partial(Path.write_text, tmp_path / "begun", "yes"))
    try:
        os.kill(pool.run(os.getpid), signal.SIGKILL)
        time.sleep(0.1)
        pool.run(os.getpid)
    finally:
        pool.close()
    assert (tmp_path / "begun").read_text() == "yes"
    assert pool.replaced == 1
