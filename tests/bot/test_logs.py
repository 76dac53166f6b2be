"""The log goes to standard error, for people or machines, and holds no secret."""

from __future__ import annotations

import json
import logging
from functools import partial

import hpack
import httpx
import program
import pytest
import structlog

from bot.logs import MASK, SAME, WHILE, Restraint, masked, secrets_of, set_up
from briefs.workers import Workers

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture(autouse=True)
def _log_as_it_was():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_a_line_tells_what_happened_on_standard_error(capsys):
    set_up("info")
    structlog.get_logger("bot").info("briefing posted", channel=3000)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "briefing posted" in captured.err
    assert "channel=3000" in captured.err


def test_as_json_each_line_is_one_object_whoever_logs(capsys):
    set_up("info", as_json=True)
    structlog.get_logger("bot").warning("feed failed", feed="Søndag")
    logging.getLogger("some.library").warning("it is %s", "late", extra={"seconds": 3})
    ours, theirs = map(json.loads, capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["feed"], ours["level"]) == ("feed failed", "Søndag", "warning")
    assert (theirs["event"], theirs["seconds"], theirs["logger"]) == ("it is late", 3, "some.library")


def test_less_than_the_level_is_not_written(capsys):
    set_up("warning")
    structlog.get_logger("bot").info("polled")
    logging.getLogger("some.library").info("polled")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("as_json", [True, False])
def test_the_token_is_masked_wherever_it_stands(capsys, as_json):
    set_up("debug", as_json=as_json, secrets=["my-odd-token"])
    log = structlog.get_logger("bot")
    log.info("using my-odd-token", header={"Authorization": "Bot my-odd-token"}, token=TOKEN)
    try:
        raise ValueError("my-odd-token")  # noqa: TRY301 - its traceback is what is looked at
    except ValueError:
        log.exception("failed")
    logging.getLogger("some.library").warning("sent %s", {"token": "my-odd-token"})
    said = capsys.readouterr().err
    assert "my-odd-token" not in said
    assert TOKEN not in said
    assert MASK in said


@pytest.mark.parametrize(
    "text",
    [
        f"Bot {TOKEN}",
        "POST https://discord.com/api/v10/webhooks/123456/aB-c_D1 failed",
        "https://discord.com/api/v10/interactions/123456/aB-c_D1/callback",
        "postgresql://debrief:hunter2@db/debrief",
    ],
)
def test_what_is_shaped_like_a_secret_is_masked_unknown_or_not(text):
    hidden = masked(text)
    assert MASK in hidden
    assert not any(secret in hidden for secret in (TOKEN, "aB-c_D1", "hunter2"))


def test_a_feeds_token_is_masked_even_while_all_is_told(capsys, outlet):
    secret = "s3cr3tTOKENvalue99"
    set_up("debug")
    httpx.get(f"{outlet.url}/rss?token={secret}")
    httpx.get(f"{outlet.url}/u/{secret}aB3x/rss")
    hpack.Encoder().encode([(":path", f"/rss?token={secret}"), ("authorization", secret)])  # as HTTP/2 sends them
    said = capsys.readouterr().err
    assert f"{outlet.url}/rss?token={MASK}" in said
    assert f"{outlet.url}/u/{MASK}/rss" in said
    assert secret not in said


def test_an_ordinary_address_stays_readable():
    assert masked("https://courier.example/feed?page=2") == "https://courier.example/feed?page=2"


def test_a_line_that_is_always_the_same_is_counted_after_some_times(capsys):
    set_up("info", as_json=True)
    for _ in range(SAME + 5):
        structlog.get_logger("bot").warning("job failed", job="poll")
        logging.getLogger("some.library").warning("no route to %s", "host")
    structlog.get_logger("bot").warning("job failed", job="alarms")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line.get("job") for line in lines].count("poll") == SAME
    assert [line["event"] for line in lines].count("no route to host") == SAME
    assert lines[-1]["job"] == "alarms"


def test_after_a_while_it_is_said_again_with_how_often_it_was_left_out(capsys):
    now = [0.0]
    restraint = Restraint("info", now=lambda: now[0])
    told = []
    for moment in (*[1.0] * (SAME + 5), WHILE + 1.0):
        now[0] = moment
        record = logging.LogRecord(
            "bot", logging.WARNING, "", 0, {"event": "job failed", "timestamp": moment}, None, None
        )
        if restraint.filter(record):
            told.append(record.msg)
    assert len(told) == SAME + 1
    assert told[-1]["left_out"] == 5


def test_at_debug_nothing_is_left_out(capsys):
    set_up("debug", as_json=True)
    for _ in range(SAME + 5):
        structlog.get_logger("bot").info("polled")
    assert len(capsys.readouterr().err.splitlines()) == SAME + 5


@pytest.mark.parametrize("level", ["info", "debug"])
def test_words_of_a_library_that_lack_a_value_are_a_line_and_end_nothing(capsys, level):
    set_up(level, as_json=True)
    words = "%s of %s, 100% sure"
    logging.getLogger("some.library").warning(words, "half")
    [line] = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert line["event"] == "%s of %s, 100% sure ('half',)"


SPEAKING = """
import threading, warnings
from bot.logs import set_up
set_up("info", as_json=True, secrets=["my-odd-token"])
warnings.warn("old my-odd-token")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start(); thread.join()
raise ValueError("my-odd-token\\nand a line")
"""


def test_warnings_and_what_nobody_caught_are_lines_like_all_others(tmp_path):
    said = program.python(SPEAKING, folder=tmp_path).stderr
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["logger"] for line in lines] == ["py.warnings", "debrief", "debrief"]
    assert "ZeroDivisionError" in lines[1]["exception"]
    assert "ValueError" in lines[2]["exception"]
    assert "my-odd-token" not in said


def test_the_passwords_of_addresses_are_known_in_every_form():
    found = secrets_of(
        "postgresql://ann:p%26ss%2Fword@db/news", "https://discord.com", None, "sqlite:///x", "x://a:b@c"
    )
    assert set(found) == {"p%26ss%2Fword", "p&ss/word"}


def say(words):
    logging.getLogger("some.library").warning(words)


def test_what_a_worker_says_is_a_line_like_all_others(capfd):
    pool = Workers(1, begin=partial(set_up, "info", as_json=True, secrets=["my-odd-token"]))
    try:
        pool.run(say, "it is my-odd-token")
    finally:
        pool.close()
    [line] = map(json.loads, capfd.readouterr().err.splitlines())
    assert (line["event"], line["logger"]) == (f"it is {MASK}", "some.library")
