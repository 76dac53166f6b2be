"""Jobs under supervision: what hangs is cut off, what fails is told once, and what does not run any more raises an alarm."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.operation import jobs
from bot.operation.jobs import FORGET, JOBS, POLL, alarming, span
from bot.operation.supervision import UNENDED, Supervision
from bot.operation.vitals import Vitals
from briefs.errors import DatabaseUnavailableError
from briefs.store import JobRecord

NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MOMENT = timedelta(seconds=0.2)


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def supervision(memory_store, clock):
    made = Supervision(memory_store, clock, Vitals(clock))
    made.expect(POLL)
    return made


@pytest.fixture
def logged():
    with structlog.testing.capture_logs() as found:
        yield found


def record(store, name="poll"):
    return next(each for each in store.jobs() if each.name == name)


async def fail():
    raise OSError("No room is left.")


async def succeed():
    """All is well."""


# ------------------------------------------------------------------------------------------------------------- one job
async def test_a_job_that_hangs_is_cut_off_and_written_down(supervision, memory_store):
    await supervision.run("poll", lambda: asyncio.sleep(60), MOMENT)
    assert record(memory_store).last_error == "It was cut off after 1 minute."


async def test_a_thread_that_hangs_is_left_behind_and_its_job_does_not_begin_beside_it(supervision, memory_store):
    go_on, begun = threading.Event(), []

    def hang():
        begun.append(threading.current_thread())
        go_on.wait(20)

    async def work():
        await supervision.in_thread("poll", hang)

    await supervision.run("poll", work, MOMENT)
    await supervision.run("poll", work, MOMENT)
    assert (len(begun), record(memory_store).last_error, record(memory_store).failures) == (1, UNENDED, 2)
    assert begun[0].daemon  # the program ends without it
    go_on.set()
    begun[0].join()
    await supervision.run("poll", work, HOUR)
    assert (len(begun), record(memory_store).failures) == (2, 0)


async def test_what_runs_too_long_by_its_own_account_is_no_limit_of_ours(supervision, memory_store):
    async def impatient():
        raise TimeoutError("Discord did not answer.")

    await supervision.run("alarms", impatient, HOUR)
    assert record(memory_store, "alarms").last_error == "Discord did not answer."


async def test_the_same_failure_each_minute_is_logged_whole_once_then_in_a_line_and_once_that_it_is_over(
    supervision, logged
):
    for _ in range(3):
        await supervision.run("poll", fail, HOUR)
    await supervision.run("poll", succeed, HOUR)
    told = [(each["event"], "exc_info" in each) for each in logged]
    again = ("job failed again", False)
    assert told == [("job failed", True), again, again, ("job is well again", False)]


async def test_a_database_that_is_locked_is_told_in_a_sentence_without_a_traceback(supervision, logged):
    async def locked():
        raise DatabaseUnavailableError("The database is locked by another program.")

    await supervision.run("poll", locked, HOUR)
    assert [(each["problem"], "exc_info" in each) for each in logged] == [
        ("The database is locked by another program.", False)
    ]


async def test_another_failure_is_logged_whole_again(supervision, logged):
    async def fail_otherwise():
        raise OSError("No room is left.")

    for work in (fail, fail_otherwise):
        await supervision.run("poll", work, HOUR)
    assert ["exc_info" in each for each in logged] == [True, True]


async def test_a_database_that_is_away_takes_no_job_with_it_and_is_told_once(supervision, memory_store, logged):
    memory_store.close()
    memory_store.record_job = _away
    for _ in range(3):
        await supervision.run("poll", succeed, HOUR)
    assert [(each["event"], each["job"]) for each in logged] == [
        ("job failed", "poll, to be recorded"),
        ("job failed again", "poll, to be recorded"),
        ("job failed again", "poll, to be recorded"),
    ]


def _away(*_, **__):
    raise OSError("The database is away.")


# -------------------------------------------------------------------------------------------------------------- alarms
async def test_an_alarm_is_told_once_and_once_that_it_is_over(supervision, clock, logged):
    for minutes in (0, 1, 30):
        clock.now = NOON + minutes * MINUTE
        await supervision.run("poll", fail, HOUR)
        said = await supervision.look()
        await supervision.look()
    assert said == {"poll": "No feed has been read for 30 minutes: 3 tries in a row failed."}
    await supervision.run("poll", succeed, HOUR)
    assert await supervision.look() == {}
    alarms = [(each["event"], each["problem"]) for each in logged if "alarm" in each["event"]]
    assert alarms == [("alarm", said["poll"]), ("alarm is over", said["poll"])]


async def test_after_a_sleep_of_the_machine_no_job_is_late_for_it(supervision, clock):
    clock.now += 9 * HOUR
    assert await supervision.look() == {"poll": "No feed has been read for 9 hours."}
    supervision._vitals.woke()
    assert await supervision.look() == {}


def job_record(*, succeeded=None, failures=0, since=None):
    return JobRecord("poll", NOON, succeeded, "It broke." if failures else None, failures, since)


@pytest.mark.parametrize(
    ("record", "started", "said"),
    [
        (None, NOON, None),
        (None, NOON - 2 * HOUR, "No feed has been read for 2 hours."),
        (job_record(succeeded=NOON - 59 * MINUTE), NOON - 9 * HOUR, None),
        (job_record(succeeded=NOON - 3 * HOUR), NOON - 9 * HOUR, "No feed has been read for 3 hours."),
        (job_record(succeeded=NOON - 3 * HOUR), NOON - MINUTE, None),  # it has just been started
        (job_record(succeeded=NOON - 6 * MINUTE, failures=2, since=NOON - 5 * MINUTE), NOON - 9 * HOUR, None),
        (job_record(succeeded=NOON - 4 * MINUTE, failures=3, since=NOON - 3 * MINUTE), NOON - 9 * HOUR, None),
        (
            job_record(succeeded=NOON - 6 * MINUTE, failures=5, since=NOON - 5 * MINUTE),
            NOON - 9 * HOUR,
            "No feed has been read for 6 minutes: 5 tries in a row failed.",
        ),
        (
            job_record(failures=9, since=NOON - 2 * HOUR),
            NOON - MINUTE,
            "No feed has been read for 2 hours: 9 tries in a row failed.",
        ),
    ],
)
def test_an_alarm_is_a_matter_of_failures_in_a_row_or_of_a_last_success_too_long_ago(record, started, said):
    assert alarming(POLL, record, NOON, started) == said


def test_no_job_is_late_before_it_could_run_and_be_cut_off():
    assert all(job.late >= job.every + job.limit for job in JOBS)
    assert FORGET.late > 12 * HOUR


def test_jobs_have_names_of_their_own_and_words_that_begin_a_sentence():
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert all(job.words[0].isupper() and job.words[-1] != "." for job in JOBS)
    assert jobs.all_alarming(JOBS, [], NOON, NOON) == {}


@pytest.mark.parametrize(
    ("time", "told"),
    [
        (timedelta(seconds=1), "1 minute"),
        (119 * MINUTE, "119 minutes"),
        (2 * HOUR, "2 hours"),
        (47 * HOUR, "47 hours"),
        (48 * HOUR, "2 days"),
    ],
)
def test_a_time_is_told_in_one_unit(time, told):
    assert span(time) == told
