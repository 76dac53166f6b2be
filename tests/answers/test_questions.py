"""What questions ask, as people type them."""

from __future__ import annotations

import pytest

from briefs.answers.asking import Ask
from briefs.answers.questions import Kind, Tense, understand
from briefs.answers.spelling import besides, spelled
from briefs.language import pipeline
from briefs.language.words import stem


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who met whom?", [Ask.PAIRS]),
        ("Who met Maria Silva?", [Ask.WHO]),
        ("Whom did Silva meet?", [Ask.WHO]),
        ("When is the next launch?", [Ask.WHEN]),
        ("What date did Silva resign?", [Ask.WHEN]),
        ("When and where did they meet?", [Ask.WHEN, Ask.WHERE]),
        ("Where was the thief arrested?", [Ask.WHERE]),
        ("Has the crew launched?", [Ask.YES_NO]),
        ("did the bank pay the fine", [Ask.YES_NO]),
        ("How many people died?", [Ask.HOW_MANY]),
        ("How much did the deal cost?", [Ask.HOW_MUCH]),
        ("How long will the strike last?", [Ask.HOW_LONG]),
        ("Why did Silva resign?", [Ask.WHY]),
        ("What was the reason for the delay?", [Ask.WHY]),
        ("Who is Maria Silva?", [Ask.IDENTITY]),
        ("What is Roscosmos?", [Ask.IDENTITY]),
        ("What did Silva say about the budget?", [Ask.STATEMENT]),
        ("Which airline bought the jets?", [Ask.WHICH]),
        ("What happened to the deal?", [Ask.NEWS]),
        ("what's new with Roscosmos", [Ask.NEWS]),
        ("date of the first flight?", [Ask.WHEN]),
        ("company profit for 2009?", [Ask.HOW_MUCH]),
    ],
)
def test_the_kind_of_answer_is_understood(nlp, question, asks):
    assert list(understand(nlp, question).asks) == asks


@pytest.mark.parametrize(
    ("question", "lemma", "tense", "subject_asked"),
    [
        ("Who met Maria Silva?", "meet", Tense.PAST, True),
        ("Whom did Maria Silva meet?", "meet", Tense.PAST, False),
        ("Who did Maria Silva meet?", "meet", Tense.PAST, False),
        ("When will the rocket launch?", "launch", Tense.FUTURE, False),
        ("When is the next rocket launch?", "launch", Tense.FUTURE, True),
        ("When is Silva expected to resign?", "resign", Tense.FUTURE, False),
    ],
)
def test_the_event_its_tense_and_the_side_asked_for_are_understood(nlp, question, lemma, tense, subject_asked):
    asked = understand(nlp, question)
    assert (asked.lemma, asked.tense) == (lemma, tense)
    if asked.asks[0] is Ask.WHO:
        assert asked.subject_asked is subject_asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which airline bought the jets?", Kind.ORGANISATION),
        ("Which minister resigned?", Kind.PERSON),
        ("Which city was hit?", Kind.PLACE),
        ("Where was she born?", Kind.PLACE),
        ("Who resigned?", Kind.ANY),
    ],
)
def test_the_sort_of_thing_asked_for_is_understood(nlp, question, kind):
    assert understand(nlp, question).kind is kind


def test_the_other_side_of_the_event_is_kept_apart(nlp):
    asked = understand(nlp, "When did Maria Silva sue the bank?")
    assert "silva" in asked.subject
    assert "bank" in asked.object
    passive = understand(nlp, "When was the bank sued?")
    assert "bank" in passive.object
    assert not passive.subject


def test_chat_spellings_are_written_out():
    assert spelled("whats amendment 64?") == "what is amendment 64?"
    assert spelled("when’s  the launch") == "when is the launch"
    assert spelled("wen did the ferry leave") == "when did the ferry leave"
    assert spelled("y was it late") == "why was it late"
    assert spelled("whos the head of Norvia rn") == "who is the head of Norvia"
    assert spelled("did Roth say yes") == "did Roth accept"


def test_what_is_excluded_is_taken_out_of_the_question():
    plain, excluded = besides("Besides Obama, who did Silva meet?")
    assert plain == "who did Silva meet?"
    assert excluded == {"obama"}


@pytest.mark.parametrize("question", ["What did Odell accuse Quill of?", "What did Odell tell Quill?"])
def test_a_name_that_the_tagger_takes_for_an_exclamation_is_who_does_it(nlp, question):
    understood = understand(nlp, question)
    assert understood.subject == {stem("odell")}
    assert not understood.subject_asked
