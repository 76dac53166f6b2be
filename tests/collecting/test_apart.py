"""One server's feeds read, forge and hijack nothing of another's, whatever addresses they claim."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network

import pytest
from desk import Clock, Desk, options
from publisher import START, Format, Publisher

VICTIM, OTHER = 1, 2
TITLE = "The members of Port Merrow vote on their harbour"
TRUE, FORGED = (
    "The members of the harbour office voted for the new quay. " * 30,
    "The harbour office is sold to the sea. " * 40,
)
RSS = "<rss version='2.0'><channel><title>{name}</title><item><guid>{guid}</guid><title>{title}</title><link>{link}</link>{text}</item></channel></rss>"
PAGE = "http://127.0.0.1:9/members/vote"
PRIVATE = "?token=4f9a8b7c6d5e4f3a2b1c"


class World:
    """A desk, and an outlet and a stranger on two hosts."""

    def __init__(self, publisher, store, clock):
        self.publisher, self.store, self.clock = publisher, store, clock
        loopback = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
        self.desk = Desk(store, options=options(fetch_allow=loopback), clock=clock)
        self.outlet, self.stranger = (publisher.channel(name, Format.RSS) for name in ("outlet", "stranger"))

    def show(self, channel, text, *, link=PAGE, guid="1", whole=True):
        element = "content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'" if whole else "description"
        told = f"<{element}>{text}</{element.partition(' ')[0]}>"
        body = RSS.format(name=channel.name, guid=guid, title=TITLE, link=link, text=told)
        self.publisher.raw[channel.name] = (body.encode, "application/rss+xml")

    def read_outlet(self, query=""):
        self.store.subscribe(VICTIM, self.publisher.url(self.outlet) + query, now=self.clock())
        self.collect()

    def read_stranger(self):
        address = self.publisher.url(self.stranger).replace("127.0.0.1", "localhost")
        self.store.subscribe(OTHER, address, now=self.clock())
        self.collect()

    def collect(self):
        self.clock.now += timedelta(hours=8)
        self.store.poll_now([feed.id for feed in self.store.feeds()], self.clock())
        self.desk.collect()

    def texts(self, guild):
        return [article.text.strip() for article in self.store.articles(self.store.visible(guild)).values()]


@pytest.fixture
def world(memory_store):
    clock = Clock(START)
    with Publisher(clock) as publisher:
        yield World(publisher, memory_store, clock)


def test_a_private_feeds_text_is_shown_to_nobody_who_names_its_address(world):
    world.show(world.outlet, TRUE)
    world.read_outlet(PRIVATE)
    world.show(world.stranger, "They vote today.", whole=False)
    world.read_stranger()
    assert world.texts(VICTIM) == [TRUE.strip()]
    assert world.texts(OTHER) == ["They vote today."]


def test_a_strangers_text_is_no_version_of_an_outlets_article(world):
    world.show(world.outlet, "They vote today.", whole=False)
    world.read_outlet()
    world.show(world.stranger, FORGED)
    world.read_stranger()
    assert world.texts(VICTIM) == ["They vote today."]


def test_a_stranger_who_names_an_address_first_does_not_keep_it(world):
    world.show(world.stranger, FORGED, link="http://stranger.example/1")
    world.read_stranger()
    world.show(world.stranger, FORGED)  # the address of what the outlet will publish
    world.collect()
    world.show(world.outlet, TRUE, guid="true")
    world.read_outlet()
    assert world.texts(VICTIM) == [TRUE.strip()]
    assert world.texts(OTHER) == [FORGED.strip()]
