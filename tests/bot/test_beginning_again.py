"""A bot that lost its database begins again for as long as that takes, and its service manager sees that it lives."""

from __future__ import annotations

import socket

import pytest

from bot import __main__ as program
from bot.settings import Settings
from briefs.errors import DatabaseUnavailableError


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


def test_a_first_start_without_a_database_fails_at_once(lives, settings):
    lives += [DatabaseUnavailableError("The database does not answer."), False]
    with pytest.raises(DatabaseUnavailableError):
        program.run_bot(settings)
    assert lives
