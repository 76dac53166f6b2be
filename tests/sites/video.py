"""A video channel as YouTube shows it: the page names only the channel's number, the Atom feed carries media:group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.models import Extent

from .site import Resource, Site, Week, Written, html_page, rfc3339, text, xml

if TYPE_CHECKING:
    from datetime import datetime

NAME = "Varnholm TV"
CHANNEL = "UCvarnholmTVnews0000001A"
_ATOM = 'xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"'


def build(origin: str, now: datetime) -> Site:
    videos = _videos(origin, Week(now))
    source = f"{origin}/feeds/videos.xml?channel_id={CHANNEL}"
    resources = {
        "/@varnholmtv": _channel(origin),
        source.removeprefix(origin): _feed(origin, source, videos),
        "/watch": html_page(f"<html><head><title>{NAME}</title></head><body><div id=player></div></body></html>"),
    }
    return Site(NAME, f"{origin}/@varnholmtv", source, videos, resources)


def _videos(origin: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{origin}/watch?v=kestrel2lift",
            "Lift-off: Kestrel-2 leaves Cape Sorrel",
            (
                (
                    f"The satellite Kestrel-2 lifted off from Cape Sorrel on {week.launch}. Our cameras followed the rocket of Ordane "
                    "Space from the sea wall until it went into the clouds."
                ),
                "Chapters: 0:00 Countdown. 2:10 Lift-off. 4:45 Leona Marsh of Ordane Space explains what comes next.",
            ),
            week.at(8.8),
            NAME,
            Extent.TEASER,  # a video's page holds no more words than its feed
        ),
        Written(
            f"{origin}/watch?v=brackvalley1",
            "Brack Valley: a night in the gymnasium",
            (
                (
                    f"Four hundred people from Lower Brack slept in the gymnasium of Tarn after a crack was found in the dam on "
                    f"{week.crack}. We asked them what they took along."
                ),
            ),
            week.at(13),
            NAME,
            Extent.TEASER,  # a video's page holds no more words than its feed
        ),
        Written(
            f"{origin}/watch?v=tramdebate01",
            "The tram debate in six minutes",
            (
                (
                    f"The council of Varnholm decided on {week.vote} to build a tram to the airport. Mayor Tomas Brekke and Petra "
                    "Solheim of the opposition, cut down to six minutes."
                ),
            ),
            week.at(25),
            NAME,
            Extent.TEASER,  # a video's page holds no more words than its feed
        ),
    )


def _channel(origin: str) -> Resource:
    return html_page(f"""<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{NAME} - Videos</title>
<link rel="canonical" href="{origin}/channel/{CHANNEL}"><meta property="og:title" content="{NAME}">
<meta itemprop="name" content="{NAME}"><meta itemprop="identifier" content="{CHANNEL}">
<link itemprop="url" href="http://www.youtube.com/@varnholmtv">
<script>var ytInitialData = {{"header": {{"c4TabbedHeaderRenderer": {{"channelId": "{CHANNEL}", "title": "{NAME}"}}}}}};</script>
</head><body><div id="app"></div><a href="/about">About</a><a href="/t/terms">Terms</a></body></html>""")


def _feed(origin: str, source: str, videos: tuple[Written, ...]) -> Resource:
    entries = "".join(_entry(origin, video) for video in videos)
    return xml(
        f"""<feed {_ATOM} xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{source}"/>
<id>yt:channel:{CHANNEL}</id><yt:channelId>{CHANNEL}</yt:channelId><title>{NAME}</title>
<link rel="alternate" href="{origin}/channel/{CHANNEL}"/><author><name>{NAME}</name><uri>{origin}/channel/{CHANNEL}</uri></author>
<published>2014-05-06T07:08:09+00:00</published>{entries}</feed>""",
        "text/xml; charset=UTF-8",
    )


def _entry(origin: str, video: Written) -> str:
    key = video.url.rpartition("=")[2]
    words = text("\n\n".join(video.paragraphs))
    return f"""<entry><id>yt:video:{key}</id><yt:videoId>{key}</yt:videoId><yt:channelId>{CHANNEL}</yt:channelId>
<title>{text(video.title)}</title><link rel="alternate" href="{video.url}"/><author><name>{NAME}</name></author>
<published>{rfc3339(video.published_at)}</published><updated>{rfc3339(video.published_at)}</updated>
<media:group><media:title>{text(video.title)}</media:title>
<media:content url="{origin}/v/{key}?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
<media:thumbnail url="{origin}/vi/{key}/hqdefault.jpg" width="480" height="360"/><media:description>{words}</media:description>
<media:community><media:starRating count="41" average="5.00" min="1" max="5"/><media:statistics views="1832"/></media:community>
</media:group></entry>"""
