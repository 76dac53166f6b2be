"""What things are said to be beside their names."""

from __future__ import annotations

import pytest
from told import facts

SAID = [
    ("Victor Hale, the billionaire donor, gave the museum a painting.", "Victor Hale", "the billionaire donor"),
    ("Blue Sky Airlines, a low-cost carrier based in Oslo, ordered jets.", "Blue Sky Airlines", "a low-cost carrier"),
    ("The low-cost carrier Blue Sky Airlines ordered jets.", "Blue Sky Airlines", "The low-cost carrier"),
    (
        "Conservative nonprofit group Citizens for Progress ran the ad.",
        "Citizens for Progress",
        "Conservative nonprofit group",
    ),
    ("The measure, known as the Clean Water Act, passed.", "the Clean Water Act", "The measure"),
    ("Dover, the capital of Delaware, was flooded.", "Dover", "the capital of Delaware"),
]


def identities(text: str) -> set[tuple[str, str]]:
    """Each name with what it is said to be."""
    told = [f for f in facts(text) if f.predicate.lemma == "be" and text[f.predicate.start : f.predicate.end] != "be"]
    return {
        (a.text, b.text)
        for f in told
        for a in f.arguments
        for b in f.arguments
        if (a.role, b.role) == ("patient", "other")
    }


@pytest.mark.parametrize(("sentence", "name", "said"), SAID)
def test_what_stands_beside_a_name_says_what_it_is(sentence, name, said):
    assert (name, said) in identities(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The packages were addressed to Boris Hale; Joseph Dorn; and the post office.",
        "Police met Maria Lopez, whose older brother, Juan Lopez, was killed.",
        "Maria Lopez, 54, left.",
        "The lawsuit his former aide, Lauren Pell, had filed was settled.",
    ],
)
def test_nothing_is_called_what_it_is_not(sentence):
    assert not identities(sentence)
    wrong = [a for f in facts(sentence) for a in f.arguments if a.entity and a.text in {"The packages", "The lawsuit"}]
    assert wrong == []
