"""What is new with somebody, what became of something: the newest events in which it takes part, each once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from briefs.models import Status
from briefs.newsroom import Newsroom

if TYPE_CHECKING:
    from pathlib import Path

    from briefs.models import Answer

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
TOLD = (
    (10, "The carmaker Corvane opened a plant in Aldhaven on Friday. Corvane was founded in 1951."),
    (
        16,
        "Corvane sacked its chief executive, Piet Tolland, on Thursday. Analysts said the carmaker Corvane had done well.",
    ),
    (
        17,
        "On Thursday Corvane sacked Piet Tolland, who had led it for a year. The mayor of Aldhaven, who likes Corvane, slept.",
    ),
    (18, "The painter Nadia Costa met Corvane's new chairman in Oslo on Friday."),
)


def asked(folder: Path, question: str) -> Answer:
    """The answer over a few days of May 2024, an outlet for each day."""
    records = [
        {
            "id": f"a{day}",
            "source": f"Outlet {day}",
            "title": None,
            "text": text,
            "published_at": f"2024-05-{day:02d}T10:00:00Z",
        }
        for day, text in TOLD
    ]
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    desk = Newsroom.in_memory()
    desk.load(path, now=NOW)
    return desk.answer(None, question, now=NOW)


@pytest.mark.parametrize(
    "question",
    ["what's new with Corvane?", "any updates on corvane?", "what did Corvane do?", "what happened to corvane"],
)
def test_the_newest_deed_is_told_first_and_once(tmp_path, question):
    answer = asked(tmp_path, question)
    assert answer.status is Status.ANSWERED
    assert "sacked" in (answer.text or "")
    assert sum("sacked" in e.text for e in answer.evidence) == 1


def test_who_is_only_named_takes_no_part(tmp_path):
    answer = asked(tmp_path, "what's new with Corvane?")
    assert not any("slept" in e.text for e in answer.evidence)
    assert not any("1951" in e.text for e in answer.evidence[:2])


def test_what_was_done_to_somebody_is_what_happened_to_him(tmp_path):
    answer = asked(tmp_path, "what happened to Piet Tolland?")
    assert "sacked" in (answer.text or "")


def test_nothing_is_new_with_a_name_that_nobody_names(tmp_path):
    answer = asked(tmp_path, "what's new with Brixton?")
    assert answer.status is Status.UNKNOWN
    assert "mentions Brixton" in answer.statement


def test_several_events_are_told_with_their_days(tmp_path):
    answer = asked(tmp_path, "what's new with Corvane?")
    assert answer.statement.count("\n") == len(answer.evidence) - 1 > 0
    assert all(e.text in answer.statement for e in answer.evidence)
