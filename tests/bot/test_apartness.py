"""One server never sees another's feeds, questions, settings, news or threads, whatever its people press, type or forge.

Two servers read different outlets about the same events. All that is one server's holds a word of its own. Their people do
everything there is to do, in a random order, with the other server's ids in every button, menu, form and option.
"""

from __future__ import annotations

import json
import random
import re
from re import _parser  # what a pattern is made of: a forged id is one that it matches

import discord
import pytest
from simulated import NOON, OTHER_SERVER, SERVER, load, said

from bot.commands import forms, stories
from bot.commands.feeds.choosing import Offer
from bot.delivery import posting
from bot.rendering import pages
from briefs.preferences import Topic, TopicKind
from briefs.sources.discovery import Candidate

STEPS = 110
WORDS = {SERVER: "Quorvex", OTHER_SERVER: "Blimtor"}
CODED = "Something went wrong"
QUESTIONS = ("Who met whom?", "What happened in Oslo?", "When will the ferry line reopen?", "Who is Ada Berg?")
PLAIN = (
    "latest", "upcoming", "connections", "status", "audit", "settings", "setup", "help", "privacy", "brief now",
    "brief preview", "brief latest", "feeds list", "feeds export", "feeds notices", "schedule list", "topics list",
)  # fmt: skip


def articles(word):
    """News of one event, as an outlet of one server tells it."""
    return [
        {
            "id": f"{word}-{number}",
            "source": f"{word} Post",
            "title": f"Ada Berg and Jon {word} meet in Oslo",
            "url": f"https://www.{word.lower()}.example/{number}",
            "published_at": f"2026-03-0{number}T15:00:00Z",
            "text": "Foreign minister Ada Berg met her counterpart in Oslo on Monday.\n\n"
            f"Ada Berg met Jon {word} in Oslo on Monday to talk about the ferry.\n\n"
            "The ferry line between Skagen and Larvik will reopen on 4 June, the two ministers said.",
        }
        for number in (1, 2)
    ]


class Side:
    """One server with its people, and all that is its own."""

    def __init__(self, world, guild, channel, admin, reader):
        self.world, self.guild, self.channel, self.admin, self.reader = world, guild, channel, admin, reader
        self.word = WORDS[guild.id]

    async def furnish(self, folder):
        """Put the server's word wherever something can be kept."""
        desk, store, guild = self.world.newsroom, self.world.newsroom.store, self.guild.id
        load(desk, folder, articles(self.word), server=guild)
        feed = store.subscribe(guild, f"https://{self.word.lower()}.example/rss", title=self.word, now=NOON)
        schedule = store.add_schedule(guild, self.channel.id, ("08:00",), (0,), "UTC", self.admin.id, NOON)
        store.set_topic(guild, self.channel.id, Topic(TopicKind.WORD, self.word, 3.0), now=NOON)
        store.note_action(guild, self.admin.id, "topics follow", self.word, NOON)
        store.raise_alarm(guild, f"channel {self.channel.id}", f"{self.word} is closed.", NOON)
        posting.choose(store, guild, self.channel.id, "thread", value=True)
        publisher = self.world.env.bot.publisher
        briefing = desk.compose(guild, now=NOON, channel_id=self.channel.id)
        await publisher.publish(guild, self.channel.id, briefing, run_key=self.word)
        await publisher.settled()
        await self.reader.slash(self.channel, "ask", question=f"Who is Jon {self.word}?")
        found = Candidate(f"https://{self.word.lower()}.example/other", self.word)
        token = self.world.env.bot.offers.keep(Offer(guild, (found,), None, NOON))
        stories = [story.id for story in store.stories([f"{self.word}-1", f"{self.word}-2"])]
        self.own = {"feed": str(feed.id), "schedule": str(schedule.id), "token": token, "stories": stories}

    def kept(self):
        """All that is kept for the server, apart from what its own people do."""
        store, guild = self.world.newsroom.store, self.guild.id
        choices = store.chosen(guild, 0), store.chosen(guild, self.channel.id), store.settings(guild)
        return [each.id for each in store.feeds(guild)], store.schedules(guild), choices, store.actions(guild, limit=99)


