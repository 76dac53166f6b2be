"""What an admin sees who chooses this server's sources; the sites are real web servers on loopback."""

from __future__ import annotations

import re
from datetime import timedelta

import discord
import pytest
from outlet import TEXT
from simulated import NOON, OTHER_SERVER, said, text_of

from bot.commands import paging
from bot.rendering import pages
from briefs.models import SourceKind
from briefs.newsroom import NEVER
from briefs.store.records import EVERYONE, Poll

SECRET = "https://reader:hunter2@vault.example/rss?token=0123456789abcdef0123"


@pytest.fixture
def world(empty_world):
    """A bot in a server whose sources are the tests' own."""
    return empty_world


def answers(result):
    return [*([result.response] if result.response else []), *result.followups]


def urls(world):
    return {feed.url for feed in world.newsroom.store.feeds(world.guild.id) if feed.kind is not SourceKind.FOLDER}


async def add(world, address, **options):
    return await world.admin.slash(world.channel, "feeds add", address=address, **options)


# ------------------------------------------------------------------------------------------------------------------ add
async def test_a_feed_is_added_and_told_what_it_is(world, outlet):
    url = outlet.feed("/rss", "Larvik Post", "library", "bath")

    result = await add(world, url)

    assert result.ephemeral
    assert "Added **Larvik Post**" in said(result)
    assert "2 entries · newest <t:1772535600:R>" in said(result)
    assert "read every 15 minutes" in said(result)
    assert "Its newest articles" not in said(result)
    assert urls(world) == {url}


async def test_adding_is_acknowledged_before_the_site_is_asked_and_shows_what_goes_on(world, outlet):
    await add(world, outlet.feed("/rss", "Larvik Post", "library"))

    first, *edits = (
        request.json
        for request in world.env.http_requests
        if re.search(r"/callback$|/messages/@original$", request.path)
    )
    assert first["type"] == discord.InteractionResponseType.deferred_channel_message.value
    assert "Looking at **127" in str(edits[0])
    assert "Added **Larvik Post**" in str(edits[-1])


@pytest.mark.parametrize(
    "form", ["{host}/rss", "<{url}/rss>", "[the post]({url}/rss)", "feed:{url}/rss", " {url}/rss "]
)
async def test_an_address_is_taken_as_it_is_pasted(world, outlet, form):
    """Also without its scheme, where the site speaks only http."""
    outlet.feed("/rss", "Larvik Post", "library")

    await add(world, form.format(url=outlet.url, host=outlet.host))

    assert urls(world) == {f"{outlet.url}/rss"}


async def test_a_secret_is_not_sent_in_the_clear_unless_it_is_asked_for(world, outlet):
    outlet.feed("/rss", "Larvik Post", "library")

    result = await add(world, f"reader:hunter2@{outlet.host}/rss")

    assert not outlet.asked
    assert "hunter2" not in said(result)
    assert world.failures()


async def test_a_feed_that_asks_for_patience_is_told_to_be_given_it(world, outlet):
    url = outlet.feed("/rss", "Larvik Post", "library")
    status, kind, body = outlet.pages["/rss"]
    outlet.pages["/rss"] = (status, kind, body.replace(b"<language>", b"<ttl>180</ttl><language>"))

    result = await add(world, url)

    assert "read every 3 hours, as it asks" in said(result)


async def test_a_name_of_ones_own_is_kept(world, outlet):
    await add(world, outlet.feed("/rss", "Larvik Post", "library"), name="The  Post")

    assert "**The Post**" in said(await world.admin.slash(world.channel, "feeds list"))


async def test_a_site_with_one_feed_is_enough_to_add_it(world, outlet):
    outlet.feed("/news.xml", "Larvik Post", "library")

    result = await add(world, outlet.home(("/news.xml", "Larvik Post")))

    assert "Added **Larvik Post**" in said(result)
    assert urls(world) == {f"{outlet.url}/news.xml"}


