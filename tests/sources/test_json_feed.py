"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefs.errors import FeedError
from briefs.models import Entry
from briefs.sources.feeds import ParsedFeed, parse

DATA = Path(__file__).parents[1] / "data" / "sources"
NOW = datetime(2024, 3, 5, 9, tzinfo=UTC)
URL = "https://coast.example/feed.json"
VERSION = "https://jsonfeed.org/version/1"


def only(**item):
    (entry,) = parse(json.dumps({"version": VERSION, "items": [item]}).encode(), url=URL, now=NOW).entries
    return entry


def test_a_json_feed_with_everything_and_some_nonsense():
    assert parse((DATA / "full.json").read_bytes(), url=URL, now=NOW) == ParsedFeed(
        title="Coast & Sea",
        language="en",
        home="https://coast.example/",
        entries=(
            Entry(
                guid="coast-1",
                content="<p>The harbour reopened on Monday.</p>",
                content_type="text/html",
                url="https://coast.example/harbour",
                title="Harbour reopens",
                outlet="Coast & Sea",
                author="Ada Lind, Josef Marek",
                image="https://coast.example/pictures/harbour.jpg",
                language="de",
                published_at=datetime(2024, 3, 4, 15, 13, tzinfo=UTC),
            ),
            Entry(
                guid="2",
                content="A list < of things.",
                url="https://wire.example/pier",
                outlet="Coast & Sea",
                author="Anna Okoye",
                language="en",
                published_at=datetime(2024, 3, 3, 12, tzinfo=UTC),
            ),
            Entry(
                guid="https://coast.example/3",
                content="Only this.",
                url="https://coast.example/3",
                outlet="Coast & Sea",
                author="The Coast",
                language="en",
                summary_only=True,
            ),
        ),
    )


def test_an_author_of_version_1_0_is_named():
    assert only(id="1", author={"name": "Ada Lind"}).author == "Ada Lind"


def test_a_date_to_come_is_none():
    assert only(id="1", date_published="2024-03-06T00:00:00Z").published_at is None


def test_an_item_without_id_or_link_is_known_by_its_words():
    assert only(content_text="A").guid == only(content_text="A").guid != only(content_text="B").guid


def test_a_json_feed_needs_no_right_content_type_and_no_clean_start():
    body = b"\xef\xbb\xbf \n" + json.dumps({"version": VERSION, "title": "Größe"}).encode()
    assert parse(body, url=URL, content_type="text/html; charset=iso-8859-1") == ParsedFeed(title="Größe")


def test_a_json_feed_in_utf_16_is_read():
    assert parse(json.dumps({"version": VERSION, "title": "Coast"}).encode("utf-16"), url=URL).title == "Coast"


@pytest.mark.parametrize(
    ("body", "like"),
    [
        ("[]", "JSON"),
        ('{"version": 1, "items": []}', "JSON"),
        (f'{{"version": "{VERSION}", "items": {{}}}}', "JSON"),
        (f'{{"version": "{VERSION}", "items": [', "broken JSON"),
        ("{{", "broken JSON"),
    ],
)
def test_other_json_is_no_feed(body, like):
    with pytest.raises(FeedError) as caught:
        parse(body.encode(), url=URL)
    assert str(caught.value) == (
        f"{URL} is not a feed (it looks like {like}); give the address of its RSS, Atom or JSON feed."
    )
