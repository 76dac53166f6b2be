"""What a feed without end is read for: its newest items, and the operator is told that there were more."""

from __future__ import annotations

import json
import time

import pytest

from briefs.sources.feeds import newest, parse

URL = "https://coast.example/feed"
MOST = 100
LEAST = 20


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Limits a hundredth of the real ones, so that a feed beyond them is soon made."""
    monkeypatch.setattr(newest, "MOST_ITEMS", MOST)
    monkeypatch.setattr(newest, "MOST_LISTED", MOST)
    monkeypatch.setattr(newest, "MOST_MARKS", 3_000)
    monkeypatch.setattr(newest, "LEAST", LEAST)


def rss(items):
    return f"<rss version='2.0'><channel><title>Coast</title>{''.join(items)}<language>en</language></channel></rss>".encode()


def item(number, *, year=2024, html=""):
    return (
        f"<item><guid>{number}</guid><title>Ferry {number}</title><pubDate>Mon, 04 Mar {year} 16:13:00 GMT</pubDate>"
        f"<description>{html}</description></item>"
    )


def json_feed(years):
    items = [
        {"id": str(number), "content_text": "Ferry", "date_published": f"{year}-03-04T16:13:00Z"}
        for number, year in enumerate(years)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Coast", "items": items}).encode()


def guids(parsed):
    return [entry.guid for entry in parsed.entries]


def test_of_a_feed_with_the_newest_first_the_first_are_read_and_it_is_said():
    parsed = parse(rss(item(number, year=2024 if number < MOST else 2020) for number in range(MOST + 5)), url=URL)
    assert guids(parsed) == [str(number) for number in range(MOST)]
    assert parsed.title == "Coast"
    assert parsed.language == "en"  # what stands behind the items is read, too
    assert parsed.problems == ()
    assert parsed.left_out == "It has 105 items, more than are read at once; the newest 100 were read."


def test_of_a_feed_with_the_oldest_first_the_last_are_read():
    parsed = parse(rss(item(number, year=2020 if number < 5 else 2024) for number in range(MOST + 5)), url=URL)
    assert guids(parsed) == [str(number) for number in range(5, MOST + 5)]


def test_a_feed_that_breaks_off_is_shortened_as_well():
    whole = rss(item(number) for number in range(MOST + 5))
    parsed = parse(whole[:-60], url=URL)
    assert guids(parsed)[:MOST] == [str(number) for number in range(MOST)]
    assert "breaks off" in parsed.problems[0]


@pytest.mark.parametrize(
    ("years", "first"), [((2024, 2020), 0), ((2020, 2024), 5)], ids=["newest first", "oldest first"]
)
def test_of_a_json_feed_the_newest_are_read(years, first):
    parsed = parse(json_feed([years[0]] * 5 + [years[1]] * MOST), url=URL)
    assert guids(parsed) == [str(number) for number in range(first, first + MOST)]
    assert parsed.left_out


def test_items_of_much_markup_are_fewer_but_never_fewer_than_a_long_absence_brings():
    heavy = "&lt;b>a" * 300
    parsed = parse(rss(item(number, html=heavy) for number in range(50)), url=URL)
    assert len(parsed.entries) == LEAST


def test_a_feed_of_as_many_items_as_are_read_is_read_whole():
    parsed = parse(rss(item(number) for number in range(MOST)), url=URL)
    assert len(parsed.entries) == MOST
    assert parsed.left_out is None


def test_a_list_of_more_pages_than_a_sitemap_may_have_is_shortened():
    most = newest.MOST_LISTED
    listed = "".join(f"<url><loc>https://coast.example/{number}</loc></url>" for number in range(most + 5))
    for body in (f"<urlset>{listed}</urlset>", "\n".join(f"https://coast.example/{n}" for n in range(most + 5))):
        parsed = parse(body.encode(), url=URL)
        assert len(parsed.entries) == most
        assert parsed.left_out


def test_a_long_text_of_references_is_soon_read():
    body = rss([item(1, html="&lt;b>a" * 400_000)])
    start = time.process_time()
    assert len(parse(body, url=URL).entries) == 1
    assert time.process_time() - start < 2
