"""Where it was: the place of the event, with what contains it; no direction, no person, no dateline of what is to come."""

from __future__ import annotations

import pytest
from asked_of import NOW, desk_of, found

from briefs.answers.asking import Ask

CASES = [
    (
        "Police arrested Emil Holt outside a bakery in Setubal, Portugal, late on Friday.",
        "where was Holt arrested?",
        "Setubal, Portugal",
    ),
    ("Divers recovered two brothers from a flooded camp at Faro.", "where did divers find the brothers?", "Faro"),
    ("Nadia Costa hosted the dinner at her home in Faro.", "where did Costa host the dinner?", "Faro"),
    ("The two firms signed a treaty in the city of Bergen.", "where did the firms sign the treaty?", "Bergen"),
    (
        "Rescuers took the crew to hospitals in Bergen, Stavanger and Oslo.",
        "where did rescuers take the crew?",
        "Bergen",
    ),
    ("Norvia signed the agreement in Paris on June 15.", "where did Norvia sign the agreement?", "Paris"),
    # A noun names the event, a verb only carries it.
    ("The hearing was held on 2 May in Oslo.", "where was the hearing?", "Oslo"),
    ("She still hopes to win the last primary in Porto next Tuesday.", "where is the last primary?", "Porto"),
    # Beside a name.
    (
        "Examples are the old market in Bergen and Cable Street in London.",
        "where is Cable Street?",
        "London",
    ),
    # In another sentence, and in the dateline.
    (
        "Nadia Costa met Peter Lindgren on Monday. They smiled. Costa met Lindgren in Bergen to talk of fish.",
        "where did Costa meet Lindgren?",
        "Bergen",
    ),
    ("OSLO — Nadia Costa resigned on Monday.", "where did Costa resign?", "Oslo"),
    # Of several, the one meant.
    (
        "Investigators had a sample from a previous arrest in Bergen. Holt was arrested in Oslo.",
        "where was Holt arrested?",
        "Oslo",
    ),
    (
        "Emil Holt was taken into custody on Friday. Police arrested Holt in Setubal.",
        "where was Holt arrested?",
        "Setubal",
    ),
    ("The parliament's first home was the Old Mint.", "where was the parliament's first home?", "the Old Mint"),
]


NOT_TOLD = [
    ("OSLO — Nadia Costa will meet Peter Lindgren on Friday.", "where will Costa meet Lindgren?"),
    ("Nadia Costa moved ahead on Monday.", "where did Costa move?"),
    ("France lost the cup final in Bergen in the 1950s.", "where did France lose the cup final in the 1930s?"),
    ("The club was founded in Bergen.", "where was the club not founded?"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """All the texts, each an article of the same day."""
    return desk_of(tmp_path_factory.mktemp("where"), *(case[0] for case in (*CASES, *NOT_TOLD)), apart=0)


@pytest.mark.parametrize(("number", "question", "expected"), [(k, q, place) for k, (_, q, place) in enumerate(CASES)])
def test_the_place_of_the_event_comes_first(desk, number, question, expected):
    assert found(desk, question, Ask.WHERE, f"a{number}")[:1] == [expected]


@pytest.mark.parametrize(("number", "question"), [(len(CASES) + k, q) for k, (_, q) in enumerate(NOT_TOLD)])
def test_what_is_no_place_of_the_event_is_not_told(desk, number, question):
    assert desk.answer(None, question, now=NOW, articles=[f"a{number}"]).text is None


def test_in_which_city_and_at_whose_house_ask_for_a_place_and_its_owner(tmp_path):
    desk = desk_of(
        tmp_path, "The parcel was found at the house of Judge Rui Prado in Faro. The treaty was signed in Bergen."
    )
    assert found(desk, "in which city was the treaty signed?", Ask.WHICH, "a0")[0] == "Bergen"
    assert found(desk, "at whose house was the parcel found?", Ask.WHO, "a0") == ["Rui Prado"]
