"""A bot that lost its database begins again for as long as that takes, and its service manager sees that it lives."""

from __future__ import annotations

import re
import socket

import pytest

from bot import __main__ as program
from bot import desk
from bot.connection import refused_token
from bot.settings import Settings
from briefs.errors import DatabaseUnavailableError, DebriefError


@pytest.fixture
def lives(monkeypatch):
    """What each life of the bot comes to: whether to begin again, or an error."""
    outcomes: list[bool | Exception] = []

    def live(*_: object) -> bool:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(program, "_live", live)
    monkeypatch.setattr(program, "AGAIN_AFTER", 0.01)
    return outcomes


@pytest.fixture
def settings(tmp_path):
    return Settings(_env_file=None, discord_token="a.b.c", database_url=f"sqlite:///{tmp_path}/debrief.db")


def test_each_try_to_begin_again_is_a_sign_of_life(lives, settings, tmp_path, monkeypatch):
    away = DatabaseUnavailableError("The database does not answer.")
    lives += [True, away, away, False]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "60000000")
        program.run_bot(settings)
        assert [heard.recv(100) for _ in range(2)] == [b"WATCHDOG=1"] * 2
    assert not lives


@pytest.mark.parametrize(
    "error", [refused_token(), DebriefError("Discord closed the connection for good (code 4013).")]
)
def test_what_no_other_try_mends_is_told_at_once(error, lives, settings):
    lives += [True, error, False]
    with pytest.raises(type(error), match=re.escape(str(error))):
        program.run_bot(settings)


def test_while_a_database_is_rewritten_the_service_manager_sees_that_the_bot_lives(settings, tmp_path, monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "60000")

        def rewritten(*_, **__):
            assert [heard.recv(100) for _ in range(3)] == [b"WATCHDOG=1"] * 3
            raise DatabaseUnavailableError("The disk is full.")

        monkeypatch.setattr(desk, "open_newsroom", rewritten)
        with pytest.raises(DatabaseUnavailableError, match="full"):
            program.run_bot(settings)


def test_what_a_process_counts_outlives_its_beginning_again(settings, monkeypatch):
    counted = []

    def live(_settings, _ending, vitals, _checkpoint):
        vitals.connections += 1
        counted.append(vitals.connections)
        return len(counted) < 3

    monkeypatch.setattr(program, "_live", live)
    program.run_bot(settings)
    assert counted == [1, 2, 3]


def test_a_first_start_without_a_database_fails_at_once(lives, settings):
    lives += [DatabaseUnavailableError("The database does not answer."), False]
    with pytest.raises(DatabaseUnavailableError):
        program.run_bot(settings)
    assert lives
