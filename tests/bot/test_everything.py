"""Every command, button, menu, form and completed option there is, used well and badly by an admin, a reader and a stranger.

``WAYS`` says how each is used; a way in that has no row fails the first test. All happens in the awkward server of ``town``.
The referee looks at each request; here it is looked at that a person sees something for it, and nothing that is not theirs.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import discord
import entrances
import pytest
from entrances import Hand
from outlet import LOOPBACK
from simcord.builders import ChannelHandle
from simcord.components import walk_components
from simcord.preview._markdown import markdown_tokens
from simulated import NOON, OTHER_SERVER, load, world_of
from test_rendering import CONTEXT, _links
from town import AWKWARD, CHANNEL_NAME, FORGED, SERVER_NAME, SIGNS, Town, articles, long

from bot import starters
from bot.commands import failures
from briefs.newsroom import Newsroom
from briefs.store import Store

CODED = "Something went wrong"
OURS = re.compile(r"(?<!\\)<(?:@[!&]?|#|t:|/\w[\w ]*:|a?:\w+:)666")  # what Discord would show as something of its own
REORDERING = re.compile("[\u202a-\u202e\u2066\u2067]")
FOR_ADMINS = {
    *("/setup", "/settings", "/status", "/audit"),
    *(f"/brief {name}" for name in ("now", "preview", "latest")),
    *(f"/feeds {name}" for name in ("add", "list", "remove", "test", "poll", "import", "export", "notices")),
    *(f"/schedule {name}" for name in ("add", "edit", "pause", "resume", "run", "list", "remove")),
    *(f"/topics {name}" for name in ("follow", "mute", "list", "remove")),
}

# What stands only in messages that admins alone see, and asks nobody who they are.
BESIDE_ADMINS = ("preview:", "audit:", "feeds:", "schedule:")
SHOWN = ("/latest", "/timeline", "/connections", "/settings", "/setup", "/brief preview", "/feeds list", "/help")
STRING, NUMBER, CHANNEL, FILE = 3, 10, 7, 11  # kinds of options


@dataclass(frozen=True)
class Way:
    """One use of a way in; what begins with $ stands for the number of something the server keeps."""

    options: dict[str, Any] = field(default_factory=dict)  # of a command, or what an id holds
    values: tuple | None = None  # chosen in a menu
    text: str = ""  # typed
    on: str = ""  # the command whose message it stands in
    box: str = "question"  # the form's field
    whose: str = "bot"  # message that is pointed at

    def __call__(self, **more):
        return Way({**self.options, **more}, self.values, self.text, self.on, self.box, self.whose)


def run(**options):
    return Way(options)


def typing(text, **filled):
    return Way(filled, text=text)


def press(*values, on="", **fields):
    return Way(fields, values or None, on=on)


def fill(text, *, on="", box="question", **fields):
    return Way(fields, text=text, on=on, box=box)


QUESTION = long(300, "Who met Jon Vik in Oslo ")
NO_WORDS = "\u200f👩\u200d👩\u200d👧\u200d👦?!"
ODD = ("", long(6000), "9" * 20, "-1", "\x00\n`", NO_WORDS)
ODD_FILES = (
    ("empty.opml", b""),
    ("x" * 200, b"<opml>" + b"x" * 1_100_000),
    ("\u202elmpo.exe", "<opml>".encode("utf-16")),
)
TWO = (run(), run())
SCHEDULE = (run(schedule="$schedule"), run(schedule=long(100)))
COMPLETED = (typing(""), typing(long(100)))
PAGE = (press(page=1), press(page=9999))
BRIEFING, ANSWER = {"id": "$briefing"}, {"id": "$answer"}


def of(kept, **fields):
    """The number of something kept, and that of nothing."""
    return press(**kept, **fields), press(id="$gone", **fields)


def chosen(*good, on="/setup", bad="\u202enonsense", **fields):
    return press(*good, on=on, **fields), press(bad, on=on, **fields)


SETTINGS = {"on": "/settings", "channel": "$channel"}
LOOKS = {
    name: ways
    for view in ("timeline", "upcoming", "connections")
    for name, ways in {
        **{
            f"look:{view}:{{page}}:{what}:{{about}}": (
                press(page=page, about="Ada Berg"),
                press(page=9999, about=long(60)),
            )
            for what, page in (("back", 0), ("next", 1), ("open", 0), ("sources", 0), ("ask", 0), ("show", 0))
        },
        **{
            f"looked:{view}:{{about}}:{{page}}:{what}": (
                press(page=1, about="$story"),
                press(page=9999, about="s-000000000000"),
            )
            for what in ("back", "next")
        },
    }.items()
}
# What removes something stands last.
WAYS: dict[str, tuple[Way, Way]] = {
    "/ask": (run(question=QUESTION), run(question=NO_WORDS, private=True)),
    "/ask question:": COMPLETED,
    "menu Ask about this": (Way(whose="bot"), Way(whose="person")),
    "/latest": TWO,
    "/timeline": (run(about="Ada Berg", private=False), run(about=long(60))),
    "/timeline about:": COMPLETED,
    "/upcoming": (run(), run(about=long(60))),
    "/upcoming about:": COMPLETED,
    "/connections": (run(about="$story"), run(about=long(60))),
    "/connections about:": COMPLETED,
    "/status": TWO,
    "/audit": TWO,
    "/settings": TWO,
    "/setup": TWO,
    "/help": TWO,
    "/privacy": TWO,
    "/brief preview": TWO,
    "/brief latest": TWO,
    "/feeds list": TWO,
    "/feeds export": TWO,
    "/feeds add": (run(address="$outlet", name=long(100)), run(address=long(1000))),
    "/feeds test": (run(address="$outlet"), run(address="http://127.0.0.1:1/" + "א" * 200)),
    "/feeds poll": (run(feed="$feed"), run(feed=long(100))),
    "/feeds poll feed:": COMPLETED,
    "/feeds import": (
        run(
            file=("\u202elists.opml", b'<opml version="2.0"><body><outline xmlUrl="https://a.example/"/></body></opml>')
        ),
        run(file=(long(90), b"\x00\xff")),
    ),
    "/feeds notices": (run(channel="$here"), run()),
    "/schedule list": TWO,
    "/schedule add": (
        run(channel="$here", times="05:00", days="sun", timezone="Asia/Jerusalem"),
        run(channel="$here", times=long(100), days=long(100), timezone=long(60)),
    ),
    "/schedule add timezone:": (typing("jeru"), typing(long(60))),
    "/schedule edit": (run(schedule="$schedule", times="06:10"), run(schedule=long(100), days="sat")),
    "/schedule edit schedule:": COMPLETED,
    "/schedule edit timezone:": (typing("", schedule="$schedule"), typing(long(60))),
    "/schedule pause": SCHEDULE,
    "/schedule pause schedule:": COMPLETED,
    "/schedule resume": SCHEDULE,
    "/schedule resume schedule:": COMPLETED,
    "/schedule run": SCHEDULE,
    "/schedule run schedule:": COMPLETED,
    "/topics list": TWO,
    "/topics follow": (run(text=long(80)), run(text=NO_WORDS, where="all channels")),
    "/topics follow text:": COMPLETED,
    "/topics mute": (run(text=long(80), kind="name"), run(text=NO_WORDS, kind="outlet")),
    "/topics mute text:": COMPLETED,
    "form ask": (fill(QUESTION), fill(NO_WORDS)),
    "form ask:answer:{number}": (fill(QUESTION, number="$answer"), fill(QUESTION, number="$gone")),
    "form ask:briefing:{number}": (fill(QUESTION, number="$briefing"), fill(QUESTION, number="$gone")),
    "form ask:story:{number}:{number}": (fill(QUESTION, number=1), fill(QUESTION, number=9999)),
    "form settings:form:{channel}:words": (
        fill("90", box="typed", on="/settings", channel="$channel"),
        fill(long(40), box="typed", on="/settings", channel="$gone"),
    ),
    "form settings:form:{channel}:dates": (
        fill("עברית", box="typed", on="/settings", channel="$channel"),
        fill(long(40), box="typed", on="/settings", channel="$gone"),
    ),
    "form setup:times": (fill("noon", box="typed", on="/setup"), fill(long(100), box="typed", on="/setup")),
    "form setup:zone": (fill("Jerusalem", box="typed", on="/setup"), fill(long(100), box="typed", on="/setup")),
    "form setup:feed": (fill("$outlet", box="typed", on="/setup"), fill(long(1000), box="typed", on="/setup")),
    "answer:{id}:ask": of(ANSWER),
    "answer:{id}:show": of(ANSWER),
    "answer:{id}:sources": of(ANSWER),
    "answer:{id}:meant:{start}:{end}:{name}": (
        press(id="$answer", start=8, end=15, name="Ada Berg"),
        press(id="$gone", start=900, end=1, name=long(70)),
    ),
    "apage:{id}:{page}:back": of(ANSWER, page=0),
    "apage:{id}:{page}:next": of(ANSWER, page=1),
    "brief:{id}:{part}:ask": of(BRIEFING, part=0),
    "brief:{id}:{part}:sources": of(BRIEFING, part=0),
    "page:{id}:{part}:{page}:back": of(BRIEFING, part=0, page=0),
    "page:{id}:{part}:{page}:next": of(BRIEFING, part=0, page=1),
    "spage:{id}:{index}:{page}:back": of(BRIEFING, index=0, page=0),
    "spage:{id}:{index}:{page}:next": (press(**BRIEFING, index=0, page=1), press(**BRIEFING, index=9999, page=9999)),
    "card:timeline:{story}": (press(story="$story"), press(story="s-000000000000")),
    "card:{id}:{index}:sources": of(BRIEFING, index=0),
    "cpage:{id}:{index}:{page}:back": of(BRIEFING, index=0, page=0),
    "cpage:{id}:{index}:{page}:next": (press(**BRIEFING, index=0, page=1), press(**BRIEFING, index=0, page=9999)),
    **{
        name: of(BRIEFING, index=0, **part)
        for what in ("more", "sources", "ask")
        for name, part in {
            f"story:{{id}}:{{index}}:{what}": {},
            f"story:{{id}}:{{index}}:{what}:{{part}}": {"part": 0},
        }.items()
    },
    **LOOKS,
    "audit:page:{page}:back": PAGE,
    "audit:page:{page}:next": PAGE,
    "feeds:page:{page}:back": PAGE,
    "feeds:page:{page}:next": PAGE,
    "schedule:page:{page}:back": PAGE,
    "schedule:page:{page}:next": PAGE,
    "feeds:choose:{token}": (press("0", "1", token="$token"), press("0", token="0123456789abcdef")),
    "help:ask": TWO,
    "help:news": TWO,
    "settings:{channel}:scope": (press("$here", **SETTINGS), press(**SETTINGS)(channel="$gone")),
    "settings:{channel}:everywhere": (press(**SETTINGS), press(channel="$gone")),
    "settings:{channel}:stories": chosen("5", **SETTINGS),
    "settings:{channel}:sentences": chosen("2", **SETTINGS),
    "settings:{channel}:words": chosen("other", **SETTINGS),
    "settings:{channel}:sort": chosen("newest", **SETTINGS),
    "settings:{channel}:dates": chosen("ar", **SETTINGS),
    **{
        f"settings:{{channel}}:{turned}:{name}": (press(**SETTINGS), press(channel="$gone"))
        for turned in ("on", "off")
        for name in ("opinion", "says_unmoved", "post_thread", "post_images", "post_crosspost")
    },
    "settings:{channel}:notices": (press("$here", **SETTINGS), press("$gone", channel=0)),
    "settings:{channel}:reset": (press("everything", channel="$channel"), press("nonsense", channel="$channel")),
    "setup:open": TWO,
    "setup:feed": TWO,
    "setup:check": (press(on="/setup"), press()),
    "setup:channel": (press("$here", on="/setup"), press("$gone", on="/setup")),
    "setup:packs": chosen("$pack"),
    "setup:times": chosen("other"),
    "setup:days": chosen("0 1 2 3 4"),
    "setup:zone": chosen("UTC"),
    "setup:start": (press(on="/setup"), press()),
    "setup:preview:{channel}": (press(channel="$channel"), press(channel="$gone")),
    "preview:{id}:post": of(BRIEFING),
    "setup:post:{channel}": (press(channel="$channel"), press(channel="$gone")),
    "/brief now": (run(channel="$here"), run()),
    "/topics remove topic:": COMPLETED,
    "/topics remove": (run(topic="$topic"), run(topic=long(100))),
    "/schedule remove schedule:": COMPLETED,
    "/schedule remove": SCHEDULE,
    "/feeds remove feed:": COMPLETED,
    "/feeds remove": (run(feed="$feed"), run(feed=long(100))),
}


# --------------------------------------------------------------------------------------------------------------- using it
class Person:
    """A hand, and what it was shown."""

    def __init__(self, town: Town, hand: Hand) -> None:
        self.town, self.hand = town, hand
        self.shown: list[tuple[str, entrances.Answered]] = []
        self.wrong: list[str] = []
        self.refused: dict[str, str] = {}  # with why

    async def use(self, name: str, way: Way) -> None:
        """Use a way in."""
        try:
            answered = await self._used(name, way)
        except Exception as error:  # noqa: BLE001 - all that is wrong is told together
            self.wrong.append(f"{name} {way}: {error!r}")
            return
        self.look(answered, f"{name} {way}")

    def look(self, answered: entrances.Answered, what: str) -> None:
        """Look at what came of something: it must be answered, and with nothing that went wrong."""
        self.shown.append((what, answered))
        failed = self._failures()
        unexpected = [each for each in failed if failures.sentence(each) is None]
        if failed or answered.is_warning:
            self.refused[what] = answered.text
        if not answered.is_shown:
            self.wrong.append(f"{what}: nothing is to be seen")
        if unexpected or CODED in answered.text:
            self.wrong.append(f"{what}: {unexpected or CODED}")

    async def press_all(self) -> list[str]:
        """Press all that stands in the channel for this person, and what comes of it, each id once; return the ids."""
        hand, pressed = self.hand, []
        messages = hand.backend.messages[hand.channel.id]
        while found := next(self._standing(messages, pressed), None):
            message, part = found
            pressed.append(part["custom_id"])
            self.look(await hand.press(part["custom_id"], _first(part), message=message), part["custom_id"])
        return pressed

    @staticmethod
    def _standing(messages, pressed):
        return (
            (message, part)
            for message in messages.values()
            for part in walk_components(message.components)
            if part.get("custom_id") and not part.get("disabled") and part["custom_id"] not in pressed
        )

    def _failures(self) -> list[BaseException]:
        return [failures.cause(each) for each in self.town.world.failures()]

    def faults(self) -> list[str]:
        """Return all that was wrong, and what was shown that only we may write."""
        seen = {text: what for what, answered in self.shown for text in answered.texts}
        return [
            *self.wrong,
            *(f"{what} shows {found}: {text}" for text, what in seen.items() if (found := forged(text))),
        ]

    def filled(self, way: Way) -> dict[str, Any]:
        """Return what a way fills in."""
        return {key: self.known(value) for key, value in way.options.items()}

    async def _used(self, name, way):
        filled = self.filled(way)
        if name.startswith("menu "):
            message = self.hand.channel.last_message if way.whose == "bot" else await self._message()
            return await self.hand.point(name.removeprefix("menu "), message)
        if name.endswith(":") and name.startswith("/"):
            command, _, option = name[1:-1].rpartition(" ")
            return await self.hand.type(command, option, way.text, **filled)
        if name.startswith("/"):
            return await self.hand.run(name[1:], **filled)
        message = await self._panel(way.on[1:]) if way.on else None
        custom_id = name.removeprefix("form ").format_map(filled)
        if name.startswith("form "):
            return await self.hand.fill_in(custom_id, self.known(way.text), field=way.box, message=message)
        values = None if way.values is None else [self.known(each) for each in way.values]
        return await self.hand.press(custom_id, values, message=message)

    async def _panel(self, command):
        """The message that a command shows."""
        answered = await self.hand.run(command)
        self.look(answered, f"/{command}")
        return self.hand.backend.get_message(self.hand.channel.id, answered.record.message_id)

    async def _message(self):
        return await self.hand.actor.send(self.hand.channel, f"{AWKWARD} {FORGED}?")

    def known(self, value):
        """Return what a value with $ stands for."""
        if value == "$here":
            return self.hand.channel
        return self.town.ids[value[1:]] if isinstance(value, str) and value.startswith("$") else value


def _first(part: dict[str, Any]) -> list[Any] | None:
    """The first choice of a menu; None of a button."""
    if "options" in part:
        return [part["options"][0]["value"]]
    return None if part["type"] == discord.ComponentType.button.value else []


def forged(text: str) -> str:
    """Say what a text shows that only we may write; nothing where all is well."""
    if OURS.search(text) or re.search(r"@(everyone|here)\b", text):
        return "a mention"
    if re.search(r"(?<!\\)\|\|", text):
        return "a spoiler"
    if re.search(r"(?<!\\)https?://evil", text) or any(
        "evil" in link for link in _links(markdown_tokens(text, context=CONTEXT))
    ):
        return "a link"
    if "\\`/" in text:
        return "a command as if it were not ours"
    if REORDERING.search(text) or text.count("\u2068") != text.count("\u2069"):
        return "what reorders"
    return ""


# --------------------------------------------------------------------------------------------------------------- fixtures
@pytest.fixture(scope="session")
def awkward_file(blank, tmp_path_factory):
    """The file of a database with the awkward news to copy."""
    folder = tmp_path_factory.mktemp("awkward")
    file = shutil.copy(blank, folder / "news.db")
    desk = Newsroom(Store.open(f"sqlite:///{file}"), options=LOOPBACK, clock=lambda: NOON)
    load(desk, folder, articles())
    desk.close()
    return file


@pytest.fixture
async def town(awkward_file, tmp_path, outlet):
    """The awkward server, furnished."""
    file = shutil.copy(awkward_file, tmp_path / "news.db")
    desk = Newsroom(Store.open(f"sqlite:///{file}"), options=LOOPBACK, clock=lambda: NOON)
    async with world_of(desk, server=SERVER_NAME, channel=CHANNEL_NAME) as world:
        found = Town(world)
        await found.furnish()
        found.ids["pack"] = starters.load(None)[0].name
        found.ids["outlet"] = outlet.feed("/rss", f"{AWKWARD}", "library", "swimming pool")
        found.offer(*(outlet.feed(f"/{name}", AWKWARD, name) for name in ("museum", "harbour")))
        yield found
    desk.close()


def person(town: Town, role: str) -> Person:
    """Someone of a role, where they are."""
    world = town.world
    if role == "stranger":
        there = world.env.create_guild("Elsewhere", id=OTHER_SERVER)
        admins = there.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
        stranger = there.add_member(world.env.create_user("eve"), roles=[admins])
        return Person(town, Hand(world, stranger, there.create_text_channel("talk")))
    return Person(town, Hand(world, {"admin": world.admin, "reader": world.reader}[role], world.channel))


# ------------------------------------------------------------------------------------------------------------------ tests
async def test_every_way_in_has_a_row_that_says_how_it_is_used(empty_world):
    assert entrances.all_of(empty_world.env.bot) == WAYS.keys()


async def test_whatever_an_admin_uses_does_what_it_is_for_or_says_why_not(town):
    admin = person(town, "admin")
    for name, (well, badly) in WAYS.items():
        await admin.use(name, well)
        await admin.use(name, badly)

    assert not admin.faults()
    refused = {name: why for name, (well, _) in WAYS.items() if (why := admin.refused.get(f"{name} {well}"))}
    assert refused.keys() == {"/status"}, "which warns of an alarm"


async def test_a_reader_uses_what_is_offered_and_is_refused_by_what_is_for_admins(town):
    reader, kept = person(town, "reader"), town.kept()
    offered = {f"/{name}" for name in town.world.reader.available_commands(reader.hand.channel)}
    for name, ways in WAYS.items():
        command = name.rpartition(" ")[0] if name.endswith(":") else name
        if command in FOR_ADMINS or name.startswith(BESIDE_ADMINS):
            continue
        for way in ways:
            await reader.use(name, replace(way, on=""))

    assert not reader.faults()
    assert offered == {name for name in WAYS if name.startswith("/") and not name.endswith(":")} - FOR_ADMINS
    assert town.kept() == kept


async def test_a_stranger_with_this_servers_numbers_learns_and_changes_nothing_of_it(town):
    stranger, kept, before = person(town, "stranger"), town.kept(), len(town.world.env.http_requests)
    for name, (way, _) in WAYS.items():
        await stranger.use(name, way)
    told = json.dumps([each.json for each in town.world.env.http_requests[before:]], ensure_ascii=False)

    assert not stranger.faults()
    assert not [told[max(0, at - 300) : at + 50] for sign in SIGNS if (at := told.find(sign)) >= 0]
    assert town.kept() == kept


async def test_what_stands_in_the_channel_works_after_a_restart_and_says_so_when_its_matter_is_gone(town):
    admin = person(town, "admin")
    for name in SHOWN:
        await admin.use(name, WAYS[name][0])
    await town.world.restart()
    pressed = await admin.press_all()
    town.forget()
    pressed_again = await admin.press_all()

    assert not admin.faults()
    assert len(pressed) > 45, "what a person sees has buttons"
    assert len(pressed_again) > 45


async def test_no_option_is_too_odd(town):
    admin, tree, places = person(town, "admin"), town.world.env.bot.tree, _places(town)
    odd = {STRING: ODD, NUMBER: (-1.0, 7.77, 1e300), CHANNEL: places, FILE: ODD_FILES}
    for command in entrances.commands(town.world.env.bot):
        name, options = command.qualified_name, command.to_dict(tree).get("options", ())
        given = admin.filled(WAYS[f"/{name}"][0])
        for option in options:
            for value in odd.get(option["type"], ()):
                answered = await admin.hand.run(name, **{**given, option["name"]: value})
                admin.look(answered, f"/{name} {option['name']}: {str(value)[:30]!r}")
            for value in ODD if option.get("autocomplete") else ():
                answered = await admin.hand.type(name, option["name"], value)
                admin.look(answered, f"/{name} {option['name']}: {value[:30]!r} is typed")

    assert not admin.faults()


async def test_a_channel_that_is_deleted_while_it_is_chosen_is_told(town):
    admin, backend = person(town, "admin"), town.world.env.backend
    for name in ("brief now", "schedule add", "schedule edit", "feeds notices"):
        channel = town.world.guild.create_text_channel(long(100))
        given = {**admin.filled(WAYS[f"/{name}"][0]), "channel": channel}
        answered = await admin.hand.run(name, meanwhile=partial(backend.delete_channel, channel.id), **given)
        admin.look(answered, name)
        assert answered.is_warning, name

    assert not admin.faults()


async def test_no_choice_is_too_odd_for_a_menu(town, outlet):
    admin = person(town, "admin")
    for value in ("nonsense", "-1", "9" * 20, ""):
        town.offer(outlet.url)
        for name, (way, _) in WAYS.items():
            if way.values:
                await admin.use(name, replace(way, values=(value,)))

    assert not admin.faults()


def _places(town):
    """Channels of every kind, and threads."""
    guild, backend = town.world.guild, town.world.env.backend
    kinds = (
        guild.create_news_channel,
        guild.create_voice_channel,
        guild.create_stage_channel,
        guild.create_forum_channel,
        guild.create_category,
    )
    threads = [backend.create_thread(town.world.channel.id, long(100), town.world.admin.id) for _ in range(2)]
    threads[1].thread_metadata.archived = True
    return [
        *(make(long(100)) for make in kinds),
        *(ChannelHandle(town.world.env, guild, each) for each in threads),
    ]
