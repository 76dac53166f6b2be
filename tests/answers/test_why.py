"""Reasons: the clause without the event, from the sentence that tells it or those beside it; what only came before is weak."""

from __future__ import annotations

import json

import pytest
from asked_of import NOW, desk_of

from briefs.answers.asking import Ask
from briefs.answers.replying import Inquiry
from briefs.language import pipeline
from briefs.newsroom import Newsroom

CASES = [
    (
        "Defence minister Elena Marsh resigned on Thursday in protest of the cabinet's decision to sell the port and its rejection of old allies.",
        "why did Marsh resign?",
        "in protest of the cabinet's decision to sell the port and its rejection of old allies",
    ),
    (
        'Jon Berg has dropped out of the debate in Arden. He wants to make sure there is no "conflict of interest" if he runs for mayor.',
        "why did Berg drop out of the Arden debate",
        'wants to make sure there is no "conflict of interest" if he runs for mayor',
    ),
    (
        "Norvik has again put off delivery of its K90 ferry. The main fault has been found to be problems with 500 km of cable.",
        "why has Norvik put off delivery of the K90 ferry?",
        "problems with 500 km of cable",
    ),
    (
        "The airline Lodra has announced that its new jet has been delayed two years, Lodra saying that better engines are required.",
        "why has Lodra's jet been delayed?",
        "better engines are required",
    ),
    (
        "Because of thick fog, the mayor of Corby cancelled her trip to the valley.",
        "why did the mayor of Corby cancel her trip?",
        "thick fog",
    ),
    (
        "The president of Tarn will not meet Ines Falk to avoid any appearance that he takes sides in the election.",
        "why won't the president of Tarn meet Falk",
        "to avoid any appearance that he takes sides in the election",
    ),
    (
        "The television debate in Brindle was cancelled after a storm cut the power in half of the town.",
        "why was the tv debate in Brindle cancelled?",
        "a storm cut the power in half of the town",
    ),
]


@pytest.fixture(scope="module")
def reasons(tmp_path_factory):
    """The reasons found for a question over the texts, best first, told or not."""
    path = tmp_path_factory.mktemp("why") / "articles.jsonl"
    records = (
        {"id": f"a{k}", "source": "Outlet A", "title": None, "text": t, "published_at": "2024-05-17T10:00:00Z"}
        for k, (t, _, _) in enumerate(CASES)
    )
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    desk = Newsroom.in_memory()
    desk.load(path, now=NOW)
    ids = [f"a{k}" for k in range(len(CASES))]
    articles, readings, nlp = desk.store.articles(ids), desk.store.readings(ids), pipeline.load()

    def found(question: str):
        inquiry = Inquiry(question, nlp=nlp, now=NOW, articles=articles, readings=readings, considered=len(ids))
        return inquiry.found(Ask.WHY)

    return found


@pytest.mark.parametrize(("question", "told"), [case[1:] for case in CASES])
def test_the_reason_stands_first_without_the_event(reasons, question, told):
    best = reasons(question)[0]
    assert best.text.lower() == told.lower()
    assert best.line.text.lower().find(told.lower().removeprefix("to ")) >= 0


def test_what_only_came_before_is_a_weaker_reason_than_a_cause(reasons):
    after = reasons("why was the tv debate in Brindle cancelled?")[0]
    cause = reasons("why did the mayor of Corby cancel her trip?")[0]
    assert after.fit < cause.fit


def test_a_reason_for_another_event_does_not_fit(reasons):
    found = reasons("why did Elena Marsh visit the port?")
    assert all(c.predicate == 0 or c.agreement < 0.5 for c in found)


def test_the_reason_in_a_sentence_that_carries_the_whole_question_is_of_its_event(tmp_path):
    desk = desk_of(tmp_path, "Tirana's minister urged all bakers not to buy Norvian flour due to the border ban.")
    answer = desk.answer(None, "why were bakers in Tirana not to buy Norvian flour?", now=NOW)
    assert answer.text is not None
    assert "border ban" in answer.text


def test_a_visit_is_the_trip_asked_about(tmp_path):
    text = "Mayor Olga Brandt called off a visit to the valley on Saturday because fog had grounded her helicopter."
    other = "Mayor Olga Brandt opened a mill in the valley on Friday."
    answer = desk_of(tmp_path, text, other).answer(None, "why did Brandt call off her trip to the valley?", now=NOW)
    assert answer.text == "fog had grounded her helicopter"
