"""A reading list of 200 small sites, as OPML; the same server serves all of their feeds, in three formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .site import Resource, Site, Week, Written, html_page, rfc822, rfc3339, text, xml

if TYPE_CHECKING:
    from datetime import datetime

NAME = "The Sound Reading List"
COUNT = 200
_PLACES = (
    "Hesk", "Tarn", "Millen", "Orlund", "Sorrel Bay", "Upper Brack", "Fenwick Sands", "Elderby", "Kings Ness", "Little Quay",
    "Marl End", "Osmund", "Pell Harbour", "Quarry Hill", "Rannoch Mere", "Saltby", "Thorn Island", "Ullen", "Wick Moor", "Yarrow",
)  # fmt: skip
_SUBJECTS = (
    ("Garden", "grew {n} kinds of kale", "The {n} kinds of kale in the allotments of {place} have come through the frost. The curly ones did best, and the pigeons agree."),
    ("Choir", "sang for {n} people", "The choir of {place} sang for {n} people in the boat shed. The roof leaked during the second song and nobody left."),
    ("Birds", "counted {n} geese", "On the marsh behind {place} we counted {n} geese at dusk. Most carried on south; a dozen stayed for the barley."),
    ("Library", "lent {n} books", "The library bus lent {n} books in {place} this week. The one most asked for is about knots."),
    ("Chess", "played {n} games", "At the chess evening in {place}, {n} games were played on nine boards. The youngest winner is seven."),
    ("Rail", "waited {n} minutes", "Passengers at {place} waited {n} minutes for the morning train, which had stopped for a calf on the line."),
    ("Bakery", "sold {n} loaves", "The bakery in {place} sold {n} loaves before noon. From next week it opens an hour earlier."),
    ("History", "found {n} letters", "In the attic of the old school of {place} lay {n} letters from the winter of 1911. They are about coal, above all."),
    ("Sailing", "raced {n} boats", "{n} boats raced around the buoy off {place} in a light wind. Two had to be fetched home by the rescue launch."),
    ("Weather", "measured {n} millimetres", "The gauge at {place} measured {n} millimetres of rain in one night, the most since it was hung there."),
)  # fmt: skip


def build(origin: str, now: datetime) -> Site:
    week = Week(now)
    blogs = [_blog(origin, week, number) for number in range(COUNT)]
    resources = {"/": _front(), "/reading-list.opml": _list(origin, blogs)}
    for number, (title, post) in enumerate(blogs):
        resources[_path(number)] = _FORMATS[number % 3](title, post)
    written = tuple(post for _, post in blogs)
    return Site(NAME, f"{origin}/reading-list.opml", f"{origin}/reading-list.opml", written, resources)


def _blog(origin: str, week: Week, number: int) -> tuple[str, Written]:
    place, (subject, did, told) = _PLACES[number // 10], _SUBJECTS[number % 10]
    words = {"place": place, "n": 11 + number * 7 % 180}
    title = f"{place} {did.format(**words)}"
    more = f"This was note {number + 1} from {place}. The next one follows when there is something to tell."
    url = f"{origin}/{number:03}/notes/1"
    return f"{place} {subject} Notes", Written(url, title, (told.format(**words), more), week.at(1 + number / 5))


def _path(number: int) -> str:
    return f"/{number:03}/{('feed.xml', 'atom.xml', 'feed.json')[number % 3]}"


def _front() -> Resource:
    return html_page(f"""<html lang="en"><head><meta charset="utf-8"><title>{NAME}</title></head><body><h1>{NAME}</h1>
<p>Two hundred people write about their villages. <a href="/reading-list.opml">Take the whole list along</a>.</p></body></html>""")


def _list(origin: str, blogs: list[tuple[str, Written]]) -> Resource:
    folders = []
    for start in range(0, COUNT, 10):
        lines = "".join(
            f'<outline type="rss" text="{text(title)}" title="{text(title)}" xmlUrl="{origin}{_path(number)}" htmlUrl="{origin}/{number:03}/"/>\n'
            for number, (title, _) in list(enumerate(blogs))[start : start + 10]
        )
        folders.append(f'<outline text="{_PLACES[start // 10]}">\n{lines}</outline>\n')
    return xml(
        f'<opml version="2.0"><head><title>{NAME}</title></head><body>{"".join(folders)}</body></opml>',
        "text/x-opml; charset=utf-8",
    )


def _rss(title: str, post: Written) -> Resource:
    return xml(
        f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{text(title)}</title>
<link>{post.url}</link><description>Notes</description><item><title>{text(post.title)}</title><link>{post.url}</link>
<guid>{post.url}</guid><pubDate>{rfc822(post.published_at)}</pubDate>
<content:encoded><![CDATA[{post.html}]]></content:encoded></item></channel></rss>""",
        "application/rss+xml; charset=utf-8",
    )


def _atom(title: str, post: Written) -> Resource:
    return xml(
        f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>{text(title)}</title><id>{post.url}</id>
<updated>{rfc3339(post.published_at)}</updated><entry><title>{text(post.title)}</title><id>{post.url}</id><link href="{post.url}"/>
<published>{rfc3339(post.published_at)}</published><updated>{rfc3339(post.published_at)}</updated>
<content type="html">{text(post.html)}</content></entry></feed>""",
        "application/atom+xml; charset=utf-8",
    )


def _json(title: str, post: Written) -> Resource:
    item = {
        "id": post.url,
        "url": post.url,
        "title": post.title,
        "content_html": post.html,
        "date_published": rfc3339(post.published_at),
    }
    document = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": [item]}
    return Resource(json.dumps(document).encode(), "application/feed+json")


_FORMATS = (_rss, _atom, _json)
