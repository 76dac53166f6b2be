"""From an empty server to a scheduled briefing, as an admin does it."""

from __future__ import annotations

import re
from pathlib import Path

import discord
import pytest
from simulated import NOON, said, text_of

from bot import access, invitation, starters
from bot.commands import hours
from bot.commands.setup import panel, plan, zones
from bot.rendering import COMPONENT_LIMIT, TEXT_LIMIT
from briefs.errors import SettingError
from briefs.models import Feed
from briefs.sources.opml import Outline

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## Run it on your server")[2].partition("\n## ")[0]
CHANNEL, PACKS, TIMES, DAYS, ZONE = plan.MENUS


@pytest.fixture
def world(empty_world):
    """A bot in a server without any feed."""
    return empty_world


def answers(result):
    return [*([result.response] if result.response else []), *result.followups]


async def opened(world, by=None):
    """Run /setup; return the panel."""
    return answers(await (by or world.admin).slash(world.channel, "setup"))[-1]


def menu(shown, custom_id):
    """Return a menu of a panel as Discord got it."""
    found = [each for each in _components(shown.components) if each.get("custom_id") == custom_id]
    assert len(found) == 1
    return found[0]


def _components(parts):
    for part in parts:
        yield part
        yield from _components(part.get("components", ()))


def chosen(shown, custom_id):
    """Return what a menu shows as chosen."""
    return [option["value"] for option in menu(shown, custom_id)["options"] if option.get("default")]


def urls(world):
    return {feed.url for feed in world.newsroom.store.feeds(world.guild.id)}


def pack(name):
    return next(each for each in starters.load() if each.name == name)


def schedules(world):
    return world.newsroom.store.schedules(world.guild.id)


# ---------------------------------------------------------------------------------------------------- the whole way
async def test_from_an_empty_server_to_a_scheduled_briefing_in_five_actions(world):
    """As the README tells it; the first of six is inviting the bot, which happens in Discord."""
    actions = [
        shown := await opened(world),
        await world.admin.select(shown, [world.channel], custom_id=CHANNEL),
        await world.admin.select(shown, ["World", "Space"], custom_id=PACKS),
        await world.admin.select(shown, ["07:00"], custom_id=TIMES),
        await world.admin.click(shown, label="Start"),
    ]

    [made] = schedules(world)
    assert (made.channel_id, made.times, made.days, made.zone) == (world.channel.id, ("07:00",), plan.EVERY_DAY, "UTC")
    assert urls(world) == {each.url for name in ("World", "Space") for each in pack(name).outlines}
    assert "gets a briefing every day at 07:00" in text_of(shown)
    assert text_of(shown).count(":R>") == 3
    assert len(actions) + 1 <= 6


def test_the_readme_tells_the_same_actions():
    numbered = re.findall(r"^\d\. .+", SECTION, re.MULTILINE)

    assert len(numbered) <= 6
    for line, word in zip(numbered, ("Invite", "/setup", "the channel", "topics", "the time", "Start"), strict=True):
        assert word in line


async def test_what_is_not_chosen_has_a_sensible_default(world):
    shown = await opened(world)

    assert chosen(shown, TIMES) == ["08:00"]
    assert chosen(shown, DAYS) == ["0 1 2 3 4 5 6"]
    assert chosen(shown, ZONE) == ["UTC"]
    assert "<t:1772611200:F>" in text_of(shown)


async def test_the_panel_is_seen_by_the_admin_alone_and_acknowledged_first(world):
    shown = await opened(world)

    assert shown.ephemeral
    callback = next(request for request in world.env.http_requests if request.path.endswith("/callback"))
    assert callback.json["type"] == discord.InteractionResponseType.deferred_channel_message.value


