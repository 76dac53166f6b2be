"""Where a site keeps its feeds: as real pages name them, as well-known hosts keep them, and the usual places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.sources import discovery
from briefs.sources.discovery import Candidate

SITE = "https://coast.example/"


def named(html: str, url: str = SITE) -> list[str]:
    return [candidate.url for candidate in discovery.links(html, url)]


# ------------------------------------------------------------------------------------------------------------ the <link>
@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" title="Coast" href="/feed">',
        "<link href=/feed type=application/rss+xml rel=alternate title=Coast>",
        "<LINK HREF='/feed' TITLE='Coast' TYPE='Application/RSS+XML' REL='Alternate'/>",
        '<link rel="alternate home" type="application/atom+xml; charset=utf-8" title="Coast" href="feed">',
        '<link rel="feed" type="application/feed+json" title="Coast" href="https://coast.example/feed#top">',
        '<link rel="alternate" type="text/xml" title="Coast" href=" //coast.example/feed ">',
        '<link rel="alternate" title="Coast" href="feed://coast.example/feed">'.replace("feed://", "feed:https://"),
    ],
)
def test_a_link_in_any_order_case_and_quoting(link):
    assert discovery.links(f"<html><head>{link}</head></html>", SITE) == (Candidate(SITE + "feed", "Coast"),)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
        '<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed/1.0/embed?url=x">',
        '<link rel="alternate" type="text/xml+oembed" href="/oembed?format=xml&url=x">',
        '<link rel="alternate" type="application/activity+json" href="/users/port">',
        '<link rel="alternate stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:void(0)">',
        '<link rel="alternate" type="application/rss+xml" href="http://[broken/feed">',
        '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml">',
        '<link rel="sitemap" type="application/xml" href="/sitemap.xml">',
        '<link rel="EditURI" type="application/rsd+xml" href="/xmlrpc.php?rsd">',
        '<link rel="stylesheet" href="/rss">',
    ],
)
def test_a_link_that_names_no_feed(link):
    assert named(f"<html><head>{link}</head></html>") == []


def test_addresses_are_joined_to_the_base_a_page_declares():
    html = "<head><link rel=alternate type=application/rss+xml href=feed.xml><base href='https://static.coast.example/v2/'>"
    assert named(html) == ["https://static.coast.example/v2/feed.xml"]


def test_a_relative_address_without_base_is_joined_to_the_page():
    html = "<link rel=alternate type=application/rss+xml href=../rss.xml>"
    assert named(html, "https://coast.example/news/today/index.html") == ["https://coast.example/news/rss.xml"]


def test_the_main_feed_comes_first_and_comments_come_last():
    html = """<head>
      <link rel="alternate" type="application/rss+xml" title="Coast &raquo; Comments Feed" href="/comments/feed/">
      <link rel="alternate" type="application/rss+xml" title="Coast &raquo; Sport Category Feed" href="/category/sport/feed/">
      <link rel="alternate" type="application/rss+xml" title="Partner" href="https://wire.example/feed">
      <link rel="alternate" type="application/rss+xml" title="Coast &raquo; Feed" href="/feed/">
      <link rel="alternate" type="application/rss+xml" title="Coast &raquo; Feed" href="/feed/">
      <link rel="alternate" type="application/atom+xml" title="Coast" href="https://feeds.coast.example/atom">
    </head>"""
    assert discovery.links(html, "https://www.coast.example/") == (
        Candidate("https://www.coast.example/feed/", "Coast » Feed"),
        Candidate("https://feeds.coast.example/atom", "Coast"),
        Candidate("https://www.coast.example/category/sport/feed/", "Coast » Sport Category Feed"),
        Candidate("https://wire.example/feed", "Partner"),
        Candidate("https://www.coast.example/comments/feed/", "Coast » Comments Feed"),
    )


def test_the_feed_of_everything_comes_before_those_of_parts():
    html = """<link rel="alternate" type="application/rss+xml" title="Sport" href="/rss/sport.xml">
              <link rel="alternate" type="application/rss+xml" title="Everything" href="/rss/index.xml">
              <link rel="alternate" type="application/rss+xml" title="Culture" href="/rss/culture.xml">"""
    assert named(html) == [SITE + "rss/index.xml", SITE + "rss/sport.xml", SITE + "rss/culture.xml"]


def test_who_gives_a_sections_address_means_the_section():
    html = """<link rel="alternate" type="application/rss+xml" href="/feed/">
              <link rel="alternate" type="application/rss+xml" href="/category/sport/feed/">"""
    assert named(html, "https://coast.example/category/sport/") == [
        "https://coast.example/category/sport/feed/",
        "https://coast.example/feed/",
    ]


@pytest.mark.parametrize(
    "title", ["Port reopens Comments Feed", "Kommentar-Feed", "Comentários de Porto", "Flux des commentaires"]
)
def test_an_articles_comments_are_known_in_many_languages(title):
    html = f"""<link rel="alternate" type="application/rss+xml" title="{title}" href="/2024/03/port-reopens/feed/">
               <link rel="alternate" type="application/rss+xml" title="Coast" href="/feed/">"""
    assert named(html, "https://coast.example/2024/03/port-reopens/")[0] == "https://coast.example/feed/"


def test_sites_of_one_publisher_below_a_public_suffix():
    html = """<link rel="alternate" type="application/rss+xml" href="https://hill.co.uk/feed">
              <link rel="alternate" type="application/rss+xml" href="https://feeds.coast.co.uk/all">"""
    assert named(html, "https://www.coast.co.uk/")[0] == "https://feeds.coast.co.uk/all"


# ----------------------------------------------------------------------------------------------------------- other words
def test_a_page_that_lists_many_feeds_gives_them_in_its_order_with_their_names():
    rows = "".join(
        f'<tr><td>Section {n}</td><td><a href="/rss/{n}.xml"><img src=i.png></a></td></tr>' for n in range(40)
    )
    found = discovery.links(f"<h1>RSS feeds</h1><table>{rows}</table>", "https://coast.example/rss-feeds")
    assert [(c.url, c.title) for c in found] == [
        (f"https://coast.example/rss/{n}.xml", f"Section {n}") for n in range(40)
    ]


@pytest.mark.parametrize(
    ("anchor", "title"),
    [
        ('<a href="/feed">Coast and harbour</a>', "Coast and harbour"),
        ('<a href="/feed" title="Coast">RSS</a>', "Coast"),
        ('<a href="/feed" aria-label="Coast"><svg></svg></a>', "Coast"),
        ('<ul><li>Coast: <a href="/feed">RSS feed</a></li></ul>', "Coast"),
        ('<a href="/feed">RSS feed</a>', "RSS feed"),
        ('<a href="/feed"></a>', None),
    ],
)
def test_an_anchor_is_named_by_what_says_most(anchor, title):
    assert discovery.links(anchor, SITE) == (Candidate(SITE + "feed", title),)


@pytest.mark.parametrize(
    "href",
    [
        "/feed",
        "/rss/",
        "/blog/feed/",
        "/index.xml",
        "/feed.xml",
        "/news/rss.xml",
        "/atom.xml",
        "/world.rss",
        "/index.rdf",
        "/feed.json",
        "/feeds/posts/default?alt=rss",
        "/?feed=rss2",
        "/search?q=port&format=rss",
        "/rss/world-news.xml",
        "/rss.php?section=3",
        "/newsfeed.xml",
        "/news-atom.xml",
    ],
)
def test_an_anchor_that_looks_like_a_feed(href):
    assert len(named(f'<a href="{href}">x</a>')) == 1


@pytest.mark.parametrize(
    "href",
    [
        "/about-rss.html",
        "/help/what-is-a-feed",
        "/seafood/feeding",
        "/sitemap.xml",
        "/sitemap_index.xml",
        "/anatomy.xml",
        "/atomic-clock",
        "mailto:feed@coast.example",
        "https://feedly.com/i/subscription/feed/https://coast.example/feed",
        "https://podcasts.apple.com/us/podcast/coast/id1?feed=1",
        "#rss",
        "",
    ],
)
def test_an_anchor_that_does_not(href):
    assert named(f'<a href="{href}">RSS</a>') == []


def test_what_the_head_declares_comes_before_what_the_page_links_to():
    html = """<a href="https://other.example/feed">A friend</a><a href="/rss/sport.xml">Sport</a>
              <link rel="alternate" type="application/atom+xml" href="/atom.xml">"""
    assert named(html) == [SITE + "atom.xml", SITE + "rss/sport.xml", "https://other.example/feed"]


@pytest.mark.parametrize(
    "html",
    [
        '<meta itemprop="identifier" content="UCabcdefghijklmnopqrstuv">',
        '<meta itemprop="channelId" content="UCabcdefghijklmnopqrstuv">',
        '<link rel="canonical" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">',
    ],
)
def test_a_video_channels_page_tells_its_feed_by_its_number(html):
    assert named(html, "https://www.youtube.com/@harbour") == [
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"
    ]


@pytest.mark.parametrize(
    "html", ["", " ", "<", "\0", "<a href=/feed", "\ud800", "<?xml version='1.0' encoding='x'?><html>"]
)
def test_broken_pages_name_nothing_and_break_nothing(html):
    assert named(html) in ([], [SITE + "feed"])


@given(html=st.text(), url=st.text(), href=st.text())
def test_whatever_is_given_something_is_given(html, url, href):
    discovery.links(html, SITE)
    discovery.conventions(url)
    discovery.guesses(url)
    for candidate in discovery.links(f'<link rel=alternate type=application/rss+xml href="{href}">', SITE):
        assert candidate.url.startswith(("http://", "https://"))


def test_a_page_of_very_many_links_in_one_row_is_bounded():
    words = "<b>word</b>" * 20_000
    html = f"<table><tr>{words}{''.join(f'<a href=/{n}/feed>RSS</a>' for n in range(5_000))}</table>"
    assert len(named(html)) == discovery.MAX_LINKS


# ------------------------------------------------------------------------------------------------- what hosts are known for
@pytest.mark.parametrize(
    ("address", "feeds"),
    [
        ("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"),
        ("https://m.youtube.com/playlist?si=1&list=PL12", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12"),
        ("https://youtube.com/@harbour", ""),
        ("https://github.com/port/crane", "https://github.com/port/crane/releases.atom https://github.com/port/crane/tags.atom https://github.com/port/crane/commits.atom"),
        ("https://github.com/port/crane.git", "https://github.com/port/crane/releases.atom https://github.com/port/crane/tags.atom https://github.com/port/crane/commits.atom"),
        ("https://github.com/port/crane/releases/tag/v1", "https://github.com/port/crane/releases.atom"),
        ("https://github.com/port/crane/commits/main/", "https://github.com/port/crane/commits/main.atom"),
        ("https://github.com/port", "https://github.com/port.atom"),
        ("https://github.com/topics/cranes", ""),
        ("https://github.com/pricing", ""),
        ("https://gitlab.com/port/tools/crane/-/issues", "https://gitlab.com/port/tools/crane/-/releases.atom https://gitlab.com/port/tools/crane/-/tags?format=atom https://gitlab.com/port/tools/crane.atom"),
        ("https://codeberg.org/port/crane", "https://codeberg.org/port/crane/releases.rss https://codeberg.org/port/crane.rss"),
        ("https://old.reddit.com/r/harbours/", "https://www.reddit.com/r/harbours/.rss"),
        ("https://www.reddit.com/r/harbours/top/?t=week", "https://www.reddit.com/r/harbours/top/.rss?t=week"),
        ("https://coast.substack.com/p/the-port-reopens", "https://coast.substack.com/feed"),
        ("https://substack.com/@coast", "https://coast.substack.com/feed"),
        ("https://medium.com/@coast/port-1a2b", "https://medium.com/feed/@coast"),
        ("https://medium.com/harbour-weekly", "https://medium.com/feed/harbour-weekly"),
        ("https://coast.medium.com/", "https://coast.medium.com/feed"),
        ("https://coast.blogspot.com/2024/03/port.html", "https://coast.blogspot.com/feeds/posts/default"),
        ("https://coast.blogspot.co.uk/search/label/port", "https://coast.blogspot.co.uk/feeds/posts/default/-/port"),
        ("https://coast.tumblr.com/tagged/port", "https://coast.tumblr.com/tagged/port/rss"),
        ("https://www.tumblr.com/coast", "https://coast.tumblr.com/rss"),
        ("https://bsky.app/profile/coast.example", "https://bsky.app/profile/coast.example/rss"),
        ("https://news.google.com/topics/CAAqB?hl=en-GB", "https://news.google.com/rss/topics/CAAqB?hl=en-GB"),
        ("https://news.google.com/search?q=port&hl=en", "https://news.google.com/rss/search?q=port&hl=en"),
        ("https://news.ycombinator.com/", "https://news.ycombinator.com/rss"),
        ("https://stackoverflow.com/questions/tagged/python", "https://stackoverflow.com/feeds/tag/python"),
        ("https://arxiv.org/list/physics.ao-ph/recent", "https://rss.arxiv.org/rss/physics.ao-ph"),
        ("https://www.buzzsprout.com/123456/episodes", "https://feeds.buzzsprout.com/123456.rss"),
        ("https://coast.wordpress.com/category/port/", "https://coast.wordpress.com/category/port/feed/"),
        ("https://podcasts.apple.com/us/podcast/coast/id12345", ""),
        ("https://open.spotify.com/show/12345", ""),
        ("https://social.example/@port", "https://social.example/@port.rss"),
        ("https://social.example:8443/users/port", "https://social.example:8443/users/port.rss"),
        ("https://social.example/@port@other.example", "https://other.example/@port.rss"),
        ("https://social.example/tags/harbour", "https://social.example/tags/harbour.rss"),
        ("http://coast.example/blog/category/news/port/", "http://coast.example/blog/category/news/port/feed/"),
        ("https://coast.example/", ""),
        ("https://social.example/@port.rss", ""),
        ("nonsense", ""),
        ("http://[::1", ""),
    ],
)  # fmt: skip
def test_well_known_hosting(address, feeds):
    assert discovery.conventions(address) == tuple(feeds.split())


# ------------------------------------------------------------------------------------------------------ the usual places
def test_the_usual_places_of_a_site():
    found = discovery.guesses("https://coast.example")
    assert {
        f"https://coast.example/{place}" for place in ("feed", "rss", "rss.xml", "atom.xml", "feed.json", "index.xml")
    } <= set(found)
    assert len(found) == len(set(found)) <= 12


def test_a_sections_own_places_come_before_those_of_the_site():
    found = discovery.guesses("https://coast.example/blog/?page=2")
    assert found[0] == "https://coast.example/blog/feed"
    assert found.index("https://coast.example/feed") > found.index("https://coast.example/blog/index.xml")


def test_an_articles_page_is_no_place_for_a_feed():
    found = discovery.guesses("https://coast.example/news/2024/03/04/port-reopens.html")
    assert not any("2024" in place for place in found)
    assert "https://coast.example/news/feed" in found


@pytest.mark.parametrize("address", ["", "coast.example", "ftp://coast.example/", "http://[::1", "https:///feed"])
def test_nothing_is_guessed_of_what_is_no_web_address(address):
    assert discovery.guesses(address) == ()
