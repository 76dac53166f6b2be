"""The text of articles: read, grouped, briefed, looked at from above and shown, as far as the messages.

An input is articles one after another, parted by U+001E; the first line of each is its title.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot import rendering
from bot.rendering import overviews as shown
from bot.rendering.overviews import Look, View
from briefs import briefing, overviews, stories
from briefs.facts import claims
from briefs.language import names
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, Entry, Reading
from briefs.newsroom import read
from briefs.sources import pages
from briefs.store import codec
from fuzz import judging, words

if TYPE_CHECKING:
    from random import Random

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
MOST_ARTICLES = 4
AGAIN = 4_000  # bytes of an input that is read twice


@cache
def seeds() -> tuple[bytes, ...]:
    news = "\x1e".join(f"Berg and Vik meet again {n}\n" + "\n\n".join(words.PROSE[n : n + 9]) for n in range(3))
    kinds = (words.TIMES, words.ODD, words.SIGNS, words.WORDS, words.FORGED, words.SHAPES)
    texts = [
        news,
        *(" ".join(kind) for kind in kinds),
        *("\n\n".join(f"He said {each}." for each in kind) for kind in kinds),
    ]
    return tuple(words.bytes_of(text, 100_000) for text in texts)


def mutated(data: bytes, rng: Random, most: int) -> bytes:
    return words.bytes_of(words.mutated(words.text_of(data), rng), most)


def one_input(data: bytes) -> None:
    articles = _articles(words.text_of(data))
    found = _read(articles)
    if len(data) < AGAIN:
        assert _read(articles) == found, "read again, it is not the same"
    for article in articles:
        _check(article, found[article.id])
    held = {article.id: article for article in articles}
    _brief(held, found)
    _overlook(held, found)


def _articles(text: str) -> list[Article]:
    made = []
    for number, each in enumerate(text.split("\x1e")[:MOST_ARTICLES]):
        title, _, body = each.partition("\n")
        entry = Entry(
            guid=f"a{number}",
            content=body or title,
            title=title[:1_000] or None,
            outlet=f"Outlet {number} {title[:40]}",
            url=f"https://outlet{number}.example/news",
            published_at=NOW - timedelta(hours=number),
        )
        article = pages.extract(entry, first_seen_at=NOW)
        made.append(replace(article, language="en") if zlib.crc32(each.encode(errors="replace")) % 2 else article)
    return made


def _read(articles: list[Article]) -> dict[str, Reading]:
    return {reading.article_id: reading for reading in read(articles, DEFAULT_PIPELINE)}


def _check(article: Article, reading: Reading) -> None:
    """What was read stands in the text, in its order, and can be kept."""
    at, length = 0, len(article.text)
    for sentence in reading.sentences:
        assert at <= sentence.start < sentence.end <= length, f"a sentence out of place: {sentence}"
        said = article.text[sentence.start : sentence.end]
        assert said == said.strip(), f"white space around a sentence: {said!r}"
        at = sentence.end
    for each in (*reading.mentions, *reading.whens, *reading.facts):
        assert 0 <= each.start < each.end <= length, f"out of place: {each}"
    for fact in reading.facts:
        for part in (fact.predicate, *fact.arguments):
            assert 0 <= part.start < part.end <= length, f"out of place: {part}"
        for argument in fact.arguments:
            assert _alike(article.text[argument.start : argument.end], argument.text), f"no quotation: {argument}"
    for when in reading.whens:
        assert (when.first is None) == (when.last is None), f"half a time: {when}"
        assert when.first is None or when.first < when.last, f"a time that ends before it begins: {when}"
    for each in (reading, article):
        assert codec.unpack(type(each), codec.pack(each)) == each, "kept, it is another"


def _alike(one: str, other: str) -> bool:
    return one.split() == other.split()


def _brief(held: dict[str, Article], found: dict[str, Reading]) -> None:
    grouped = stories.group(held.values())
    assert sorted(i for story in grouped for i in story.article_ids) == sorted(held), (
        "an article in no story, or in two"
    )
    joined = names.unify({key: reading.mentions for key, reading in found.items()})
    facts = [fact for reading in found.values() for fact in reading.facts]
    for claim in claims.merge(facts, joined, held):
        assert 1 <= claim.independent <= claim.sources <= len(held), f"more say it than there are: {claim}"
    made = briefing.compose(grouped, held, found, now=NOW).briefing
    briefing.verify(made, held)
    for page in (*rendering.briefing_messages(made, briefing_id=7), *rendering.preview_messages(made)):
        judging.of_page(page)
    rendering.plain(made)
    for story in grouped[:2]:
        if card := briefing.card(story, held, found, now=NOW):
            judging.of_page(rendering.card_message(card, page_id="7:0"))


def _overlook(held: dict[str, Article], found: dict[str, Reading]) -> None:
    entity = next((mention.entity.name for reading in found.values() for mention in reading.mentions), None)
    for view, made in (
        (View.TIMELINE, overviews.timeline(held, found, subject="all", name=None, now=NOW)),
        (View.UPCOMING, overviews.agenda(held, found, name=None, now=NOW)),
        (View.CONNECTIONS, overviews.connections(held, found, name=entity, now=NOW)),
    ):
        for row in shown.rows(made):
            for evidence in row.evidence:
                said = held[evidence.article_id].text[evidence.start : evidence.end]
                assert said == evidence.text, f"no quotation: {evidence}"
        if shown.rows(made):
            judging.of_page(shown.overview_message(made, Look(view)))