async def test_of_several_feeds_the_admin_chooses_some_at_once(world, outlet):
    for path, title in (("/a", "All news"), ("/b", "Sports"), ("/c", "Culture")):
        outlet.feed(path, title, f"{title} hall")
    found = await add(world, outlet.home(("/a", "All news"), ("/b", "Sports"), ("/c", "Culture")))

    assert "offers 3 sources" in said(found)
    assert "1 entry · newest" in said(found)
    assert not urls(world)

    chosen = await world.admin.select(answers(found)[-1], ["0", "2"])

    assert "Added 2 sources" in text_of(answers(found)[-1])
    assert "**Culture**" in text_of(answers(found)[-1])
    assert not chosen.followups
    assert urls(world) == {f"{outlet.url}/a", f"{outlet.url}/c"}


async def test_what_is_read_already_is_not_offered_again(world, outlet):
    known = outlet.feed("/a", "All news", "library")
    outlet.feed("/b", "Sports", "hall")
    await add(world, known)
    found = await add(world, outlet.home(("/a", "All news"), ("/b", "Sports")))

    assert "already reads **All news**" in said(found)
    assert "offers a source" in said(found)
    again = await add(world, known)
    assert "This server reads **All news** already." in said(again)


async def test_a_list_expires_after_ten_minutes(world, outlet):
    outlet.feed("/a", "All news", "library")
    outlet.feed("/b", "Sports", "hall")
    found = await add(world, outlet.home(("/a", "All news"), ("/b", "Sports")))
    world.newsroom.clock = lambda: NOON + timedelta(minutes=11)

    await world.admin.select(answers(found)[-1], ["0"])

    assert "This list has expired. Run" in text_of(answers(found)[-1])
    assert not urls(world)


async def test_a_list_has_expired_after_a_restart(world, outlet):
    outlet.feed("/a", "All news", "library")
    outlet.feed("/b", "Sports", "hall")
    found = await add(world, outlet.home(("/a", "All news"), ("/b", "Sports")))
    await world.restart()

    await world.admin.select(answers(found)[-1], ["0"])

    assert "This list has expired" in text_of(answers(found)[-1])


async def test_a_list_of_another_server_cannot_be_used(world, outlet):
    outlet.feed("/a", "All news", "library")
    outlet.feed("/b", "Sports", "hall")
    found = await add(world, outlet.home(("/a", "All news"), ("/b", "Sports")))
    token = answers(found)[-1].components[0]["components"][-1]["components"][0]["custom_id"]
    channel, stranger = world.other_server()
    menu = pages.Menu(custom_id=token, options=[discord.SelectOption(label="x", value="0")])
    await world.env.bot.get_channel(channel.id).send(view=pages.page(["Forged"], menu=menu))

    await stranger.select(channel.last_message, ["0"])

    assert "expired" in text_of(channel.last_message)
    assert not world.newsroom.store.feeds(OTHER_SERVER)


async def test_one_of_several_that_fails_does_not_keep_the_others_away(world, outlet):
    outlet.feed("/a", "All news", "library")
    outlet.feed("/b", "Sports", "hall")
    found = await add(world, outlet.home(("/a", "All news"), ("/b", "Sports")))
    del outlet.pages["/a"]

    await world.admin.select(answers(found)[-1], ["0", "1"])

    told = text_of(answers(found)[-1])
    assert "Added 1 source." in told
    assert "404" in told
    assert urls(world) == {f"{outlet.url}/b"}


async def test_a_page_without_a_feed_is_offered_as_what_it_is(world, outlet):
    paragraphs = "".join(f"<p>{TEXT.format(what=what)}</p>" for what in ("library", "bath", "hall"))
    url = outlet.serve(
        "/works",
        f"<html><head><title>Public works</title></head><body><article><h1>Public works</h1>"
        f"{paragraphs}</article></body></html>",
    )

    found = await add(world, url)
    assert "reads this page itself and watches it for changes" in said(found)
    assert not urls(world)

    await world.admin.select(answers(found)[-1], ["0"])
    assert [feed.kind for feed in world.newsroom.store.feeds(world.guild.id) if feed.url == url] == [SourceKind.PAGE]
    assert "single page, watched for changes" in said(await world.admin.slash(world.channel, "feeds list"))


async def test_a_feed_of_teasers_is_told_to_be_one(world, outlet):
    result = await add(world, outlet.feed("/rss", "Larvik Post", "library", whole=False))

    assert "Its newest articles: teaser only." in said(result)


