"""Names, addresses, ids and texts have bounds, whoever states them; and no page is read for longer than its words are worth."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from briefs.models import Entry
from briefs.sources import bounds, cleaning, discovery, feeds, markup, pages
from briefs.sources.addresses import masked
from briefs.store.schema import storable

NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)
URL = "https://ada:secret@coast.example/feed?token=0123456789abcdef0123456789"
SECONDS = 2.0
PAGE = "<!doctype html><html><head><title>Coast</title></head><body><main>"
anything = st.text(st.characters(exclude_categories=()), max_size=60)


@given(anything)
def test_a_name_is_one_line_that_can_be_stored(text):
    name = bounds.name(text * 20)
    assert name is None or (name.strip() and len(name.splitlines()) == 1 and len(name) <= bounds.LONGEST_NAME)
    assert name is None or storable(name) == name


@given(anything)
def test_text_is_made_storable_sign_for_sign(text):
    assert len(bounds.storable(text)) == len(text)
    assert storable(bounds.storable(text)) == bounds.storable(text)


@given(st.sampled_from(("https://", "http://", "javascript:", "//", "")), anything)
def test_an_address_is_of_the_web_and_tells_no_password(scheme, rest):
    address = bounds.address(scheme + rest)
    if address is not None:
        assert urlsplit(address).scheme in ("http", "https")
        assert "@" not in urlsplit(address).netloc
        assert address.split() == [address]


def test_a_long_id_stays_the_same_and_apart_from_others():
    long = "a" * 5_000
    assert bounds.identifier(long) == bounds.identifier(long) != bounds.identifier(long + "b")
    assert len(bounds.identifier(long)) <= bounds.LONGEST_ID


@pytest.mark.parametrize("year", [1, 1699, 2100, 9999])
def test_a_time_that_some_zones_do_not_have_is_none(year):
    assert bounds.time(datetime(year, 1, 1, tzinfo=UTC)) is None
    assert bounds.time(NOW) == NOW


def test_a_text_ends_with_a_whole_line():
    text = bounds.text("The harbour opened on Monday.\n" * 20_000)
    assert text.endswith("Monday.")
    assert text.count("\n") <= bounds.MOST_LINE_ENDS
    assert bounds.text("short") == "short"


def test_neither_password_nor_token_of_a_feeds_address_gets_into_its_articles():
    body = b"<rss><channel><item><link>#a</link><title>A</title><enclosure url='b.jpg' type='image/jpeg'/></item></channel></rss>"
    (entry,) = feeds.parse(body, url=URL, now=NOW).entries
    assert entry.url is None
    assert entry.image == "https://coast.example/b.jpg"


def test_a_date_before_a_text_is_not_looked_for_in_all_ways():
    start = time.process_time()
    cleaning.mark("date 4:13 " * 25 + "x 4 March 2024 The harbour opened.")
    assert time.process_time() - start < SECONDS


LARGE = {
    "attributes": lambda: PAGE + "<p " + " ".join(f"a{n}" for n in range(300_000)) + ">x",
    "attributes behind quotes": lambda: PAGE + "<p b='>' " + " ".join(f"a{n}" for n in range(100_000)) + ">x",
    "quotes that overlap": lambda: PAGE + "<a b='" * 300_000,
    "open brackets": lambda: PAGE + "<" * 5_000_000,
    "one word": lambda: PAGE + "a" * 9_000_000,
    "one line of dates": lambda: PAGE + "<p>" + "March 4, 2024 " * 100_000,
    "elements in each other": lambda: PAGE + "<div class=share>" * 100_000 + "text",
    "a huge number in JSON": lambda: PAGE + '<script type="application/ld+json">' + "9" * 1_000_000 + "</script>",
}


@pytest.mark.parametrize("name", LARGE)
def test_a_hostile_page_takes_no_more_than_its_time(name):
    pages.extract(Entry("a", PAGE + "<p>The harbour opened.", "text/html"), first_seen_at=NOW)  # loads what is needed
    html = LARGE[name]()
    start = time.process_time()
    article = pages.extract(Entry("a", html, "text/html"), first_seen_at=NOW)
    assert time.process_time() - start < SECONDS
    assert len(article.text) <= bounds.LONGEST_TEXT
    start = time.process_time()
    discovery.links(html, "https://coast.example/")
    assert time.process_time() - start < SECONDS


def test_an_ordinary_page_is_read_whole():
    html = PAGE + "".join(f'<p class="a" id="b{n}">The harbour opened on day {n}.</p>' for n in range(2_000))
    assert markup.readable(html) == html


def test_what_is_not_read_of_a_page_or_of_a_text_is_told_in_the_log():
    page = Entry("a", PAGE + "<p>The harbour opened." + "<br>" * markup.MOST_TAGS, "text/html", url=URL)
    text = Entry("b", "The harbour opened on Monday.\n" * 20_000)
    whole = Entry("c", PAGE + "<p>The harbour opened.", "text/html")
    with capture_logs() as told:
        for entry in (page, text, whole):
            pages.extract(entry, first_seen_at=NOW)
    assert [(each["what"], each["address"]) for each in told] == [("page", masked(URL)), ("text", "b")]
