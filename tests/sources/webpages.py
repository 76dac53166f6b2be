"""Web pages of invented outlets as publishing systems build them: the article among everything that stands around one."""

from __future__ import annotations

import json

LEAD = (
    "The swing bridge of Halden reopened to traffic on Monday after three years of repairs, the harbour office said, ending "
    "detours of forty kilometres for the people of the two islands behind it."
)
PARAGRAPHS = (
    LEAD,
    (
        "Mayor Ilse Brandt cut the ribbon before some four hundred people, many of whom had come by boat. “We have waited long "
        "enough,” she said, and then walked across the bridge with the two engineers who had rebuilt it."
    ),
    (
        "The work cost 12 million euros, two more than the council had planned, because divers found cracks in the middle pier "
        "when they inspected its foundation in the first winter of the works."
    ),
    (
        "Lorries will have to wait until December. Until then they take the ferry from Sandholm, which the council has promised "
        "to pay for, and which leaves every forty minutes from six in the morning until midnight."
    ),
    (
        "A second bridge is planned for the northern island, but its money has yet to be found. The county votes on it in May, "
        "and the opposition has said that it wants a tunnel in its place."
    ),
    (
        "The ferry’s crew of eleven will be offered work on the bridge, whose swing span is opened by hand for sailing boats "
        "twice a day between April and October, as it has been since the bridge was built a century ago."
    ),
    (
        "Fishermen had asked for a higher span, so that trawlers could pass at low water without its being opened, and were told "
        "that a higher one would have needed longer ramps than the old town has room for."
    ),
)
BANNER = (
    '<div id="onetrust-banner-sdk" class="otFlat"><p>We value your privacy. We and our 842 partners store and access personal '
    "data, such as cookies, on your device. By clicking “Accept all” you consent to personalised ads and content.</p>"
    '<button id="onetrust-accept-btn-handler">Accept all</button><button>Manage options</button></div>'
)
NEWSLETTER = (
    '<div class="newsletter-signup"><h3>Get the Morning Tide</h3><p>Sign up for our newsletter and get the news of the coast in '
    'your inbox every morning.</p><form><input type="email"><button>Sign up</button></form></div>'
)
RELATED = (
    '<section class="related-stories"><h2>Related stories</h2><ul><li><a href="/1">Ferry captain retires after forty years at '
    'sea</a></li><li><a href="/2">Council quarrels over tunnel to the northern island</a></li></ul></section>'
)
NAVIGATION = (
    '<header><a href="/">The Halden Tide</a><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li>'
    '<li><a href="/weather">Weather</a></li><li><a href="/login">Log in</a></li><li><a href="/subscribe">Subscribe</a></li></ul></nav></header>'
)
FIGURE = (
    '<figure><img src="/img/bridge.jpg" alt="The bridge"><figcaption>The swing bridge of Halden on Monday morning. '
    "Photo: Karl Lund/Tide Pictures</figcaption></figure>"
)
FOOTER = (
    '<footer><p>© 2024 The Halden Tide. All rights reserved.</p><ul><li><a href="/privacy">Privacy policy</a></li>'
    '<li><a href="/cookies">Cookie settings</a></li></ul></footer>'
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(
    body: str,
    *,
    head: str = "",
    title: str = "Halden bridge reopens after three years | The Halden Tide",
    lang: str = "en",
    around: tuple[str, str] = (NAVIGATION, FOOTER),
) -> str:
    """A whole page: what a site puts around ``body``, and ``head`` for machines."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{around[0]}<main>{body}</main>{around[1]}</body></html>"
    )


def article(
    *texts: str,
    head: str = "",
    after: str = "",
    lang: str = "en",
    title: str = "Halden bridge reopens after three years",
) -> str:
    """An article's page with all that stands around one."""
    told = texts or PARAGRAPHS
    return page(
        f'<article><h1>{title}</h1><p class="byline">By <a rel="author" href="/by/mara">Mara Oduya</a></p>{FIGURE}'
        f"{paragraphs(*told[:2])}{NEWSLETTER}{paragraphs(*told[2:])}</article>{after}{RELATED}",
        head=head,
        lang=lang,
        title=f"{title} | The Halden Tide",
    )


def linked_data(**said: object) -> str:
    """The JSON-LD of an article."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Halden bridge reopens after three years",
    }
    return f'<script type="application/ld+json">{json.dumps(told | said)}</script>'