# ---------------------------------------------------------------------------------------------------------- step one
async def test_a_channel_where_the_bot_may_not_post_is_told_with_the_way_to_mend_it(world):
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.guild.me: discord.PermissionOverwrite(send_messages=False)}
    )
    shown = await opened(world)

    await world.admin.select(shown, [closed], custom_id=CHANNEL)
    assert "I may not post in" in text_of(shown)
    assert "**Send Messages**" in text_of(shown)

    world.env.backend.channels[closed.id].overwrites.clear()
    await world.restart()
    await world.admin.click(shown, label="Check again")
    assert f"In <#{closed.id}>" in text_of(shown)
    assert "Check again" not in str(shown.components)


async def test_what_a_channels_briefings_will_miss_is_said_and_keeps_nobody_from_starting(world):
    plain = world.guild.create_text_channel(
        "plain", overwrites={world.guild.me: discord.PermissionOverwrite(embed_links=False)}
    )
    shown = await opened(world)

    await world.admin.select(shown, [plain], custom_id=CHANNEL)

    assert f"In <#{plain.id}>" in text_of(shown)
    assert f"-# ⚠️ {plain.mention} gets its briefings without pictures: settings of" in text_of(shown)
    assert "Check again" not in str(shown.components)
    await world.admin.select(shown, [world.channel], custom_id=CHANNEL)
    assert "⚠️" not in text_of(shown)


async def test_a_channel_that_went_in_the_meantime_is_told(world):
    gone = world.guild.create_text_channel("gone")
    shown = await opened(world)
    await world.admin.select(shown, [gone], custom_id=CHANNEL)
    world.env.backend.delete_channel(gone.id)
    await world.env.settle()

    await world.admin.select(shown, ["World"], custom_id=PACKS)
    await world.admin.click(shown, label="Start")

    assert "it is gone" in text_of(shown)
    assert not schedules(world)


async def test_an_announcement_channel_will_do(world):
    news = world.guild.create_news_channel("announcements")
    shown = await opened(world)

    await world.admin.select(shown, [news], custom_id=CHANNEL)

    assert f"In <#{news.id}>" in text_of(shown)


# ---------------------------------------------------------------------------------------------------------- step two
async def test_topics_are_read_at_once_and_named(world):
    shown = await opened(world)

    await world.admin.select(shown, ["Space"], custom_id=PACKS)

    assert "Added 5 feeds." in text_of(shown)
    assert "I read NASA, Space.com, SpaceNews, Spaceflight Now, Universe Today." in text_of(shown)
    assert chosen(shown, PACKS) == ["Space"]


async def test_a_topic_that_is_taken_back_is_read_no_longer_but_for_what_another_one_brings(world):
    shown = await opened(world)
    await world.admin.select(shown, ["Space", "Science"], custom_id=PACKS)

    await world.admin.select(shown, ["Science"], custom_id=PACKS)

    assert "Removed 5 feeds" in text_of(shown)
    assert urls(world) == {each.url for each in pack("Science").outlines}


async def test_what_another_admin_added_meanwhile_stays(world):
    first, second = await opened(world), await opened(world)
    await world.admin.select(first, ["Space"], custom_id=PACKS)

    await world.admin.select(second, ["Science"], custom_id=PACKS)

    assert urls(world) == {each.url for name in ("Space", "Science") for each in pack(name).outlines}
    assert chosen(second, PACKS) == ["Science", "Space"]


async def test_what_is_read_already_is_not_added_again(world):
    one = pack("Space").outlines[0].url
    world.newsroom.store.subscribe(world.guild.id, one, title="Our own name", now=NOON)
    shown = await opened(world)

    await world.admin.select(shown, ["Space"], custom_id=PACKS)

    assert "Added 4 feeds" in text_of(shown)
    assert "Our own name" in text_of(shown)


async def test_no_more_feeds_are_added_than_a_server_may_have(world):
    world.env.bot.feeds_limit = 7
    shown = await opened(world)

    await world.admin.select(shown, ["World", "Space"], custom_id=PACKS)

    assert len(urls(world)) == 7
    assert "Added 7 feeds" in text_of(shown)
    assert "For 4 more feeds there was no room" in text_of(shown)
    assert chosen(shown, PACKS) == ["World"]


