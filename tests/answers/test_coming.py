"""What is still to come: the newest plan, what comes again and again, and never the past sold as next."""

from __future__ import annotations

from datetime import UTC, datetime

from asked_of import NOW, desk_of

from briefs.models import Status


def test_the_newest_plan_wins_over_an_older_one(tmp_path):
    desk = desk_of(
        tmp_path,
        "Minister Olga Brandt will leave the ministry at the end of August, her office said.",
        "Minister Olga Brandt will now leave the ministry on July 1, weeks earlier than planned.",
    )
    assert desk.answer(None, "when will Brandt leave the ministry?", now=NOW).text == "Monday 1 July 2024"


def test_a_plan_that_one_sentence_replaces_is_not_told(tmp_path):
    desk = desk_of(tmp_path, "The Alvero launch, originally planned for May 27, was moved to November 15.")
    assert desk.answer(None, "when is the Alvero launch?", now=NOW).text == "Friday 15 November 2024"


def test_what_recurs_is_coming(tmp_path):
    desk = desk_of(tmp_path, "The Porto council meets every Tuesday.")
    assert desk.answer(None, "when does the Porto council meet?", now=NOW).text == "every Tuesday"


def test_a_plan_whose_day_has_passed_is_told_as_what_was_planned(tmp_path):
    desk = desk_of(tmp_path, "The Alvero launch is planned for June 3.")
    answer = desk.answer(None, "when is the next Alvero launch?", now=datetime(2024, 7, 1, tzinfo=UTC))
    assert answer.status is Status.UNKNOWN
    assert "was planned for Monday 3 June 2024" in answer.statement
