"""A news site without any feed: its robots.txt names an index of sitemaps, one of them for news; pages carry JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .site import Resource, Site, Week, Written, html_page, rfc3339, text, xml

if TYPE_CHECKING:
    from datetime import datetime

NAME = "Northreach Daily"
_OLDER = (
    "Refinery at Hesk hires sixty welders",
    "Ice on the northern road: two lorries in the ditch",
    "School of Millen wins the prize for its bridge of paper",
    "Hospital keeps its night surgery until the summer",
    "Lynx seen again near Rannoch Mere",
    "Price of district heating to fall by a tenth",
)


def build(origin: str, now: datetime) -> Site:
    week = Week(now)
    articles = _articles(origin, week)
    pages = {article.url.removeprefix(origin): _page(article) for article in articles}
    resources = {
        "/": _section(NAME, articles),
        "/region/": _section(f"Region | {NAME}", articles[:2]),
        "/city/": _section(f"City | {NAME}", articles[2:]),
        "/robots.txt": Resource(
            f"User-agent: *\nDisallow: /search\n\nSitemap: {origin}/sitemap-index.xml\n".encode(), "text/plain"
        ),
        "/sitemap-index.xml": _index(origin, week),
        "/sitemaps/news.xml": _news(articles),
        "/sitemaps/sections.xml": _sections(origin),
    }
    return Site(NAME, f"{origin}/", f"{origin}/sitemap-index.xml", articles, resources | pages)


def _articles(origin: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{origin}/region/merrow-harbour-reopened.html",
            "Merrow harbour reopened, long ships must wait for daylight",
            (
                (
                    f"Port Merrow reopened its harbour on {week.opening} after divers had searched the channel for debris from the "
                    "broken mole."
                ),
                (
                    "The port had turned ships away for two days. Storm Alva had torn a coal barge from its moorings and thrown it "
                    "against the outer wall, which lost forty metres of its length."
                ),
                (
                    "Harbour master Ruth Adeyemi said that ships of more than 120 metres could pass by daylight only. Three tankers "
                    "bound for the refinery at Hesk will therefore wait until the morning, their agent said."
                ),
                (
                    "The repair is to cost more than six million crowns. The port authority has asked the region for half of it; the "
                    "region has not answered yet."
                ),
            ),
            week.at(2.5),
            "Sunniva Drake",
        ),
        Written(
            f"{origin}/region/crack-in-brack-dam.html",
            "Crack in Brack dam: 1,200 leave their homes",
            (
                f"The water board found a crack in the wall of the Brack dam on {week.crack} and had the villages below it cleared.",
                (
                    "Around 1,200 people left Lower Brack and Millen within five hours, the district said. Most went to relatives. "
                    "Some four hundred spent the night in the gymnasium of Tarn."
                ),
                (
                    "The crack is eleven metres long. Priya Sandoval, the board's chief engineer, said that instruments in the wall "
                    "showed no movement, but that she would not bet a village on an instrument."
                ),
                "Minister Halvard Quist said in the capital that the state would pay for beds and meals as long as it took.",
            ),
            week.at(14.5),
            "Emil Farrow",
        ),
        Written(
            f"{origin}/city/airport-tram-approved.html",
            "Airport tram approved by thirteen votes",
            (
                f"After a debate of seven hours, the council of Varnholm approved the tram to the airport on {week.vote}.",
                (
                    "Thirty-one members voted for the extension of line 4 and eighteen against. Two members of the mayor's own party "
                    "stayed away."
                ),
                (
                    "Tomas Brekke, the mayor, thanked the chamber and said that building would begin next year. The 480 million "
                    "crowns come from the city and the state in equal parts."
                ),
                (
                    "Petra Solheim, who leads the opposition, announced that she would ask the court whether the noise of the line had been "
                    "measured as the law demands."
                ),
            ),
            week.at(26.5),
            "Sunniva Drake",
        ),
    )


def _framed(title: str, body: str, head: str = "") -> Resource:
    return html_page(f"""<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><header><a href="/">{NAME}</a><nav><a href="/region/">Region</a> <a href="/city/">City</a></nav></header>
<main>{body}</main><footer><p>{NAME}, Hesk. <a href="/contact">Contact</a></p></footer></body></html>""")


def _section(title: str, articles: tuple[Written, ...]) -> Resource:
    listed = [(a.url, a.title) for a in articles] + [(f"/archive/{n}.html", older) for n, older in enumerate(_OLDER)]
    return _framed(title, "".join(f'<h2><a href="{url}">{text(headline)}</a></h2>' for url, headline in listed))


def _page(article: Written) -> Resource:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": NAME},
            {
                "@type": "NewsArticle",
                "headline": article.title,
                "datePublished": rfc3339(article.published_at),
                "dateModified": rfc3339(article.published_at),
                "author": {"@type": "Person", "name": article.author},
                "image": {"@type": "ImageObject", "url": f"{article.url}.jpg"},
                "publisher": {"@type": "Organization", "name": NAME},
            },
        ],
    }
    head = f"""<link rel="canonical" href="{article.url}"><meta property="og:site_name" content="{NAME}">
<script type="application/ld+json">{json.dumps(data)}</script>"""
    return _framed(
        f"{text(article.title)} | {NAME}", f"<article><h1>{text(article.title)}</h1>{article.html}</article>", head
    )


def _index(origin: str, week: Week) -> Resource:
    named = (("sections", week.at(2000)), ("news", week.at(2.5)))
    maps = "".join(
        f"<sitemap><loc>{origin}/sitemaps/{name}.xml</loc><lastmod>{rfc3339(at)}</lastmod></sitemap>"
        for name, at in named
    )
    return xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>')


def _news(articles: tuple[Written, ...]) -> Resource:
    urls = "".join(
        f"""<url><loc>{a.url}</loc><lastmod>{rfc3339(a.published_at)}</lastmod><news:news><news:publication><news:name>{NAME}</news:name>
<news:language>en</news:language></news:publication><news:publication_date>{rfc3339(a.published_at)}</news:publication_date>
<news:title>{text(a.title)}</news:title></news:news></url>"""
        for a in articles
    )
    return xml(
        f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>"""
    )


def _sections(origin: str) -> Resource:
    urls = "".join(f"<url><loc>{origin}/{name}/</loc></url>" for name in ("region", "city"))
    return xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')
