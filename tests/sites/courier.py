"""A news site: an RSS feed of teasers, pages behind a consent wall, one behind a paywall, and the same words at each foot."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefs.models import Extent

from .site import Resource, Site, Week, Written, html_page, rfc822, rfc3339, text, xml

if TYPE_CHECKING:
    from datetime import datetime

NAME = "The Varnholm Courier"
FOOT = (
    (
        "The Varnholm Courier has reported from the coast since 1871. Tell our desk what you saw: write to the editors or call "
        "in at the house on Fishmarket 4."
    ),
    (
        "This article was produced with the support of our members. Members read without advertising and meet the newsroom "
        "twice a year."
    ),
)
ROBOTS = """User-agent: *
Disallow: /archive/
Disallow: /account/
Crawl-delay: 0

User-agent: GreedyBot
Disallow: /
"""


def build(origin: str, now: datetime) -> Site:
    articles = _articles(origin, Week(now))
    pages = {article.url.removeprefix(origin): _PAGES[article.extent](article) for article in articles}
    resources = {
        "/": _front(articles),
        "/rss": Resource(b"", status=301, location="/rss/news.xml"),
        "/rss/news.xml": _feed(origin, articles),
        "/rss/sport.xml": _feed(origin, articles[:0]),
        "/robots.txt": Resource(ROBOTS.encode(), "text/plain"),
    }
    return Site(NAME, f"{origin}/", f"{origin}/rss/news.xml", articles, resources | pages)


def _articles(origin: str, week: Week) -> tuple[Written, ...]:
    return (
        Written(
            f"{origin}/news/port-merrow-opens-again",
            "Port Merrow opens again after storm Alva",
            (
                f"The harbour of Port Merrow was opened to ships on {week.opening}, two days after storm Alva had closed it.",
                (
                    "Harbour master Ruth Adeyemi said that divers had found the channel clear. Ferries to Orlund left on time, "
                    "and nine freighters that had waited outside were let in during the morning."
                ),
                (
                    f"A coal barge had struck the outer mole on {week.storm} and broken some forty metres of its wall. Nobody was "
                    "hurt. The port authority puts the damage at 6.2 million crowns."
                ),
                (
                    "Until the wall is rebuilt, ships longer than 120 metres may only enter by day, Adeyemi said. The work is to "
                    "begin in January and to last until April."
                ),
            ),
            week.at(3.5),
            "Mara Ellingsen",
        ),
        Written(
            f"{origin}/news/council-votes-for-airport-tram",
            "Council votes for tram to the airport",
            (
                f"Varnholm's council voted 31 to 18 on {week.vote} to extend tram line 4 to the airport.",
                (
                    "Mayor Tomas Brekke called the vote the largest decision of the city in twenty years. The line is to cost 480 "
                    "million crowns, of which the state pays half, and to open in four years."
                ),
                (
                    "The opposition had asked for more buses instead. Its leader, Petra Solheim, said that the hills of the "
                    "eastern districts would still be without a connection after eight in the evening."
                ),
                "The first trees along Airport Road will be felled in March. The council asked for two new ones for each.",
            ),
            week.at(26),
            "Jonas Wick",
        ),
        Written(
            f"{origin}/news/brack-dam-residents-leave",
            "Residents below Brack dam told to leave",
            (
                f"About 1,200 people were told to leave their homes below the Brack dam on {week.crack} after a crack was found.",
                (
                    "Engineer Priya Sandoval of the water board said that the crack was eleven metres long and did not grow. The "
                    "level of the lake is being lowered by half a metre a day."
                ),
                (
                    "Schools in Lower Brack stay closed this week. The gymnasium in Tarn has beds for 400 people; most of those who "
                    "left have found room with relatives, the district said."
                ),
                "Minister Halvard Quist will visit the valley. He promised that nobody would have to pay for a hotel.",
            ),
            week.at(14),
            "Mara Ellingsen",
        ),
        Written(
            f"{origin}/news/kestrel-2-reaches-orbit",
            "Kestrel-2 reaches its orbit",
            (
                f"The sea satellite Kestrel-2 reached its orbit on {week.launch}, an hour after its launch from Cape Sorrel.",
                "Ordane Space received the first signal at a station in the north and said that both solar panels had opened.",
            ),
            week.at(8.5),
            "Science desk",
            Extent.CONSENT,
        ),
        Written(
            f"{origin}/news/fish-auction-moves-online",
            "Fish auction moves to the screen",
            (
                "The fish auction of Varnholm, held at five in the morning since 1902, will take place on screens from May on.",
                "Buyers from six countries have signed up, the auction house said.",
            ),
            week.at(30),
            "Jonas Wick",
            Extent.CONSENT,
        ),
        Written(
            f"{origin}/plus/inside-the-water-board",
            "Inside the water board: who knew of the crack?",
            (
                "Two reports about the Brack dam lay in a drawer of the water board for months, documents show.",
                "The Courier has read both. The first is dated in February and names the place where the crack was found.",
            ),
            week.at(10),
            "Mara Ellingsen",
            Extent.PAYWALL,
        ),
        Written(
            f"{origin}/archive/alva-in-pictures",
            "Storm Alva in pictures",
            (
                f"Our readers' pictures of the storm that closed Port Merrow on {week.storm}, from the first gust to the calm.",
            ),
            week.at(20),
            "Picture desk",
            Extent.TEASER,
        ),
    )


# --------------------------------------------------------------------------------------------------------------- pages
_NAV = """<header class="site-header"><a class="logo" href="/">The Varnholm Courier</a>
<nav aria-label="Main"><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/plus">Plus</a></li>
<li><a href="/account/login">Log in</a></li></ul></nav></header>"""
_BANNER = """<div id="cookie-banner" role="dialog"><p>We use cookies to count our readers.</p><button>Accept</button>
<button>Only what is needed</button></div>"""


def _article_page(article: Written, *, paragraphs: str, free: bool, after: str = "") -> Resource:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": rfc3339(article.published_at),
        "author": [{"@type": "Person", "name": article.author}],
        "isAccessibleForFree": free,
        "publisher": {"@type": "NewsMediaOrganization", "name": NAME},
    }
    if not free:
        data["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"}
    feet = "".join(f"<p>{text(foot)}</p>" for foot in FOOT)
    return _framed(
        article,
        f"""{_BANNER}<main><article itemscope><h1>{text(article.title)}</h1>
