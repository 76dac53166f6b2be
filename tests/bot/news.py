"""A little news of our own, stored as if it had been read from a feed; no language pipeline is needed for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from briefs.models import Article, Block, BlockKind, Briefing, Citation, CitedSentence, Item, Reading, Sentence, Story
from briefs.store import Arrival, Poll

if TYPE_CHECKING:
    from briefs.store import Store

NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)

STORIES = {
    "ferry": (
        "Ferry line to Oskar Island reopens",
        "The ferry line to Oskar Island reopened on Friday after three months of repairs.",
        "Harbour master Lena Brandt said the new pier can carry twice as many cars.",
    ),
    "orchard": (
        "Frost ruins the orchards of the Velm valley",
        "A night of frost destroyed most of the apple blossom in the Velm valley.",
        "Growers expect to harvest a third of last year's crop.",
    ),
}


def article(name: str, *, at: datetime = NOON) -> Article:
    """One article of the stories above; its text is its sentences."""
    title, *sentences = STORIES[name]
    text = " ".join(sentences)
    blocks = (Block(0, len(text), BlockKind.PROSE),)
    url = f"https://courier.example/{name}"
    return Article(name, text, blocks, at, title=title, outlet="The Courier", url=url, published_at=at)


def reading(source: Article) -> Reading:
    """Read an article without a pipeline: its sentences end where we wrote them."""
    found, start = [], 0
    for sentence in STORIES[source.id][1:]:
        found.append(Sentence(source.id, start, start + len(sentence)))
        start += len(sentence) + 1
    return Reading(source.id, source.published_at, tuple(found))


def store_news(store: Store, guild_id: int, *, at: datetime = NOON) -> None:
    """Give a server a feed with both articles, each a story; it is polled again in a year."""
    feed = store.subscribe(guild_id, "https://courier.example/feed", title="The Courier", now=at)
    sources = [article(name, at=at) for name in STORIES]
    arrivals = tuple(Arrival(each.id, "", each.id, (each, reading(each))) for each in sources)
    store.record_poll(feed.id, Poll(at, at + 365 * DAY, arrivals))
    store.save_stories([Story(f"s-{name}", (name,)) for name in STORIES])


def briefing(*names: str, times: int = 1, at: datetime = NOON) -> Briefing:
    """A briefing of these stories; ``times`` repeats them until they need several messages."""
    names = (names or tuple(STORIES)) * times
    items = tuple(_item(name, number) for number, name in enumerate(names, 1))
    citations = tuple(
        Citation(number, name, "The Courier", STORIES[name][0], f"https://courier.example/{name}", at)
        for number, name in enumerate(names, 1)
    )
    return Briefing("Morning briefing", at, items, citations, len(set(names)), 1)


def _item(name: str, number: int) -> Item:
    source = article(name)
    sentences = tuple(
        CitedSentence(name, s.start, s.end, source.text[s.start : s.end], number) for s in reading(source).sentences
    )
    return Item(f"s-{name}-{number}", STORIES[name][0], name, sentences, (name,), ("The Courier",), 1, NOON)
