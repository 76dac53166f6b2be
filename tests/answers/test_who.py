"""Who it was: the right names stand first, whole, in the part of the event asked for and of the kind wanted."""

from __future__ import annotations

import pytest
from asked_of import NOW, desk_of, found

from briefs.answers import confidence
from briefs.answers.asking import Ask

CASES = [
    # All who are named in one breath.
    (
        "Olga Brandt met with Peter Lindgren, the mayor of Tarvo, and Ines Falk, a senator, in Oslo on Monday.",
        "who did Brandt meet?",
        "Peter Lindgren and Ines Falk",
    ),
    (
        "Olga Brandt met on Wednesday with Nadia Costa and two others: acting director Olaf Lund; and Karl Weiss, who left in 2014.",
        "who did Brandt meet on Wednesday?",
        "Nadia Costa, Olaf Lund and Karl Weiss",
    ),
    (
        "Olga Brandt also met Monday with police chief Paul Varga, former Tarvo mayor Ines Falk and Norvia aide Karl Weiss.",
        "who did Brandt meet on Monday?",
        "Paul Varga, Ines Falk and Karl Weiss",
    ),
    # The same event told from the other side.
    ("Tarvo United beat Norvia City in the cup final on Saturday.", "who did Norvia City lose to?", "Tarvo United"),
    ("Tarvo United beat Norvia City in the cup final on Saturday.", "who lost to Tarvo United?", "Norvia City"),
    (
        "Norvia Rail sold its ferry line to Belmar Holdings for $40 million on Monday.",
        "who bought the ferry line?",
        "Belmar Holdings",
    ),
    (
        "Norvia Rail sold its ferry line to Belmar Holdings for $40 million on Monday.",
        "who did Belmar Holdings buy the ferry line from?",
        "Norvia Rail",
    ),
    (
        "Nadia Costa succeeded Peter Lindgren as head of the bank in April.",
        "who took over from Lindgren?",
        "Nadia Costa",
    ),
    # What a preposition brings in.
    ("Nadia Costa held a joint press conference with Peter Lindgren in Oslo.", "who did Costa hold a press conference with?", "Peter Lindgren"),
    # Somebody without a name.
    (
        "Every Republican on the committee demanded on Thursday that Nadia Costa resign.",
        "who demanded that Costa resign?",
        "Every Republican on the committee",
    ),
    # A name before a description of the same or of others, and what somebody owns does nothing itself.
    (
        "A day after Oslo began to study the Norvian group's purchase of Alvero Ferries, Belmar Holdings, which buys Alvero Ferries, rose.",
        "who is buying Alvero Ferries?",
        "Belmar Holdings",
    ),
    # Whom a pronoun can only mean.
    (
        "The clerk, Karl Weiss, told the court that he himself carried parcels to Costa's house.",
        "who carried parcels to Costa's house?",
        "Karl Weiss",
    ),
    # What somebody is called who does it, and what is done with a light verb.
    ("Ines Falk, who took over from founder Peter Lindgren, said Alvero Motors was not for sale.", "who founded Alvero Motors?", "Peter Lindgren"),
    ("Ines Falk and Peter Lindgren dined together in Tarvo last week.", "who did Falk have dinner with?", "Peter Lindgren"),
    (
        "Ines Falk was elected president of Norvia on Sunday, beating the incumbent, Peter Lindgren.",
        "who won the election in Norvia?",
        "Ines Falk",
    ),
    # A body called by a part of its name.
    (
        "Olympique Tarvo won again on Sunday. \"He is tired,\" said Tarvo's coach, Paul Varga, of his striker.",
        "who coaches Olympique Tarvo?",
        "Paul Varga",
    ),
    (
        "The ship was greeted by some 400 guests, including the mayor of Porto, Mr. Peter Lindgren, at the pier.",
        "who greeted the ship?",
        "Peter Lindgren",
    ),
    (
        "The bank and the crews took up a proposal by the mediator, law professor Ada Lund, on Monday.",
        "who was the mediator at the bank?",
        "Ada Lund",
    ),
    (
        "The Lindgren family, which founded the line in 1931 and still holds 51 percent, spoke to Belmar Holdings.",
        "who owns 51 percent of the line?",
        "The Lindgren family",
    ),
    ("Two tourists were hurt when the bus hit a tree near Tarvo.", "who was hurt when the bus hit a tree?", "Two tourists"),
]  # fmt: skip
ONE_OF_A_KIND = [
    (
        "Olga Brandt met with Peter Lindgren, the mayor of Tarvo, and Ines Falk, a senator, in Oslo on Monday.",
        "which mayor did Brandt meet?",
        "Peter Lindgren",
    ),
    (
        "The opening was attended by some 300 guests, among them the Prime Minister of Norvia, Ms. Ines Falk.",
        "which head of government attended the opening?",
        "Ines Falk",
    ),
    (
        "The states of Nevada and Idaho sued Oregon over its new toll road on Monday.",
        "which states sued Oregon?",
        "Nevada and Idaho",
    ),
    (
        "Skyline Norvia ordered ten jets from Planemaker Alvero on Tuesday. The airline said it would pay in cash.",
        "which airline ordered ten jets?",
        "Skyline Norvia",
    ),
    (
        "The Senate cheered as Senator Karl Weiss voted against the veto on Tuesday.",
        "which senator voted against the veto?",
        "Karl Weiss",
    ),
    (
        "Complement proteins bind to carbohydrates on the surface of microbes.",
        "Complement proteins bind to what kind of molecules?",
        "carbohydrates",
    ),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    texts = dict.fromkeys(text for text, _, _ in (*CASES, *ONE_OF_A_KIND))
    return desk_of(tmp_path_factory.mktemp("who"), *texts, apart=0), {text: f"a{k}" for k, text in enumerate(texts)}


@pytest.mark.parametrize(("text", "question", "expected"), CASES)
def test_who_it_was_comes_first_and_whole(desk, text, question, expected):
    articles, ids = desk
    assert found(articles, question, Ask.WHO, ids[text])[0] == expected


@pytest.mark.parametrize(("text", "question", "expected"), ONE_OF_A_KIND)
def test_one_of_the_kind_asked_for_comes_first(desk, text, question, expected):
    articles, ids = desk
    assert found(articles, question, Ask.WHICH, ids[text])[0] == expected


def test_a_description_is_nobodys_name(tmp_path):
    desk = desk_of(tmp_path, "Senator Karl Weiss grabbed the self-styled student by the arm on Monday.")
    assert not [v for v in found(desk, "name of the student Weiss grabbed?", Ask.WHICH, "a0") if "student" in v]


def test_a_president_is_no_senator(tmp_path):
    desk = desk_of(
        tmp_path, "In a blow to President Karl Weiss, the Senate voted to override his veto of the ferry bill."
    )
    inquiry = desk.inquiry(None, "which senator voted against the ferry bill?", now=NOW)
    assert all(c.fit < confidence.FIT for c in inquiry.found(Ask.WHICH) if c.text == "Karl Weiss")


def test_somebody_described_is_not_answered_by_his_own_description(tmp_path):
    desk = desk_of(tmp_path, "Mark Lindgren, formerly an Alvero executive overseeing ferries, is stepping down.")
    assert not [v for v in found(desk, "who replaced Lindgren?", Ask.WHO, "a0") if "executive" in v]


def test_who_says_that_it_may_be_has_not_said_that_it_is(tmp_path):
    desk = desk_of(tmp_path, "The engineer Karl Weiss said the dam may have a crack.")
    inquiry = desk.inquiry(None, "who said the dam has a crack?", now=NOW)
    doubtful = [c.fit for c in inquiry.found(Ask.WHO) if c.text == "Karl Weiss"]
    sure = desk.inquiry(None, "who said the dam may have a crack?", now=NOW).found(Ask.WHO)[0]
    assert sure.text == "Karl Weiss"
    assert max(doubtful) < sure.fit / 2


@pytest.mark.parametrize("question", ["who is the ceo of Alvero Ferries?", "Who is the CEO of Alvero Ferries?"])
def test_who_is_to_leave_an_office_holds_it_until_then(tmp_path, question):
    desk = desk_of(
        tmp_path,
        "Alvero Ferries said chief executive Nadia Costa would step down in June and be replaced by finance chief Karl Weiss.",
        "The port of Tarvo was closed on Monday.",
    )
    assert desk.answer(None, question, now=NOW).statement == "Nadia Costa."
