"""Feeds that mean harm, or are broken beyond sense: nothing crashes, nothing is lost, the other feeds are read all the same."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from datetime import timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk import Clock, Desk, options
from publisher import START, Format, Publisher, written

from briefs.collecting.taking import MOST_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefs.collecting import CollectReport
    from briefs.models import Feed
    from briefs.store import Store

GUILD = 1
ROOT = Path(__file__).parents[2]
MANY = 10_000
MEMORY = 400  # megabytes that a process with all of the reader's libraries needs at most, whatever a feed sends


class Hostile:
    """A hostile feed beside a good one, and the desk that reads both."""

    def __init__(self, publisher: Publisher, store: Store, clock: Clock) -> None:
        self.publisher, self.store, self.clock = publisher, store, clock
        self.desk = Desk(store, options=options(first_articles=25, catch_up=200), clock=clock)
        self.good = publisher.channel("good", Format.RSS)
        self.bad = publisher.channel("bad", Format.RSS)
        for channel in (self.good, self.bad):
            store.subscribe(GUILD, publisher.url(channel), now=clock())

    def serve(self, body: bytes | Callable[[], bytes], kind: str = "application/rss+xml") -> None:
        """Let the bad feed say this."""
        self.publisher.raw["bad"] = (body if callable(body) else lambda: body, kind)

    def poll(self, times: int = 1) -> CollectReport:
        """Poll both, so often; each time the good one has something new, and it is read."""
        for _ in range(times):
            piece = self.publisher.add("good")
            feeds = self.store.feeds(GUILD)
            self.clock.now = max(self.clock.now, *(feed.next_poll_at or self.clock.now for feed in feeds))
            report = self.desk.collect()
            assert report.polled == 2
            assert self.feed("good").failures == 0
            assert any(f"File {piece.number:06}," in a.text for a in self.store.articles(report.articles).values())
        return report

    def feed(self, name: str) -> Feed:
        return next(feed for feed in self.store.feeds(GUILD) if feed.url.endswith(f"/{name}"))

    def taken(self) -> int:
        """How many articles the bad feed has brought."""
        return len(self.store.visible(None)) - len(self.good.pieces)


@pytest.fixture
def hostile(memory_store) -> Iterator[Hostile]:
    clock = Clock(START)
    with Publisher(clock) as publisher:
        yield Hostile(publisher, memory_store, clock)


def item(
    number: int, *, guid: str | None = None, title: str | None = None, text: str | None = None, link: str = ""
) -> str:
    own_title, (first, *_) = written(900_000 + number, 1)
    date = format_datetime(START - timedelta(minutes=number))
    body = f"<content:encoded><![CDATA[<p>{text or first}</p>]]></content:encoded>"
    return (
        f"<item><title>{title or own_title}</title><link>{link or f'http://127.0.0.1:9/{number}'}</link>"
        f"<guid>{guid or number}</guid><pubDate>{date}</pubDate>{body}</item>"
    )


def feed_of(*items: str) -> bytes:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f"<rss version='2.0' {spaces}><channel><title>Bad</title>{''.join(items)}</channel></rss>".encode()


# ---------------------------------------------------------------------------------------------------------- too many
def test_after_an_outage_the_newest_are_caught_up_with_and_the_rest_is_skipped_with_a_remark(hostile):
    hostile.serve(feed_of(item(MANY)))
    hostile.poll()
    hostile.serve(b"")
    hostile.poll(3)
    hostile.serve(feed_of(*map(item, range(500))))
    remarks = [remark for _ in range(6) for remark in hostile.poll().remarks]
    assert hostile.taken() == 1 + 200
    assert remarks == ["Bad: It had 500 unseen items at once; the newest 200 were taken, the others skipped."]


def test_of_ten_thousand_entries_at_first_sight_the_newest_are_taken_and_the_rest_is_remembered(tmp_path):
    """In a process of its own, whose memory stays bounded."""
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_hostile_feeds import *
from briefs.store import Store
with Publisher(clock := Clock(START)) as publisher, Store.open("sqlite:///{tmp_path}/d.db") as store:
    hostile = Hostile(publisher, store, clock)
    items = [item(k, text=f"Item {{k}}. " + "A word. " * 40) for k in range(MANY)]
    hostile.serve(feed_of(*items))
    hostile.poll()
    assert hostile.taken() == 25
    assert hostile.feed("bad").remark == "It had 10,000 items when it was first read; the newest 25 were taken."
    told = {{a.text.split(".")[0] for a in store.articles(store.visible(None)).values()}}
    assert {{f"Item {{k}}" for k in range(25)}} <= told
    hostile.serve(feed_of(item(-1), *items[20:300], *items[-300:]))
    hostile.poll()
    assert hostile.taken() == 26
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""
    paths = os.pathsep.join((str(ROOT), str(Path(__file__).parent)))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) // 1024 < MEMORY  # not ru_maxrss: that remembers what started the process


# ------------------------------------------------------------------------------------------------------ never the same
def test_a_feed_that_changes_every_guid_at_each_poll_brings_each_article_once(hostile):
    polls = iter(range(1_000))
    hostile.serve(lambda: feed_of(*(item(k, guid=f"{k}-{poll}") for poll in [next(polls)] for k in range(10))))
    hostile.poll(10)
    assert hostile.taken() == 10
    assert all(article.version == 1 for article in hostile.store.articles(hostile.store.visible(None)).values())


def test_a_feed_whose_every_entry_is_edited_at_each_poll_is_not_kept_for_ever(hostile):
    polls = iter(range(1_000))
    hostile.serve(
        lambda: feed_of(*(item(k, text=f"At {poll} of {k}. " * 9) for poll in [next(polls)] for k in range(3)))
    )
    hostile.poll(MOST_VERSIONS + 5)
    assert hostile.taken() == 3
    versions = {article.version for article in hostile.store.articles(hostile.store.visible(None)).values()}
    assert versions == {1, MOST_VERSIONS}


# ------------------------------------------------------------------------------------------------------------ bad words
def test_a_title_of_a_megabyte_is_taken_and_does_no_harm(hostile):
    hostile.serve(feed_of(item(1, title="long " * 200_000), item(2)))
    hostile.poll(2)
    assert hostile.feed("bad").failures == 0
    assert hostile.taken() == 2


@pytest.mark.parametrize(
    "body",
    [
        bytes(range(256)) * 500,
        b"\x00" * 5_000,
        b"\xff\xfe" * 5_000,
        b"%PDF-1.7 \x00\x01",
        b"\x1f\x8b\x08\x00rubbish",
        b"{" * 9_000,
        b"<" * 9_000,
    ],
    ids=["bytes", "zeros", "marks", "pdf", "gzip", "braces", "brackets"],
)
def test_rubbish_is_one_clear_sentence(hostile, body):
    hostile.serve(feed_of(item(1)))
    hostile.poll()
    hostile.serve(body)
    report = hostile.poll()
    assert len(report.problems) == 1
    assert is_a_sentence(hostile.feed("bad").last_error)
    hostile.serve(feed_of(item(1), item(2)))
    hostile.poll()
    assert (hostile.taken(), hostile.feed("bad").failures) == (2, 0)


def is_a_sentence(text: str | None) -> bool:
    return bool(text) and text.endswith(".") and "\n" not in text and len(text) < 300 and "Error)" not in text


def test_what_is_binary_inside_of_a_feed_does_no_harm(hostile):
    dirty = feed_of(item(1), item(2, text="Some \x00 and \x01 and \ufffe inside. " * 9)).replace(
        b"inside", b"\xff\xfe\x80"
    )
    hostile.serve(dirty)
    hostile.poll(2)
    assert hostile.taken() >= 1 or is_a_sentence(hostile.feed("bad").last_error)


# ------------------------------------------------------------------------------------------------------------- bad links
def teaser(number: int, link: str) -> str:
    return f"<item><title>Teaser {number}</title><link>{link}</link><description>Told {number}.</description></item>"


@pytest.mark.parametrize("host", ["169.254.169.254", "[::1]", "10.0.0.1", "0.0.0.0", "metadata.google.internal"])
def test_links_into_the_own_network_leave_the_teasers(hostile, host):
    hostile.serve(feed_of(*(teaser(k, f"http://{host}/{k}") for k in range(4))))
    hostile.poll(2)
    assert hostile.feed("bad").failures == 0
    assert hostile.taken() == 4


def test_links_to_the_own_machine_are_never_followed(hostile):
    """The feeds' own address is allowed, the one beside it is not."""
    hostile.desk.options = options(fetch_allow=(ip_network("127.0.0.1/32"),))
    with socket.create_server(("127.0.0.2", 0)) as listening:
        port = listening.getsockname()[1]
        hostile.serve(feed_of(*(teaser(k, f"http://127.0.0.2:{port}/latest/meta-data/{k}") for k in range(3))))
        hostile.poll()
        asked, _, _ = select.select([listening], [], [], 0)
    assert hostile.taken() == 3
    assert not asked


def test_pages_that_hang_leave_the_teasers_and_hold_nobody_up_for_ever(hostile):
    hostile.desk.patience = 0.5
    channels = [hostile.publisher.channel(f"hangs{k}", Format.RSS) for k in range(2)]
    hostile.publisher.raw |= {channel.name: None for channel in channels}
    hostile.serve(feed_of(*(teaser(k, hostile.publisher.url(channel)) for k, channel in enumerate(channels))))
    hostile.poll()
    assert hostile.feed("bad").failures == 0
    assert hostile.taken() == 2
