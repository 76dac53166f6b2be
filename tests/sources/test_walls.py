"""Walls: pages that ask for consent or payment first are told from articles, also from those about walls."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from webpages import BANNER, LEAD, NAVIGATION, PARAGRAPHS, article, linked_data, page, paragraphs

from briefs.models import BlockKind, Entry, Extent
from briefs.sources import cleaning, walls
from briefs.sources.markup import text_of
from briefs.sources.pages import extract

SEEN = datetime(2024, 3, 5, tzinfo=UTC)


def met(html: str) -> Extent | None:
    """What the reader of a page says of it, from the text it finds there itself."""
    found = extract(Entry("a", html, "text/html", url="https://tide.example/a"), first_seen_at=SEEN).extent
    return None if found is Extent.FULL else found


def wall(*texts: str, title: str = "The Halden Tide", lang: str = "en", **around: str) -> str:
    """A page that shows nothing but a box over it."""
    buttons = around.get("buttons", "<button>Accept all</button><button>Reject all</button>")
    box = f"<div {around.get('box', '')}>{paragraphs(*texts)}{buttons}</div>"
    return page(box, title=title, lang=lang, around=("", ""))


CONSENT = {
    "a preference centre": wall(
        "We care about your privacy",
        "We and our 842 partners store and access information on your device, such as cookies, to show you personalised ads and to measure our audience.",
        "You can change your choices at any time in our privacy centre. Some partners process your data on the basis of legitimate interest.",
        box='id="onetrust-consent-sdk"',
    ),
    "a search engine's page before the page": page(
        "<h1>Before you continue</h1>"
        + paragraphs("We use cookies and data to")
        + "<ul><li>keep our services running</li><li>track outages and protect against spam and fraud</li><li>measure how our audience uses them</li></ul>"
        + paragraphs(
            "If you choose “Accept all”, we will also use cookies and data to show personalised content and personalised ads, depending on your settings.",
            "If you choose “Reject all”, we will not use cookies for these additional purposes.",
        )
        + '<form action="https://consent.google.example/save"><button>Accept all</button></form>',
        title="Before you continue",
        around=("", ""),
    ),
    "pay or consent, in German": wall(
        "Weiterlesen mit Werbung oder im Abo",
        "Wir und unsere 180 Partner verwenden Cookies und verarbeiten personenbezogene Daten, um Ihnen Werbung zu zeigen.",
        "Ihre Einwilligung können Sie jederzeit in den Einstellungen zum Datenschutz widerrufen.",
        lang="de",
        box='class="sp_message_container_1"',
        buttons="<button>Akzeptieren</button>",
    ),
    "a notice in French": wall(
        "Nous et nos partenaires utilisons des cookies pour stocker vos données personnelles et mesurer l’audience.",
        "Vous pouvez retirer votre consentement à tout moment. Vos choix seront conservés six mois.",
        lang="fr",
        box='id="didomi-host"',
        buttons="<button>Tout accepter</button><button>Continuer sans accepter</button>",
    ),
    "a long list of purposes": wall(
        "We value your privacy.",
        "We and our partners need your consent to process personal data such as unique identifiers.",
        *(
            f"Purpose {n}: our partners may use limited data to select ads or content and to measure them."
            for n in range(1, 12)
        ),
        box='class="qc-cmp2-container"',
    ),
}


@pytest.mark.parametrize("html", CONSENT.values(), ids=CONSENT)
def test_a_page_that_asks_for_consent_first_is_a_consent_wall(html):
    assert met(html) is Extent.CONSENT


COOKIE_LAW = (
    "The parliament of Halden passed a law on Tuesday that forbids sites to set cookies before a reader has given consent.",
    "Under the law a button that rejects all cookies must be as large as the one that accepts them, and fines reach a million euros.",
    "“You click accept because you want to read,” said the deputy Jonas Ek, who wrote it. “That is no consent.”",
    "Publishers said that the law would cost them a third of their income from advertising, and asked for two years to adapt.",
    "The law takes effect in June. A court will then decide on forty complaints about tracking that readers have filed since 2021.",
)

NO_CONSENT = {
    "a banner over a full article": article(after=BANNER),
    "a banner over a short article": article(*PARAGRAPHS[:3], after=BANNER),
    "an article about cookie law": article(*COOKIE_LAW),
    "an article about cookie law under a banner": article(*COOKIE_LAW, after=BANNER),
    "an article without a word of it": article(),
}


@pytest.mark.parametrize("html", NO_CONSENT.values(), ids=NO_CONSENT)
def test_an_article_that_can_be_read_is_no_consent_wall(html):
    assert met(html) is None


def test_the_words_of_an_article_without_its_page_are_judged_alike():
    text = text_of(CONSENT["a preference centre"])
    assert walls.met("<html></html>", text) is Extent.CONSENT
    assert walls.met("<html></html>", "\n\n".join(COOKIE_LAW)) is None


# --------------------------------------------------------------------------------------------------------------- payment
UNPAID = linked_data(isAccessibleForFree=False, hasPart={"@type": "WebPageElement", "cssSelector": ".paid"})


def box(*texts: str, name: str = "offer") -> str:
    return f'<div class="{name}">{paragraphs(*texts)}<a href="/subscribe">Subscribe</a></div>'


PAYWALLS = {
    "declared unpaid": article(*PARAGRAPHS[:2], head=UNPAID),
    "declared unpaid in the markup": article(LEAD, head='<meta itemprop="isAccessibleForFree" content="false">'),
    "locked by its content tier": article(LEAD, head='<meta property="article:content_tier" content="locked">'),
    "subscribe to continue": article(LEAD, after=box("Subscribe to continue reading")),
    "for subscribers only": article(LEAD, after=box("This article is for subscribers only.")),
    "limit reached": article(LEAD, after=box("You have reached your limit of free articles this month.")),
    "all free articles read": article(LEAD, after=box("You’ve read all your free articles for March.")),
    "a registration": article(LEAD, after=box("Create a free account to read the full story")),
    "for subscribers, in French": article(LEAD, after=box("Cet article est réservé aux abonnés")),
    "to continue reading": article(LEAD, after=box("To continue reading, subscribe for €1 a week.")),
    "broken off at a sign-in": article(
        LEAD[:-40] + "…", after=box("Already a subscriber? Sign in", name="piano-offer")
    ),
    "broken off in a marked box": article(LEAD[:-30], after=box("Two months for one euro", name="c-paywall")),
    "a long beginning": article(
        *PARAGRAPHS[:5], PARAGRAPHS[5][:90] + "…", head=UNPAID, after=box("Subscribe to read on", name="paywall")
    ),
}


@pytest.mark.parametrize("html", PAYWALLS.values(), ids=PAYWALLS)
def test_an_article_that_breaks_off_at_a_till_is_a_paywall(html):
    assert met(html) is Extent.PAYWALL


PAYWALL_NEWS = (
    "Three newspapers of the coast put up a paywall on Monday, a year after the last of their printers closed its doors.",
    (
        "“Subscribe to continue reading” now stands under the first paragraph of every article in the Sandholm Post, whose editor "
        "said that four in ten readers had turned away at the sight of it."
    ),
    (
        "The Halden Tide asks for payment after ten articles a month. “You have reached your limit of free articles,” it tells its "
        "readers then, and offers them the first week for a euro."
    ),
    "A union of librarians said it would buy access for the people of the islands, as it already did for the school books.",
)

PAID_FOR = {
    "a metered page with the full text": article(head=UNPAID, after=box("You have two free articles left this month.")),
    "a metered page with the full text and its box ready": article(
        *PARAGRAPHS, *PARAGRAPHS, head=UNPAID, after=box("Subscribe to continue reading", name="paywall hidden")
    ),
    "an article about paywalls": article(*PAYWALL_NEWS),
    "a sign-in link over a short article": page(
        f"<article>{paragraphs(*PARAGRAPHS[:2])}</article>",
        around=(NAVIGATION + "<p>Already a subscriber? Log in</p>", ""),
    ),
    "a box for subscribers beside a free article": article(
        *PARAGRAPHS[:3], after=box("Support us for five euros", name="subscription-prompt")
    ),
    "declared free": article(*PARAGRAPHS[:2], head=linked_data(isAccessibleForFree=True)),
    "a style for walls that is not met": article(
        *PARAGRAPHS[:2], head="<style>.paywall{display:none}</style><script>var paywall='piano-x'</script>"
    ),
}


@pytest.mark.parametrize("html", PAID_FOR.values(), ids=PAID_FOR)
def test_an_article_that_can_be_read_to_its_end_is_no_paywall(html):
    assert met(html) is None


# -------------------------------------------------------------------------------------------------- the walls' own words
@pytest.mark.parametrize(
    "asked",
    [
        "Subscribe to read on",
        "Subscribe to continue reading.",
        "Already a subscriber? Sign in",
        "This article is for subscribers only. Subscribe now to read the full story.",
        "You have reached your limit of free articles.",
        "Continue reading Halden bridge reopens →",
    ],
)
def test_what_a_wall_says_is_furniture_also_at_the_end_of_a_teaser(asked):
    text = f"{LEAD} {asked}"
    kinds = {text[b.start : b.end]: b.kind for b in cleaning.mark(text).blocks}
    assert kinds == {LEAD: BlockKind.PROSE, asked: BlockKind.FURNITURE}


def test_a_text_that_is_nothing_but_a_wall_has_no_prose():
    assert [b.kind for b in cleaning.mark("Subscribe to continue reading.").blocks] == [BlockKind.FURNITURE]


@pytest.mark.parametrize(
    "told",
    [
        "The bridge reopened. More than four hundred people came.",
        "The mayor had one wish. “Read more books,” she said.",
        "She signed in ink. To continue reading his letters, the widow moved her lamp to the window.",
        "The paper lost readers. Members of the union want to subscribe to another.",
    ],
)
def test_news_that_speaks_of_reading_stays_prose(told):
    assert [b.kind for b in cleaning.mark(told).blocks] == [BlockKind.PROSE]