async def test_where_nothing_can_be_read_a_sentence_says_what_to_try(world, outlet):
    result = await add(world, outlet.serve("/", "<html><body>Nothing here.</body></html>"))

    assert "feed" in said(result)
    assert said(result).endswith(".")
    assert "Looking at" not in text_of(answers(result)[0])
    assert world.failures()


@pytest.mark.parametrize("typed", ["the news please", "news", "a feed.example/rss"])
async def test_words_that_are_no_address_are_refused_as_they_were_typed(world, typed):
    result = await add(world, typed)

    assert f"“{typed}” is no web address" in said(result)
    assert world.failures()


@pytest.mark.parametrize("typed", ["file:///etc/passwd", "ftp://old.example/rss"])
async def test_only_the_web_is_read(world, typed):
    result = await add(world, typed)

    assert "Only addresses that begin with http" in said(result)
    assert world.failures()


async def test_a_site_that_is_away_is_told_in_a_sentence(world):
    result = await add(world, "http://127.0.0.1:9/rss")

    assert said(result).endswith(".")
    assert "code" not in said(result)
    assert world.failures()


async def test_a_server_has_room_for_so_many_feeds_and_no_more(world, outlet):
    world.env.bot.feeds_limit = 1
    await add(world, outlet.feed("/a", "All news", "library"))

    result = await add(world, outlet.feed("/b", "Sports", "hall"))

    assert "A server can read 1 feed of its own, and it has that many." in said(result)
    assert urls(world) == {f"{outlet.url}/a"}
    assert world.failures()


# ----------------------------------------------------------------------------------------------------------------- list
def loaded(world):
    """A file of articles that the operator has loaded for this server."""
    feed = stored(world, "file:///srv/articles.jsonl", kind=SourceKind.FOLDER)
    world.newsroom.store.record_poll(feed.id, Poll(NOON, NEVER))


def stored(world, url, *, server=None, **options):
    return world.newsroom.store.subscribe(world.guild.id if server is None else server, url, now=NOON, **options)


async def test_the_list_says_how_each_feed_is(world):
    store = world.newsroom.store
    loaded(world)
    fine, ill, gone, _ = (
        stored(world, f"https://{name}.example/rss", title=name) for name in ("fine", "ill", "gone", "fresh")
    )
    store.record_poll(fine.id, Poll(NOON, NOON + timedelta(minutes=15), remark="The newest 200 of 900 were taken."))
    for hours in range(3):
        at = NOON + timedelta(hours=hours)
        store.record_failure(ill.id, "It answered 500.", at=at, next_poll_at=at + timedelta(hours=1))
    store.record_failure(gone.id, "It said so (410).", at=NOON, next_poll_at=NOON, ended=True)

    text = said(await world.admin.slash(world.channel, "feeds list"))

    assert "### Feeds · 5" in text
    assert "2 with trouble" in text
    assert "- **fine**\n  -# [fine.example](https://fine.example/rss)/rss\n" in text
    assert "last read <t:1772539200:R> · no news so far · next <t:1772540100:R>" in text
    assert "ℹ️ The newest 200 of 900 were taken." in text
    assert "failed 3 times since <t:1772539200:f>: It answered 500." in text
    assert "never read so far · next try <t:1772550000:R>" in text
    assert "Gone for good since <t:1772539200:D>; it is read no more: It said so" in text
    assert "not read yet" in text
    assert "a file, read once" in text
    assert text.index("**gone**") < text.index("**ill**") < text.index("**fine**")


async def test_what_is_secret_in_an_address_is_shown_to_nobody(world):
    stored(world, SECRET)

    for command in ("feeds list", "status"):
        text = said(await world.admin.slash(world.channel, command))
        assert "hunter2" not in text
        assert "0123456789abcdef" not in text
    choices = await world.admin.autocomplete(world.channel, "feeds remove", "feed", "vault")
    assert "hunter2" not in str(choices)
    assert "vault.example" in choices[0]["name"]


async def test_the_pages_of_many_feeds_are_turned_in_place(world):
    for number in range(25):
        stored(world, f"https://site{number:02}.example/rss", title=f"Site {number:02}")
    listed = await world.admin.slash(world.channel, "feeds list")
    assert "page 1 of 3" in said(listed)

    await world.admin.click(answers(listed)[-1], label="Next")

    assert "page 2 of 3" in text_of(answers(listed)[-1])
    assert "Site 12" in text_of(answers(listed)[-1])


