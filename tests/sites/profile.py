"""A profile on a Mastodon server: an RSS feed of short posts without titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .site import Resource, Site, Week, Written, html_page, rfc822, text, xml

if TYPE_CHECKING:
    from datetime import datetime

NAME = "Port Merrow Harbour Office"


def build(origin: str, now: datetime) -> Site:
    posts = _posts(origin, Week(now))
    resources = {"/@harbouroffice": _profile(), "/@harbouroffice.rss": _feed(origin, posts)}
    pages = {post.url.removeprefix(origin): _status(post) for post in posts}
    return Site(NAME, f"{origin}/@harbouroffice", f"{origin}/@harbouroffice.rss", posts, resources | pages)


def _posts(origin: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{origin}/@harbouroffice/111901",
            None,
            (
                (
                    "The port is open. Ferries to Orlund run by the winter timetable from today. Ships longer than 120 metres: "
                    "by day only, please, until the outer mole is repaired."
                ),
            ),
            week.at(4),
        ),
        Written(
            f"{origin}/@harbouroffice/111884",
            None,
            (
                (
                    "Divers are in the water at the outer mole. We hope to say more about the channel tonight. Thank you to the "
                    "crew of the tug Bertha, who held the barge for nine hours."
                ),
            ),
            week.at(28),
        ),
        Written(
            f"{origin}/@harbouroffice/111870",
            None,
            (
                (
                    "Storm Alva: the harbour is closed to all ships from 14:00. A barge has struck the outer mole. Nobody is hurt. "
                    "Stay off the quays."
                ),
            ),
            week.at(52),
        ),
    )


def _framed(title: str, body: str) -> Resource:
    return html_page(f"""<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="application-name" content="Mastodon"><meta property="og:type" content="profile">
<link rel="me" href="https://portmerrow.example/">
<link href="/@harbouroffice.rss" rel="alternate" type="application/rss+xml">
<link href="/users/harbouroffice" rel="alternate" type="application/activity+json">
<script id="initial-state" type="application/json">{{"meta":{{"domain":"sound.example","title":"Sound Social"}}}}</script></head>
<body class="app-body"><noscript><div>To use the web application, please enable JavaScript.</div></noscript>
<div class="app-holder" id="mastodon">{body}</div></body></html>""")


def _profile() -> Resource:
    """A profile shows its posts by script only."""
    return _framed(f"{NAME} (@harbouroffice@sound.example) - Sound Social", "")


def _status(post: Written) -> Resource:
    return _framed(f"{NAME}: &quot;{text(post.teaser[:40])}…&quot;", "")


def _feed(origin: str, posts: tuple[Written, ...]) -> Resource:
    items = "".join(
        f"""<item><guid isPermaLink="true">{p.url}</guid><link>{p.url}</link><pubDate>{rfc822(p.published_at)}</pubDate>
<description>{text(p.html)}</description><category>portmerrow</category></item>"""
        for p in posts
    )
    return xml(
        f"""<rss version="2.0" xmlns:webfeeds="http://webfeeds.org/rss/1.0" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>{NAME}</title><description>Public posts from @harbouroffice@sound.example</description>
<link>{origin}/@harbouroffice</link><lastBuildDate>{rfc822(posts[0].published_at)}</lastBuildDate>
<generator>Mastodon v4.2.8</generator>{items}</channel></rss>""",
        "application/rss+xml; charset=utf-8",
    )