<p class="byline">By <span rel="author">{article.author}</span> <time datetime="{rfc3339(article.published_at)}">{article.published_at:%d %B %Y, %H:%M}</time></p>
<figure><img src="/img/lead.jpg" alt=""><figcaption>Photograph: Courier archive</figcaption></figure>
<div class="article-body">{paragraphs}{feet}</div>{after}</article>
<aside><h2>Most read</h2><ol><li><a href="/news/fish-auction-moves-online">Fish auction moves to the screen</a></li>
<li><a href="/sport/derby">Rovers win the derby on the ice</a></li></ol></aside></main>""",
        f'<script type="application/ld+json">{json.dumps(data)}</script>',
    )


def _free(article: Written) -> Resource:
    return _article_page(article, paragraphs=article.html, free=True)


def _paid(article: Written) -> Resource:
    wall = """<div class="paywall" data-testid="paywall"><h2>Read on with Courier Plus</h2>
<p>This article is for subscribers. Subscribe now for 9 crowns a month, cancel at any time.</p>
<a class="button" href="/account/subscribe">Subscribe</a> <p>Already a subscriber? <a href="/account/login">Log in</a></p></div>"""
    return _article_page(article, paragraphs=article.html, free=False, after=wall)


def _consent(article: Written) -> Resource:
    return html_page(f"""<html lang="en"><head><meta charset="utf-8"><title>{NAME}: your privacy</title>
<meta name="robots" content="noindex"></head><body class="consent-wall">
<div id="sp_message_container" class="cmp"><h1>Your privacy matters to us</h1>
<p>We and our 843 partners store and access information on your device, such as cookies, and process personal data, such as
your address on the network, to show advertising that suits you and to measure how it is read.</p>
<p>With your consent we may use exact location data. You can withdraw your consent at any time in the privacy settings. Some of
our partners rely on legitimate interest and do not ask for your consent.</p>
<button class="accept">Accept all and continue</button> <button>Manage options</button>
<p>Or read without tracking: <a href="/account/subscribe">Courier Pure for 3.99 crowns a month</a></p>
<p><a href="/privacy">Privacy policy</a> · <a href="/partners">Our partners</a> · <a href="/imprint">Imprint</a></p></div>
<form action="/consent" method="post"><input type="hidden" name="next" value="{article.url}"></form></body></html>""")


_PAGES = {Extent.FULL: _free, Extent.PAYWALL: _paid, Extent.CONSENT: _consent, Extent.TEASER: _free}


def _framed(article: Written | None, body: str, head: str = "") -> Resource:
    about = ""
    if article:
        about = f"""<link rel="canonical" href="{article.url}"><meta property="og:title" content="{text(article.title)}">
<meta property="og:site_name" content="{NAME}"><meta property="og:image" content="{article.url.rsplit("/", 2)[0]}/img/lead.jpg">
<meta property="article:published_time" content="{rfc3339(article.published_at)}"><meta name="author" content="{article.author}">"""
    title = f"{text(article.title)} - {NAME}" if article else f"{NAME}: news from the coast"
    return html_page(f"""<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{about}
<link rel="alternate" hreflang="nb" href="/nb/">
<link rel="alternate" type="application/rss+xml" title="{NAME}: Sport" href="/rss/sport.xml">
<link rel="alternate" type="application/rss+xml" title="{NAME}: all news" href="/rss/news.xml">{head}</head>
<body>{_NAV}{body}<footer><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>
<script>window.dataLayer = window.dataLayer || [];</script></body></html>""")


def _front(articles: tuple[Written, ...]) -> Resource:
    teasers = "".join(
        f'<section class="teaser"><h2><a href="{a.url}">{text(a.title)}</a></h2><p>{text(a.teaser)}</p></section>'
        for a in articles
    )
    return _framed(None, f"{_BANNER}<main>{teasers}</main>")


def _feed(origin: str, articles: tuple[Written, ...]) -> Resource:
    items = "".join(
        f"""<item><title>{text(a.title)}</title><link>{a.url}?utm_source=rss&amp;utm_medium=feed</link>
<guid isPermaLink="false">courier:{a.url.rsplit("/", 1)[1]}</guid><dc:creator>{a.author}</dc:creator>
<pubDate>{rfc822(a.published_at)}</pubDate><description>{text(a.teaser)}</description></item>"""
        for a in articles
    )
    return xml(
        f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>{NAME}</title><link>{origin}/</link><description>News from the coast</description><language>en-gb</language>
<ttl>15</ttl><atom:link href="{origin}/rss/news.xml" rel="self" type="application/rss+xml"/>{items}</channel></rss>""",
        "application/rss+xml; charset=utf-8",
    )
