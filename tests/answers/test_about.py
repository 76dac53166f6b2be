"""Questions about a story: from its own articles first, leaning on what happened in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefs.answering import ELSEWHERE
from briefs.answers import following
from briefs.answers.about import Subject, asks_all
from briefs.language import pipeline
from briefs.models import Answer, Evidence, Status
from briefs.newsroom import Newsroom

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
SERVER = 1
TEXTS = {
    "ferry": "Minister Olga Brandt opened the ferry line in Visby on Monday. The line had been closed for nine years. "
    "“It was a long wait,” she said. The rebuilding cost 40 million euros, because the quay had rotted.",
    "ferry2": "The ferry line was opened in Visby on Monday by Olga Brandt, the transport minister.",
    "fire": "Nine people were injured on Sunday when a warehouse burned down in Torvik. Police arrested Karl Moen in Torvik on Monday.",
    "cup": "Torvik Rovers won the Fjord Cup on Saturday, beating Eiden 2-0. Coach Lena Dahl resigned on Sunday.",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with a story of two articles and two other stories."""
    file = tmp_path_factory.mktemp("about") / "articles.jsonl"
    records = [
        {"id": key, "source": key.title(), "title": None, "text": text, "published_at": "2024-05-13T18:00:00Z"}
        for key, text in TEXTS.items()
    ]
    file.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    made = Newsroom.in_memory(clock=lambda: NOW)
    made.load(file, guild_id=SERVER, now=NOW)
    yield made
    made.close()


def story(*ids, single=True):
    """Return a story as the reader of a briefing has it: the first sentence of each article."""
    told = tuple(Evidence(key, 0, TEXTS[key].index(". ") + 1, TEXTS[key].split(". ")[0] + ".", key) for key in ids)
    return Subject("The headline", ids, told, single=single)


@pytest.mark.parametrize(
    ("question", "full", "answer"),
    [
        ("when?", "when Olga Brandt opened the ferry line", "Monday 13 May 2024"),
        ("and where?", "where Olga Brandt opened the ferry line", "Visby"),
        ("how much did the rebuilding cost?", None, "40 million euros"),
        ("what did she say?", "what did Olga Brandt say?", None),
    ],
)
def test_a_question_leans_on_what_happened_in_the_story(desk, question, full, answer):
    found = desk.answer_about(SERVER, question, story("ferry"))

    assert found.understood == full
    assert found.about == "The headline"
    assert found.question == question
    assert answer is None or found.text == answer


@pytest.mark.parametrize(
    "question", ["What happened?", "tell me more", "any news?", "what's new here?", "summarise this"]
)
def test_a_question_for_all_of_a_story_gets_its_events(desk, question):
    found = desk.answer_about(SERVER, question, story("fire"))

    assert asks_all(question)
    assert found.status is Status.ANSWERED
    assert "Karl Moen" in found.statement
    assert {each.article_id for each in found.evidence} == {"fire"}


@pytest.mark.parametrize(
    "question", ["what happened to Karl Moen?", "what did she tell us?", "more than how many?", ""]
)
def test_other_questions_do_not_ask_for_all_of_it(question):
    assert not asks_all(question)


def test_what_the_story_does_not_say_of_somebody_is_looked_up_elsewhere_and_said_so(desk):
    found = desk.answer_about(SERVER, "Who won the Fjord Cup?", story("ferry"))

    assert found.text == "Torvik Rovers"
    assert ELSEWHERE in found.notes


def test_a_question_that_names_nobody_is_not_answered_from_other_stories(desk):
    found = desk.answer_about(SERVER, "how many people were injured?", story("cup"))

    assert found.status is Status.UNKNOWN
    assert "injured" not in "".join(each.text for each in found.evidence)


def test_of_a_whole_briefing_it_may_be_answered_from_anywhere(desk):
    found = desk.answer_about(SERVER, "how many people were injured?", story("cup", single=False))

    assert found.text == "nine" or found.text.startswith(("9", "Nine"))
    assert ELSEWHERE in found.notes


def test_a_follow_up_to_all_of_a_story_leans_on_what_happened_in_it(desk):
    before = desk.answer_about(SERVER, "What happened?", story("cup"))

    assert (
        "Torvik Rovers won the Fjord Cup" in desk.answer_about(SERVER, "when?", story("cup"), before=before).understood
    )


def test_another_server_sees_nothing_of_the_story(desk):
    found = desk.answer_about(SERVER + 1, "What happened?", story("fire"))

    assert found.status is Status.UNKNOWN
    assert not found.evidence


@pytest.mark.parametrize(
    ("asked", "answer", "full"),
    [
        ("who will win the cup", "Norvia", "when Norvia will win the cup"),
        ("who has resigned", "Jon Vik", "when Jon Vik has resigned"),
        ("who will the mayor meet", "Jon Vik", "when will the mayor meet Jon Vik"),
        ("who would appeal against the judgment", "Alvero", "when Alvero would appeal against the judgment"),
    ],
)
def test_a_follow_up_keeps_who_does_it_and_to_whom(asked, answer, full):
    quoted = Evidence("a", 0, 1, "The firm would appeal to the Court of Appeal.", "Outlet")
    before = Answer(asked, Status.ANSWERED, answer, answer, evidence=(quoted,))

    assert following.resolve(pipeline.load(), "when?", before) == full
