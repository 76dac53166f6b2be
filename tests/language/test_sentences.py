"""Where sentences end, as a reader of a briefing sees them."""

from __future__ import annotations

import pytest

from briefs.language import pipeline


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


def cut(nlp, text):
    return [sentence.text.strip() for sentence in nlp(text).sents]


WHOLE = {
    "a closing quotation mark stays with its sentence": [
        'The talks covered "lunar research and other joint projects."',
        "Officials then left the room.",
    ],
    "a quotation of two sentences is cut between them, each with its mark": [
        '"The weather was on our side," Mara Lindqvist said.',
        '"We will try again in spring."',
    ],
    "typographic marks close sentences too": [
        "“We were lucky,” he said.",
        "“Nobody was hurt.”",
        "The harbour reopened at noon.",
    ],
    "a question inside a quotation does not end the sentence that tells who asked": [
        '"Is the bridge safe?" he asked.',
        "Nobody answered.",
    ],
    "a name behind the question is still the speaker's": [
        '"Where is the money?" Judge Okafor asked.',
        "The banker looked away.",
    ],
    "an abbreviation before a name ends nothing": [
        "U.S. President Ada Morrow met Sen. Joel Crane and Dr. Iris Vale on Jan. 5.",
        "They spoke for an hour.",
    ],
    "an abbreviation can stand at the end": ["The vote was held in the U.S.", "The result was close."],
    "a versus before a capital ends nothing": [
        "The case Berg vs. The State was heard on Monday.",
        "Nobody was surprised.",
    ],
    "initials end nothing": [
        "J. R. Whitlock and Mary T. Osei signed the paper.",
        "It runs to 40 pages.",
    ],
    "a number behind No. belongs to it": ["The No. 2 reactor was shut down.", "Engineers gave no reason."],
    "the word no can end a sentence": ["Asked twice, she said no.", "The meeting went on."],
    "a colon or semicolon ends nothing": [
        "The plan has two parts: A new bridge comes first; a tunnel follows.",
    ],
    "a state behind a place ends nothing": [
        "DENVER, Colo. — The council met on Monday.",
        "Rep. Lena Ortiz (D-Ariz.) stayed away.",
    ],
    "brackets close behind the stop": ["(The firm declined to comment.)", "Shares fell."],
    "a clock time goes on": ["The train left at 5 p.m. Eastern time.", "It arrived late."],
    "a brand in small letters goes on": ["He sold his iPhone.", "It was new."],
}


@pytest.mark.parametrize("expected", WHOLE.values(), ids=WHOLE.keys())
def test_sentences_are_cut_where_a_reader_would(nlp, expected):
    assert cut(nlp, " ".join(expected)) == expected


def test_no_sentence_is_a_lone_quotation_mark(nlp):
    text = 'The minister praised "the courage of the crew." " It was a good day. " Then he left.'
    assert all(any(char.isalnum() for char in sentence) for sentence in cut(nlp, text))


def test_a_mark_with_a_space_before_it_closes_the_open_quotation(nlp):
    assert cut(nlp, '"It was a good day. " Then the minister left.') == [
        '"It was a good day. "',
        "Then the minister left.",
    ]


def test_bullets_run_together_are_cut_apart(nlp):
    assert cut(nlp, "• The dam is full • Farmers are glad")[-1] == "• Farmers are glad"