@pytest.fixture
async def sides(empty_world, tmp_path):
    """Two furnished servers."""
    world = empty_world
    there = world.env.create_guild("Elsewhere", id=OTHER_SERVER)
    channel = there.create_text_channel("talk")
    admins = there.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    admin = there.add_member(world.env.create_user("ada"), roles=[admins])
    ours = Side(world, world.guild, world.channel, world.admin, world.reader)
    theirs = Side(world, there, channel, admin, there.add_member(world.env.create_user("cid")))
    for side in (ours, theirs):
        await side.furnish(tmp_path)
    assert set(ours.own["stories"]) & set(theirs.own["stories"]), "both tell of one story"
    return ours, theirs


# ------------------------------------------------------------------------------------------------------- what they do
async def plain(rng, side, _other):
    """A command without options, as far as the person may use it."""
    person = rng.choice([side.admin, side.admin, side.reader])
    allowed = [name for name in PLAIN if name in person.available_commands(side.channel)]
    return await person.slash(side.channel, rng.choice(allowed))


async def ask(rng, side, _other):
    return await side.reader.slash(side.channel, "ask", question=rng.choice(QUESTIONS), private=rng.random() < 0.5)


async def mention(rng, side, _other):
    bot = side.world.env.backend.bot_user.id
    last = rng.choice([None, side.channel.last_message])
    return await side.reader.send(side.channel, f"<@{bot}> {rng.choice(QUESTIONS)}", reply_to=last)


async def with_ids(rng, side, other):
    """A command with what belongs to the other server in its options."""
    name, options = rng.choice(
        [
            ("timeline", {"about": rng.choice(other.own["stories"])}),
            ("connections", {"about": rng.choice(other.own["stories"])}),
            ("upcoming", {"about": "Ada Berg"}),
            ("feeds remove", {"feed": other.own["feed"]}),
            *(
                (f"schedule {what}", {"schedule": other.own["schedule"]})
                for what in ("pause", "run", "remove", "resume")
            ),
            ("schedule edit", {"schedule": other.own["schedule"], "times": "09:00"}),
        ]
    )
    return await side.admin.slash(side.channel, name, **options)


async def typing(rng, side, _other):
    """Begin to fill in any option that is completed."""
    completed = [
        (command.qualified_name, option.display_name)
        for command in side.world.env.bot.tree.walk_commands()
        for option in getattr(command, "parameters", ())
        if option.autocomplete
    ]
    await side.admin.autocomplete(side.channel, *rng.choice(completed), rng.choice(["", "a", "o", "J"]))


async def forged(rng, side, other):
    """A button or a menu whose id carries what belongs to the other server."""
    kind = rng.choice(list(side.world.env.bot._connection._view_store._dynamic_items.values()))
    custom_id = _matching(rng, kind.__discord_ui_compiled_template__, other)
    if _is_menu(kind, custom_id):
        options = [discord.SelectOption(label=value) for value in ("0", "1")]
        await _show(side, pages.page(["Choose."], menu=discord.ui.Select(custom_id=custom_id, options=options)))
        return await side.admin.select(side.channel.last_message, ["0"])
    await _show(side, pages.page(["Press."], buttons=[pages.button("Press", custom_id)]))
    return await rng.choice([side.admin, side.reader]).click(side.channel.last_message, label="Press")


def _is_menu(kind, custom_id):
    return kind.__name__ in {"Choice", "Chosen"} or (kind.__name__ == "Control" and "words" not in custom_id)


async def _show(side, view):
    await side.world.env.bot.get_channel(side.channel.id).send(view=view)
    await side.world.env.settle()


