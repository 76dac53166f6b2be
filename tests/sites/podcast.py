"""A podcast: RSS with the tags of itunes and the sound of each episode as an enclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .site import Resource, Site, Week, Written, html_page, rfc822, text, xml

if TYPE_CHECKING:
    from datetime import datetime

NAME = "Low Water Line"
AUTHOR = "Low Water Line Productions"


def build(origin: str, now: datetime) -> Site:
    episodes = _episodes(origin, Week(now))
    resources = {"/": _front(episodes), "/podcast/feed.xml": _feed(origin, episodes)}
    pages = {episode.url.removeprefix(origin): _page(episode) for episode in episodes}
    return Site(NAME, f"{origin}/", f"{origin}/podcast/feed.xml", episodes, resources | pages)


def _episodes(origin: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{origin}/episodes/41",
            "What the dam knew",
            (
                (
                    f"A crack of eleven metres was found in the Brack dam on {week.crack}, and 1,200 people had to leave their homes. "
                    "Priya Sandoval of the water board explains why a dam may crack and stand all the same."
                ),
                (
                    "Also: how fast a lake can be lowered without washing out the banks below, and why the sirens in Tarn were "
                    "switched off in the summer."
                ),
                "Recorded in the gymnasium of Tarn. Music by the Orlund Brass.",
            ),
            week.at(11),
            AUTHOR,
        ),
        Written(
            f"{origin}/episodes/40",
            "Forty-one votes and a tram",
            (
                (
                    "Before the council of Varnholm voted on the tram to the airport, we counted who had promised what. The count "
                    "said 29 votes for it; the mayor said that he had more."
                ),
                "With Tomas Brekke, Petra Solheim and the driver of the first bus of the morning.",
            ),
            week.at(60),
            AUTHOR,
        ),
    )


def _framed(title: str, body: str) -> Resource:
    return html_page(f"""<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="alternate" type="application/rss+xml" title="{NAME}" href="/podcast/feed.xml"></head>
<body><header><h1><a href="/">{NAME}</a></h1><p>A podcast from between the tides.</p>
<ul class="listen"><li><a href="https://podcasts.apple.com/us/podcast/low-water-line/id1500000001">Apple Podcasts</a></li>
<li><a href="https://open.spotify.com/show/000">Spotify</a></li><li><a href="/podcast/feed.xml">RSS</a></li></ul></header>
{body}</body></html>""")


def _front(episodes: tuple[Written, ...]) -> Resource:
    return _framed(
        NAME, "".join(f'<h2><a href="{e.url}">{text(e.title)}</a></h2><p>{text(e.teaser)}</p>' for e in episodes)
    )


def _page(episode: Written) -> Resource:
    return _framed(
        text(episode.title), f"<article><h2>{text(episode.title)}</h2><audio controls></audio>{episode.html}</article>"
    )


def _feed(origin: str, episodes: tuple[Written, ...]) -> Resource:
    items = "".join(_item(origin, episode) for episode in episodes)
    return xml(
        f"""<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel><title>{NAME}</title><link>{origin}/</link><language>en</language><description>From between the tides.</description>
<itunes:author>{AUTHOR}</itunes:author><itunes:type>episodic</itunes:type><itunes:explicit>false</itunes:explicit>
<itunes:image href="{origin}/cover.jpg"/><itunes:category text="News"><itunes:category text="Daily News"/></itunes:category>
<podcast:locked>no</podcast:locked>{items}</channel></rss>""",
        "application/rss+xml",
    )


def _item(origin: str, episode: Written) -> str:
    number = episode.url.rpartition("/")[2]
    plain = f"<title>{text(episode.title)}</title>" if number == "40" else ""  # some programs write the other one only
    return f"""<item>{plain}<itunes:title>{text(episode.title)}</itunes:title>
<itunes:episode>{number}</itunes:episode><itunes:author>{AUTHOR}</itunes:author><itunes:duration>00:31:07</itunes:duration>
<itunes:summary>{text(episode.teaser)}</itunes:summary><link>{episode.url}</link>
<guid isPermaLink="false">b3a1f0c2-0000-4000-8000-0000000000{number}</guid><pubDate>{rfc822(episode.published_at)}</pubDate>
<enclosure url="{origin}/sound/{number}.mp3" length="29876543" type="audio/mpeg"/>
<description>{text(episode.teaser)}</description><content:encoded><![CDATA[{episode.html}]]></content:encoded></item>"""
