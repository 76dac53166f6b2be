"""Nobody reads off an article's links what opens the private feed that it came with."""

from __future__ import annotations

import pytest
from desk import Clock, Desk, options
from publisher import START, Format, Publisher

KEY = "9f3Kq7Zx2LwB2aQx7RtYp4Nh"
RSS = (
    "<rss version='2.0'><channel><title>Members</title><item><guid>1</guid><title>The quay is voted for</title>"
    "<link>https://members.example/vote?id=7&amp;token={key}</link><description>{text}</description>"
    "<enclosure url='https://pictures.example/quay.jpg?{query}' type='image/jpeg'/></item></channel></rss>"
)


@pytest.fixture
def desk(memory_store):
    return Desk(memory_store, options=options(), clock=Clock(START))


def read(desk, query):
    """Read a private feed with a picture whose address has this query; return the article."""
    with Publisher(desk.clock) as publisher:
        channel = publisher.channel("members", Format.RSS)
        body = RSS.format(key=KEY, query=query, text="The members voted for the new quay. " * 40)
        publisher.raw["members"] = (body.encode, "application/rss+xml")
        desk.store.subscribe(1, f"{publisher.url(channel)}?token={KEY}", now=START)
        desk.collect()
    return stored(desk)


def stored(desk):
    (article,) = desk.store.articles(desk.store.visible(None)).values()
    return article


def test_neither_link_nor_picture_of_a_private_feed_holds_its_key(desk):
    article = read(desk, f"for={KEY}")
    assert article.url == "https://members.example/vote?id=7"
    assert article.image is None


def test_a_picture_that_is_everybodys_stays(desk):
    assert read(desk, "width=300").image == "https://pictures.example/quay.jpg?width=300"


def test_what_an_earlier_release_stored_is_cleared_at_the_next_round(desk):
    article = read(desk, "width=300")
    leaking = f"https://members.example/vote?id=7&token={KEY}", article.image
    desk.store.save_links({article.id: leaking})
    later = Desk(desk.store, options=options(), clock=desk.clock)
    later.store.poll_now([1], desk.clock())
    later.collect()
    assert (stored(desk).url, stored(desk).image) == (article.url, article.image)
