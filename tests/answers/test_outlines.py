"""An outline tells what an article says in so few words that a hundred are looked through at once."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from briefs.answers.ground import Ground
from briefs.answers.outlines import bags, nearest, outline
from briefs.language import pipeline
from briefs.models import Article, Block, BlockKind
from briefs.newsroom import read

NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)


def article(text: str, *, title: str = "", language: str = "en") -> Article:
    return Article(text[:9], text, (Block(0, len(text), BlockKind.PROSE),), NOON, title=title, language=language)


def read_one(text: str, **more):
    one = article(text, **more)
    return one, read([one], pipeline.DEFAULT_PIPELINE)[0]


def test_an_outline_has_the_title_and_a_line_for_each_sentence():
    one, reading = read_one("Ines Moreau met Karl Duval on Friday. Moreau then left.", title="Moreau meets Duval")
    title, first, second = reading.outline.split("\n")
    assert title == "duval meet moreau"
    assert set(first.split("\t")[0].split()) >= {"ine", "moreau", "met", "meet", "karl", "duval", "friday"}
    assert "meet" in first.split("\t")[1].split()
    assert "ine" in second.split("\t")[0].split()  # who Moreau is stands in the sentence before
    assert reading.outline == outline(one, reading)


def test_an_article_in_another_language_has_an_empty_outline():
    one, reading = read_one("Der Bürgermeister hat die Brücke am Freitag eröffnet.", language="de")
    assert reading.outline == outline(one, reading) == ""
    assert nearest(["brücke"], {one.id: reading.outline}, 5) == ()


def test_lines_are_the_same_with_and_without_a_stored_outline():
    one, reading = read_one("Ines Moreau met Karl Duval on Friday. Moreau then left.", title="Moreau meets Duval")
    with_it = Ground({one.id: one}, {one.id: reading})
    without = Ground({one.id: one}, {one.id: dataclasses.replace(reading, outline=None)})
    assert with_it.lines == without.lines
    assert [line.bag >= bag for line, bag in zip(with_it.lines, bags(reading.outline), strict=True)] == [True, True]


OUTLINES = {
    "both": "news\nmayor bridg\t\nhorn boat\t",
    "apart": "news\nmayor tunnel\t\nother\t\nthird\t\nbridg\t",
    "titled": "bridg\nmayor\t",
    "framed": "news\nminist paris\tmeet\nother\t",
    "neither": "news\nboat\t",
}


@pytest.mark.parametrize(
    ("terms", "best"),
    [
        (["mayor", "bridge"], ["both", "titled", "apart"]),
        (["met", "minister"], ["framed"]),
        (["tunnel", "unheard"], ["apart"]),
    ],
)
def test_articles_with_the_terms_in_one_sentence_come_first(terms, best):
    assert list(nearest(terms, OUTLINES, len(best))) == best


def test_equal_articles_stay_in_their_order():
    assert nearest(["zebra"], OUTLINES, 9) == tuple(OUTLINES)
    assert nearest([], OUTLINES, 2) == ("both", "apart")