def test_no_page_of_feeds_is_longer_than_a_message_can_be():
    found = paging.paged([f"- {'x' * 1_300}"] * 30)

    assert sum(map(len, found)) == 30
    assert all(sum(len(row) + 1 for row in page) < pages.TEXT_LIMIT - 200 for page in found)


async def test_without_feeds_the_list_says_how_to_add_one(empty_world):
    assert "Add one with `/feeds add`" in said(await empty_world.admin.slash(empty_world.channel, "feeds list"))


# --------------------------------------------------------------------------------------------------------------- remove
async def test_a_feed_is_removed_by_choosing_it(world):
    stored(world, "https://fine.example/rss", title="Fine News")
    choices = await world.admin.autocomplete(world.channel, "feeds remove", "feed", "fine")

    removed = await world.admin.slash(world.channel, "feeds remove", feed=choices[0]["value"])

    assert [choice["name"] for choice in choices] == ["Fine News · fine.example/rss"]
    assert "Removed **Fine News**" in said(removed)
    assert not urls(world)


async def test_the_operators_feed_is_marked_and_not_the_servers_to_remove(world):
    shared = stored(world, "https://all.example/rss", server=EVERYONE, title="All News")

    listed = await world.admin.slash(world.channel, "feeds list")
    offered = await world.admin.autocomplete(world.channel, "feeds remove", "feed", "all")
    refused = await world.admin.slash(world.channel, "feeds remove", feed=str(shared.id))
    polled = await world.admin.slash(world.channel, "feeds poll", feed=str(shared.id))

    assert "from the operator" in said(listed)
    assert not offered
    for result in (refused, polled):
        assert "All News is from the operator" in said(result)
    assert world.newsroom.store.feeds(EVERYONE)
    assert "It is from the operator" in said(await add(world, "https://all.example/rss"))
    assert len(world.failures()) == 2


async def test_another_servers_feed_is_neither_seen_nor_touched(world):
    other = stored(world, "https://elsewhere.example/rss", server=OTHER_SERVER, title="Elsewhere")

    for command in ("feeds remove", "feeds poll"):
        assert "reads no such feed" in said(await world.admin.slash(world.channel, command, feed=str(other.id)))
    assert "Elsewhere" not in said(await world.admin.slash(world.channel, "feeds list"))
    assert world.newsroom.store.feeds(OTHER_SERVER)
    assert len(world.failures()) == 2


# ----------------------------------------------------------------------------------------------------------------- test
async def test_a_source_is_tried_without_adding_it(world, outlet):
    result = await world.admin.slash(world.channel, "feeds test", address=outlet.feed("/rss", "Larvik Post", "library"))

    text = said(result)
    assert "### Larvik Post" in text
    assert f"feed · [{outlet.url.removeprefix('http://')}]({outlet.url}/rss)/rss" in text
    assert "1 entry · newest <t:1772535600:R>" in text
    assert "**Library opens in Larvik** · by Ada Penn · <t:1772535600:f> · full text" in text
    assert "Nothing was added" in text
    assert not urls(world)


async def test_a_site_is_tried_by_its_best_feed(world, outlet):
    outlet.feed("/news.xml", "Larvik Post", "library", whole=False)

    result = await world.admin.slash(world.channel, "feeds test", address=outlet.home(("/news.xml", "Larvik Post")))

    assert "teaser only" in said(result)
    assert "Its newest articles: teaser only." in said(result)


async def test_what_is_no_source_is_told_so(world, outlet):
    result = await world.admin.slash(world.channel, "feeds test", address=outlet.serve("/x", "<p>Nothing.</p>"))

    assert said(result).endswith(".")
    assert world.failures()


# ----------------------------------------------------------------------------------------------------------------- poll
async def test_feeds_are_read_now_and_told_what_came(world, outlet):
    await add(world, outlet.feed("/a", "All news", "library", "bath"))
    stored(world, f"{outlet.url}/gone", title="Gone")

    result = await world.admin.slash(world.channel, "feeds poll")

    assert "Read 2 feeds: 2 new articles." in said(result)
    assert "**Gone** failed 1 time: " in said(result)


