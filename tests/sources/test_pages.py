"""Pages: an entry of any kind becomes an article with text, blocks, title, outlet and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefs.models import BlockKind, Entry
from briefs.sources.markup import line_of, text_of
from briefs.sources.pages import article_id, extract, with_page

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
