"""Lists of feeds: what other readers export is read as far as it goes, and what is written can be read again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefs.errors import InputError
from briefs.models import Feed, SourceKind
from briefs.sources import opml
from briefs.sources.opml import Outline, Subscriptions


def listing(body: str, *, head: str = "<?xml version='1.0'?>", encoding: str = "utf-8") -> bytes:
    return f"{head}<opml version='2.0'><head><title>Mine</title></head><body>{body}</body></opml>".encode(encoding)


def urls(body: bytes) -> list[str]:
    return [outline.url for outline in opml.read(body).outlines]


def refusal(body: bytes) -> str:
    with pytest.raises(InputError) as caught:
        opml.read(body)
    return str(caught.value)


# -------------------------------------------------------------------------------------------------------------- reading
def test_an_export_with_folders_in_folders():
    body = listing("""
        <outline text="News" title="News">
          <outline text="Coast">
            <outline type="rss" text="Coast &amp; Sea" title="Coast &amp; Sea" xmlUrl="https://coast.example/feed"
                     htmlUrl="https://coast.example/"/>
          </outline>
          <outline type="rss" text="Hill Post" xmlUrl="https://hill.example/rss?a=1&amp;b=2"/>
        </outline>
        <outline type="rss" text="Alone" xmlUrl="http://alone.example/index.xml" category="/Blogs/Small,/Other"/>""")
    assert opml.read(body) == Subscriptions(
        (
            Outline("https://coast.example/feed", "Coast & Sea", "News/Coast"),
            Outline("https://hill.example/rss?a=1&b=2", "Hill Post", "News"),
            Outline("http://alone.example/index.xml", "Alone", "Blogs/Small"),
        )
    )


def test_the_oldest_form_gives_url_instead_of_xmlurl():
    body = b'<opml version="1.0"><body><outline text="Coast" type="rss" url="http://coast.example/rss"/></body></opml>'
    assert opml.read(body).outlines == (Outline("http://coast.example/rss", "Coast"),)


@pytest.mark.parametrize("name", ["xmlUrl", "xmlurl", "XMLURL", "xmlURL"])
def test_names_in_any_case(name):
    body = f'<OPML><BODY><OUTLINE TEXT="Coast" {name}="https://coast.example/feed"/></BODY></OPML>'.encode()
    assert opml.read(body).outlines == (Outline("https://coast.example/feed", "Coast"),)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://a.example/f?x=1&amp;amp;y=2", "https://a.example/f?x=1&y=2"),
        ("https://a.example/f?x=1&amp;amp;amp;y=2", "https://a.example/f?x=1&y=2"),
        ("https://a.example/f?x=1&amp;copy=2", "https://a.example/f?x=1&copy=2"),
        ("https://a.example/f?x=1&y=2", "https://a.example/f?x=1&y=2"),
        ("feed://a.example/f", "http://a.example/f"),
        ("feed:https://a.example/f", "https://a.example/f"),
        ("feed://https://a.example/f", "https://a.example/f"),
        ("  https://a.example/f\n", "https://a.example/f"),
    ],
)
def test_an_address_is_read_as_it_was_meant(written, meant):
    assert urls(listing(f'<outline text="A" xmlUrl="{written}"/>')) == [meant]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_any_encoding(encoding):
    head = f"<?xml version='1.0' encoding='{'utf-8' if encoding == 'utf-8-sig' else encoding}'?>"
    body = listing(
        '<outline text="Küste – Öresund" xmlUrl="https://a.example/f"/>'.replace("–", "-"), head=head, encoding=encoding
    )
    assert opml.read(body).outlines[0].title == "Küste - Öresund"


def test_a_title_escaped_twice_is_read_as_it_was_meant():
    body = listing('<outline text="Coast &amp;amp; Sea&nbsp;&amp;#8211; News" xmlUrl="https://a.example/f"/>')
    assert opml.read(body).outlines[0].title == "Coast & Sea – News"


def test_rubbish_before_and_after_and_a_broken_end_cost_nothing():
    body = b"\n\n<?xml version='1.0'?>\n<opml><body><outline text='A & B' xmlUrl='https://a.example/f'/>"
    assert urls(body) == ["https://a.example/f"]
    assert urls(b"Warning: no cache\n" + listing("<outline xmlUrl='https://a.example/f'/>") + b"</html>") == [
        "https://a.example/f"
    ]


def test_one_address_is_one_feed():
    twice = '<outline text="A" xmlUrl="https://a.example/f"/>'
    assert opml.read(listing(twice + f'<outline text="Again">{twice}</outline>')).outlines == (
        Outline("https://a.example/f", "A"),
    )


def test_an_entry_that_cannot_be_used_is_a_sentence_and_the_others_are_read():
    found = opml.read(
        listing("""
        <outline text="Coast" type="rss" xmlUrl="https://coast.example/feed"/>
        <outline text="Local" type="rss" xmlUrl="file:///etc/passwd"/>
        <outline text="Port" type="rss" xmlUrl="https://a.example:99999/"/>
        <outline text="Private" type="rss" xmlUrl="https://***@desk.example/feed"/>
        <outline text="Token" type="rss" xmlUrl="https://desk.example/feed?token=***"/>
        <outline text="Page" type="link" url="https://page.example/"/>
        <outline text="Site" htmlUrl="https://site.example/"/>
        <outline text="Other list" type="include" url="https://list.example/all.opml"/>
        <outline text="Nothing" type="rss"/>
        <outline text="An empty folder"/>""")
    )
    masked = "its password or token was masked when it was exported. Add it with its full address."
    assert found.outlines == (Outline("https://coast.example/feed", "Coast"),)
    assert found.problems == (
        "Local: 'file:///etc/passwd' is no web address. Add it with its address.",
        "Port: 'https://a.example:99999/' is no web address. Add it with its address.",
        f"Private: {masked}",
        f"Token: {masked}",
        "Page: only its page is named, and no feed. Add it by that page's address.",
        "Site: only its page is named, and no feed. Add it by that page's address.",
        "Other list: another list is included here, which was not read. Import it on its own.",
        "Nothing: no address is given. Add it with its address.",
    )


def test_a_problem_shows_no_password():
    (problem,) = opml.read(listing('<outline xmlUrl="ftp://me:secret@a.example/f"/>')).problems
    assert "secret" not in problem


@example(b"<:")
@given(
    st.binary()
    | st.text(alphabet="<>/&;=\"'! outlineOPMLxmlUrl:.\x00é\ud800").map(lambda t: t.encode(errors="surrogatepass"))
)
def test_whatever_is_given_is_read_or_refused_with_a_sentence(rubbish):
    for body in (rubbish, b"<opml><body><outline xmlUrl='https://a.example/f'/>" + rubbish):
        with suppress(InputError):
            opml.read(body)


# ------------------------------------------------------------------------------------------------------------- refusals
WHAT_TO_GIVE = " Give the OPML file that another feed reader exports."


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"  \n", "is empty."),
        (b"\x89PNG\r\n\x1a\n", "is no text."),
        (b"hello", "is no OPML."),
        (b"<html><body><p>Not found</p></body></html>", "is no OPML."),
        (b"<rss><channel><item/></channel></rss>", "is no OPML."),
        (listing(""), "holds no feed."),
        (listing("<outline text='Empty folder'/>"), "holds no feed."),
        (listing("<!-- " + "x" * opml.MAX_BYTES + " -->"), "is larger than 5 MB and was not read."),
    ],
)
def test_what_is_no_list_of_feeds_is_refused_with_what_to_do(body, what):
    assert refusal(body) == f"The list of feeds {what}{WHAT_TO_GIVE}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "definition",
    [
        '<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!entity % a SYSTEM "http://127.0.0.1/x.dtd"> %a;',
    ],
)
def test_entity_definitions_are_refused(definition, encoding):
    head = f"<!-- {'x' * 300_000} --><!DOCTYPE opml [{definition}]>"
    body = listing('<outline text="&b;" xmlUrl="https://a.example/&a;"/>', head=head, encoding=encoding)
    assert refusal(body) == (
        f"The list of feeds defines its own XML entities, which can be an attack, and was not read.{WHAT_TO_GIVE}"
    )


def test_an_external_dtd_is_not_looked_for(tmp_path):
    (tmp_path / "x.dtd").write_text('<!ENTITY a "read">')
    head = f'<!DOCTYPE opml SYSTEM "{(tmp_path / "x.dtd").as_uri()}">'
    (outline,) = opml.read(listing('<outline text="A &a;" xmlUrl="https://a.example/f"/>', head=head)).outlines
    assert "read" not in (outline.title or "")


def test_folders_nested_without_end_are_read_as_far_as_they_go():
    deep = "<outline text='x'>" * 100_000
    assert urls(listing(f"<outline xmlUrl='https://a.example/f'/>{deep}")) == ["https://a.example/f"]


# -------------------------------------------------------------------------------------------------------------- writing
COAST = Feed(1, "https://coast.example/feed?a=1&b=2", "Coast & Sea")
DESK = Feed(2, "https://me:secret@desk.example/feed", None)
NEWS = Feed(3, "https://hill.example/sitemap.xml", "Hill <Post>\x0b", SourceKind.SITEMAP)
PAGE = Feed(4, "https://port.example/notice", "Notice", SourceKind.PAGE)
FOLDER = Feed(5, "file:///srv/articles", "articles", SourceKind.FOLDER)


def test_a_list_as_another_reader_gets_it():
    assert opml.write([COAST, FOLDER], title="Feeds of the harbour desk").decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<opml version="2.0">\n'
        "  <head>\n"
        "    <title>Feeds of the harbour desk</title>\n"
        "  </head>\n"
        "  <body>\n"
        '    <outline type="rss" text="Coast &amp; Sea" title="Coast &amp; Sea"'
        ' xmlUrl="https://coast.example/feed?a=1&amp;b=2"/>\n'
        "  </body>\n"
        "</opml>\n"
    )


def test_what_is_written_with_its_secrets_is_read_again():
    feeds = [COAST, DESK, NEWS, PAGE]
    assert opml.read(opml.write(feeds, title="x", secrets=True)) == Subscriptions(
        (
            Outline(COAST.url, "Coast & Sea"),
            Outline(DESK.url, "https://***@desk.example/feed"),
            Outline(NEWS.url, "Hill <Post>", kind=SourceKind.SITEMAP),
            Outline(PAGE.url, "Notice", kind=SourceKind.PAGE),
        )
    )


def test_a_secret_is_masked_and_the_reading_says_so():
    written = opml.write([COAST, DESK], title="x")
    assert b"secret" not in written
    found = opml.read(written)
    assert found.outlines == (Outline(COAST.url, "Coast & Sea"),)
    assert len(found.problems) == 1


def test_a_title_that_is_the_secret_address_is_masked_on_both_ways():
    secret = "https://me:secret@a.example/f"
    (outline,) = opml.read(listing(f'<outline text="{secret}" xmlUrl="{secret}"/>')).outlines
    assert outline == Outline(secret, "https://***@a.example/f")
    assert b"secret" not in opml.write([replace(COAST, url=secret, title=secret)], title="x")


def test_the_same_feeds_give_the_same_bytes():
    assert opml.write([COAST, NEWS], title="x") == opml.write([COAST, NEWS], title="x")
