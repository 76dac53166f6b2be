"""Answers over a few sentences of our own: planned is not done, sources may differ, and unknown is an answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefs.models import Status
from briefs.newsroom import Newsroom

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


def desk_of(tmp_path, *texts: str, day: int = 14) -> Newsroom:
    """A desk with one article for each text, from outlets A, B, C… a day apart."""
    records = [
        {
            "id": f"a{k}",
            "source": f"Outlet {chr(65 + k)}",
            "title": None,
            "text": text,
            "published_at": f"2024-05-{day + k:02d}T10:00:00Z",
        }
        for k, text in enumerate(texts)
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    desk = Newsroom.in_memory()
    desk.load(path, now=NOW)
    return desk


def test_a_plan_never_answers_what_happened(tmp_path):
    desk = desk_of(tmp_path, "Prime Minister Olga Brandt will visit Lisbon in June.")
    answer = desk.answer(None, "when did Brandt visit Lisbon?", now=NOW)
    assert answer.status is Status.UNKNOWN
    assert answer.text is None
    assert "planned" in answer.statement
    assert answer.evidence[0].text == "Prime Minister Olga Brandt will visit Lisbon in June."


def test_a_plan_answers_when_something_is_to_come(tmp_path):
    desk = desk_of(tmp_path, "Prime Minister Olga Brandt will visit Lisbon in June.")
    answer = desk.answer(None, "when will Brandt visit Lisbon?", now=NOW)
    assert answer.text == "June 2024"
    assert answer.statement == "Planned for June 2024."


def test_who_did_it_is_not_confused_with_whom_it_was_done_to(tmp_path):
    desk = desk_of(tmp_path, "On Monday Nadia Costa sued Peter Lindgren in Oslo over a loan.")
    assert desk.answer(None, "who sued Lindgren?", now=NOW).text == "Nadia Costa"
    assert desk.answer(None, "whom did Costa sue?", now=NOW).text == "Peter Lindgren"
    assert desk.answer(None, "who sued Costa?", now=NOW).status is Status.UNKNOWN


def test_an_answer_about_somebody_else_is_no_answer(tmp_path):
    desk = desk_of(tmp_path, "The carmaker Alvero filed for bankruptcy on Monday.")
    assert desk.answer(None, "when did Brixton file for bankruptcy?", now=NOW).status is Status.UNKNOWN


def test_sources_that_differ_on_a_place_are_both_told(tmp_path):
    desk = desk_of(
        tmp_path,
        "Nadia Costa met Peter Lindgren in Oslo on Monday.",
        "Nadia Costa met Peter Lindgren in Bergen on Monday, their offices said.",
    )
    answer = desk.answer(None, "where did Costa meet Lindgren?", now=NOW)
    assert answer.status is Status.CONFLICT
    assert {answer.text, *(a.text for a in answer.alternatives)} == {"Oslo", "Bergen"}
    assert {o for a in answer.alternatives for o in a.outlets} <= {"Outlet A", "Outlet B"}


def test_the_next_one_is_the_nearest_still_to_come(tmp_path):
    desk = desk_of(
        tmp_path,
        "The next launch from Kourou is planned for 3 June 2024. Another launch from Kourou is planned for 9 July 2024.",
    )
    assert "3 June 2024" in desk.answer(None, "when is the next Kourou launch?", now=NOW).text
    later = datetime(2024, 6, 20, tzinfo=UTC)
    assert "9 July 2024" in desk.answer(None, "when is the next Kourou launch?", now=later).text
    past = desk.answer(None, "when is the next Kourou launch?", now=datetime(2025, 1, 1, tzinfo=UTC))
    assert past.status is Status.UNKNOWN
    assert "nothing later is known" in past.statement


def test_what_is_denied_is_answered_with_no(tmp_path):
    desk = desk_of(tmp_path, "The minister has not signed the treaty, his spokesman said.")
    answer = desk.answer(None, "has the minister signed the treaty?", now=NOW)
    assert answer.text.startswith("No")


def test_nothing_published_later_is_visible(tmp_path):
    desk = desk_of(tmp_path, "Nadia Costa met Peter Lindgren in Oslo on Monday.")
    before = datetime(2024, 5, 1, tzinfo=UTC)
    answer = desk.answer(None, "who met Lindgren?", now=before)
    assert answer.status is Status.UNKNOWN
    assert answer.evidence == ()


def test_a_scope_limits_what_is_looked_at(tmp_path):
    desk = desk_of(tmp_path, "Nadia Costa met Peter Lindgren in Oslo.", "A storm hit Porto.")
    assert desk.answer(None, "who met Lindgren?", now=NOW, articles=["a1"]).status is Status.UNKNOWN
    assert desk.answer(None, "who met Lindgren?", now=NOW, articles=["a0"]).text == "Nadia Costa"


def test_without_articles_the_answer_says_so():
    answer = Newsroom.in_memory().answer(None, "who met whom?", now=NOW)
    assert answer.status is Status.UNKNOWN
    assert "no articles" in answer.statement.lower()


@pytest.mark.parametrize("question", ["", "?", "who", "🙂🙂", "a" * 500, "who met \x00 whom", "when when when when"])
def test_odd_questions_are_answered_calmly(tmp_path, question):
    desk = desk_of(tmp_path, "Nadia Costa met Peter Lindgren in Oslo on Monday.")
    answer = desk.answer(None, question, now=NOW)
    assert answer.statement


def test_the_same_question_gives_the_same_answer(tmp_path):
    desk = desk_of(
        tmp_path, "Nadia Costa met Peter Lindgren in Oslo on Monday.", "Costa and Lindgren met on Monday in Oslo."
    )
    first = desk.answer(None, "who met whom?", now=NOW)
    assert first == desk.answer(None, "who met whom?", now=NOW)


def test_a_newer_figure_is_an_update_and_not_a_disagreement(tmp_path):
    desk = desk_of(
        tmp_path,
        "The flood in Tarvo killed 9 people, the police said.",
        "The flood in Tarvo killed 14 people, the police said.",
    )
    answer = desk.answer(None, "how many people did the flood in Tarvo kill?", now=NOW)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("14")
    assert any("Reported earlier: 9" in note for note in answer.notes)


def test_an_office_is_answered_by_who_holds_it_and_not_by_another_office_of_the_place(tmp_path):
    desk = desk_of(tmp_path, "Tomas Rehn, who leads the fire brigade in Tarvo, spoke to reporters.")
    assert desk.answer(None, "who is the mayor of Tarvo?", now=NOW).status is Status.UNKNOWN
    desk = desk_of(tmp_path, "The mayor of Tarvo, Ines Falk, spoke to reporters.")
    assert desk.answer(None, "who is the mayor of Tarvo?", now=NOW).text == "Ines Falk"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Nadia Costa, the minister, has visited Oslo to discuss trade between Lisbon and Oslo.",
            "has Lindgren visited Lisbon?",
        ),
        ("Nadia Costa added that the bank would discuss the meeting.", "did the bank confirm the meeting?"),
        ("Nadia Costa met Olaf Lund, the head of the agency Norvia, in Oslo.", "who is the head of Belmar?"),
        ("Nadia Costa met Peter Lindgren in Oslo.", "who met Olaf Lund?"),
        ("Nadia Costa is expected to win the election in June.", "who won the election?"),
    ],
)
def test_nothing_is_said_of_somebody_the_sources_do_not_say_it_of(tmp_path, text, question):
    answer = desk_of(tmp_path, text).answer(None, question, now=NOW)
    assert answer.status is Status.UNKNOWN, answer.statement


def test_the_head_of_a_body_is_found_by_any_word_for_its_office(tmp_path):
    desk = desk_of(tmp_path, "Olaf Lund, the director of the agency Norvia, spoke to reporters.")
    assert desk.answer(None, "who is the head of Norvia?", now=NOW).text == "Olaf Lund"


def test_a_date_that_only_bounds_an_event_is_not_its_date(tmp_path):
    desk = desk_of(tmp_path, "Nadia Costa and Peter Lindgren met in Oslo for the first time since 2018.")
    answer = desk.answer(None, "when did Costa meet Lindgren?", now=NOW)
    assert "2018" not in (answer.text or "")


def test_what_was_done_is_asked_in_the_passive(tmp_path):
    desk = desk_of(tmp_path, "The storm delayed the ferry to Porto.")
    assert "ferry" in desk.answer(None, "what was delayed?", now=NOW).text
    assert desk.answer(None, "did the storm delay the ferry?", now=NOW).text.startswith("Yes")
