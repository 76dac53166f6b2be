"""Addresses: one form per page, and one that may be shown."""

from __future__ import annotations

import random
import string
import time

import pytest

from briefs.sources.addresses import canonical, has_secret, identity, masked, masked_in


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Example.COM/News", "https://example.com/News"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&UTM_medium=y&fbclid=1&gclid=2", "https://example.com/a"),
        ("https://example.com/a?page=2&id=7&utm_campaign=z", "https://example.com/a?id=7&page=2"),
        ("https://example.com/a?q=a%26b&p", "https://example.com/a?p&q=a%26b"),
        ("https://bank.example@evil.example/a", "https://evil.example/a"),
        (" https://example.com/a ", "https://example.com/a"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://BÜCHER.example/a", "https://xn--bcher-kva.example/a"),
        ("https://xn--bcher-kva.example/a", "https://xn--bcher-kva.example/a"),
        ("https://straße.example/a", "https://xn--strae-oqa.example/a"),
        ("https://новости.example/мир?q=да", "https://xn--b1amnebsh.example/%D0%BC%D0%B8%D1%80?q=%D0%B4%D0%B0"),
        ("https://new\u200bs.example/a", "https://news.example/a"),
        ("https://a_b.example/a", "https://a_b.example/a"),
        ("https://☃☃\u0300-.example/a", "https://☃☃\u0300-.example/a"),
        ("https://example.com/caf%c3%a9", "https://example.com/caf%C3%A9"),
        ("https://example.com/café", "https://example.com/caf%C3%A9"),
        ("https://example.com/%7Edesk/a%2Db", "https://example.com/~desk/a-b"),
        ("https://example.com/a%2Fb%3f", "https://example.com/a%2Fb%3F"),
        ("https://example.com/a b?q=a b", "https://example.com/a%20b?q=a%20b"),
        ("https://example.com/100%", "https://example.com/100%"),
        ("https://example.com/a?q=%C3%84&utm%5Fsource=x", "https://example.com/a?q=%C3%84"),
        ("https://example.com/a\ud800b?q=\udfff", "https://example.com/a%ED%A0%80b?q=%ED%BF%BF"),
        ("https://\ud800.example/a", "https://\ud800.example/a"),
        ("mailto:desk@example.com", None),
        ("javascript:alert(1)", None),
        ("https:///a", None),
        ("https://example.com:99999/", None),
        ("https://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_a_page_has_one_address(url, expected):
    assert canonical(url) == expected


def test_a_page_is_the_same_however_it_is_linked():
    links = ["http://example.com/a/", "https://www.example.com/a", "https://example.com/a?utm_source=feed#top"]
    assert len({identity(link) for link in links}) == 1
    assert identity("https://example.com/a?id=1") != identity("https://example.com/a?id=2")


def test_an_address_in_its_one_form_stays_as_it_is():
    for url in ("https://bücher.example/%e2%82%ac?b=ä&a=%7e", "http://example.com/100%25?x=%2525"):
        assert canonical(canonical(url)) == canonical(url)


# ------------------------------------------------------------------------------------------------------------- secrets
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:secret@example.com/feed?x=a@b", "https://***@example.com/feed?x=a@b"),
        ("https://me@example.com/feed", "https://***@example.com/feed"),
        ("https://me:se/cr?e#t@example.com/feed", "https://***@example.com/feed"),
        ("https://me:p@ss@example.com:8080/feed", "https://***@example.com:8080/feed"),
        ("https://example.com/feed?token=a1", "https://example.com/feed?token=***"),
        ("https://example.com/feed?page=2&api_key=a1&x=y#top", "https://example.com/feed?page=2&api_key=***&x=y"),
        ("https://example.com/feed?page=2;KEY=a1", "https://example.com/feed?page=2;KEY=***"),
        ("https://example.com/feed?to%6ben=a1", "https://example.com/feed?to%6ben=***"),
        ("https://example.com/feed?X-Amz-Signature=a1", "https://example.com/feed?X-Amz-Signature=***"),
        ("https://example.com/feed;jsessionid=a1", "https://example.com/feed;jsessionid=***"),
        ("https://example.com/token=a1/feed", "https://example.com/token=***/feed"),
        ("https://example.com/9f86d081884c7d659a2f/feed.xml", "https://example.com/***/feed.xml"),
        ("https://example.com/f/9f86d081884c7d659a2f.xml", "https://example.com/f/***"),
        ("https://example.com/private-9f86d081884c7d659a2f/basic.ics", "https://example.com/***/basic.ics"),
        ("https://example.com/aaea4e69-af51-495e-afc9-a9760146922b", "https://example.com/***"),
        ("https://example.com/rss/Zm9vYmFyIGJheg7Qx2Lk", "https://example.com/rss/***"),
        ("https://example.com/rss?Zm9vYmFyIGJheg7Qx2Lk", "https://example.com/rss?***"),
        ("https://example.com/rss?who=Zm9vYmFy%20IGJheg7Qx2Lk", "https://example.com/rss?who=***"),
        ("https://example.com/[::1/9f86d081884c7d659a2f", "https://example.com/[::1/***"),
    ],
)
def test_a_shown_address_has_no_secret(url, shown):
    assert masked(url) == shown
    assert has_secret(url)
    assert masked(shown) == shown
    assert not has_secret(shown)


