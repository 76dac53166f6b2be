"""The bot backs its database up each day, keeps as many as it is told, and loses none for one that fails."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from news import DAY, NOON, store_news

from bot.operation.jobs import BACK_UP, alarming
from bot.scheduling.backups import Backups, is_due, outdated
from bot.scheduling.schedule import Scheduler
from briefs.errors import StoreError
from briefs.newsroom import Newsroom
from briefs.store import Store, restore

HOUR = timedelta(hours=1)


@pytest.fixture
def url(blank, tmp_path):
    made = f"sqlite:///{shutil.copy(blank, tmp_path / 'debrief.db')}"
    with Store.open(made) as store:
        store_news(store, 1)
    return made


@pytest.fixture
def backups(url, tmp_path):
    return Backups(url, tmp_path / "kept" / "here", 2)


def names(backups):
    return sorted(each.name for each in backups.folder.iterdir())


def test_a_day_brings_one_backup_which_can_be_restored(backups, url):
    made = [backups.make_if_due(NOON + hours * HOUR) for hours in (0, 1, 23, 24, 25)]
    assert [each and each.name for each in made] == [
        "debrief-20250801-120000.db",
        None,
        None,
        "debrief-20250802-120000.db",
        None,
    ]
    assert backups.folder.stat().st_mode & 0o777 == 0o700
    with Store.open(url) as store:
        store.set_setting(1, "stories", "9")
        assert restore.restore(url, made[3], now=NOON).rows["articles"] == 2
        assert store.settings(1) == {}


def test_the_newest_are_kept_and_nothing_else_is_removed(backups):
    backups.folder.mkdir(parents=True)
    for name in ("debrief-20250701-120000.db.part", "debrief-mine.db", "letter"):
        (backups.folder / name).touch()
    for day in range(4):
        backups.make_if_due(NOON + day * DAY)
    assert names(backups) == ["debrief-20250803-120000.db", "debrief-20250804-120000.db", "debrief-mine.db", "letter"]


def test_no_old_one_is_removed_for_one_that_fails(backups, tmp_path):
    for day in range(2):
        backups.make_if_due(NOON + day * DAY)
    before = names(backups)
    (tmp_path / "debrief.db").write_bytes(b"no database any more" * 1000)
    with pytest.raises(StoreError):
        backups.make_if_due(NOON + 2 * DAY)
    assert names(backups) == before


def test_what_a_clock_made_that_was_ahead_is_no_reason_to_wait_and_goes_first(backups):
    ahead = [backups.make_if_due(NOON + days * DAY) for days in (365, 366)]
    assert backups.make_if_due(NOON) is not None
    assert names(backups) == ["debrief-20250801-120000.db", ahead[1].name]
    assert is_due({ahead[0]: NOON + DAY}, NOON)
    assert outdated({ahead[0]: NOON + DAY, ahead[1]: NOON}, NOON, 1) == [ahead[0]]


def test_an_old_one_that_cannot_be_removed_is_said_in_a_sentence_and_the_new_one_stands(backups):
    (backups.folder / "debrief-20250601-120000.db").mkdir(parents=True)
    backups.make_if_due(NOON)
    with pytest.raises(StoreError, match=r"Old backups in .* cannot be removed"):
        backups.make_if_due(NOON + DAY)
    assert "debrief-20250802-120000.db" in names(backups)


def test_a_folder_that_cannot_be_used_is_named(url, tmp_path):
    (tmp_path / "letter").touch()
    with pytest.raises(StoreError, match=r"The folder .*letter/here for backups cannot be used: .*BACKUP_FOLDER"):
        Backups(url, tmp_path / "letter" / "here", 2).make_if_due(NOON)


async def test_a_backup_that_fails_is_a_job_that_fails_and_an_alarm(url, tmp_path):
    in_the_way = tmp_path / "here"
    in_the_way.touch()
    with Store.open(url) as store:
        jobs = Scheduler(Newsroom(store), None, lambda: NOON, backups=Backups(url, in_the_way, 2))
        for _ in range(3):
            await jobs._supervised(BACK_UP, jobs.back_up)
        [record] = store.jobs()
        told = alarming(BACK_UP, record, NOON + HOUR, NOON)
        assert told == "No backup could be made for 60 minutes: 3 tries in a row failed."
        in_the_way.unlink()
        await jobs._supervised(BACK_UP, jobs.back_up)
        [record] = store.jobs()
        assert alarming(BACK_UP, record, NOON + HOUR, NOON) is None
    assert [each.name for each in in_the_way.iterdir()] == ["debrief-20250801-120000.db"]
