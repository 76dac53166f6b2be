"""A WordPress that is ill: warnings of PHP before the XML, the type of a web page, names that XML does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .site import Resource, Site, Week, Written, html_page, rfc822, text

if TYPE_CHECKING:
    from datetime import datetime

NAME = "Tarn & Brack Valley News"
_WARNING = """<br />
<b>Warning</b>:  Undefined array key "footer" in <b>/var/www/html/wp-content/themes/valley/functions.php</b> on line <b>212</b><br />
<br />
<b>Deprecated</b>:  Function strftime() is deprecated in <b>/var/www/html/wp-content/plugins/dates/dates.php</b> on line <b>17</b><br />
"""


def build(origin: str, now: datetime) -> Site:
    posts = _posts(origin, Week(now))
    resources = {
        "/": _front(posts),
        "/feed": Resource(b"", status=301, location="/feed/"),
        "/feed/": _feed(origin, posts),
        "/comments/feed/": _comments(origin, posts),
        "/category/valley/feed/": _feed(origin, posts),
        "/wp-json/wp/v2/pages/2": Resource(b'{"id":2}', "application/json"),
    }
    pages = {post.url.removeprefix(origin): _page(post) for post in posts}
    return Site(NAME, f"{origin}/", f"{origin}/feed/", posts, resources | pages)


def _posts(origin: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{origin}/valley/what-to-take-along/",
            "Leaving Lower Brack – what to take along",
            (
                (
                    "The district has put a list on its door, and people have asked us to print it: papers, medicine, chargers, "
                    "food for the animals, a jumper more than you think."
                ),
                (
                    f"Buses leave from the school at every full hour until nine. They have run since {week.crack}, when the crack in "
                    "the dam was found, and the drivers take dogs."
                ),
                (
                    "Whoever cannot climb into a bus calls the fire brigade in Tarn. Its chief, Olav Rennick, said that twenty-six "
                    "people had been fetched that way so far."
                ),
            ),
            week.at(12),
            "Gerd Halloran",
        ),
        Written(
            f"{origin}/valley/lake-sinks/",
            "Lake sinks by half a metre & the mill stands dry",
            (
                (
                    "The lake above the Brack dam has sunk by fifty-two centimetres since yesterday. At the old mill you can see the "
                    "stones of the road that was flooded in 1958."
                ),
                (
                    "The water board wants to take off three metres in all before its engineers climb into the wall. That will "
                    "last until next week, said Priya Sandoval, who leads the work."
                ),
            ),
            week.at(5),
            "Gerd Halloran",
        ),
    )


def _framed(title: str, body: str) -> Resource:
    return html_page(f"""{_WARNING}<html lang="en-US"><head><meta charset="UTF-8"><title>{title}</title>
<link rel='dns-prefetch' href='//s.w.org' />
<link rel="alternate" type="application/rss+xml" title="{text(NAME)} &raquo; Comments Feed" href="/comments/feed/" />
<link rel="alternate" type="application/rss+xml" title="{text(NAME)} &raquo; Feed" href="/feed/" />
<link rel="https://api.w.org/" href="/wp-json/" /><link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2" />
<link rel="EditURI" type="application/rsd+xml" title="RSD" href="/xmlrpc.php?rsd" />
<meta name="generator" content="WordPress 5.2.4" /></head><body class="home blog">
<div id="page">{body}<aside id="secondary"><a href="/category/valley/feed/">Valley RSS</a></aside></div></body></html>""")


def _front(posts: tuple[Written, ...]) -> Resource:
    return _framed(text(NAME), "".join(f'<h2><a href="{p.url}">{text(p.title)}</a></h2>' for p in posts))


def _page(post: Written) -> Resource:
    return _framed(text(post.title), f"<article><h1>{text(post.title)}</h1>{post.html}</article>")


def _feed(origin: str, posts: tuple[Written, ...]) -> Resource:
    items = "".join(
        f"""<item><title>{post.title.replace("–", "&ndash;")}</title><link>{post.url}</link>
<dc:creator><![CDATA[{post.author}]]></dc:creator><pubDate>{rfc822(post.published_at)}</pubDate>
<guid isPermaLink="false">{origin}/?p={number}</guid><description><![CDATA[{post.teaser[:60]} [&hellip;]]]></description>
<content:encoded><![CDATA[{post.html}]]></content:encoded><slash:comments>3</slash:comments></item>
"""
        for number, post in enumerate(posts, 310)
    )
    return _broken(origin, NAME, items)


def _comments(origin: str, posts: tuple[Written, ...]) -> Resource:
    items = f"""<item><title>By:&nbsp;A neighbour</title><link>{posts[0].url}#comment-9</link>
<pubDate>{rfc822(posts[0].published_at)}</pubDate><guid isPermaLink="false">{posts[0].url}#comment-9</guid>
<description>Thank you for the list.</description></item>"""
    return _broken(origin, f"Comments for {NAME}", items)


def _broken(origin: str, title: str, items: str) -> Resource:
    body = f"""{_WARNING}
<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>{title}</title><link>{origin}</link><description>News&nbsp;from the valley</description>
<language>en-US</language><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>
{items}</channel></rss>
<!-- Page cached in 0.41 seconds -->"""
    return Resource(body.encode(), "text/html; charset=UTF-8")
