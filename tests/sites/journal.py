"""A small magazine with a JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from .site import Resource, Site, Week, Written, html_page, text

if TYPE_CHECKING:
    from datetime import datetime

NAME = "Orrery Weekly"
_ZONE = timezone(timedelta(hours=2))


def build(origin: str, now: datetime) -> Site:
    articles = _articles(origin, Week(now))
    resources = {"/": _front(articles), "/feed.json": _feed(origin, articles)}
    pages = {article.url.removeprefix(origin): _page(article) for article in articles}
    return Site(NAME, f"{origin}/", f"{origin}/feed.json", articles, resources | pages)


def _articles(origin: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{origin}/2/kestrel-2-is-up",
            "Kestrel-2 is up, and the sea is being measured",
            (
                (
                    f"Ordane Space launched the satellite Kestrel-2 from Cape Sorrel on {week.launch}. Leona Marsh, who speaks for the "
                    "company, said that the first heights of the sea would be published within a month."
                ),
                (
                    "Kestrel-2 follows a satellite that fell silent four years ago. It carries a radar whose antenna unfolds to "
                    "nine metres, and a mirror no larger than a plate from which lasers on the ground measure its own height."
                ),
                (
                    f"A first attempt on {week.scrub} was called off because of a valve. The company replaced it on the pad within a day "
                    "by taking one from the rocket that waits next in line."
                ),
                (
                    "Whoever sails will notice little at first. Tide tables are printed a year ahead, and the new heights will go "
                    "into those of the year after next."
                ),
            ),
            week.at(7),
            "Ottoline Vance",
        ),
        Written(
            f"{origin}/2/a-museum-for-clocks-that-stopped",
            "A museum for clocks that stopped",
            (
                (
                    "In Orlund a museum has opened in which no clock goes. The sisters Ada and Brit Nyland have collected 214 of them, "
                    "each stopped by something that happened: a flood, a quarrel, the last train."
                ),
                (
                    "The oldest comes from the mill under the Brack lake. It stopped at twenty to four, when the valley was flooded "
                    "in 1958."
                ),
            ),
            week.at(50),
            "Felix Amadi",
        ),
    )


def _framed(title: str, body: str) -> Resource:
    return html_page(f"""<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="alternate" title="{NAME}" type="application/feed+json" href="/feed.json"></head>
<body><header><a href="/">{NAME}</a></header><main>{body}</main><footer>Published when it is ready.</footer></body></html>""")


def _front(articles: tuple[Written, ...]) -> Resource:
    return _framed(
        NAME, "".join(f'<article><h2><a href="{a.url}">{text(a.title)}</a></h2></article>' for a in articles)
    )


def _page(article: Written) -> Resource:
    return _framed(
        text(article.title), f"<article><h1>{text(article.title)}</h1><p>{article.author}</p>{article.html}</article>"
    )


def _feed(origin: str, articles: tuple[Written, ...]) -> Resource:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": NAME,
        "home_page_url": f"{origin}/",
        "feed_url": f"{origin}/feed.json",
        "language": "en",
        "items": [
            {
                "id": article.url,
                "url": article.url,
                "title": article.title,
                "content_html": article.html,
                "summary": article.teaser,
                "date_published": article.published_at.astimezone(_ZONE).isoformat(),
                "authors": [{"name": article.author}],
                "tags": ["science"],
            }
            for article in articles
        ],
    }
    return Resource(json.dumps(document, indent=1).encode(), "application/feed+json")
