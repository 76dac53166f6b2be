"""People press, type and ask, all at once, while articles are read: how long does each wait for the first sign of life?

The bot is the real one, on a simulated Discord in the same event loop, whose own work counts against it; articles are read by
a real worker process. An interaction's time runs from the moment it is dispatched until Discord has its first answer.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import threading
from contextlib import contextmanager
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import simcord
from simcord.backend.models import Interaction

from bot.client import Debrief
from bot.delivery.publishing import Publisher
from bot.limits import Limits
from bot.preview import Backstage
from bot.rendering import pages
from bot.scheduling.schedule import Scheduler

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    import discord

    from briefs.models import Article
    from briefs.newsroom import Newsroom

PEOPLE = 40
UNLIMITED = 10**9
EVERY = 0.01  # seconds between two looks at the loop
ACKNOWLEDGED = ("respond_with_message", "defer", "defer_update", "update_source", "show_modal", "complete_autocomplete")


class Waited(NamedTuple):
    """Seconds: to each first acknowledgement by kind, until all was answered, and by which the loop came late."""

    acknowledged: dict[str, list[float]]
    answered: float
    lag: list[float]
    articles: int


class Stopwatch:
    """Notes when each interaction is dispatched and first acknowledged."""

    def __init__(self) -> None:
        self.began: dict[int, float] = {}
        self.took: dict[int, float] = {}

    def start(self, record: Interaction) -> None:
        self.began[record.id] = perf_counter()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at every first answer for a while."""
        unwatched = {name: getattr(Interaction, name) for name in ACKNOWLEDGED}
        for name, method in unwatched.items():
            setattr(Interaction, name, self._noting(method))
        try:
            yield
        finally:
            for name, method in unwatched.items():
                setattr(Interaction, name, method)

    def _noting(self, method: Callable[..., None]) -> Callable[..., None]:
        def noted(record: Interaction, *args: Any, **options: Any) -> None:
            self.took.setdefault(record.id, perf_counter() - self.began[record.id])
            method(record, *args, **options)

        return noted


class Lag:
    """Looks from another thread how late the event loop is."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(asyncio.get_running_loop(),))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._done.is_set():
            came, asked = threading.Event(), perf_counter()
            loop.call_soon_threadsafe(lambda: (self.seconds.append(perf_counter() - asked), came.set()))  # noqa: B023
            while not came.wait(EVERY) and not self._done.is_set():
                pass
            sleep(EVERY)


def articles_file(folder: Path, base: Sequence[Article], count: int, at: datetime) -> Path:
    """Write so many articles, mixed of paragraphs of these."""
    choose = random.Random(5)
    paragraphs = [article.text[b.start : b.end] for article in base for b in article.blocks if b.kind == "prose"]
    rows = (
        {
            "id": f"new-{number}",
            "source": f"Outlet {number % 20}",
            "title": base[number % len(base)].title,
            "url": f"https://outlet{number % 20}.example/{number}",
            "published_at": at.isoformat(),
            "text": "\n\n".join(choose.sample(paragraphs, 8)),
        }
        for number in range(count)
    )
    file = folder / "new.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


async def measure(newsroom: Newsroom, file: Path, *, guild_id: int, questions: Sequence[str], count: int) -> Waited:
    """Let people interact so often at once, while the articles of a file are read."""
    stopwatch = Stopwatch()
    with stopwatch.watching():
        return await _measured(newsroom, file, stopwatch, guild_id, questions, count)


async def _measured(
    newsroom: Newsroom, file: Path, stopwatch: Stopwatch, guild_id: int, questions: Sequence[str], count: int
) -> Waited:
    env = simcord.Env(_client(newsroom))
    env._register_dispatch_observer(stopwatch.start)
    await env.start()
    guild = env.create_guild("Harbour", id=guild_id)
    channel = guild.create_text_channel("news")
    people = [guild.add_member(env.create_user(f"reader{number}")) for number in range(PEOPLE)]
    asked = await people[0].slash(channel, "ask", question=questions[0])
    await env.bot.get_channel(channel.id).send(
        view=pages.page(["Old."], buttons=[pages.button("Sources", "answer:1:sources")])
    )
    await env.settle()
    await people[0].autocomplete(channel, "timeline", "about", "b")
    assert asked.response is not None
    env._settle_internal = _at_once  # from here on nobody waits for an answer before the next asks
    with Lag() as lag:
        reading = asyncio.get_running_loop().run_in_executor(None, newsroom.load, file)
        await asyncio.sleep(1.0)  # the worker is at it
        began, kinds = perf_counter(), {}
        for kind, interact in _interactions(people, channel, channel.last_message, questions, count):
            before = len(stopwatch.began)
            await interact()
            await asyncio.sleep(0)  # as between two messages of the gateway
            kinds[list(stopwatch.began)[before]] = kind
        while any(not _finished(record) for record in env.backend.interactions.values()):
            await asyncio.sleep(EVERY)
        answered = perf_counter() - began
        report = await reading
    del env._settle_internal
    await env.shutdown()
    by_kind = {kind: [stopwatch.took[each] for each in kinds if kinds[each] == kind] for kind in set(kinds.values())}
    return Waited(by_kind, answered, lag.seconds, len(report.articles))


def _client(newsroom: Newsroom) -> Debrief:
    return Debrief(
        newsroom,
        publisher=lambda client: Publisher(newsroom.store, client, newsroom.clock),
        scheduler=lambda publisher: Backstage(Scheduler(newsroom, publisher, newsroom.clock)),
        limits=Limits(person=UNLIMITED, server=UNLIMITED),
    )


async def _at_once(*_: object, **__: object) -> None:
    return None


def _finished(record: Interaction) -> bool:
    return record.responded and not record.loading


def _interactions(
    people: Sequence[simcord.MemberActor],
    channel: simcord.ChannelHandle,
    message: discord.Message,
    questions: Sequence[str],
    count: int,
) -> Iterator[tuple[str, Callable[[], Awaitable[Any]]]]:
    """Of ten interactions four ask, two type, two press and two look at a timeline."""
    asked = itertools.cycle(questions)
    for number, person in zip(range(count), itertools.cycle(people), strict=False):
        question = next(asked)
        if number % 10 < 4:
            yield "ask", lambda p=person, q=question: p.slash(channel, "ask", question=q)
        elif number % 10 < 6:
            yield "type", lambda p=person, q=question: p.autocomplete(channel, "timeline", "about", q[:3])
        elif number % 10 < 8:
            yield "press", lambda p=person: p.click(message, label="Sources")
        else:
            yield "timeline", lambda p=person, q=question: p.slash(channel, "timeline", about=q.split()[-1].strip("?"))
