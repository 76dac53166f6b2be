"""Who or what something is: its other name, its office, what stands beside it, and what defines it."""

from __future__ import annotations

import pytest
from asked_of import NOW, desk_of

from briefs.models import Status

CASES = [
    ("The book-keeper, Karl Weiss, told the court of a safe in the cellar.", "who is Karl Weiss?", "The book-keeper"),
    ("The lake is falling, but hydrologist Dr Nadia Costa warned of mud.", "who is nadia costa", "hydrologist"),
    ("The Clean Rivers Act, or CRA, was passed in May.", "what is the CRA?", "The Clean Rivers Act"),
    ("Work on the Norvia Deep Space Antenna (NDSA) began in May.", "what is NDSA?", "the Norvia Deep Space Antenna"),
    (
        "Voters backed the measure known as Rule 12, which bans fishing in the harbour.",
        "whats rule 12?",
        "the measure, which bans fishing in the harbour",
    ),
    (
        "It was paid for by conservative advocacy group Norvia First Now, records show.",
        "what is Norvia First Now?",
        "conservative advocacy group",
    ),
    ("The credit lines, also called bridge loans, helped small banks.", "what are bridge loans?", "The credit lines"),
    (
        "The open kernel, or heart of the system, “Basalt”, has been rewritten for Granite 4.",
        "what's Basalt in Granite 4?",
        "The open kernel, or heart of the system",
    ),
    (
        "Lodranet was a public X.25 network run by the post office.",
        "what was Lodranet?",
        "a public X.25 network run by the post office",
    ),
    (
        "Helmi Aalto, a sculptor from Turku who works in ice, opened the festival.",
        "who is Helmi Aalto?",
        "a sculptor from Turku who works in ice",
    ),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    texts = [text for text, _, _ in CASES]
    return desk_of(tmp_path_factory.mktemp("identity"), *texts, apart=0), {
        text: f"a{k}" for k, text in enumerate(texts)
    }


@pytest.mark.parametrize(("text", "question", "expected"), CASES)
def test_something_is_what_a_sentence_says_it_is(desk, text, question, expected):
    articles, ids = desk
    answer = articles.answer(None, question, now=NOW, articles=[ids[text]])
    assert answer.text == expected
    assert answer.evidence[0].text in text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Rule 12 was debated for hours, and the harbour was quiet.", "what is rule 12?"),
        ("The treaty of Norvia is the oldest.", "what is Norvia?"),
        ("The harbour is not a port of entry.", "what is the harbour?"),
        ("The director of Norvia, a railway, met the ferry operator.", "who is Lindgren?"),
    ],
)
def test_what_no_sentence_describes_is_unknown(tmp_path, text, question):
    assert desk_of(tmp_path, text).answer(None, question, now=NOW).status is Status.UNKNOWN


def test_the_newest_office_is_told_and_a_former_one_as_former(tmp_path):
    old = "Nadia Costa, the harbour commissioner of Tarvo, visited Oslo."
    new = "Nadia Costa, the trade minister of Norvia, visited Lisbon. Peter Lindgren, the former mayor of Tarvo, came too."
    desk = desk_of(tmp_path, old, new)
    assert desk.answer(None, "who is Nadia Costa?", now=NOW).text == "the trade minister of Norvia"
    assert desk.answer(None, "who is Peter Lindgren?", now=NOW).text == "the former mayor of Tarvo"
