"""However a text is written, it is read in bounded time, and what is read stands in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefs.facts import figures
from briefs.language import names, pipeline, sentences, tokens
from briefs.models import Article, Block, BlockKind

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


def article(text):
    return Article("a", text, (Block(0, len(text), BlockKind.PROSE),), NOON)


@pytest.mark.parametrize("run", ["," * 5_000, "a" * 5_000, '("[' * 2_000, "👩\u200d" * 3_000, "1,2" * 2_000])
def test_a_run_without_a_blank_is_one_word_and_the_words_beside_it_are_words(nlp, run):
    doc = nlp.make_doc(f"He can't {run} say.")

    assert doc.text == f"He can't {run} say."
    assert [word.text for word in doc] == ["He", "ca", "n't", run, "say", "."]


def test_a_run_that_is_not_too_long_is_taken_apart_as_ever(nlp):
    assert len(nlp.make_doc("(" * tokens.LONGEST)) == tokens.LONGEST


def test_half_a_pair_of_surrogates_is_read_as_unreadable_and_moves_nothing(nlp):
    assert [word.text for word in nlp("Berg \ud800 met")] == ["Berg", "\ufffd", "met"]


def test_words_without_an_end_are_parted_where_no_sentence_is_that_long(nlp):
    parted = [len(sentence) for sentence in nlp("Berg and Vik and " * 200).sents]

    assert sum(parted) == 800
    assert max(parted) <= sentences.LONGEST


def test_of_a_long_article_the_beginning_is_read_to_the_end_of_a_sentence(nlp):
    text = "Ada Berg met Jon Vik in Oslo. " * 1_500
    read = pipeline.sentences(article(text), pipeline.parse(nlp, article(text)))

    assert pipeline.MOST_WORDS / 8 - 2 <= len(read) <= pipeline.MOST_WORDS / 8
    assert {text[each.start : each.end] for each in read} == {"Ada Berg met Jon Vik in Oslo."}


def test_of_a_long_article_in_paragraphs_the_first_are_read(nlp):
    line = "Ada Berg met Jon Vik in Oslo.\n\n"
    text = line * 1_500
    blocks = tuple(Block(at, at + len(line) - 2, BlockKind.PROSE) for at in range(0, len(text), len(line)))
    read = pipeline.parse(nlp, Article("a", text, blocks, NOON))

    assert sum(len(passage.doc) for passage in read) == pipeline.MOST_WORDS
    assert [passage.start for passage in read] == [block.start for block in blocks[: len(read)]]


def test_what_is_said_of_a_name_again_and_again_is_one_description_of_it(nlp):
    text = "Foreign minister Ada Berg met Jon Vik. The minister left. " * 60
    found = names.find(pipeline.parse(nlp, article(text)))

    [berg] = {mention.entity for mention in found if "Berg" in mention.entity.name}
    assert sum(mention.entity == berg for mention in found) >= 120


@pytest.mark.parametrize("digits", ["9" * 400, "1" + "0" * 400, "0." + "1" * 400, "1," * 50 + "000"])
def test_a_number_that_nobody_counts_to_is_no_figure(digits):
    assert figures.numbers(f"{digits} people, 12 of them") == [12]


def test_scales_without_a_blank_are_read_one_by_one():
    assert figures.numbers("5 thousandmillion") == [5e9]
