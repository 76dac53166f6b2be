"""What the gateway brings when somebody uses the bot: commands, buttons, menus, forms and what is typed, as no client would send it.

An input is a JSON list of uses, one after another in one server, each of an object: ``who`` uses the ``way`` of ``test_everything``,
well or badly (``row``), with other ``options`` (of a command, or what an id holds), ``values`` and ``text``; of what Discord then
sends, ``set`` gives other values by their paths, ``out`` leaves some out; ``again`` sends it twice, and ``gone`` is what is deleted
meanwhile. What the bot knows it answers, once; it meets nothing that it did not expect, tells nobody of another server, changes
nothing for who may not, and asks nothing of Discord that Discord would refuse. Many inputs are tried in one world; what breaks
there is tried again in a new one. No name is looked up and nothing outside this machine is called, whatever an address says.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import shutil
import socket
import tempfile
import traceback
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import simcord
from entrances import Answered, Hand
from outlet import LOOPBACK
from referee import Referee
from simcord import interactions
from simcord.backend import serializers
from simulated import NOON, OTHER_SERVER, SERVER, World, build, load
from test_everything import BESIDE_ADMINS, CODED, FOR_ADMINS, WAYS, forged
from test_everything import Person as Driver
from town import CHANNEL_NAME, SERVER_NAME, SIGNS, Town, articles

from bot import logs, starters
from bot.commands import failures
from briefs.newsroom import Newsroom
from briefs.store import Store
from fuzz import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

MOST_USES = 3
IN_ONE_WORLD = 60  # inputs
WHO = ("admin", "reader", "stranger")
GONE = ("channel", "message", "feeds", "kept")
PATHS = (
    "data.custom_id", "data.component_type", "data.values", "data.values.0", "data.options", "data.options.0", "data.options.0.value",
    "data.options.0.options.0.value", "data.options.0.options.1.value", "data.options.0.name", "data.options.0.type", "data.resolved", "data.name",
    "data.resolved.channels", "data.resolved.messages", "data.components", "data.components.0", "data.components.0.component.value",
    "data.components.0.component.custom_id", "data.components.0.component.values", "data.target_id", "member.permissions", "member.roles",
    "member.user.id", "app_permissions", "guild_id", "channel_id", "channel", "message", "message.components", "message.content",
    "message.author.id", "message.flags", "locale", "guild_locale", "data.id",
)  # fmt: skip
ODD = (
    "0", "-1", "1", "2", "9" * 17, "9" * 18, "9" * 19, "9" * 40, "٣", "²", "１", "1_0", "0x1", "1e3", "NaN", "", " ", "\0", "%", "{0}", "mon-sun", "25:61",
    str(SERVER), str(OTHER_SERVER), "s-0123456789ab", "s-000000000000", "answer:1:show", "story:1:0:more", "ask:answer:1", "everything", "UTC", "other",
    0, -1, 2**31, 2**63, 10**40, 1e300, True, None, [], {}, [[]], ["a"] * 26, {"a": 1}, ["0", "1", "2"], "$answer", "$briefing", "$story", "$feed", "$schedule",
)  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- inputs
@cache
def seeds() -> tuple[bytes, ...]:
    _news()  # reading it is no input's fault
    uses = [{"who": WHO[number % 3], "way": way, "row": number % 2} for number, way in enumerate(WAYS)]
    return tuple(json.dumps([use]).encode() for use in uses)


def mutated(data: bytes, rng: Random, most: int) -> bytes:
    uses = _uses(data) or [{"who": "admin", "way": "/ask", "row": 0}]
    use = rng.choice(uses)
    kind = rng.randrange(9)
    if kind == 0:
        uses.insert(
            rng.randrange(len(uses) + 1),
            {"who": rng.choice(WHO), "way": rng.choice(list(WAYS)), "row": rng.randrange(2)},
        )
    elif kind == 1:
        use["who"] = rng.choice(WHO)
    elif kind <= 3:
        names = list(WAYS[use["way"]][0].options) or ["id", "page", "about"]
        use.setdefault("options", {})[rng.choice(names)] = _odd(rng)
    elif kind == 4:
        use["values"] = [_odd(rng) for _ in range(rng.choice((0, 1, 2, 30)))]
    elif kind == 5:
        use["text"] = str(_odd(rng))
    elif kind == 6:
        use.setdefault("set", {})[rng.choice(PATHS)] = _odd(rng)
    elif kind == 7:
        use.setdefault("out", []).append(rng.choice(PATHS))
    else:
        use.update(rng.choice(({"again": True}, {"gone": rng.choice(GONE)}, {"row": rng.randrange(2)})))
    changed = json.dumps(uses[:MOST_USES]).encode()
    return changed if len(changed) <= most else data[:most]


def _odd(rng: Random) -> Any:
    kind = rng.randrange(4)
    if kind == 0:
        return words.piece(rng)
    if kind == 1:
        return (words.piece(rng) * rng.choice((2, 30, 200)))[: rng.choice((25, 60, 100, 101, 300, 6_000))]
    return rng.choice(ODD)


def _uses(data: bytes) -> list[dict[str, Any]]:
    """The uses of an input, as far as it is one."""
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return []
    found = [each for each in read if isinstance(each, dict)] if isinstance(read, list) else []
    known = [each for each in found if each.get("way") in WAYS and each.get("who") in WHO]
    typed = {"options": dict, "values": list, "text": str, "set": dict, "out": list}
    return [{k: v for k, v in each.items() if isinstance(v, typed.get(k, object))} for each in known][:MOST_USES]


# -------------------------------------------------------------------------------------------------------------- trying
def one_input(data: bytes) -> None:
    uses = _uses(data)
    if not uses:
        return
    global _world  # noqa: PLW0603 - the one that many inputs share
    fresh = _world is None
    _world = _world or _World()
    try:
        _world.try_out(uses)
    except BaseException as error:
        _leave()
        if fresh or not isinstance(error, Exception):
            raise
        one_input(data)  # alone it may break as well, and then says so
        raise  # it broke after what was before it
    if _world.tried >= IN_ONE_WORLD or any("gone" in each for each in uses):
        _leave()


@atexit.register
def _leave() -> None:
    """Give up the world, if there is one; the next input is tried in another."""
    global _world
    left, _world = _world, None
    if left:
        left.close()


class _World:
    """The awkward server, furnished, on a database of its own, and everybody who uses it."""

    def __init__(self) -> None:
        logs.set_up("warning")  # as the program does: an id that is no text is shown, and raises nothing
        self.tried = 0
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory()
        file = shutil.copy(_news(), Path(self._folder.name, "news.db"))
        self._desk = Newsroom(Store.open(f"sqlite:///{file}"), options=LOOPBACK, clock=lambda: NOON)
        self._env = simcord.Env(build(self._desk), settle_timeout=30)
        self._referee = Referee(self._env)
        self._town = self._runner.run(self._furnished())
        self._people = {who: _Person(self._town, who) for who in WHO}

    async def _furnished(self) -> Town:
        env = self._env
        await env.start()
        guild = env.create_guild(SERVER_NAME, id=SERVER)
        admins = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
        channel = guild.create_text_channel(CHANNEL_NAME)
        ann, ben = guild.add_member(env.create_user("ann"), roles=[admins]), guild.add_member(env.create_user("ben"))
        town = Town(World(env, self._desk, guild, channel, ann, ben))
        await town.furnish()
        town.ids |= {"pack": starters.load(None)[0].name, "outlet": "http://127.0.0.1:1/", "token": "0123456789abcdef"}
        return town

    def try_out(self, uses: list[dict[str, Any]]) -> None:
        """Raise where a use, or what the bot made of it, breaks a promise."""
        self.tried += 1
        self._env.http_requests.clear()  # what was looked at is not looked at again
        self._env.backend.interactions.clear()
        with _only_loopback(), self._referee.watching():
            for use in uses:
                self._runner.run(self._people[use["who"]].try_out(use))
        broken = list(_broken(self._referee, forged=any({"set", "out", "gone"} & each.keys() for each in uses)))
        assert not broken, broken

    def close(self) -> None:
        with suppress(Exception):  # of a world that broke
            self._runner.run(self._env.shutdown())
        self._runner.close()
        self._desk.close()
        self._folder.cleanup()


_world: _World | None = None


@contextmanager
def _only_loopback() -> Iterator[None]:
    """Let no name be looked up and no address be called that is not this machine's own, whatever an input asks for."""
    look_up = socket.getaddrinfo

    def loopback(host: str | bytes | None, *args: Any, **options: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else host or ""
        try:
            own = name == "localhost" or ip_address(name).is_loopback
        except ValueError:
            own = False
        if not own:
            raise socket.gaierror(socket.EAI_NONAME, "no name is known here")
        return look_up(host, *args, **options)

    socket.getaddrinfo = loopback
    try:
        yield
    finally:
        socket.getaddrinfo = look_up


def _broken(referee: Referee, *, forged: bool) -> Iterator[str]:
    """The rules that were broken; what nobody could send need not be answered."""
    return (each for each in referee.broken() if not (forged and each.endswith(": never acknowledged")))


@cache
def _news() -> Path:
    """The file of a database with the awkward news, to copy."""
    folder = Path(tempfile.mkdtemp(prefix="debrief-"))
    desk = Newsroom(Store.open(f"sqlite:///{folder}/news.db"), options=LOOPBACK, clock=lambda: NOON)
    load(desk, folder, articles())
    desk.warm_up()
    desk.close()
    return folder / "news.db"


class Anybody(Driver):
    """A person of the suite, with values that name nothing, too."""

    def known(self, value: Any) -> Any:
        """Return what a value with $ stands for, and any other as it is."""
        try:
            return super().known(value)
        except KeyError:
            return value


class _Person:
    """Somebody who uses the bot, and what they were shown."""

    def __init__(self, town: Town, who: str) -> None:
        world = town.world
        self.town, self.who = town, who
        actor, channel = {"admin": world.admin, "reader": world.reader}.get(who), world.channel
        if actor is None:
            there = world.env.create_guild("Elsewhere", id=OTHER_SERVER)
            admins = there.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
            actor, channel = (
                there.add_member(world.env.create_user("eve"), roles=[admins]),
                there.create_text_channel("talk"),
            )
        self.hand = _Forger(world, actor, channel)

    async def try_out(self, use: dict[str, Any]) -> None:
        """Use the bot, and look at what came of it."""
        self.hand.use, town = use, self.town
        way = WAYS[use["way"]][use.get("row") == 1]
        anybody = Anybody(town, self.hand)
        given = _given(anybody, use, way.options)
        way = replace(way, options={**way.options, **given}, text=use.get("text", way.text))
        if way.values is not None:
            way = replace(way, values=tuple(use.get("values", way.values)))
        town.world.failures()  # of what could not be sent before
        kept, before = town.kept(), len(town.world.env.http_requests)
        try:
            answered = await anybody._used(use["way"], way)
        except Exception as error:
            if _ours(error):
                raise
            return  # what cannot be sent at all
        self._look(answered, use)
        if self.who == "stranger" or (self.who == "reader" and not _for_admins(use["way"])):
            assert "gone" in use or town.kept() == kept, "changed by who may not"
        if self.who == "stranger":
            told = json.dumps([each.json for each in town.world.env.http_requests[before:]], ensure_ascii=False)
            typed = json.dumps(use, ensure_ascii=False)
            assert not [sign for sign in SIGNS if sign in told and sign not in typed], (
                f"told of another server: {told[:500]}"
            )

    def _look(self, answered: Answered, use: dict[str, Any]) -> None:
        failed = [failures.cause(each) for each in self.town.world.failures()]
        if not {"set", "out"} & use.keys():  # what Discord never sends may fail, under a code
            for error in failed:
                if not _expected(error, gone="gone" in use) and _ours(error):
                    raise error
            assert CODED not in answered.text, answered.text
        for text in answered.texts:
            assert not (found := forged(text)), f"{found} is shown: {text!r}"
        if not {"set", "out", "gone", "options", "values"} & use.keys():
            assert answered.is_shown, "nothing is to be seen"


def _given(anybody: Anybody, use: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    """The options of a use; Discord sends a command's with the types they were declared with, and in an id there is anything."""
    options = use.get("options", {})
    if not use["way"].startswith("/"):
        return options
    usual, options = {**WAYS[use["way"]][0].options, **usual}, {k: anybody.known(v) for k, v in options.items()}
    words = {k: str(v) for k, v in options.items() if isinstance(anybody.known(usual.get(k)), str)}
    numbers = {k: v for k, v in options.items() if type(v) is int is type(anybody.known(usual.get(k)))}
    return words | numbers


def _expected(error: BaseException, *, gone: bool) -> bool:
    """Whether a person is told of it in a sentence, or it was answered before, or there is no place left to tell it."""
    over = failures.GONE | ({failures.UNKNOWN_CHANNEL} if gone else set())
    answered = isinstance(error, discord.HTTPException) and error.code in over
    return answered or failures.sentence(error) is not None


def _for_admins(way: str) -> bool:
    """Whether Discord offers a way in to admins alone, or shows it in what they alone see."""
    command = way.rpartition(" ")[0] if way.endswith(":") else way
    return command in FOR_ADMINS or way.startswith(
        (*BESIDE_ADMINS, "settings:", "setup:", "form settings", "form setup")
    )


def _ours(error: BaseException) -> bool:
    """Whether an error came out of the program, and not out of what simulates Discord."""
    frames = traceback.extract_tb(error.__traceback__)
    return any(
        {"bot", "briefs"} & set(parts) and not {"tests", "site-packages"} & set(parts)
        for parts in (Path(frame.filename).parts[-4:-1] for frame in frames)
    )


class _Forger(Hand):
    """A hand that changes what Discord sends on its way, sends it twice, or deletes something meanwhile."""

    use: dict[str, Any]

    async def _sent(self, kind: int, data: dict[str, Any], message: Any = None) -> Answered:
        env, before = self.world.env, len(self.world.env.http_requests)
        record, payload = interactions.base_payload(
            self.backend,
            type=kind,
            channel_id=self.channel.id,
            guild_id=self.actor.guild.id,
            user_id=self.actor.id,
            data=data,
        )
        if message is not None:
            stored = self.backend.get_message(self.channel.id, message.id)
            payload["message"] = dict(serializers.message_payload(self.backend, stored))
            record.source_message_id = message.id
        payload = json.loads(json.dumps(payload, default=str))
        self._forge(payload)
        self._lose(message)
        env._notify_dispatch_observers(record)
        for _ in range(1 + bool(self.use.get("again"))):
            self.backend.emit("INTERACTION_CREATE", payload)
        await env._settle_internal(dispatch="INTERACTION_CREATE")
        mine = [each for each in env.http_requests[before:] if record.token in each.path]
        return Answered(record, tuple(mine))

    def _forge(self, payload: dict[str, Any]) -> None:
        for path, value in self.use.get("set", {}).items():
            _put(payload, path.split("."), value)
        for path in self.use.get("out", []):
            if isinstance(path, str):
                _put(payload, path.split("."), None, out=True)

    def _lose(self, message: Any) -> None:
        """Delete something before the bot hears of the interaction."""
        match self.use.get("gone"):
            case "channel":
                self.backend.delete_channel(self.channel.id)
            case "message" if message is not None:
                self.backend.messages[self.channel.id].pop(message.id, None)
            case "feeds":
                store = self.world.newsroom.store
                for feed in store.feeds(self.actor.guild.id):
                    store.unsubscribe(self.actor.guild.id, feed.id)
            case "kept":
                self.world.newsroom.store.forget_guild(self.actor.guild.id)


def _put(where: Any, path: list[str], value: Any, *, out: bool = False) -> None:
    """Put a value in at a path, where that leads somewhere; or take out what is there."""
    *parts, last = path
    for part in parts:
        where = _step(where, part)
        if where is None:
            return
    if isinstance(where, list) and last.isdigit() and int(last) < len(where):
        if out:
            del where[int(last)]
        else:
            where[int(last)] = value
    elif isinstance(where, dict) and last in where:
        if out:
            del where[last]
        else:
            where[last] = value


def _step(where: Any, part: str) -> Any:
    if isinstance(where, list):
        return where[int(part)] if part.isdigit() and int(part) < len(where) else None
    return where.get(part) if isinstance(where, dict) else None
