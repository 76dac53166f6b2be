"""How answers read: what is planned, what is past, who disagrees, what nobody says and what comes nearest."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from briefs.answers.restating import indirect, past
from briefs.language import pipeline
from briefs.language.words import stems
from briefs.models import Status
from briefs.newsroom import Newsroom

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from briefs.models import Answer

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


@cache
def _pipeline() -> Language:
    return pipeline.load()


def asked(folder: Path, question: str, *texts: str, now: datetime = NOW) -> Answer:
    """The answer to a question over one article for each text, of outlets A, B, C…, all of 14 May 2024."""
    records = [
        {
            "id": f"a{k}",
            "source": f"Outlet {chr(65 + k)}",
            "title": None,
            "text": text,
            "published_at": "2024-05-14T10:00:00Z",
        }
        for k, text in enumerate(texts)
    ]
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    desk = Newsroom.in_memory()
    desk.load(path, now=now)
    return desk.answer(None, question, now=now)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("When did Brandt visit Lisbon?", "when Brandt visited Lisbon"),
        ("When did Olga Brandt visit Lisbon?", "when Olga Brandt visited Lisbon"),
        ("When will Olga Brandt visit Lisbon?", "when Olga Brandt will visit Lisbon"),
        ("Did Brandt meet Costa?", "that Brandt met Costa"),
        ("Did Brandt met Costa?", "that Brandt met Costa"),
        ("When did Brandt visited Lisbon?", "when Brandt visited Lisbon"),
        ("When did Brandt found the club?", "when Brandt founded the club"),
        ("Will Brandt go to Lisbon?", "whether Brandt will go to Lisbon"),
        ("Who met Brandt?", "who met Brandt"),
        ("How much did the town pay for the boat", "how much the town paid for the boat"),
        ("When is the next launch?", "when the next launch is"),
        ("Why was the launch delayed?", "why the launch was delayed"),
        ("What does Brandt want from Costa?", "what Brandt wants from Costa"),
        ("How many people were aboard?", "how many people were aboard"),
        ("Where was the debate supposed to be held?", "where the debate was supposed to be held"),
        ("When are Olga Brandt and her son due in court?", "when Olga Brandt and her son are due in court"),
        ("Why is the council investigating the sale?", "why the council is investigating the sale"),
        ("Until when does the council have to decide?", "until when the council has to decide"),
        ("What did Brandt admit about the sale?", "what Brandt admitted about the sale"),
    ],
)
def test_a_question_becomes_the_clause_that_nobody_says(question, clause):
    assert indirect(_pipeline()(question)) == clause


@pytest.mark.parametrize(
    "question",
    [
        "launch date Meridan",
        "When did Corvane finish buying Saltworks?",
        "How much is Secure Norvia now spending on the advertisement?",
        "How much will the phone cost?",
    ],
)
def test_a_question_whose_words_cannot_be_put_in_order_is_quoted_instead(question):
    assert indirect(_pipeline()(question)) is None


def test_the_past_of_regular_verbs_is_spelled_right():
    assert [past(verb) for verb in ("visit", "deny", "stop", "close", "play", "join")] == [
        "visited",
        "denied",
        "stopped",
        "closed",
        "played",
        "joined",
    ]


def test_unknown_names_what_was_asked(tmp_path):
    answer = asked(
        tmp_path, "when did Olga Brandt visit Lisbon?", "Olga Brandt lives in Oslo.", "The port of Lisbon is full."
    )
    assert answer.status is Status.UNKNOWN
    assert answer.statement.startswith("None of my 2 articles says when Olga Brandt visited Lisbon.")


def test_a_question_that_cannot_be_turned_is_named_as_typed(tmp_path):
    answer = asked(tmp_path, "what do you make of the salary of the mayor?", "The mayor lives in Lisbon.")
    assert answer.statement.startswith("My one article does not answer “what do you make of the salary of the mayor?”.")


def test_common_words_keep_their_small_letters(tmp_path):
    answer = asked(
        tmp_path,
        "when did Costa meet the judge?",
        "Nadia Costa lives in Oslo.",
        "Judge Olga Brandt is a judge in Bergen.",
    )
    assert answer.statement.startswith("None of my 2 articles says when Costa met the judge.")


def test_a_name_that_stands_nowhere_is_said_to_stand_nowhere(tmp_path):
    answer = asked(tmp_path, "what happened to Brixton?", "Olga Brandt lives in Oslo.", "The port of Lisbon is full.")
    assert answer.statement == "None of my 2 articles mentions Brixton."
    assert answer.evidence == ()


def test_somebody_invited_is_told_as_invited_and_not_as_having_come(tmp_path):
    answer = asked(tmp_path, "when did Olga Brandt visit Lisbon?", "Nadia Costa invited Olga Brandt to visit Lisbon.")
    assert answer.status is Status.UNKNOWN
    assert "Nearest: Olga Brandt was invited (Outlet A, 14 May 2024); no source says it happened." in answer.statement


def test_where_it_happened_nobody_is_told_that_no_source_says_so(tmp_path):
    answer = asked(
        tmp_path,
        "how long was the meeting?",
        "Olga Brandt flew to Lisbon to meet Nadia Costa.",
        "Olga Brandt met Nadia Costa in Lisbon on Monday.",
    )
    assert answer.status is Status.UNKNOWN
    assert answer.statement == "None of my 2 articles says how long the meeting was."


def test_what_was_once_done_hides_nothing_of_what_is_to_come(tmp_path):
    answer = asked(
        tmp_path,
        "why will Brandt visit Lisbon?",
        "Olga Brandt visited Lisbon in 2019. Olga Brandt is not expected to visit Lisbon this year.",
    )
    assert "Nearest: it is not expected (Outlet A, 14 May 2024)." in answer.statement


def test_what_is_not_expected_is_told_so(tmp_path):
    answer = asked(tmp_path, "when will Brandt visit Lisbon?", "Olga Brandt is not expected to visit Lisbon this year.")
    assert answer.status is Status.UNKNOWN
    assert "Nearest: it is not expected (Outlet A, 14 May 2024)." in answer.statement


def test_a_plan_is_told_as_planned(tmp_path):
    answer = asked(
        tmp_path, "when will the launch be?", "The launch of the satellite Meridan is planned for 3 June 2024."
    )
    assert answer.text == "Monday 3 June 2024"
    assert answer.statement == "Planned for Monday 3 June 2024."


def test_the_event_of_others_is_named_as_that_of_others(tmp_path):
    answer = asked(
        tmp_path, "who did Olga Brandt meet in Lisbon?", "Nadia Costa met Peter Lindgren in Lisbon. Olga Brandt slept."
    )
    assert answer.status is Status.UNKNOWN
    assert "Nearest: Nadia Costa met Peter Lindgren (Outlet A, 14 May 2024)." in answer.statement


def test_articles_in_other_languages_are_not_counted_as_silent(tmp_path):
    answer = asked(
        tmp_path,
        "when did Olga Brandt visit Lisbon?",
        "Olga Brandt lives in Oslo, where the ferry to the islands leaves every morning at eight.",
        "Olga Brandt besuchte gestern den Hafen und sprach dort lange mit den Arbeitern über die neuen Löhne in Lisbon.",
    )
    assert answer.status is Status.UNKNOWN
    assert answer.statement.startswith("My one article in English does not say when Olga Brandt visited Lisbon.")


def test_a_conflict_says_who_says_which(tmp_path):
    answer = asked(
        tmp_path,
        "where did Costa meet Lindgren?",
        "Nadia Costa met Peter Lindgren in Oslo on Monday.",
        "Nadia Costa met Peter Lindgren in Bergen on Monday, their offices said.",
    )
    other = answer.alternatives[0]
    own = {"Oslo": "Outlet A", "Bergen": "Outlet B"}
    assert answer.statement == f"{answer.text} ({own[answer.text or '']}), but the sources disagree."
    assert other.outlets == (own[other.text],)
    assert all(d.slot != "place" for d in answer.disagreements)


QUESTIONS = [
    "who met Peter Lindgren?",
    "where did Costa meet Lindgren?",
    "why did the ferry stop?",
    "how many people were on the ferry?",
    "who is Peter Lindgren?",
    "what did Costa say about the ferry?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_word_of_an_answer_stands_in_its_citations(tmp_path, question):
    answer = asked(
        tmp_path,
        question,
        "Nadia Costa met Peter Lindgren, the mayor of Aldhaven, in Oslo on Monday. Costa said the ferry was too old.",
        "The ferry stopped because of a storm. There were 31 people on the ferry. Lindgren thanked the crew.",
    )
    assert answer.status is Status.ANSWERED, answer
    cited = frozenset().union(*(stems(e.text) for e in answer.evidence))
    assert stems(answer.text or "") <= cited
    assert len(answer.evidence) <= 6


def test_a_denial_of_something_else_is_not_shown_as_if_it_denied_what_was_asked(tmp_path):
    answer = asked(
        tmp_path,
        "how many spectators saw the final?",
        'The final in Aldhaven ended 2-1. "I did not see it go in, I only heard it," the scorer said of the winning goal.',
    )
    assert "not to have happened" not in answer.statement


def test_a_word_that_only_begins_sentences_is_no_name(tmp_path):
    answer = asked(tmp_path, "turnout in Aldhaven?", "The vote in Aldhaven was quiet. Turnout has not been told.")
    assert "Turnout" not in answer.statement
