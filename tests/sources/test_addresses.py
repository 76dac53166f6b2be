"""Addresses: one form per page, and one that may be shown."""

from __future__ import annotations

import pytest

from briefs.sources.addresses import canonical, identity, masked


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


def test_a_shown_address_has_no_password():
    assert masked("https://me:secret@example.com/feed?x=a@b") == "https://***@example.com/feed?x=a@b"
    assert masked("https://example.com/@me") == "https://example.com/@me"
