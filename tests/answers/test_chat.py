"""Questions as people type them in chat, over a few articles: slips, fragments, follow-ups, idle talk."""

from __future__ import annotations

import pytest
from asked_of import NOW, desk_of

from briefs.answers.asking import asks_news
from briefs.models import Status

NEWS = (
    "Ada Stone, director of the space agency Lunara, met the mayor of Tarvo, Harry Roth, in Lisbon on Monday. "
    "Stone said she had invited Roth to visit Quayside and the Lunara pier for the launch of another crew planned for June. "
    "The High Court in Tarvo ruled that Lunara must pay 3 million euros to the fishermen. "
    "Plans for a share of Norvia in Lunara's Tern programme of deep dives have been dropped. "
    "Roth hopes to keep the harbour until the end of the decade. "
    "The government approved 6 million euros in aid. "
    "He sailed from the Tarvo pier in Portugal on a warm day. "
    "Lunara has turned to Norvia as a partner, as new tariffs push the valley closer to the coast for trade and shipping."
)
FERRY = (
    "The ferry to Quayside was delayed due to fog until Tuesday, when it left at last. "
    "The meeting of Ada Stone and Harry Roth took place in Lisbon on Monday, a spokesman said."
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return desk_of(tmp_path_factory.mktemp("chat"), NEWS, FERRY)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("who is ada stonne", "director of the space agency Lunara"),
        ("y was the ferry late", "fog"),
        ("wen did the stone roth meeting take place", "Monday 13 May 2024"),
        ("who was invited to the launch", "Harry Roth"),
        ("stone roth meeting location", "Lisbon"),
        ("next launch?", "June 2024"),
        ("wheres the tarvo pier", "Portugal"),
    ],
)
def test_a_question_typed_in_haste_is_understood(desk, question, told):
    assert desk.answer(None, question, now=NOW).text == told


@pytest.mark.parametrize(
    "question",
    [
        "why did Lunara turn to Norvia",
        "did roth say yes",
        "what did Roth say about the launch",
        "who said that the launch was cancelled",
        "what is Stone's second job",
        "how old is roth",
        "who is the govenor",
    ],
)
def test_what_is_not_told_is_unknown(desk, question):
    assert desk.answer(None, question, now=NOW).status is Status.UNKNOWN


def test_what_must_be_done_is_not_told_as_merely_possible(desk):
    answer = desk.answer(None, "how much must lunara pay the fishermen", now=NOW)
    assert answer.text == "3 million euros"
    assert not any("possible" in note for note in answer.notes)


def test_a_summary_and_the_news_of_a_day_are_news(desk):
    assert "Norvia" in desk.answer(None, "quick recap of lunara", now=NOW).statement
    assert asks_news("what happened friday")
    assert asks_news("give me a summary of the talks")


def test_a_named_programme_is_told_by_whose_it_is_and_of_what(desk):
    assert desk.answer(None, "what is the tern programme", now=NOW).text == "Lunara's Tern programme of deep dives"
