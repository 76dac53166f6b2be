"""Pages: an entry of any kind becomes an article with text, blocks, title, outlet and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from webpages import BANNER, LEAD, PARAGRAPHS, article, linked_data, page, paragraphs

from briefs.errors import PageError
from briefs.models import BlockKind, Entry, Extent
from briefs.sources.markup import line_of, text_of
from briefs.sources.pages import article_id, extract, fuller, with_page

DATA = Path(__file__).parents[1] / "data" / "sources"
SEEN = datetime(2024, 3, 5, 9, tzinfo=UTC)
PAGE = Entry(guid="page", content=(DATA / "page.html").read_text(encoding="utf-8"), content_type="text/html")


def blocks(article):
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]


def test_a_web_page_is_its_article_and_nothing_around_it():
    article = extract(PAGE, first_seen_at=SEEN)
    assert blocks(article) == [
        ("headline", "Harbour of Ostmere reopens after storm"),
        (
            "prose",
            (
                "The harbour of Ostmere reopened on Monday after a week of repairs to its northern pier, the port authority "
                "said in a statement that was read out by its director, Ilse Brandt."
            ),
        ),
        (
            "prose",
            (
                "Two ferries left before noon, and forty lorries that had waited since Friday went with them. “We are glad to "
                "be back,” Brandt said."
            ),
        ),
        ("heading", "What the storm broke"),
        (
            "prose",
            (
                "The storm of late February had torn two cranes from the pier and sunk a tug, and nobody could say at first "
                "whether the foundations would hold."
            ),
        ),
        ("list", "- Two cranes were lost."),
        ("list", "- One tug was sunk."),
        ("prose", "The council votes in May on a plan to raise the pier by a metre before the next winter."),
    ]


def test_a_web_page_says_its_title_outlet_address_and_time():
    article = extract(PAGE, first_seen_at=SEEN)
    assert (article.title, article.outlet, article.url, article.published_at) == (
        "Harbour of Ostmere reopens after storm",
        "Ostmere Herald",
        "https://herald.example/region/harbour-reopens",
        datetime(2024, 3, 4, 15, 13, tzinfo=UTC),
    )


def test_what_the_entry_says_goes_before_what_the_page_says():
    known = {
        "title": "Known",
        "outlet": "Wire",
        "url": "https://x.example/1",
        "published_at": datetime(2024, 1, 1, tzinfo=UTC),
    }
    article = extract(replace(PAGE, **known), first_seen_at=SEEN)
    assert {name: getattr(article, name) for name in known} == known


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/ld+json">{"datePublished": "2024-03-04T16:13:00+01:00"}</script>',
        '<meta content="2024-03-04T15:13:00Z" property="article:published_time">',
        "<meta itemprop='datePublished' content='2024-03-04T15:13:00'>",
    ],
)
def test_a_page_states_its_time_in_several_ways(html):
    page = f"<html><head>{html}</head><body><p>The harbour of Ostmere reopened on Monday.</p></body></html>"
    article = extract(replace(PAGE, content=page), first_seen_at=SEEN)
    assert article.published_at == datetime(2024, 3, 4, 15, 13, tzinfo=UTC)


def test_plain_text_is_kept_as_it_is_and_says_what_it_can():
    text = "  Harbour of Ostmere reopens\n\n4 March 2024\n\nThe harbour of Ostmere reopened on Monday.\n"
    article = extract(Entry(guid="a", content=text), first_seen_at=SEEN)
    assert article.text == text
    assert (article.id, article.title, article.published_at) == (
        "a",
        "Harbour of Ostmere reopens",
        datetime(2024, 3, 4, tzinfo=UTC),
    )
    assert article.first_seen_at == SEEN


def test_a_feeds_fragment_keeps_every_word():
    html = "<h2>Pier</h2><p>Short.</p><ul><li>One&nbsp;item</li><li>Two</li></ul>Bare words<br>and <b>bold</b> ones."
    article = extract(Entry(guid="a", content=html, content_type="text/html"), first_seen_at=SEEN)
    assert article.text == "Pier\n\nShort.\n\n- One item\n- Two\n\nBare words\nand bold ones."


def test_a_page_in_which_no_article_is_found_is_stripped_of_its_tags():
    article = extract(replace(PAGE, content="<html><body>The bridge is open.</body></html>"), first_seen_at=SEEN)
    assert blocks(article) == [("prose", "The bridge is open.")]


@pytest.mark.parametrize("content", ["", " ", "<html></html>", "<", "<p", "&#0;&bogus;", "<html>" + "<div>" * 5_000])
def test_odd_markup_is_an_article_without_much_text(content):
    article = extract(replace(PAGE, content=content), first_seen_at=SEEN)
    assert all(block.kind in BlockKind for block in article.blocks)


def test_a_teaser_gets_the_page_behind_its_link():
    teaser = Entry(guid="a", content="Read it.", url="https://x.example/1", summary_only=True)
    whole = with_page(
        teaser,
        "<html><body><p>Köln öffnet.</p></body></html>".encode("latin-1"),
        content_type="text/html; charset=ISO-8859-1",
    )
    assert (whole.summary_only, whole.content_type, whole.url) == (False, "text/html", teaser.url)
    assert "Köln" in extract(whole, first_seen_at=SEEN).text


def test_a_feed_articles_id_is_that_of_its_page_and_never_of_its_date_or_words():
    entry = Entry(guid="a", content="One.", url="https://x.example/1?utm_source=feed", published_at=SEEN)
    same = Entry(guid="b", content="Two.", url="http://www.x.example/1/#top")
    assert article_id(entry) == article_id(same) == extract(entry, first_seen_at=SEEN, as_id=article_id(entry)).id
    assert article_id(Entry(guid="a", content="")) == article_id(Entry(guid="a", content="changed"))
    assert article_id(Entry(guid="a", content="")) != article_id(Entry(guid="b", content=""))


# ------------------------------------------------------------------------------------------------------ a page of a site
TEASER = Entry(
    guid="a", content="The bridge reopened.", url="https://tide.example/news/halden?src=rss", summary_only=True
)


def read(html: str, teaser: Entry = TEASER, **fetched):
    whole = with_page(teaser, html.encode(), **({"content_type": "text/html; charset=utf-8"} | fetched))
    return extract(whole, first_seen_at=SEEN)


def test_the_text_of_a_page_has_nothing_of_what_stands_around_it():
    told = read(article(after=BANNER))
    assert [text for kind, text in blocks(told) if kind == "prose"] == list(PARAGRAPHS)
    for stray in ("newsletter", "inbox", "Ferry captain", "cookies", "Tide Pictures", "Weather", "rights reserved"):
        assert stray not in told.text


def test_a_short_article_is_not_filled_up_with_the_page_around_it():
    told = read(article(LEAD, after=BANNER))
    assert [text for kind, text in blocks(told) if kind == "prose"] == [LEAD]
    assert "inbox" not in told.text
    assert "Ferry captain" not in told.text


def test_paragraphs_stay_apart_however_they_are_parted():
    boxes = "".join(f"<div><p>{text}</p></div>" for text in PARAGRAPHS[:3])
    broken = "<br><br>".join(PARAGRAPHS[3:6])
    told = read(page(f"<article><div>{boxes}</div><div>{broken}</div></article>"))
    assert [text for kind, text in blocks(told) if kind == "prose"] == list(PARAGRAPHS[:6])


def test_a_box_by_its_name_alone_never_takes_the_article_along():
    html = page(
        f'<div class="related-layout newsletter"><h1>Halden bridge reopens</h1>{paragraphs(*PARAGRAPHS[:2])}</div>'
    )
    assert PARAGRAPHS[1] in read(html).text


def test_a_page_states_its_authors_image_outlet_and_time():
    head = linked_data(
        datePublished="2024-03-04T16:13:00+01:00",
        author=[{"@type": "Person", "name": "By Mara Oduya"}, {"@type": "Person", "name": "Jo Lund"}],
        publisher={"@type": "Organization", "name": "The Halden Tide"},
        image=[{"@type": "ImageObject", "url": "/img/bridge.jpg"}],
    )
    told = read(article(head=head))
    assert (told.author, told.image, told.outlet, told.published_at) == (
        "Mara Oduya, Jo Lund",
        "https://tide.example/img/bridge.jpg",
        "The Halden Tide",
        datetime(2024, 3, 4, 15, 13, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ('<meta name="author" content="Jo Lund">', "Jo Lund"),
        (
            '<meta property="article:author" content="https://tide.example/by/jo">',
            "Mara Oduya",
        ),  # the link in the byline
        ('<meta name="author" content="admin">', "Mara Oduya"),
        (linked_data(author={"@type": "Person", "name": ["Jo Lund", "Ida Falk"]}), "Jo Lund, Ida Falk"),
        (linked_data(author="Jo Lund; Ida Falk"), "Jo Lund, Ida Falk"),
        ('<script type="application/ld+json">{"author": {"name": "broken" </script>', "Mara Oduya"),
    ],
)
def test_authors_are_names_and_never_addresses_or_accounts(head, author):
    assert read(article(head=head)).author == author


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ("https://cdn.example/x.jpg", "https://cdn.example/x.jpg"),
        ("/x.jpg", "https://tide.example/x.jpg"),
        ("//cdn.example/x.jpg", "https://cdn.example/x.jpg"),
        ("data:image/png;base64,AAAA", None),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
    ],
)
def test_an_image_is_an_absolute_web_address_or_none(image, found):
    assert read(article(head=f'<meta property="og:image" content="{image}">')).image == found


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://www.tide.example/news/halden-bridge?utm_source=x", "https://www.tide.example/news/halden-bridge"),
        ("/news/halden-bridge", "https://tide.example/news/halden-bridge"),
        ("https://amp.tide.example/news/halden", "https://amp.tide.example/news/halden"),
        ("https://another.example/news/halden", "https://tide.example/news/halden?src=rss"),
        ("https://tide.example/", "https://tide.example/news/halden?src=rss"),  # a fault of many sites
        ("https://untide.example/news/halden", "https://tide.example/news/halden?src=rss"),
    ],
)
def test_an_address_is_the_canonical_one_of_the_same_site(link, address):
    assert read(article(head=f'<link rel="canonical" href="{link}">')).url == address
    assert read(article(head=f'<meta property="og:url" content="{link}">')).url == address


def test_a_link_that_only_led_to_the_article_gives_way_to_where_it_led():
    teaser = replace(TEASER, url="https://links.example/r/123")
    assert read(article(), teaser, url="https://tide.example/news/halden").url == "https://tide.example/news/halden"


@pytest.mark.parametrize(
    ("html", "time"),
    [
        ('<time datetime="2024-03-04T16:13:00+01:00">Monday</time>', datetime(2024, 3, 4, 15, 13, tzinfo=UTC)),
        (
            '<time datetime="2023-01-01T00:00:00Z">Related</time><time class="entry-date published" datetime="2024-03-04T15:13:00Z">',
            datetime(2024, 3, 4, 15, 13, tzinfo=UTC),
        ),
        (
            '<meta name="date" content="2024-03-04"><meta property="article:published_time" content="2024-03-04T15:13:00Z">',
            datetime(2024, 3, 4, 15, 13, tzinfo=UTC),
        ),
    ],
)
def test_the_time_of_publication_is_the_one_that_says_to_be_it(html, time):
    assert read(article(head=html)).published_at == time


@pytest.mark.parametrize(
    ("html", "stated", "language"),
    [
        (article(lang="de"), None, "en"),  # a site's template states what it likes
        (article("Brandt!", lang="sv"), None, "sv"),  # where the words cannot tell
        (article("Brandt!", lang=""), "nb-NO", "no"),
        (article("Brandt!", lang="", head='<meta property="og:locale" content="it_IT">'), None, "it"),
    ],
)
def test_the_language_is_that_of_the_words_and_else_the_stated_one(html, stated, language):
    teaser = replace(TEASER, language=stated)
    titled = html.replace("Halden bridge reopens after three years", "Halden")
    assert read(titled, teaser).language == language


def test_how_much_could_be_read_is_said():
    teaser = extract(TEASER, first_seen_at=SEEN)
    assert teaser.extent is Extent.TEASER
    assert extract(replace(TEASER, summary_only=False), first_seen_at=SEEN).extent is Extent.FULL
    assert read(article()).extent is Extent.FULL


def test_of_teaser_and_page_the_fuller_is_kept_and_says_what_stood_in_the_way():
    teaser = extract(replace(TEASER, content=f"{LEAD} {PARAGRAPHS[1]}"), first_seen_at=SEEN)
    full = read(article())
    beginning = replace(read(article(LEAD)), extent=Extent.PAYWALL)
    consent = replace(full, extent=Extent.CONSENT)
    assert fuller(teaser, full) == full
    assert fuller(teaser, beginning) == replace(teaser, extent=Extent.PAYWALL)
    assert fuller(replace(teaser, blocks=()), beginning) == beginning
    assert fuller(teaser, consent) == replace(teaser, extent=Extent.CONSENT)
    assert fuller(teaser, read(article("Brandt spoke."))) == teaser


# ---------------------------------------------------------------------------------------------- what is no article at all
def cards(count: int) -> str:
    return "".join(
        f'<div class="card"><h2><a href="/{n}">The council of Halden votes on plan number {n}</a></h2>'
        f"<p>The vote on plan {n} was put off again on Monday, as the mayor had said that it would be.</p></div>"
        for n in range(count)
    )


MISFITS = {
    "an error with status 200": page(
        "<h1>Page not found</h1><p>Try our front page.</p>", title="Page not found | The Halden Tide"
    ),
    "an error by its number": page("<h1>404</h1><p>Oh no.</p>", title="The Halden Tide"),
    "a polite error": page("<h1>Sorry, the page you are looking for could not be found</h1>", title="The Halden Tide"),
    "a German error": page("<h1>Seite nicht gefunden</h1>", lang="de"),
    "a check for robots": page("<h1>Just a moment...</h1><p>We are checking your browser before you go on.</p>"),
    "a login": page(
        '<h1>Log in</h1><form><input name="user"><input type="password"><button>Go</button></form><p>Forgot your password?</p>'
    ),
    "a page drawn by scripts": page(
        '<div id="root"></div><p>You need to enable JavaScript to run this app.</p>', around=("", "")
    ),
    "an empty page": page("", around=("", "")),
    "a list of articles": page(f"<h1>Politics</h1>{cards(12)}", title="Politics | The Halden Tide"),
    "a front page": page(cards(30), head='<meta property="og:type" content="website">'),
}


@pytest.mark.parametrize("html", MISFITS.values(), ids=MISFITS)
def test_what_is_no_article_is_said_in_a_sentence(html):
    with pytest.raises(PageError, match=r"^https://tide\.example/news/halden\S* is no article: the page .*\.$"):
        read(html)


def test_a_link_that_leads_to_the_front_page_or_to_a_login_is_no_article():
    with pytest.raises(PageError, match="front page"):
        read(article(), url="https://tide.example/")
    with pytest.raises(PageError, match="login"):
        read(
            page('<h1>Welcome</h1><input type="password">'), url="https://tide.example/account/login?next=/news/halden"
        )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 \x00\x01", "text/html"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", None),
        (b"{}", "application/json"),
        (b"<html><p>News</p></html>", "video/mp4"),
    ],
)
def test_a_document_or_picture_is_no_article(body, content_type):
    with pytest.raises(PageError, match="is no article"):
        with_page(TEASER, body, content_type=content_type)


ARTICLES = {
    "about a page that was not found": article(
        "“Page not found” is all that readers of the county’s site saw on Monday, a day after its makers had been paid.",
        *PARAGRAPHS[1:],
        title="Page not found: county pays for a site that is none",
    ),
    "with many links to others": article(*PARAGRAPHS[:3], after=cards(12)),
    "that calls itself one and lists many": article(LEAD, head=linked_data(), after=cards(12)),
    "of a few lines": article("The ferry to Sandholm is cancelled today."),
    "with a box to log in": article(after='<form><input type="password"></form>'),
}


@pytest.mark.parametrize("html", ARTICLES.values(), ids=ARTICLES)
def test_an_article_is_read_whatever_stands_beside_it(html):
    assert read(html).text


def test_the_address_of_what_is_no_article_keeps_its_secrets():
    with pytest.raises(PageError) as caught:
        read(MISFITS["an empty page"], replace(TEASER, url="https://me:secret@tide.example/a"))
    assert "secret" not in f"{caught.value}{caught.value.source}"


# --------------------------------------------------------------------------------------------------------------- markup
@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br/><br/>Two.", "One.\n\nTwo."),
        ("Fish &amp; chips &lt;now&gt;", "Fish & chips <now>"),
        ("<script>x()</script><style>p{}</style>Seen", "Seen"),
        ("<p>A\n   wrapped\nline</p>", "A wrapped line"),
        ("<table><tr><td>A</td><td>B</td></tr></table>", "A\n\nB"),
        ("</script>Seen", "Seen"),
        ("<!-- hidden -->Seen", "Seen"),
    ],
)
def test_markup_becomes_text(html, text):
    assert text_of(html) == text


def test_a_title_is_one_line():
    assert line_of("Harbour <b>reopens</b><br>today &amp; tomorrow") == "Harbour reopens today & tomorrow"
