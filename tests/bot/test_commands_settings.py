"""The panel of settings: what it shows, what each control does, who may use it, and what becomes of it in a briefing."""

from __future__ import annotations

import discord
import pytest
from simulated import OTHER_SERVER, said, text_of

from bot import admins, rendering
from bot.commands import forms
from bot.commands import settings as commands
from bot.delivery import posting
from bot.rendering import panel
from briefs.errors import SettingError
from briefs.preferences import EVERY_CHANNEL

DEFAULTS = {
    "stories": "Stories: up to 5",
    "sentences": "Sentences: up to 3 per story",
    "words": "Words: any number",
    "sort": "Order: by importance",
    "dates": "Dates: reader's language",
}
OFF = {"opinion": "Opinion: off", "says_unmoved": "Stories without news: off", "post_thread": "Discussion threads: off"}
ON = {"post_images": "Pictures: on"}
FOLLOWED = {"post_crosspost": "Publishing to followers: on"}


class Shown:
    """A panel as an admin sees it."""

    def __init__(self, world, result):
        self.world, self.result = world, result

    @property
    def message(self):
        return [*([self.result.response] if self.result.response else []), *self.result.followups][-1]

    @property
    def text(self):
        return text_of(self.message)

    @property
    def scope(self):
        return self.ids[0].split(":")[1]

    @property
    def ids(self):
        return [item.custom_id for item in self.controls()]

    @property
    def held(self):
        """What each menu and switch says that holds."""
        menus = {
            _name(item): option.label
            for item in self.controls()
            for option in getattr(item, "options", ())
            if option.default
        }
        switches = {_name(item): item.label for item in self.controls() if _name(item) in rendering.SWITCHES}
        return menus | switches

    @property
    def numbers(self):
        return {_name(item): item.id for item in self.controls() if isinstance(item, discord.SelectMenu)}

    def controls(self):
        real = self.message.message
        return [item for item in _within(real.components) if getattr(item, "custom_id", None)]

    def control(self, name):
        return next(item for item in self.controls() if item.custom_id.endswith(f":{name}"))

    async def pick(self, name, *values, who=None):
        actor = who or self.world.admin
        return await actor.select(self.message, values, custom_id=self.control(name).custom_id)

    async def press(self, name, who=None):
        return await (who or self.world.admin).click(self.message, custom_id=self.control(name).custom_id)

    async def write(self, name, text):
        form = await self.pick(name, panel.OTHER)
        return await self.world.admin.submit_modal(form, {forms.TYPED: text})


def _name(item):
    return item.custom_id.rpartition(":")[2]


def _within(components):
    for component in components:
        yield component
        yield from _within(getattr(component, "children", ()))


async def opened(world, channel=None, who=None):
    return Shown(world, await (who or world.admin).slash(channel or world.channel, "settings"))


def chosen(world, channel_id=None):
    return world.newsroom.store.chosen(world.guild.id, world.channel.id if channel_id is None else channel_id).settings


def actions(world):
    return [action.detail for action in world.newsroom.store.actions(world.guild.id, limit=50)[0]]


# ------------------------------------------------------------------------------------------------------------ it shows
async def test_the_settings_of_a_new_server_are_the_defaults_and_only_the_admin_sees_them(world):
    shown = await opened(world)

    assert shown.result.ephemeral
    assert shown.text.splitlines()[0] == f"### Briefings in {world.channel.mention}"
    assert "Nothing is chosen yet: all of it is the default." in shown.text
    assert shown.held == DEFAULTS | OFF | ON
    assert not [each for each in shown.ids if each.endswith("reset")]


async def test_each_menu_shows_what_holds(world):
    store, guild = world.newsroom.store, world.guild.id
    for name, value in {"stories": "7", "words": "95", "sort": "newest", "dates": "gsw"}.items():
        store.choose(guild, EVERY_CHANNEL, name, value)

    shown = await opened(world)

    assert shown.held == DEFAULTS | OFF | ON | {
        "stories": "Stories: up to 7",
        "words": "Words: up to 95 per story",
        "sort": "Order: newest first",
        "dates": "Dates: in Swiss German",
    }
    assert "Chosen for all channels: Stories, Words, Order, Dates. The rest is the default." in shown.text


async def test_what_a_channels_briefings_miss_is_said_until_it_is_not_wanted_any_more(world):
    me = discord.PermissionOverwrite(embed_links=False)
    plain = world.guild.create_text_channel("plain", overwrites={world.guild.me: me})
    shown = await opened(world, plain)
    warning = f"-# ⚠️ {plain.mention} gets its briefings without pictures: settings of {plain.mention}"

    assert warning in shown.text
    await shown.press("post_images")
    assert "⚠️" not in shown.text


