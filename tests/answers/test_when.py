"""When it was: the right date stands first, whatever word the parser hung it on; no date of something else does."""

from __future__ import annotations

import pytest
from asked_of import NOW, desk_of, found

from briefs.answers.asking import Ask
from briefs.models import Status

# A text, a question about it, and the date that must come first; None where the text dates nothing of the kind.
CASES = [
    # The date hangs on another word than the event's verb.
    (
        "Judge Ilse Brandt endorsed Paul Varga for the regional nomination on Tuesday morning during a tour of mills.",
        "when did Brandt endorse Varga?",
        "morning of Tuesday 14 May 2024",
    ),
    (
        "The airline Norvia signed the agreement reached in Oslo on May 3.",
        "when did Norvia sign the agreement?",
        "Friday 3 May 2024",
    ),
    (
        "It was on Sunday, with the vote near, that Olga Brandt wrote to her brother.",
        "when did Brandt write to her brother?",
        "Sunday 12 May 2024",
    ),
    (
        "A clerk of the ministry on Friday apologised for the letter.",
        "when did the clerk apologise?",
        "Friday 10 May 2024",
    ),
    (
        "The strike at Port Calder was suspended early on Saturday, after the union and the port agreed on a pact until 2028.",
        "when was the strike suspended?",
        "early Saturday 11 May 2024",
    ),
    # "Do so" is the deed named before it, and what was hoped for once is over.
    (
        "Norvia, which had hoped to open the mill in June, now expects to do so in the fourth quarter.",
        "when will Norvia open the mill?",
        "the fourth quarter of 2024",
    ),
    # Nearly the whole question stands in a sentence with one day to come, whatever word tells the event.
    (
        "Mayor Olga Brandt has invited a delegate from Tirana to her office on Friday morning to discuss the harbour bill.",
        "when will Brandt meet the delegate from Tirana about the harbour bill?",
        "morning of Friday 17 May 2024",
    ),
    # What was stopped until a day goes on then.
    (
        "The council has kept all markets of Tirana closed until Friday.",
        "when do the markets reopen?",
        "Friday 17 May 2024",
    ),
    # The sentence before says what happens then.
    (
        "The chairman of Norvia will leave once the takeover is complete. That is expected to happen in July.",
        "when is the takeover of Norvia expected to be completed?",
        "July 2024",
    ),
    # A noun that means the same, or what begins.
    (
        "Norvia failed on Monday. The next attempt will be made on Sunday.",
        "when will Norvia try again?",
        "Sunday 19 May 2024",
    ),
    (
        "The union's members will be asked for their consent in a ballot from 21 to 24 May.",
        "when does the union's ballot begin?",
        "Tuesday 21 May 2024",
    ),
    # The first of several is no former plan.
    ("The first parcel was found on Monday at a villa.", "when was the first parcel found?", "Monday 13 May 2024"),
    # Dated in another sentence.
    (
        "Norvia signed the gas accord with Tirana. The minister praised it. Norvia signed the accord on May 8.",
        "when did Norvia sign the gas accord with Tirana?",
        "Wednesday 8 May 2024",
    ),
    # A noun names the event.
    ("Both parties will hold primaries in mid June.", "when are the primaries?", "mid-June 2024"),
    ("She still wants to run in next Tuesday's Porto primary.", "when is the primary?", "Tuesday 21 May 2024"),
    (
        "Alvero announced today a special event to be held on June 12.",
        "when is the next event?",
        "Wednesday 12 June 2024",
    ),
    # Counted from another date.
    (
        "The software will be available on June 17, two days before the phone launches.",
        "when does the phone launch?",
        "Wednesday 19 June 2024",
    ),
    (
        "The ferry opened on May 3, a week after the bridge closed.",
        "when did the bridge close?",
        "Friday 26 April 2024",
    ),
    # The finer of several; the year alone where it is asked for.
    (
        "Alvero unveiled the Tern 2 at its 2024 fair. Yesterday Alvero unveiled the Tern 2 in Split.",
        "when did Alvero unveil the Tern 2?",
        "Monday 13 May 2024",
    ),
    ("Nadia Costa was born on 12 May 1971.", "what year was Nadia Costa born?", "1971"),
    # Once more, once before, another one.
    ("Costa was elected in 2011 and re-elected in 2019.", "when was Costa re-elected?", "2019"),
    (
        "A previous raid in 2019 failed. Police raided the mill on Friday.",
        "when did police raid the mill?",
        "Friday 10 May 2024",
    ),
    # Of a list.
    ("Members have joined since: Denia in 1972, Garland in 1979 and Torvia in 1985.", "when did Garland join?", "1979"),
    # Bounds.
    ("All markets stay closed until Friday.", "when do the markets reopen?", "Friday 17 May 2024"),
    (
        "The delivery, originally due this summer, will be delayed until October.",
        "when is the delivery due?",
        "October 2024",
    ),
    # What was is no answer to what was not.
    ("The charter was adopted in 1989.", "when was the charter not adopted?", None),
]


NOT_TOLD = [
    # A plan, a saying, another event's date.
    ("Prime Minister Olga Brandt will visit Lisbon in June.", "when did Brandt visit Lisbon?"),
    ("Nadia Costa said on Wednesday that she would leave Alvero.", "when did Costa leave Alvero?"),
    ("Norvia sued Alvero. Torvia sued Denia on 3 May.", "when did Norvia sue Alvero?"),
    ("The clerk was said on Monday to have declined to testify.", "when did the clerk testify?"),
    # The time of another day.
    ("The Lark 3 lifted off on Friday.", "what time did the Lark 3 lift off on Sunday?"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """All the texts, each an article of the same day."""
    return desk_of(tmp_path_factory.mktemp("when"), *(case[0] for case in (*CASES, *NOT_TOLD)), apart=0)


@pytest.mark.parametrize(("number", "question", "expected"), [(k, q, date) for k, (_, q, date) in enumerate(CASES)])
def test_the_date_of_the_event_comes_first(desk, number, question, expected):
    assert found(desk, question, Ask.WHEN, f"a{number}")[:1] == ([expected] if expected else [])


@pytest.mark.parametrize(("number", "question"), [(len(CASES) + k, q) for k, (_, q) in enumerate(NOT_TOLD)])
def test_when_it_happened_is_answered_by_no_plan_no_saying_and_no_other_event(desk, number, question):
    assert desk.answer(None, question, now=NOW, articles=[f"a{number}"]).status is Status.UNKNOWN


def test_a_date_outside_the_bounds_of_the_question_is_no_answer(tmp_path):
    desk = desk_of(tmp_path, "Costa won the cup in 2011. Costa won the cup in 2019.")
    assert found(desk, "when did Costa win the cup after 2015?", Ask.WHEN, "a0") == ["2019"]
    assert found(desk, "when did Costa win the cup before 2015?", Ask.WHEN, "a0") == ["2011"]


def test_of_two_times_that_agree_the_finer_is_told(tmp_path):
    desk = desk_of(
        tmp_path,
        "Olga Brandt will give her speech to the assembly in June.",
        "The speech of Olga Brandt to the assembly is scheduled for June 3.",
    )
    answer = desk.answer(None, "when is Brandt's speech to the assembly?", now=NOW)
    assert answer.text == "Monday 3 June 2024"