async def forged_form(rng, side, other):
    """A form whose id carries what belongs to the other server."""
    number, index = rng.randint(1, 8), rng.randint(0, 2)
    context = rng.choice([f"answer:{number}", f"briefing:{number}", f"story:{number}:{index}"])

    async def press(_button, interaction):
        await interaction.response.send_modal(forms.question("Ask", context))

    original, stories.AnswerAsk.press = stories.AnswerAsk.press, press
    try:
        await _show(side, pages.page(["Press."], buttons=[pages.button("Press", "answer:1:ask")]))
        form = await side.reader.click(side.channel.last_message, label="Press")
    finally:
        stories.AnswerAsk.press = original
    return await side.reader.submit_modal(form, {"question": rng.choice(QUESTIONS)})


DEEDS = (plain, plain, ask, mention, with_ids, with_ids, typing, forged, forged, forged, forged_form)


def _matching(rng, pattern, other):
    """Return an id that a pattern matches, with the other server's ids in it."""
    stories = "|".join(map(re.escape, other.own["stories"]))
    filled = pattern.pattern
    for loose, close in (
        (r"\d{1,18}", "(?:1|2|3|4|5|6|7|8)"),
        (r"\d{1,20}", f"(?:0|{other.channel.id})"),
        (r"\d{1,4}", "(?:0|1)"),
        (r"\d{1,3}", "(?:0|9)"),
        (r"[0-9a-f]{16}", other.own["token"]),
        (r"[\w-]{1,64}", f"(?:{stories})"),
        (r".{0,60}", f"(?:{stories}|Ada Berg|)"),
        (r".{1,70}", "Ada Berg"),
        (r"[a-z_]{1,20}", "(?:stories|words|dates|thread|crosspost|images|channel|notices)"),
    ):
        filled = filled.replace(loose, close)
    return _drawn(rng, _parser.parse(filled))


def _drawn(rng, parsed):
    text = ""
    for kind, value in parsed:
        name = str(kind)
        if name == "LITERAL":
            text += chr(value)
        elif name == "BRANCH":
            text += _drawn(rng, rng.choice(value[1]))
        elif name == "SUBPATTERN":
            text += _drawn(rng, value[3])
        elif name == "IN":
            text += chr(rng.choice([each for kind_, each in value if str(kind_) == "LITERAL"]))
        else:
            assert name == "MAX_REPEAT", f"{name} is new in a pattern: draw it here, too"
            text += _drawn(rng, value[2]) if rng.random() < 0.5 else ""
    return text


# ------------------------------------------------------------------------------------------------------ what they see
def seen(world):
    """Yield the server to which each request of the bot went, and what stood in it, files included."""
    backend = world.env.backend
    for entry in world.env.http_requests:
        parts = entry.path.strip("/").split("/")
        if parts[0] == "channels" and int(parts[1]) in backend.channels:
            yield backend.get_channel(int(parts[1])).guild_id, json.dumps(entry.json, ensure_ascii=False)
        elif parts[0] in {"webhooks", "interactions"}:
            yield backend.interaction_by_token(parts[2]).guild_id, json.dumps(entry.json, ensure_ascii=False)
    for channel_id, messages in backend.messages.items():
        for attachment in (each for message in messages.values() for each in message.attachments):
            file = backend.cdn.get(attachment["url"]) or b""
            yield backend.get_channel(channel_id).guild_id, file.decode("utf-8", "replace")


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_server_ever_sees_what_is_anothers(sides, seed):
    rng, world, done = random.Random(seed), sides[0].world, []
    for _ in range(STEPS):
        side, other = rng.sample(sides, 2)
        deed, before = rng.choice(DEEDS), other.kept()
        result = await deed(rng, side, other)
        done.append((side.word, deed.__name__))
        assert other.kept() == before, f"{done[-1]} changed what is the other server's"
        if hasattr(result, "followups"):
            assert CODED not in said(result), done[-1]
    world.failures()

    told = {guild: "\n".join(text for server, text in seen(world) if server == guild) for guild in WORDS}
    for guild, other in ((SERVER, OTHER_SERVER), (OTHER_SERVER, SERVER)):
        assert WORDS[guild].lower() in told[guild].lower(), "each is told of its own"
        found = told[guild].lower().find(WORDS[other].lower())
        assert found < 0, told[guild][max(0, found - 300) : found + 100]
