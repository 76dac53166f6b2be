"""A static blog as Hugo makes it: an Atom feed with the full text of every post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .site import Resource, Site, Week, Written, html_page, rfc3339, text, xml

if TYPE_CHECKING:
    from datetime import datetime

NAME = "Harbour Notes"
AUTHOR = "Ines Calloway"


def build(origin: str, now: datetime) -> Site:
    posts = _posts(origin, Week(now))
    pages = {post.url.removeprefix(origin): _page(post) for post in posts}
    resources = {
        "/": _front(posts),
        "/index.xml": _feed(origin, posts),
        "/css/main.css": Resource(b"body{}", "text/css"),
    }
    return Site(NAME, f"{origin}/", f"{origin}/index.xml", posts, resources | pages)


def _posts(origin: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{origin}/posts/boats-are-moving-again/",
            "Boats are moving again in Port Merrow",
            (
                (
                    f"At ten past six on {week.opening} the barrier lights went from red to green, and Port Merrow was a port "
                    "again. The first boat out was the little blue mail ferry to Orlund, with eleven passengers and a cow."
                ),
                (
                    f"The harbour had been shut since {week.storm}, when storm Alva drove a coal barge against the outer mole. "
                    "Ruth Adeyemi, the harbour master, told the few of us on the quay that divers had checked the channel twice "
                    "and found no wreckage in it."
                ),
                (
                    "The mole itself looks worse than it did from the hill. About forty metres of the parapet are gone, and the "
                    "lamp at its end leans like a tired heron. Adeyemi expects the repair to take until spring."
                ),
                (
                    "I bought coffee from the van that had stood unsold for two days. The driver said it was the best morning "
                    "of her year."
                ),
            ),
            week.at(3),
            AUTHOR,
        ),
        Written(
            f"{origin}/posts/watching-kestrel-2/",
            "Watching Kestrel-2 from the sea wall",
            (
                (
                    f"Some forty people stood on the sea wall at Cape Sorrel on {week.launch} to see Kestrel-2 leave. The rocket "
                    "of Ordane Space rose at first light, on its third attempt, and was gone into the cloud in fourteen seconds."
                ),
                (
                    "The satellite weighs as much as a small car. It will measure the height of the sea to within two "
                    "centimetres, and the harbours of this coast have waited for it for years: our tide tables still rest on "
                    "readings from a gauge that a trawler hit."
                ),
                (
                    f"The try on {week.scrub} had ended nine minutes before the start because of a valve that would not close. "
                    "This time nobody on the wall spoke until the sound reached us."
                ),
            ),
            week.at(8),
            AUTHOR,
        ),
        Written(
            f"{origin}/posts/how-to-read-a-tide-table/",
            "How to read a tide table without swearing",
            (
                "Every autumn somebody leaves a van on the causeway. Here is the short version of what I tell visitors.",
                (
                    "Heights are given above the lowest tide of the year and not above the road. The road lies at three metres "
                    "and ten. If the table says three metres forty, you have thirty centimetres of water in your engine."
                ),
                (
                    "Times are in winter time the whole year round. In summer you add the hour yourself, and no, the harbour "
                    "office will not change this: they tried it once, and twice as many vans were lost."
                ),
            ),
            week.at(80),
            AUTHOR,
        ),
    )


def _front(posts: tuple[Written, ...]) -> Resource:
    items = "".join(
        f'<li><time datetime="{rfc3339(p.published_at)}">{p.published_at:%d %b}</time> <a href="{p.url}">{text(p.title)}</a></li>'
        for p in posts
    )
    return _framed(
        NAME, f'<main class="list"><h1>{NAME}</h1><p>Small news from a small port.</p><ul>{items}</ul></main>'
    )


def _page(post: Written) -> Resource:
    body = f"""<main><article class="post"><header><h1>{text(post.title)}</h1>
<p class="meta"><time datetime="{rfc3339(post.published_at)}">{post.published_at:%B %d, %Y}</time> · {AUTHOR}</p></header>
{post.html}</article></main>"""
    return _framed(f"{text(post.title)} | {NAME}", body)


def _framed(title: str, body: str) -> Resource:
    return html_page(f"""<html lang="en-gb"><head><meta charset="utf-8"><meta name="generator" content="Hugo 0.121.1">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/css/main.css">
<link rel="alternate" type="application/atom+xml" href="/index.xml" title="{NAME}"></head>
<body><nav><a href="/">Home</a> <a href="/about/">About</a> <a href="/index.xml">Feed</a></nav>
{body}
<footer><p>© {AUTHOR}. Words under CC BY 4.0.</p></footer></body></html>""")


def _feed(origin: str, posts: tuple[Written, ...]) -> Resource:
    entries = "".join(
        f"""<entry><title>{text(p.title)}</title><link href="{p.url}"/><id>{p.url}</id>
<published>{rfc3339(p.published_at)}</published><updated>{rfc3339(p.published_at)}</updated>
<author><name>{AUTHOR}</name></author><content type="html">{text(p.html)}</content></entry>"""
        for p in posts
    )
    return xml(
        f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-gb"><title>{NAME}</title>
<link href="{origin}/index.xml" rel="self" type="application/atom+xml"/><link href="{origin}/"/>
<generator uri="https://gohugo.io/" version="0.121.1">Hugo</generator><id>{origin}/</id>
<updated>{rfc3339(posts[0].published_at)}</updated>{entries}</feed>""",
        "application/xml",
        modified=posts[0].published_at,
    )
