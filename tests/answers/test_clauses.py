"""What is asked of which event: the verb with its particle, who does what, and the role that the answer plays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefs.answers.asking import Ask, Kind, Unit
from briefs.answers.questions import Tense, understand
from briefs.answers.rephrasing import rephrased
from briefs.language import pipeline

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


@pytest.mark.parametrize(
    ("question", "lemma", "role"),
    [
        ("who did Marta Gattel apologise to", "apologise", "recipient"),
        ("who was Gattel arrested by", "arrest", "agent"),
        ("what is Gattel accused of", "accuse", "topic"),
        ("who did Gattel meet with in Oslo?", "meet", "co_agent"),
        ("who did Gattel lose the contract to", "lose", "recipient"),
        ("what cities is the ad running in?", "run", "place"),
        ("who was arrested in Oslo", "arrest", "patient"),
        ("which airline bought the jets", "buy", "agent"),
        ("who got hurt when the bus hit the wall", "hurt", "patient"),
        ("who was the first woman to cross the lake", "cross", "agent"),
        ("what is the name of the student Gattel grabbed", "grab", "patient"),
        ("At whose house was the painting found?", "find", "place"),
        ("what did judge Gattel say about the bank", "say", "topic"),
        ("The crew can be carried to the ship by what?", "carry", "agent"),
        ("which minister was Gattel travelling to Oslo to meet?", "meet", "patient"),
    ],
)
def test_the_role_of_the_answer_is_told_by_order_voice_and_preposition(nlp, question, lemma, role):
    asked = understand(nlp, question)
    assert (asked.lemma, asked.role) == (lemma, role)


@pytest.mark.parametrize(
    ("question", "lemma"),
    [
        ("why has Norvexa put off the launch", "put off"),
        ("when did Gattel step down", "step down"),
        ("when did Norvexa go bankrupt", "go bankrupt"),
        ("has Gattel paid back the loan", "pay back"),
        ("did Gattel end up signing the bill?", "sign"),
        ("when is Gattel expected to announce the winner", "announce"),
        ("when did Norvexa finish buying the shipyard", "buy"),
        ("Who did Gattel hold a press conference with", "meet"),
        ("when did Norvexa file for bankruptcy", "file for bankruptcy"),
        ("why did the ministry have to justify its plan", "justify"),
        ("how many shops is Norvexa getting rid of", "get rid"),
    ],
)
def test_a_verb_comes_with_its_particle_and_without_what_only_leads_to_it(nlp, question, lemma):
    assert understand(nlp, question).lemma == lemma


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("who is buying Norvexa and how much are they paying?", [(Ask.WHO, "buy"), (Ask.HOW_MUCH, "pay")]),
        ("What date was the bomb found, and at whose house?", [(Ask.WHEN, "find"), (Ask.WHO, "find")]),
        ("Who unveiled the phone and on what date?", [(Ask.WHO, "unveil"), (Ask.WHEN, "unveil")]),
        ("when and where is the summit", [(Ask.WHEN, "summit"), (Ask.WHERE, "summit")]),
    ],
)
def test_each_part_of_a_question_asks_for_itself(nlp, question, slots):
    asked = understand(nlp, question)
    assert [(slot.asks[0], slot.lemma) for slot in asked.slots] == slots
    assert asked.asks == tuple(ask for ask, _ in slots)


@pytest.mark.parametrize(
    ("question", "ask", "unit"),
    [
        ("how many people died in the flood", Ask.HOW_MANY, Unit.PEOPLE),
        ("how much did the bridge cost", Ask.HOW_MUCH, Unit.MONEY),
        ("how much of Norvexa does Gattel own", Ask.HOW_MUCH, Unit.PERCENT),
        ("what percentage of voters backed the plan", Ask.HOW_MUCH, Unit.PERCENT),
        ("what was the vote on the budget", Ask.HOW_MUCH, Unit.SCORE),
        ("how old is Gattel", Ask.HOW_MUCH, Unit.AGE),
        ("how far is the comet from earth", Ask.HOW_MUCH, Unit.LENGTH),
        ("how fast was the storm moving", Ask.HOW_MUCH, Unit.SPEED),
        ("how long will the strike last", Ask.HOW_LONG, Unit.TIME),
        ("how often does the committee meet", Ask.HOW_LONG, Unit.FREQUENCY),
        ("who met Gattel", Ask.WHO, None),
    ],
)
def test_an_amount_is_asked_in_a_unit(nlp, question, ask, unit):
    asked = understand(nlp, question)
    assert (asked.asks[0], asked.unit) == (ask, unit)


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("date of the first flight?", "what is the date of the first flight"),
        ("only senator who voted no?", "which only senator voted no"),
        ("list who met Gattel", "who met Gattel"),
        ("name the ministers who resigned", "which ministers resigned"),
        ("winner of the cup?", "who won the cup"),
        ("the summit is when?", "when is the summit"),
        ("did the bank pay", "did the bank pay"),
    ],
)
def test_fragments_and_commands_become_full_questions(typed, full):
    assert rephrased(typed) == full


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("tell me when the launch is", Ask.WHEN),
        ("any news on the strike", Ask.NEWS),
        ("do we know why Gattel quit", Ask.WHY),
        ("how come the launch slipped", Ask.WHY),
        ("who met with whom at the summit", Ask.PAIRS),
        ("Norvexa built what in 1985?", Ask.WHAT),
        ("what was the reason Gattel left the party", Ask.WHY),
    ],
)
def test_the_kind_of_answer_is_understood_in_other_words(nlp, question, ask):
    assert understand(nlp, question).asks[0] is ask


def test_clauses_inside_narrow_the_question_and_are_not_its_event(nlp):
    asked = understand(nlp, "who won the debate that Gattel moderated when Rigg was ill")
    assert asked.lemma == "win"
    assert {key.stem for key in asked.keys} >= {"debat", "gattel", "rigg"}


def test_negation_superlatives_and_what_stands_beside_are_kept(nlp):
    assert understand(nlp, "who did not vote").negated
    assert not understand(nlp, "who voted").negated
    biggest = understand(nlp, "what is the biggest airline in Norvia")
    assert (biggest.superlative, biggest.wanted, biggest.kind) == ("biggest", "airline", Kind.ORGANISATION)
    assert ("against", frozenset({"norvexa"})) in understand(nlp, "did Gattel win the case against Norvexa").beside


def test_times_are_conditions_with_the_span_they_leave(nlp):
    since = understand(nlp, "who resigned since 2018", now=NOW)
    assert since.span == (datetime(2018, 1, 1, tzinfo=UTC), None)
    both = understand(nlp, "how much did Gattel earn from 2007 to 2014", now=NOW)
    assert both.span == (datetime(2007, 1, 1, tzinfo=UTC), datetime(2015, 1, 1, tzinfo=UTC))
    assert "2018" not in {key.stem for key in since.keys}


def test_what_was_to_be_is_left_open(nlp):
    assert understand(nlp, "where was the debate supposed to be held").tense is Tense.OPEN
    assert understand(nlp, "where was the debate held").tense is Tense.PAST
