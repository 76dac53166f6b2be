"""A small Discord on loopback, in a process of its own: its HTTP interface and gateway, over real sockets.

    with Loopback(folder) as discord:
        ... start the bot with discord.environment ...
        discord.fault("cut after", times=2)
        discord.stands(CHANNEL)

What was posted stands in its record (``record.py``), whatever becomes of the bot or of it. Every request, and every answer of
its own, is judged by Discord's description of its interface where that is at hand (``openapi.py``); ``broken`` tells. What
may go wrong is in ``faults.py`` and ``gateway.py``. It knows one bot, which has in each server what everyone has.

Not in it: sharding, compression, more than text, announcement channels and threads; rate limits only where one is set.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from .faults import EVERYWHERE, KINDS, MESSAGES, POSTS
from .openapi import description
from .rest import LOADING
from .server import TOKEN
from .world import (
    ADMINISTRATOR,
    APPLICATION,
    CHANNEL,
    GUILD,
    HISTORY,
    NEWS,
    OTHER_CHANNEL,
    OWNER,
    READER,
    SEND,
    VIEW,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
PATIENCE = 30.0  # seconds for the slowest machine
_CODES = {403: 50001, 404: 10003}


class Loopback:
    """The server's process, seen from a test; use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "discord.db"
        self.port = 0
        self._control = 0

    # -------------------------------------------------------------------------------------------------------- life
    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it, on the same port and record if it ran before."""
        command = [sys.executable, "-m", HERE.name, "--record", str(self.file), "--port", str(self.port)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, cwd=HERE.parent, env={**os.environ, "PYTHONPATH": ""}, **pipes)
        assert self._process.stdout
        ports = json.loads(self._process.stdout.readline())
        self.port, self._control = ports["port"], ports["control"]

    def stop(self) -> None:
        """Let it end by itself."""
        self._process.stdin.close()
        self._gone()

    def kill(self) -> None:
        """Kill it at once; what it answered stands in its record."""
        self._process.kill()
        self._process.stdin.close()
        self._gone()

    def _gone(self) -> None:
        self._process.wait(PATIENCE)
        self._process.stdout.close()

    def _ask(self, wish: str, **details: Any) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._control, timeout=PATIENCE)
        try:
            connection.request("POST", f"/{wish}", json.dumps(details))
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        assert answer.status == 200, text
        return json.loads(text)

    @property
    def environment(self) -> dict[str, str]:
        """Settings that point the bot here."""
        return {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": f"http://127.0.0.1:{self.port}/api/v10",
            "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{self.port}/gateway",
        }

    # ------------------------------------------------------------------------------------------------- what happened
    def stands(self, channel: int | None = CHANNEL) -> list[dict[str, Any]]:
        """Return what stands in a channel, or everywhere (None), oldest first."""
        return self._ask("messages", channel=channel)

    def requests(self, method: str = "") -> list[dict[str, Any]]:
        """Every request so far: method, path, body, status."""
        return [each for each in self._ask("requests") if each["method"].startswith(method)]

    def faults(self) -> dict[str, int]:
        """How often each kind of fault was met."""
        return self._ask("faults")

    def broken(self) -> list[str]:
        """The rules of Discord's description that were broken, by the bot or by this server itself."""
        return self._ask("broken")

    def state(self) -> dict[str, Any]:
        return self._ask("state")

    def until(self, condition: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.state()
            time.sleep(0.01)

    def is_held(self) -> bool:
        """Whether a request is kept waiting now."""
        return self.state()["held"] > 0

    # ----------------------------------------------------------------------------------------------- what is to happen
    def reset(self) -> None:
        """Begin anew, as if just started on an empty record."""
        self._ask("reset")

    def build(self, guilds: dict[int, list[int]]) -> None:
        """Have these servers with these text channels."""
        self._ask("build", guilds=guilds)

    def clock(self, ahead: float) -> None:
        """Let its clock be so many seconds ahead of the machine's."""
        self._ask("clock", ahead=ahead)

    def settings(self, **chosen: Any) -> None:
        """``nonce_seconds``, ``heartbeat_interval`` (ms), ``limit`` ([messages, seconds] of each channel)."""
        self._ask("settings", **chosen)

    def fault(self, kind: str, on: str = POSTS, **details: Any) -> None:
        """Let requests meet a fault: once, unless ``times`` says otherwise (None: until lifted)."""
        self._ask("fault", kind=kind, on=on, **details)

    def lift(self, name: str | None = None) -> None:
        """End the faults of a name, or all."""
        self._ask("lift", name=name)

    def dice(self, seed: int) -> None:
        """Begin the chances of faults anew."""
        self._ask("dice", seed=seed)

    def refuse(self, channel: int, status: int) -> None:
        """Refuse everything about a channel from now on."""
        path = rf"\w+ /channels/{channel}(/messages)?"
        self.fault("refuse", path, times=None, status=status, code=_CODES[status])

    def fail(self, *statuses: int) -> None:
        """Answer the next posts with these statuses, in order."""
        for status in statuses:
            self.fault("limit") if status == 429 else self.fault("refuse", status=status)

    def gateway(self, act: str, **details: Any) -> None:
        """drop, close (``code``), reconnect, invalidate (``resumable``) every connection, or forget every session."""
        self._ask("gateway", act=act, **details)

    def deaf(self, deaf: bool = True) -> None:
        """Acknowledge no heartbeat any more."""
        self._ask("deaf", deaf=deaf)

    def permissions(self, allowed: int, guild: int = GUILD) -> None:
        """Give everyone of a server, and so the bot, these permissions."""
        self._ask("permissions", guild=guild, allowed=allowed)

    def deny(self, channel: int, denied: int) -> None:
        """Deny permissions in a channel; 0 denies nothing any more."""
        self._ask("deny", channel=channel, denied=denied)

    def channel(self, channel: int, guild: int = GUILD, kind: int = 0) -> None:
        """Open a channel, or change its kind."""
        self._ask("channel", channel=channel, guild=guild, kind=kind)

    def delete(self, channel: int) -> None:
        """Delete a channel."""
        self._ask("delete", channel=channel)

    def forget_nonces(self) -> None:
        """Let minutes pass: a repeated nonce is no longer known."""
        self._ask("forget_nonces")

    def interact(
        self,
        data: dict[str, Any],
        *,
        channel: int = CHANNEL,
        user: int = READER,
        kind: int = 2,
        message: dict[str, Any] | None = None,
    ) -> str:
        """Let a person use a command, or (``kind`` 3) what stands under a message; ``interaction`` tells how it was answered."""
        return self._ask("interact", channel=channel, user=user, data=data, kind=kind, message=message)

    def interaction(self, token: str) -> dict[str, Any]:
        """How a command was answered: ``callback``, and ``replies`` as they stand."""
        return self._ask("interaction", token=token)


__all__ = [
    "ADMINISTRATOR",
    "APPLICATION",
    "CHANNEL",
    "EVERYWHERE",
    "GUILD",
    "HISTORY",
    "KINDS",
    "LOADING",
    "MESSAGES",
    "NEWS",
    "OTHER_CHANNEL",
    "OWNER",
    "POSTS",
    "READER",
    "SEND",
    "TOKEN",
    "VIEW",
    "Loopback",
    "description",
]