async def test_a_site_of_ones_own_is_added_below_the_panel_which_shows_it_at_once(world, outlet):
    url = outlet.feed("/rss", "Larvik Post", "library")
    shown = await opened(world)
    await world.admin.select(shown, [world.channel], custom_id=CHANNEL)

    form = await world.admin.click(shown, label="Add a site of your own")
    result = await world.admin.submit_modal(form, {"typed": url})

    [told] = result.followups
    assert told.ephemeral
    assert "Added **Larvik Post**" in text_of(told)
    assert "I read Larvik Post" in text_of(shown)
    assert f"In <#{world.channel.id}>" in text_of(shown)


async def test_of_several_sources_of_a_site_one_chooses_below_the_panel(world, outlet):
    for path, title in (("/a", "All news"), ("/b", "Sports")):
        outlet.feed(path, title, f"{title} hall")
    shown = await opened(world)

    form = await world.admin.click(shown, label="Add a site of your own")
    [offered] = (
        await world.admin.submit_modal(form, {"typed": outlet.home(("/a", "All news"), ("/b", "Sports"))})
    ).followups
    await world.admin.select(offered, ["0", "1"])
    await world.admin.click(shown, label="Start")

    assert len(urls(world)) == 2
    assert "I read All news, Sports" in text_of(shown)


async def test_an_address_that_is_none_is_refused_with_an_example(world):
    shown = await opened(world)

    form = await world.admin.click(shown, label="Add a site of your own")
    result = await world.admin.submit_modal(form, {"typed": "the news"})

    [told] = result.followups
    assert "is no web address" in text_of(told)
    assert "Where?" in text_of(shown)


# -------------------------------------------------------------------------------------------------------- step three
async def test_other_times_and_another_zone_are_typed_forgivingly(world):
    shown = await opened(world)

    await world.admin.submit_modal(
        await world.admin.select(shown, ["other"], custom_id=TIMES), {"typed": "6:30 pm and 7:15"}
    )
    await world.admin.submit_modal(await world.admin.select(shown, ["other"], custom_id=ZONE), {"typed": "lisbon"})
    await world.admin.select(shown, ["0 1 2 3 4"], custom_id=DAYS)

    assert "Every weekday at 07:15 and 18:30 (Europe/Lisbon time)" in text_of(shown)
    assert chosen(shown, TIMES) == ["07:15 18:30"]
    assert chosen(shown, ZONE) == ["Europe/Lisbon"]


async def test_what_is_typed_wrong_is_said_and_changes_nothing(world):
    shown = await opened(world)

    form = await world.admin.select(shown, ["other"], custom_id=TIMES)
    result = await world.admin.submit_modal(form, {"typed": "whenever"})

    assert "is no time of day" in said(result)
    assert chosen(shown, TIMES) == ["08:00"]


def test_the_likeliest_zones_come_first():
    locale = discord.Locale

    assert zones.offered((), [locale.german])[0] == "Europe/Berlin"
    assert zones.offered((), [locale.american_english])[:4] == zones.AMERICAN
    assert all(len(zones.offered((), [each])) <= zones.OFFERED for each in locale)


# ------------------------------------------------------------------------------------------------------------- start
async def test_start_says_what_is_missing(world):
    shown = await opened(world)

    await world.admin.click(shown, label="Start")

    assert "**Not started yet.**" in text_of(shown)
    assert "Before you start: choose a channel and choose a topic or add a site." in text_of(shown)
    assert not schedules(world)


async def test_two_admins_who_press_start_make_one_schedule(world):
    first, second = await opened(world), await opened(world)
    for shown in (first, second):
        await world.admin.select(shown, [world.channel], custom_id=CHANNEL)
    await world.admin.select(first, ["Space"], custom_id=PACKS)

    await world.admin.click(first, label="Start")
    await world.admin.click(second, label="Start")

    assert len(schedules(world)) == 1
    assert "set up already" in text_of(second)


