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


def test_a_day_that_is_over_is_not_the_finer_time_of_what_is_to_come(tmp_path):
    desk = desk_of(
        tmp_path,
        "Ines Falk met Jon Berg in Lisbon on Thursday, May 9. They agreed to meet to the end of the year to keep the ferry running.",
        "Ines Falk and Jon Berg met on Thursday, May 9, and agreed to keep the ferry running to the end of the year.",
    )
    answer = desk.answer(None, "when is the next meeting of Falk and Berg?", now=NOW)
    assert (
        answer.when is None or answer.when.last is None or answer.when.last > NOW or "last" in answer.statement.lower()
    )
