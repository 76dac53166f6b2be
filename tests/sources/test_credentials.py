"""What opens a private feed is not read off the links to its articles, and other links stay as they are."""

import pytest

from briefs.sources.credentials import without_credentials

KEY = "9f3Kq7Zx2LwB2aQx7RtYp4Nh"
FEED = f"https://news.example/rss?token={KEY}"


@pytest.mark.parametrize(
    ("feed", "link", "expected"),
    [
        (FEED, f"https://news.example/a?id=7&token={KEY}", "https://news.example/a?id=7"),
        (FEED, f"https://news.example/a?token={KEY}", "https://news.example/a"),
        (FEED, f"https://www.news.example/a?reader={KEY}&page=2", "https://www.news.example/a?page=2"),
        (FEED, f"https://other.example/a?via={KEY}", "https://other.example/a"),
        (FEED, "https://news.example/a?token=another", "https://news.example/a"),  # made for this article and this reader
        (FEED, "https://other.example/a?token=its-own", "https://other.example/a?token=its-own"),
        (FEED, "https://news.example/a?id=7", "https://news.example/a?id=7"),
        (FEED, f"https://news.example/{KEY}/a", None),
        ("https://news.example/rss?key=a%2Fsecret", "https://news.example/a?k=a%2Fsecret&id=7", "https://news.example/a?id=7"),
        (f"https://news.example/u/{KEY}/rss", f"https://news.example/a?u={KEY}", "https://news.example/a"),
        (f"https://news.example/u/{KEY}/rss", f"https://news.example/u/{KEY}/a", None),
        (f"https://ann:{KEY}@news.example/rss", f"https://news.example/a?pass={KEY}", "https://news.example/a"),
        (f"https://{KEY}@news.example/rss", f"https://news.example/a?me={KEY}", "https://news.example/a"),
        ("https://ann:password@news.example/rss", "https://news.example/ann", "https://news.example/ann"),
        ("https://news.example/rss?key=public", "https://news.example/public-health/a", "https://news.example/public-health/a"),
        ("https://news.example/rss?key=public", "https://news.example/a?k=public&id=7", "https://news.example/a?id=7"),
        ("https://news.example/rss?key=example", "https://news.example/a", "https://news.example/a"),
        ("https://news.example/rss?key=1", "https://news.example/a?page=1", "https://news.example/a?page=1"),
        ("https://news.example/rss", f"https://news.example/a?token={KEY}", f"https://news.example/a?token={KEY}"),
        ("https://[::1/rss?token=abcdefgh", "https://news.example/a?t=abcdefgh", "https://news.example/a"),
        ("/srv/inbox", "https://news.example/a", "https://news.example/a"),
        (FEED, None, None),
    ],
)  # fmt: skip
def test_a_link_goes_without_what_opens_its_feed(feed, link, expected):
    assert without_credentials(link, [feed]) == expected


def test_the_address_to_which_a_feed_moved_holds_secrets_too():
    link = f"https://news.example/a?auth={KEY}&token=b"
    assert without_credentials(link, ["https://news.example/rss?token=a", None, f"https://x.example/?auth={KEY}"]) == (
        "https://news.example/a"
    )