async def test_what_was_done_stands_in_the_log_of_admins_actions(world):
    await test_from_an_empty_server_to_a_scheduled_briefing_in_five_actions(world)

    actions, _ = world.newsroom.store.actions(world.guild.id, limit=10)

    assert [each.name for each in actions] == ["setup", "setup"]
    assert "every day at 07:00" in actions[0].detail


async def test_a_first_briefing_is_posted_or_shown_at_once_from_feeds_that_nobody_polled_yet(world, outlet):
    world.newsroom.store.subscribe(world.guild.id, outlet.feed("/rss", "Larvik Post", "library"), now=NOON)
    shown = await opened(world)
    await world.admin.select(shown, [world.channel], custom_id=CHANNEL)
    await world.admin.click(shown, label="Start")

    seen = await world.admin.click(shown, label="Preview")
    posted = await world.admin.click(shown, label="Post one now")

    assert "library" in said(seen)
    assert seen.ephemeral
    assert "Posted 1 story" in said(posted)
    assert "library" in text_of(world.channel.history(viewer=world.reader)[-1])


async def test_a_first_briefing_without_any_news_says_why(world, outlet):
    world.newsroom.store.subscribe(world.guild.id, f"{outlet.url}/nothing", now=NOON)
    shown = await opened(world)
    await world.admin.select(shown, [world.channel], custom_id=CHANNEL)
    await world.admin.click(shown, label="Start")

    result = await world.admin.click(shown, label="Post one now")

    assert "have given nothing yet" in said(result)


# ---------------------------------------------------------------------------------------------- restarts, others, limits
async def test_the_panel_keeps_what_was_chosen_over_a_restart(world):
    shown = await opened(world)
    await world.admin.select(shown, [world.channel], custom_id=CHANNEL)
    form = await world.admin.select(shown, ["other"], custom_id=ZONE)

    await world.restart()
    await world.admin.submit_modal(form, {"typed": "Oslo"})
    await world.admin.select(shown, ["Space"], custom_id=PACKS)
    await world.admin.click(shown, label="Start")

    [made] = schedules(world)
    assert (made.channel_id, made.zone) == (world.channel.id, "Europe/Oslo")


async def test_readers_are_not_offered_the_command_and_may_not_press_a_panel_that_all_see(world):
    assert "setup" not in world.reader.available_commands(world.channel)
    client, guild = world.env.bot, world.env.bot.get_guild(world.guild.id)
    from bot.commands.setup import choosing

    await guild.get_channel(world.channel.id).send(view=await choosing.opening(client, guild, "Hello"))
    shown = world.channel.last_message

    pressed = await world.reader.click(shown, label="Start")
    picked = await world.reader.select(shown, ["Space"], custom_id=PACKS)

    for result in (pressed, picked):
        assert "Only this server's admins can do that" in said(result)
        assert all(each.ephemeral for each in result.followups)
    assert not urls(world)

    setup = next(each for each in await client.tree.fetch_commands() if each.name == "setup")
    world.guild.set_command_permissions(setup, {world.reader: True})
    await world.restart()
    await world.reader.select(shown, ["Space"], custom_id=PACKS)
    assert len(urls(world)) == 5


def test_a_page_of_another_version_says_that_it_is_out_of_date():
    with pytest.raises(SettingError, match="out of date"):
        plan.shown(None)
    for menu_id, value in ((DAYS, "every day"), (DAYS, "7"), (TIMES, "25:00"), (ZONE, "../Oslo"), (CHANNEL, "news")):
        with pytest.raises(SettingError, match="out of date"):
            plan.changed(plan.Plan(), menu_id, [value])