async def test_one_feed_is_read_when_it_is_named(world, outlet):
    await add(world, outlet.feed("/a", "All news", "library"))
    choices = await world.admin.autocomplete(world.channel, "feeds poll", "feed", "")
    assert [choice["name"] for choice in choices] == [f"All news · {outlet.url.removeprefix('http://')}/a"]
    stored(world, f"{outlet.url}/gone", title="Gone")
    outlet.asked.clear()

    result = await world.admin.slash(world.channel, "feeds poll", feed="all news")

    assert "Read 1 feed: 1 new article." in said(result)
    assert "/gone" not in outlet.asked


async def test_polling_again_and_again_is_slowed_down(world, outlet):
    await add(world, outlet.feed("/a", "All news", "library"))
    for _ in range(3):
        await world.admin.slash(world.channel, "feeds poll")

    refused = said(await world.admin.slash(world.channel, "feeds poll"))
    assert re.search(r"One moment, please\. Try again in [1-6]?\d seconds?\.", refused)
    assert world.failures()


async def test_without_feeds_there_is_nothing_to_poll(empty_world):
    result = await empty_world.admin.slash(empty_world.channel, "feeds poll")

    assert "no feeds of its own" in said(result)
    assert empty_world.failures()


# ------------------------------------------------------------------------------------------------------ import, export
def opml(*addresses):
    rows = "".join(f'<outline type="rss" text="{url[8:]}" xmlUrl="{url}"/>' for url in addresses)
    return f'<opml version="2.0"><head/><body>{rows}</body></opml>'.encode()


async def test_a_list_of_feeds_is_imported(world):
    stored(world, "https://a.example/rss")
    file = ("feeds.opml", opml("https://a.example/rss", "https://b.example/rss", "ftp://c.example/rss"))

    result = await world.admin.slash(world.channel, "feeds import", file=file)

    assert "Added 1 feed; 1 was read already." in said(result)
    assert "no web address" in said(result)
    assert urls(world) == {"https://a.example/rss", "https://b.example/rss"}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [(b"\x00\x01", "is no text"), (b"<html/>", "is no OPML"), (b"x" * 1_000_001, "larger than 1 MB")],
)
async def test_what_is_no_list_is_refused(world, body, sentence):
    result = await world.admin.slash(world.channel, "feeds import", file=("list.opml", body))

    assert sentence in said(result)
    assert not urls(world)
    assert world.failures()


async def test_a_list_that_is_too_long_for_the_server_is_refused_as_a_whole(world):
    world.env.bot.feeds_limit = 2
    file = ("feeds.opml", opml(*(f"https://{name}.example/rss" for name in "abc")))

    result = await world.admin.slash(world.channel, "feeds import", file=file)

    assert "there is room for 2 more, not for 3" in said(result)
    assert not urls(world)
    assert world.failures()


async def test_feeds_are_exported_for_the_admin_alone_and_without_secrets(world):
    stored(world, "https://a.example/rss", title="Paper A")
    stored(world, SECRET, title="Vault")
    stored(world, "https://all.example/rss", server=EVERYONE, title="All News")

    result = await world.admin.slash(world.channel, "feeds export")

    (file,) = answers(result)[-1].attachments
    body = (await file.read()).decode()
    assert result.ephemeral
    assert file.filename == "feeds.opml"
    assert "https://a.example/rss" in body
    assert "hunter2" not in body
    assert "All News" not in body
    assert "A password or token is masked in 1 address" in said(result)


async def test_a_file_that_was_loaded_is_no_feed_to_export(world):
    loaded(world)

    result = await world.admin.slash(world.channel, "feeds export")

    assert "no feeds of its own to export" in said(result)
    assert world.failures()


# ---------------------------------------------------------------------------------------------------------- permissions
async def test_only_admins_are_offered_the_commands(world):
    offered = {name for name in world.admin.available_commands(world.channel) if name.startswith("feeds ")}

    assert offered == {
        f"feeds {name}" for name in ["add", "list", "remove", "test", "poll", "import", "export", "notices"]
    }
    assert not offered & set(world.reader.available_commands(world.channel))
