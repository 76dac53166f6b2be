"""``debrief feeds`` on the operator's database: what a person reads, what a program reads, and how it exits."""

from __future__ import annotations

import io
import json

import program
import pytest
from simulated import NOON, SERVER

from bot.settings import Settings
from briefs.models import SourceKind
from briefs.store import Store

pytest_plugins = ["commandline"]
SECRET = "https://reader:hunter2@vault.example/rss?token=0123456789abcdef0123"
LIST = """<opml version="2.0"><head/><body>
<outline type="rss" text="A" xmlUrl="https://a.example/rss"/><outline type="rss" text="B" xmlUrl="https://b.example/rss"/>
</body></opml>"""


@pytest.fixture
def feeds(debrief, monkeypatch, blank, tmp_path):
    """Run a command of the group against a database of its own; return its exit status, output and complaint."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "debrief.db").write_bytes(blank.read_bytes())
    monkeypatch.setenv("FETCH_ALLOW", "127.0.0.0/8")
    monkeypatch.setenv("HOST_SPACING", "0")
    return lambda *arguments: debrief("feeds", *arguments)


@pytest.fixture
def store(feeds):
    with Store.open(Settings(_env_file=None).database_url) as opened:
        yield opened


def subscribe(store, url, *, server=0, **options):
    return store.subscribe(server, url, now=NOON, **options)


# -------------------------------------------------------------------------------------------------------------- set aside
def test_what_was_set_aside_is_listed_and_tried_again(feeds, store):
    feed = subscribe(store, "https://a.example/rss")
    for key in ("a1", "a1", "a2", "a2"):
        store.note_crash("article", key, feed_id=feed.id, title=f"Regatta [{key}]", reason="It died.", now=NOON)

    assert feeds("retry")[:2] == (0, "article:a1  Regatta [a1]: It died.\narticle:a2  Regatta [a2]: It died.\n")
    status, out, _ = feeds("retry", "article:a1")
    assert (status, "Regatta [a1] is tried again" in out) == (0, True)
    assert [each.subject for each in store.set_aside(None)] == ["a2"]
    status, _, complaint = feeds("retry", "article:a1")
    assert (status, "debrief feeds retry lists it" in complaint) == (2, True)
    assert feeds("retry", "all")[0] == 0
    assert feeds("retry")[1] == "Nothing is set aside.\n"


# ------------------------------------------------------------------------------------------------------------------ add
def test_the_real_command_line_adds_and_lists_a_feed(outlet, tmp_path):
    url = outlet.feed("/rss", "Larvik Post", "library")
    settings = {"FETCH_ALLOW": "127.0.0.0/8", "HOST_SPACING": "0"}

    added = program.run("feeds", "add", url, folder=tmp_path, **settings)
    listed = program.run("feeds", "list", "--json", folder=tmp_path, **settings)

    shown = url.removeprefix("http://")
    assert added.returncode == 0
    assert added.stdout.startswith(f"Added Larvik Post ({shown}) as number 1. A running bot reads it within a minute; ")
    (record,) = map(json.loads, listed.stdout.splitlines())
    assert (record["url"], record["title"], record["failures"]) == (url, "Larvik Post", 0)
    assert record["shared"]


def test_a_feed_without_a_server_is_for_every_server(feeds, store, outlet):
    status, out, _ = feeds("add", outlet.feed("/rss", "Larvik Post", "library"), "--name", "The Post")

    assert (status, out.partition(". ")[0]) == (
        0,
        f"Added The Post ({outlet.url.removeprefix('http://')}/rss) as number 1",
    )
    assert [(feed.title, feed.shared) for feed in store.feeds(SERVER)] == [("The Post", True)]


def test_a_feed_of_one_server_is_its_own(feeds, store, outlet):
    out = feeds("add", outlet.feed("/rss", "Larvik Post", "library"), "--server", str(SERVER))[1]

    assert out.endswith(f"debrief feeds poll 1 --server {SERVER} does it now.\n")
    assert [feed.shared for feed in store.feeds(SERVER)] == [False]
    assert not store.feeds(0)


def test_a_site_with_one_feed_is_added_by_its_address(feeds, store, outlet):
    outlet.feed("/news.xml", "Larvik Post", "library")

    assert feeds("add", outlet.home(("/news.xml", "Larvik Post")))[0] == 0
    assert [feed.url for feed in store.feeds(0)] == [f"{outlet.url}/news.xml"]


def test_of_several_feeds_one_is_to_be_given_when_nobody_can_be_asked(feeds, store, outlet):
    outlet.feed("/a", "All news", "library")
    outlet.feed("/b", "Sports", "hall")

    status, out, err = feeds("add", outlet.home(("/a", "All news"), ("/b", "Sports")))

    assert (status, out) == (2, "")
    assert f"1. All news · {outlet.url}/a · feed, 1 entry" in err
    assert f"Give one of the addresses above, as in debrief feeds add {outlet.url.removeprefix('http://')}/a\n" in err
    assert not store.feeds(0)


@pytest.mark.parametrize(("answer", "added"), [("2", "/b"), ("1, 2", "/a/b"), ("7", "")])
def test_a_person_at_the_terminal_is_asked(feeds, store, outlet, monkeypatch, answer, added):
    outlet.feed("/a", "All news", "library")
    outlet.feed("/b", "Sports", "hall")
    terminal = io.StringIO(f"{answer}\n")
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    status, _, err = feeds("add", outlet.home(("/a", "All news"), ("/b", "Sports")))

    assert status == (0 if added else 2)
    assert "Which?" in err
    assert "".join(feed.url.removeprefix(outlet.url) for feed in store.feeds(0)) == added


def test_a_page_is_watched_when_it_is_said_to_be_one(feeds, store, outlet):
    body = "<p>" + "The library of Larvik was opened on Monday by Ada Berg, who thanked the builders. " * 12
    url = outlet.serve("/works", f"<html><body><article><h1>Works</h1>{body}</article></body></html>")

    assert feeds("add", url)[0] == 2
    assert feeds("add", url, "--as", "page")[0] == 0
    assert [feed.kind for feed in store.feeds(0)] == [SourceKind.PAGE]


def test_a_folder_is_watched(feeds, store, tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "one.txt").write_text("The ferry line to Oskar Island reopened on Friday.\n")

    status, out, _ = feeds("add", "inbox")
    polled = feeds("poll")

    assert (status, out.partition(" as ")[0]) == (0, "Added inbox")
    assert "inbox   something new" in polled[1]
    assert "inbox   nothing new" in feeds("poll")[1]
    assert [feed.kind for feed in store.feeds(0)] == [SourceKind.FOLDER]
    assert "1 new or edited article" in polled[1]
    assert feeds("remove", "inbox")[0] == 0


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("no words", "is no web address"),
        ("", "is no web address"),
        ("ftp://old.example/rss", "begin with http"),
        ("http://127.0.0.1:9/rss", "127.0.0.1"),
        ("./missing", "missing"),
    ],
)
def test_what_cannot_be_added_is_told_in_a_sentence(feeds, source, sentence):
    status, out, err = feeds("add", source)

    assert (status, out) == (2, "")
    assert err.startswith("debrief: ")
    assert sentence in err


def test_a_kind_that_does_not_exist_is_refused(feeds):
    assert feeds("add", "https://a.example", "--as", "folder")[2] == (
        "debrief: --as must be one of feed, sitemap, page, not 'folder'.\n"
    )


# -------------------------------------------------------------------------------------------------------- list, remove
def test_the_list_shows_health_and_no_secret(feeds, store, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    ill = subscribe(store, SECRET)
    for _ in range(2):
        error = "https://***@vault.example/rss?token=*** has a problem of its own."
        store.record_failure(ill.id, error, at=NOON, next_poll_at=NOON)

    table, records = feeds("list")[1], feeds("list", "--json")[1]

    for text in (table, records):
        assert "hunter2" not in text
        assert "0123456789abcdef" not in text
    assert "failed 2 times since 2026-03-03 12:00: has a problem of its own." in " ".join(table.split())
    assert json.loads(records)["failing_since"] == "2026-03-03T12:00:00+00:00"


def test_a_feed_is_removed_by_number_address_or_title(feeds, store):
    for name in "abc":
        subscribe(store, f"https://{name}.example/rss", title=name.upper())

    outcomes = [feeds("remove", chosen) for chosen in ("1", "https://b.example/rss", "c")]

    assert [out for _, out, _ in outcomes] == ["Removed A.\n", "Removed B.\n", "Removed C.\n"]
    assert not store.feeds(0)


def test_a_feed_is_removed_by_its_address_as_the_list_shows_it_unless_two_are_shown_alike(feeds, store):
    for token in ("0123456789abcdef0123", "ffff456789abcdef0123"):
        subscribe(store, f"https://vault.example/rss?token={token}")
    subscribe(store, "https://a.example/", title="A")

    alike, nothing = feeds("remove", "vault.example/rss?token=***"), feeds("remove", "no such feed")

    assert alike[2].startswith("debrief: 2 feeds are called “vault.example/rss?token=***”. Give the number of one")
    assert "There is no feed 'no such feed'." in nothing[2]
    assert feeds("remove", "a.example")[1] == "Removed A.\n"
    assert len(store.feeds(0)) == 2


def test_a_feed_that_is_read_already_is_not_added_again(feeds, store, outlet):
    url = outlet.feed("/rss", "Larvik Post", "library")
    feeds("add", url)

    again, for_one = feeds("add", url), feeds("add", url, "--server", str(SERVER))

    assert again[:2] == for_one[:2] == (0, "Larvik Post is read already, as number 1.\n")
    assert [feed.shared for feed in store.feeds(SERVER)] == [True]


def test_every_servers_feed_is_not_removed_for_one(feeds, store):
    subscribe(store, "https://a.example/rss", title="A")

    status, _, err = feeds("remove", "A", "--server", str(SERVER))

    assert status == 2
    assert "A is read by every server. Leave --server out to mean it." in err
    assert feeds("remove", "Z")[2] == "debrief: There is no feed 'Z'. debrief feeds list shows them all.\n"


# ----------------------------------------------------------------------------------------------------------- test, poll
def test_a_source_is_tried_without_adding_it(feeds, store, outlet):
    url = outlet.feed("/rss", "Larvik Post", "library")

    shown, record = feeds("test", url)[1], json.loads(feeds("test", url, "--json")[1])

    assert "Larvik Post" in shown
    assert "- Library opens in Larvik  by Ada Penn · 2026-03-03 11:00 · full text" in shown
    assert (record["entries"], record["articles"][0]["extent"]) == (1, "full")
    assert f"feed · {url.removeprefix('http://')}" in shown
    assert "Nothing was added." in shown
    assert not store.feeds(0)


def test_a_feed_that_fails_is_told_and_the_exit_status_says_so(feeds, store, outlet):
    subscribe(store, outlet.feed("/rss", "Larvik Post", "library"))
    subscribe(store, f"{outlet.url}/gone", title="Gone")

    status, out, err = feeds("poll")
    listed = json.loads(feeds("list", "--json")[1].splitlines()[0])

    assert status == 1
    assert listed["last_success_at"]
    assert "failed 1 time" in out
    assert "1 new or edited article from 2 feeds" in out
    assert "debrief: Gone: " in err


def test_with_nothing_to_read_nothing_is_read(feeds):
    assert feeds("poll") == (0, "", "debrief: There is nothing to read. Add a source with debrief feeds add ADDRESS.\n")
    assert feeds("list")[2] == "debrief: There are no feeds yet. Add one with debrief feeds add ADDRESS.\n"


def test_a_site_is_inspected_by_the_feed_it_names(feeds, debrief, outlet):
    outlet.feed("/news.xml", "Larvik Post", "library", "bath")

    status, out, _ = debrief("stories", "--input", outlet.home(("/news.xml", "Larvik Post")), "--json")

    assert status == 0
    assert len(out.splitlines()) == 2


# ------------------------------------------------------------------------------------------------------ import, export
def test_a_list_goes_in_and_comes_out(feeds, store, tmp_path):
    (tmp_path / "list.opml").write_text(LIST)

    first, again = feeds("import", "list.opml"), feeds("import", "list.opml")
    subscribe(store, SECRET)
    masked, whole = feeds("export")[1], feeds("export", "--secrets")[1]
    written = feeds("export", "out.opml")

    assert first[:2] == (0, "Added 2 feeds; 0 were there already.\n")
    assert again[1] == "Added 0 feeds; 2 were there already.\n"
    assert "https://a.example/rss" in masked
    assert ("hunter2" in masked, "hunter2" in whole) == (False, True)
    assert written == (0, "", "")
    assert (tmp_path / "out.opml").read_text(encoding="utf-8") == masked


@pytest.mark.parametrize("arguments", [("import", "missing.opml"), ("export", "missing/out.opml")])
def test_a_file_that_is_not_there_is_told_so(feeds, arguments):
    status, _, err = feeds(*arguments)

    assert status == 2
    assert "missing" in err
