"""How much one person and one server may ask at once, so that nobody's flood keeps the others waiting.

Each has a bucket that fills by the minute. A command, a form and a message take one whole measure, a pressed button a part of
one, a keystroke in a completed option hardly any. What does not fit is refused with when to try again, and takes nothing.
"""

from __future__ import annotations

import time
from math import ceil
from typing import TYPE_CHECKING

import discord

from bot.rendering.pages import counted
from briefs.errors import DebriefError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

PERSON, SERVER = 10, 60  # measures in a minute, unless the operator sets others
MINUTE = 60.0  # seconds
COSTS = {discord.InteractionType.component: 1 / 6, discord.InteractionType.autocomplete: 1 / 30}
ROUNDING = 1e-6  # of a measure
KEPT = 10_000  # buckets; the one that was longest left alone gives way, and is full by then


class TooMuchError(DebriefError):
    """More was asked than may be in so short a time; the message says when to try again."""


class Limits:
    """The buckets of all persons and servers. Called on the event loop alone."""

    def __init__(
        self, *, person: int = PERSON, server: int = SERVER, now: Callable[[], float] = time.monotonic
    ) -> None:
        """``person`` and ``server``: measures in a minute; ``now``: seconds that never go back."""
        self._person = person
        self._server = server
        self._now = now
        self._buckets: dict[Hashable, tuple[float, float]] = {}  # what is taken of each, and when that was so

    def admit(self, event: discord.Interaction[discord.Client] | discord.Message) -> None:
        """Let in what a person asks for, or raise TooMuchError."""
        if isinstance(event, discord.Interaction):
            person, cost = event.user.id, COSTS.get(event.type, 1.0)
        else:
            person, cost = event.author.id, 1.0
        if wait := self._wait(("person", person), self._person, cost):
            raise TooMuchError(f"You are quicker than I am. {later(wait)}")
        server = event.guild.id if event.guild else None
        if server and (wait := self._wait(("server", server), self._server, cost)):
            raise TooMuchError(f"This server asks a lot at the moment. {later(wait)}")
        self._take(("person", person), self._person, cost)
        if server:
            self._take(("server", server), self._server, cost)

    def visit(self, guild_id: int, what: str, often: int) -> None:
        """Let a server send us out to other people's sites, so ``often`` in a minute; or raise TooMuchError."""
        if wait := self._wait((what, guild_id), often, 1.0):
            raise TooMuchError(f"One moment, please. {later(wait)}")
        self._take((what, guild_id), often, 1.0)

    def _wait(self, key: Hashable, often: int, cost: float) -> float:
        """Seconds until a bucket takes so much more; 0 where it does now."""
        over = self._taken(key, often) + cost - max(often, 1)
        return over * MINUTE / often if over > ROUNDING else 0.0

    def _take(self, key: Hashable, often: int, cost: float) -> None:
        taken = self._taken(key, often) + cost
        self._buckets.pop(key, None)  # and put last: first stands what was longest left alone
        self._buckets[key] = taken, self._now()
        if len(self._buckets) > KEPT:
            del self._buckets[next(iter(self._buckets))]

    def _taken(self, key: Hashable, often: int) -> float:
        taken, at = self._buckets.get(key, (0.0, 0.0))
        return max(0.0, taken - (self._now() - at) * often / MINUTE)


def later(seconds: float) -> str:
    """Say when to try again."""
    return f"Try again in {counted(max(1, ceil(seconds)), 'second')}."
