"""Parsing articles: every token and sentence stands in the article's own text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.errors import SettingError
from briefs.language import pipeline
from briefs.models import Article, Block, BlockKind

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


def article(*blocks, between="\n\n", name="a1"):
    """An article of (kind, text) blocks."""
    text, marks = "", []
    for kind, words in blocks:
        text += between if text else ""
        marks.append(Block(len(text), len(text) + len(words), kind))
        text += words
    return Article(name, text, tuple(marks), NOW)


def told(nlp, an_article):
    passages = pipeline.parse(nlp, an_article)
    return [an_article.text[s.start : s.end] for s in pipeline.sentences(an_article, passages)]


def test_a_heading_does_not_glue_to_the_next_sentence(nlp):
    an_article = article((BlockKind.HEADING, "Rain for days"), (BlockKind.PROSE, "The river rose on Monday."))
    assert told(nlp, an_article) == ["Rain for days", "The river rose on Monday."]


def test_furniture_is_never_read(nlp):
    an_article = article(
        (BlockKind.FURNITURE, "Home / News / Weather"),
        (BlockKind.PROSE, "The river rose on Monday."),
        (BlockKind.FURNITURE, "You've reached the end."),
    )
    assert told(nlp, an_article) == ["The river rose on Monday."]


def test_list_items_come_without_their_bullets(nlp):
    an_article = article((BlockKind.LIST, "• The dam is full"), (BlockKind.LIST, "- Farmers are glad"), between="\n")
    assert told(nlp, an_article) == ["The dam is full", "Farmers are glad"]


def test_a_sentence_broken_over_two_blocks_is_one(nlp):
    an_article = article(
        (BlockKind.PROSE, "The two sides agreed to"), (BlockKind.PROSE, "keep the bridge open. Work starts in May.")
    )
    assert told(nlp, an_article) == ["The two sides agreed to\n\nkeep the bridge open.", "Work starts in May."]


def test_a_sentence_knows_its_kind_and_block(nlp):
    an_article = article((BlockKind.HEADLINE, "Dam full again"), (BlockKind.PROSE, "The dam is full."))
    found = pipeline.sentences(an_article, pipeline.parse(nlp, an_article))
    assert [(s.kind, s.paragraph) for s in found] == [(BlockKind.HEADLINE, 0), (BlockKind.PROSE, 1)]


def test_line_breaks_and_tabs_inside_a_block_keep_every_offset(nlp):
    words = "The dam\nis\tfull.\r\nFarmers\u00a0are glad."
    an_article = article((BlockKind.FURNITURE, "By A. Writer"), (BlockKind.PROSE, words))
    (passage,) = pipeline.parse(nlp, an_article)
    for token in passage.doc:
        start = passage.start + token.idx
        original = an_article.text[start : start + len(token.text)]
        assert token.is_space or token.text == original
    assert told(nlp, an_article) == ["The dam\nis\tfull.", "Farmers\u00a0are glad."]


def test_articles_come_back_in_order_with_their_own_passages(nlp):
    empty = article((BlockKind.FURNITURE, "Advertisement"), name="empty")
    one = article((BlockKind.PROSE, "Snow fell."), (BlockKind.PROSE, "Trains stopped."), name="one")
    two = article((BlockKind.PROSE, "The sun came out."), name="two")
    found = list(pipeline.parse_many(nlp, [empty, one, two, empty], batch_size=2))
    assert [(found_article.id, len(passages)) for found_article, passages in found] == [
        ("empty", 0),
        ("one", 2),
        ("two", 1),
        ("empty", 0),
    ]
    assert all(passage.article_id == found_article.id for found_article, passages in found for passage in passages)


def test_no_articles_give_nothing(nlp):
    assert list(pipeline.parse_many(nlp, [])) == []


def test_a_very_long_block_is_parsed_in_parts_cut_at_sentence_ends(nlp):
    sentence = "The committee met again in the old town hall on Tuesday. "
    an_article = article((BlockKind.PROSE, sentence * 800))
    passages = pipeline.parse(nlp, an_article)
    assert len(passages) > 1
    assert max(len(passage.doc.text) for passage in passages) <= pipeline.LONGEST
    assert set(told(nlp, an_article)) == {sentence.strip()}


def test_a_long_block_without_any_sentence_end_is_still_read(nlp):
    an_article = article((BlockKind.PROSE, "word " * 5000))
    assert sum(len(passage.doc.text) for passage in pipeline.parse(nlp, an_article)) >= 5000 * 5 - 2


def test_an_unknown_pipeline_says_what_to_do():
    with pytest.raises(SettingError, match="pip install") as error:
        pipeline.load("no_such_pipeline")
    assert error.value.setting == "LANGUAGE_PIPELINE"


def test_the_pipeline_is_loaded_once():
    assert pipeline.load() is pipeline.load()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.sampled_from("abcDEF .?!\"'“”’()[]\n\t—-…•$5İßé😀"), max_size=120))
def test_whatever_stands_in_a_block_every_sentence_is_a_trimmed_range_of_it(nlp, text):
    an_article = Article("a", text, (Block(0, len(text), BlockKind.PROSE),), NOW)
    found = pipeline.sentences(an_article, pipeline.parse(nlp, an_article))
    ends = 0
    for sentence in found:
        assert ends <= sentence.start < sentence.end <= len(text)
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
        ends = sentence.end


def test_the_spelling_of_a_verb_tells_its_lemma(nlp):
    verbs = ["hoped", "hopped", "fined", "staged", "rated", "scraped", "scrapped", "installed", "planned"]
    lemmas = [nlp(f"They {verb} it.")[1].lemma_ for verb in verbs]
    assert lemmas == ["hope", "hop", "fine", "stage", "rate", "scrape", "scrap", "install", "plan"]
