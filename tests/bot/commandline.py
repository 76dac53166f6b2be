"""Fixtures: the command line in an empty folder, run as a person runs it and yet in this process."""

from __future__ import annotations

import logging
import sys

import pytest
import structlog

from bot import cli
from bot.settings import setting_rows


@pytest.fixture
def outside(monkeypatch, tmp_path):
    """Run in an empty folder without settings, and leave the log as it was."""
    for row in setting_rows():
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.stdout, "reconfigure", lambda **_: None, raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def debrief(outside, capsys):
    """Run a command; return its exit status, output and complaint."""

    def run(*arguments):
        status = 0
        try:
            cli.main(list(arguments))
        except SystemExit as end:
            status = end.code or 0
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run