@pytest.mark.parametrize(
    "name",
    [
        "token",
        "key",
        "api_key",
        "apikey",
        "apiKey",
        "auth",
        "secret",
        "sig",
        "signature",
        "password",
        "pass",
        "pwd",
        "access_token",
        "private_token",
        "feed_token",
        "rss_token",
        "hash",
        "session",
        "session_id",
        "user_token",
        "feedkey",
        "feed-key",
        "auth_key",
        "jwt",
    ],
)
def test_a_parameter_is_a_secret_by_its_name(name):
    assert masked(f"https://example.com/feed?{name}=a1") == f"https://example.com/feed?{name}=***"


@pytest.mark.parametrize(
    "name",
    [
        "author",
        "authors",
        "keyword",
        "monkey",
        "passage",
        "hashtag",
        "sessions_of",
        "design",
        "page",
        "id",
        "tag",
        "sigma",
    ],
)
def test_a_parameter_that_only_sounds_like_a_secret_is_shown(name):
    assert not has_secret(f"https://example.com/feed?{name}=a1")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/@me",
        "https://example.com/feed?token=",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCa1B2c3D4e5F6g7H8i9J0kL",
        "https://www.youtube.com/feeds/videos.xml?playlist_id=PLa1B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVw",
        "https://www.youtube.com/channel/UCa1B2c3D4e5F6g7H8i9J0kL",
        "https://www.youtube.com/watch?v=a1B2c3D4e5F",
        "https://example.com/2026/11/21/ministers-meet-in-oslo-to-talk-about-the-ferry-2026",
        "https://example.com/20261121T123456Z/1234567890123456789012345",
        "https://example.com/Ministers-Meet-In-Oslo-COVID19-G20-iPhone15-4K",
        "https://example.com/BreakingNewsFromTheFarNorthOfTheCountry",
        "https://example.com/Donaudampfschifffahrtsgesellschaft",
        "https://example.com/caf%C3%A9-fr%C3%BChst%C3%BCck-stra%C3%9Fe-%C3%BCbermorgen",
        "https://новости.example/новости-сегодня-утром",
        "https://example.com/section/world/europe/rss.xml?edition=international&format=rss2",
        "https://github.example/some-organisation/some-long-repository-name/releases.atom",
        "file:///home/desk/news/articles-of-2026",
        "x.example/feed",
        "http://[::1",
        "no address at all",
        "",
    ],
)
def test_what_is_no_secret_is_shown(url):
    assert masked(url) == url
    assert not has_secret(url)


@pytest.mark.parametrize(
    ("alphabet", "length"),
    [
        (string.hexdigits[:16], 20),
        (string.hexdigits[:16], 64),
        (string.ascii_letters + string.digits, 20),
        (string.ascii_letters + string.digits + "-_", 32),
        (string.ascii_letters + string.digits + "-_", 43),
        (string.ascii_lowercase + string.digits, 32),
        (string.ascii_uppercase + "234567", 32),
    ],
)
def test_random_values_are_hidden(alphabet, length):
    chance = random.Random(3)
    tokens = ["".join(chance.choice(alphabet) for _ in range(length)) for _ in range(1000)]
    assert sum(has_secret(f"https://example.com/feeds/{token}/rss") for token in tokens) >= 970


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "See https://me:x@a.example/f?key=1, and (https://b.example/x).",
            "See https://***@a.example/f?key=***, and (https://b.example/x).",
        ),
        (
            "'https://a.example/?token=1','https://me:x@b.example/'",
            "'https://a.example/?token=***','https://***@b.example/'",
        ),
        ('<a href="https://a.example/?token=1">', '<a href="https://a.example/?token=***">'),
        ("postgresql://me:x@db.example/desk failed", "postgresql://***@db.example/desk failed"),
        ("HTTPS://me:it's@a.example/!", "HTTPS://***@a.example/!"),
        ("10:30 // no address: a@b.example", "10:30 // no address: a@b.example"),
        ("", ""),
    ],
)
def test_every_address_in_a_text_is_masked(text, shown):
    assert masked_in(text) == shown


def test_long_rubbish_is_masked_soon():
    for text in (
        "a" * 200_000,
        "://" * 100_000,
        "https://" + "@:" * 100_000,
        "https://a/" + "a1B" * 100_000,
        "user agent " * 20_000,
    ):
        started = time.process_time()  # of the processor: others may keep it busy
        masked_in(text)
        masked(text)
        assert time.process_time() - started < 2