async def test_in_a_channel_without_briefings_the_panel_is_about_all_channels(world):
    store, now = world.newsroom.store, world.newsroom.clock()
    store.add_schedule(world.guild.id, world.channel.id, ("08:00",), range(7), "UTC", None, now)
    store.choose(world.guild.id, world.channel.id, "stories", "2")

    elsewhere = await opened(world, world.guild.create_text_channel("admins"))

    assert "### Briefings in all channels" in elsewhere.text
    assert f"Choices of their own: {world.channel.mention}" in elsewhere.text
    assert (await opened(world)).scope == str(world.channel.id)


# ------------------------------------------------------------------------------------------------------ it is changed
async def test_a_choice_is_kept_shown_at_once_and_written_down(world):
    shown = await opened(world)

    await shown.pick("stories", "2")
    await shown.pick("sort", "newest")

    assert (shown.held["stories"], shown.held["sort"]) == ("Stories: up to 2", "Order: newest first")
    assert "Chosen for this channel: Stories, Order. The rest is the default." in shown.text
    assert chosen(world) == {"stories": "2", "sort": "newest"}
    assert actions(world) == ["#news: Order: newest", "#news: Stories: 2"]
    assert len(world.newsroom.compose(world.guild.id, channel_id=world.channel.id).items) <= 2


async def test_a_choice_for_all_channels_holds_where_a_channel_has_not_chosen_otherwise(world):
    shown = await opened(world)
    await shown.pick("stories", "2")
    await shown.press("everywhere")

    await shown.pick("stories", "7")
    await shown.pick("sentences", "1")

    assert shown.scope == "0"
    assert shown.held["stories"] == "Stories: up to 7"
    assert chosen(world, EVERY_CHANNEL) == {"stories": "7", "sentences": "1"}
    here = await opened(world)
    assert "Chosen for this channel: Stories. Chosen for all channels: Sentences. The rest is" in here.text
    assert (here.held["stories"], here.held["sentences"]) == (
        "Stories: up to 2",
        "Sentences: up to 1 per story",
    )


async def test_another_channel_is_picked_and_set(world):
    other = world.guild.create_news_channel("📰-الأخبار")
    shown = await opened(world)

    await shown.pick("scope", other)
    await shown.pick("stories", "1")

    assert f"### Briefings in {other.mention}" in shown.text
    assert chosen(world, other.id) == {"stories": "1"}
    assert not chosen(world)
    assert actions(world) == ["#📰-الأخبار: Stories: 1"]


@pytest.mark.parametrize("name", [*rendering.SWITCHES])
async def test_a_switch_turns_and_turns_back(world, name):
    shown = await opened(world)
    await shown.press("everywhere")
    before = shown.control(name).label

    await shown.press(name)
    turned = shown.control(name).label
    await shown.press(name)

    assert {before.rpartition(": ")[2], turned.rpartition(": ")[2]} == {"on", "off"}
    assert shown.control(name).label == before


async def test_how_a_channel_is_posted_is_what_posting_reads(world):
    announcements = world.guild.create_news_channel("announcements")
    shown = await opened(world, announcements)
    before = shown.held

    for name in ("post_thread", "post_crosspost", "post_images"):
        await shown.press(name)

    held = posting.posting(world.newsroom.store, world.guild.id, announcements.id)
    assert before == DEFAULTS | OFF | ON | FOLLOWED
    assert held == posting.Posting(thread=True, crosspost=False, images=False)


async def test_choices_are_taken_back_alone_or_all(world):
    shown = await opened(world)
    await shown.pick("stories", "2")
    await shown.press("opinion")
    await shown.pick("sentences", "1")

    await shown.pick("reset", "stories")
    one = shown.text, shown.held
    await shown.pick("reset", panel.EVERYTHING)

    assert "Chosen for this channel: Sentences, Opinion." in one[0]
    assert (one[1]["stories"], one[1]["opinion"]) == ("Stories: up to 5", "Opinion: on")
    assert shown.held == DEFAULTS | OFF | ON
    assert not chosen(world)


async def test_where_notices_go_is_chosen_and_forgotten(world):
    backstage = world.guild.create_text_channel("backstage")
    shown = await opened(world)

    await shown.pick("notices", backstage)
    named = shown.text
    await shown.pick("notices")

    assert f"**Notices for this server's admins**: in {backstage.mention}" in named
    assert "wherever I reach an admin" in shown.text
    assert admins.CHANNEL not in world.newsroom.store.settings(world.guild.id)


async def test_notices_cannot_go_where_the_bot_may_not_write(world):
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.guild.me: discord.PermissionOverwrite(send_messages=False)}
    )
    shown = await opened(world)

    refused = await shown.pick("notices", closed)

    assert "Give me Send Messages there" in said(refused)
    assert admins.CHANNEL not in world.newsroom.store.settings(world.guild.id)


# -------------------------------------------------------------------------------------------------------------- forms
async def test_a_switch_does_what_it_says_whatever_another_admin_pressed_meanwhile(world):
    one, other = await opened(world), await opened(world)

    await one.press("opinion")
    await other.press("opinion")

    assert chosen(world) == {"opinion": "yes"}


