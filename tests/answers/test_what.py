"""What it was: phrases in the slot asked for, what things are called, and what was said, in the sentence's own words."""

from __future__ import annotations

import pytest
from asked_of import desk_of, found

from briefs.answers.asking import Ask
from briefs.answers.candidates.chunks import chunks

WHAT = [
    ("At one point Peter Lindgren called a reporter a “clown.”", "what did Lindgren call a reporter?", "clown"),
    ("Olga Brandt referred to the plan as “a gift to nobody” on Monday.", "what did Brandt call the plan?", "a gift to nobody"),
    ("Beside the desk stands the mace, which is made from silver by hand.", "what is the mace made of?", "silver"),
    ("The new port was increasingly based on “trust”, so that crews had rights.", "what was the port based on?", "trust"),
    ("The storm delayed the ferry to Porto.", "what did the storm delay?", "the ferry"),
    (
        "Lindgren said that he and Olga Brandt agreed to go on working on keeping the dam dry.",
        "what did Lindgren and Brandt agree on?",
        "go on working on keeping the dam dry",
    ),
    ("Harbour pilots cut the waiting time from 90 minutes to 20 minutes.", "pilots cut the waiting time to what?", "20 minutes"),
]  # fmt: skip
SAID = [
    (
        "The port had room left for one more ship, its harbour master, Karl Weiss, conceded later.",
        "what did Karl Weiss admit about the port?",
        "The port had room left for one more ship",
    ),
    (
        "“The harbour is closed until we say so,” the port's director Olaf Lund said of the strike.",
        "what did Lund say about the strike?",
        "The harbour is closed until we say so",
    ),
    (
        "Nadia Costa said bread was dear. Olaf Lund said the price of bread would fall by June.",
        "what did Lund say about bread?",
        "the price of bread would fall by June",
    ),
    (
        'Senator Ines Falk said a visit to Norvia would be "a gift to a bully."',
        "what did Falk say a visit to Norvia would be?",
        'a visit to Norvia would be "a gift to a bully."',
    ),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    texts = dict.fromkeys(text for text, _, _ in (*WHAT, *SAID))
    return desk_of(tmp_path_factory.mktemp("what"), *texts, apart=0), {text: f"a{k}" for k, text in enumerate(texts)}


@pytest.mark.parametrize(("text", "question", "expected"), WHAT)
def test_what_it_was_comes_first(desk, text, question, expected):
    articles, ids = desk
    assert found(articles, question, Ask.WHAT, ids[text])[0] == expected


@pytest.mark.parametrize(("text", "question", "expected"), SAID)
def test_what_was_said_is_told_in_its_own_words_by_the_one_who_said_it(desk, text, question, expected):
    articles, ids = desk
    assert found(articles, question, Ask.STATEMENT, ids[text])[0] == expected


def test_phrases_run_from_one_small_word_to_the_next_and_are_joined_and_strung_together(tmp_path):
    desk = desk_of(tmp_path, "The port of Tarvo sells salt, iron and the finest wool in crates called “kettles”.")
    line = desk.inquiry(None, "what does the port sell?").ground.lines[0]
    found = {chunk.text for chunk in chunks(line)}
    assert {"port of Tarvo", "salt", "salt, iron and the finest wool", "kettles"} <= found
    assert all(chunk.text in line.text for chunk in chunks(line))


def test_what_belongs_to_each_other_is_told_whole(tmp_path):
    desk = desk_of(tmp_path, "The pilots of Tarvo and Norvia fly on each other's ships.")
    line = desk.inquiry(None, "whose ships do they use?").ground.lines[0]
    assert "each other's ships" in {chunk.text for chunk in chunks(line)}