def test_the_fullest_panel_fits_a_message():
    """As many packs, feeds and times as there may be, with long names of any letters."""
    long = "🛟 ميناء " * 40
    outlines = tuple(Outline(f"https://{number}.example/rss", long) for number in range(6))
    feeds = tuple(Feed(number, outline.url, long) for number, outline in enumerate(outlines * 30))
    packs = tuple(
        starters.Pack(f"{number} {long}"[: starters.NAME_LIMIT], outlines) for number in range(starters.PACKS)
    )
    times = tuple(f"{hour:02}:00" for hour in range(hours.TIMES_LIMIT))
    chosen = plan.Plan(2**62, times, (0, 2, 4), "America/Argentina/ComodRivadavia")

    page = panel.panel(chosen, panel.Standing(feeds, packs, zones.offered((), list(discord.Locale)), NOON, long), long)

    assert len(list(page.walk_children())) <= COMPONENT_LIMIT
    assert sum(len(each.content) for each in page.walk_children() if hasattr(each, "content")) <= TEXT_LIMIT
    for each in page.walk_children():
        options = getattr(each, "options", [])
        assert len(options) <= 25
        assert all(len(option.label) <= 100 and len(option.value) <= 100 for option in options)


async def test_any_channels_name_is_shown(world):
    shown = await opened(world)
    await world.admin.select(shown, ["Health"], custom_id=PACKS)

    for name in ("🚢-порт-🛟", "ميناء", "x" * 100):
        channel = world.guild.create_text_channel(name)
        await world.admin.select(shown, [channel], custom_id=CHANNEL)
        assert f"In <#{channel.id}>" in text_of(shown)


# ------------------------------------------------------------------------------------------------------------- the packs
def test_the_packs_have_a_few_feeds_each_under_plain_names_by_https():
    packs = starters.load()

    assert {"World", "Science", "Space", "Technology", "Business", "Health", "Culture", "Sports"} <= {
        each.name for each in packs
    }
    for each in packs:
        assert 3 <= len(each.outlines) <= 6
        assert all(outline.url.startswith("https://") and outline.title for outline in each.outlines)
    everything = [outline.url for each in packs for outline in each.outlines]
    assert len(everything) == len(set(everything))


def test_an_operators_own_packs_take_the_place_of_ours(tmp_path):
    file = tmp_path / "packs.opml"
    file.write_text(
        '<opml version="2.0"><body><outline text="Harbour"><outline type="rss" text="Post" '
        'xmlUrl="https://post.example/rss"/></outline></body></opml>'
    )

    [own] = starters.load(file)

    assert own.name == "Harbour"
    assert [each.url for each in own.outlines] == ["https://post.example/rss"]


@pytest.mark.parametrize("text", ["", "no list", '<opml><body><outline xmlUrl="https://a.example/"/></body></opml>'])
def test_packs_that_cannot_be_used_are_refused_with_the_settings_name(tmp_path, text):
    file = tmp_path / "packs.opml"
    file.write_text(text)

    for path in (file, tmp_path / "missing.opml"):
        with pytest.raises(SettingError, match="STARTER_PACKS"):
            starters.load(path)


# ------------------------------------------------------------------------------------------------------- the invitation
def test_the_invitation_asks_for_what_the_bot_has_a_use_for_and_no_more():
    granted = {name for name, on in invitation.PERMISSIONS if on}

    assert len(granted) == len({*access.NEEDED, *access.FOR_PICTURES, *access.FOR_FILES, *access.FOR_DISCUSSION})
    assert not granted & {"administrator", "manage_guild", "manage_messages", "mention_everyone"}
    assert invitation.link(42).startswith("https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications")


def test_the_readme_names_every_permission_of_the_invitation():
    labels = {**access.NEEDED, **access.FOR_PICTURES, **access.FOR_FILES, **access.FOR_DISCUSSION}

    for label in labels.values():
        assert f"*{label.replace('View Channel', 'View Channels')}*" in SECTION