async def test_a_language_that_stands_in_no_menu_is_written_into_a_form(world):
    shown = await opened(world)

    await shown.write("dates", "português")

    assert shown.held["dates"] == "Dates: in Portuguese"
    assert chosen(world) == {"dates": "pt"}


async def test_a_language_nobody_knows_is_refused_with_what_may_be_meant(world):
    shown = await opened(world)

    refused = await shown.write("dates", "Portugese")

    assert "I know no language “Portugese” to write dates in. Did you mean Portuguese?" in said(refused)
    assert not chosen(world)


async def test_another_number_of_words_is_written_into_a_form(world):
    shown = await opened(world)

    await shown.write("words", "95")
    refused = await shown.write("words", "5")

    assert shown.held["words"] == "Words: up to 95 per story"
    assert "must be a whole number from 10 to 1000, or “none”, not “5”" in said(refused)
    assert chosen(world) == {"words": "95"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("German", "de"),
        ("Deutsch", "de"),
        (" pt-BR ", "pt-BR"),
        ("日本語", "ja"),
        ("العربية", "ar"),
        ("reader", "reader"),
    ],
)
def test_a_language_is_known_by_its_names_and_its_code(typed, code):
    assert commands.language(typed) == code


@pytest.mark.parametrize("typed", ["", "klingon", "🦆", "\u202ede"])
def test_what_is_no_language_is_refused_with_what_to_write(typed):
    with pytest.raises(SettingError, match="Give its name, such as German"):
        commands.language(typed)


# --------------------------------------------------------------------------------------------------- who, and how long
async def test_the_panel_works_after_a_restart(world):
    shown = await opened(world)
    await world.restart()

    await shown.pick("stories", "3")
    form = await shown.pick("dates", panel.OTHER)
    await world.restart()
    await world.admin.submit_modal(form, {forms.TYPED: "de"})

    assert (shown.held["stories"], shown.held["dates"]) == ("Stories: up to 3", "Dates: in German")


async def test_a_panel_that_everyone_sees_obeys_only_admins(world):
    view = panel.panel_message(
        panel.Panel(
            world.channel.id,
            world.newsroom.preferences(world.guild.id),
            posting.Posting(),
            world.newsroom.store.chosen(world.guild.id, world.channel.id),
            world.newsroom.store.chosen(world.guild.id, EVERY_CHANNEL),
            None,
        )
    )
    await world.env.bot.get_channel(world.channel.id).send(view=view)
    message, control = world.channel.last_message, f"settings:{world.channel.id}:stories"

    refused = await world.reader.select(message, ["9"], custom_id=control)
    await world.admin.select(message, ["8"], custom_id=control)

    assert "Only this server's admins can do that" in said(refused)
    assert chosen(world) == {"stories": "8"}


async def test_a_panel_never_touches_another_servers_settings(world):
    channel, stranger = world.other_server()
    role = stranger.guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    admin = stranger.guild.add_member(world.env.create_user("their admin"), roles=[role])
    forged = discord.ui.Select(
        custom_id=f"settings:{world.channel.id}:stories", options=[discord.SelectOption(label="9", value="9")]
    )
    await world.env.bot.get_channel(channel.id).send(view=rendering.page(["Forged"], menu=forged))

    await admin.select(channel.last_message, ["9"])

    assert not chosen(world)
    assert world.newsroom.store.chosen(
        OTHER_SERVER, world.channel.id
    ).settings  # under their own server, where nothing reads it


async def test_the_fullest_panel_keeps_within_discords_limits(world):
    store = world.newsroom.store
    for name in rendering.SETTINGS:
        value = {"dates": "pt-BR", "words": "950", "sort": "sources", "stories": "20", "sentences": "10"}.get(
            name, "yes"
        )
        store.choose(world.guild.id, EVERY_CHANNEL, name, value)
    shown = await opened(world)
    await shown.press("everywhere")
    await shown.pick("stories", "20")

    assert len(_all(shown)) <= rendering.COMPONENT_LIMIT
    assert len(shown.text) < rendering.TEXT_LIMIT / 2
    assert len(shown.control("reset").options) == len(rendering.SETTINGS) + 1


def _all(shown):
    return [*_within(shown.message.message.components)]


async def test_choosing_is_for_admins(world):
    assert "settings" in world.admin.available_commands(world.channel)
    assert "settings" not in world.reader.available_commands(world.channel)


async def test_a_menu_that_shows_something_else_is_another_to_the_client(world):
    shown = await opened(world)
    before = shown.numbers

    await shown.pick("stories", "2")
    picked = shown.numbers
    await shown.pick("reset", "stories")

    assert [name for name in before if picked[name] != before[name]] == ["stories"]
    assert shown.numbers == before
    assert len({*before.values()}) == len(before)
