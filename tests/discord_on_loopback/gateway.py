"""The gateway: hello, identify, ready, heartbeats, resume with replay, and everything by which Discord ends a connection."""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from .world import APPLICATION, BOT, World

if TYPE_CHECKING:
    from collections.abc import Callable

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
AUTHENTICATION_FAILED, INVALID_SEQUENCE = 4004, 4007


@dataclass
class Session:
    """What one client was told, so that it can be told again; ``socket`` is None while it is away."""

    id: str
    events: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    async def dispatch(self, name: str, data: object) -> None:
        event = {"op": DISPATCH, "t": name, "s": len(self.events) + 1, "d": data}
        self.events.append(event)
        await self.tell(event)

    async def tell(self, payload: dict[str, Any]) -> None:
        if self.socket is not None and not self.socket.closed:
            with suppress(ConnectionError):
                await self.socket.send_json(payload)


class Gateway:
    """All connections. ``deaf``: heartbeats are not acknowledged. ``ops`` are those received, oldest first."""

    def __init__(self, world: World, token: str, address: Callable[[], str]) -> None:
        self._world, self._token, self._address = world, token, address
        self.sessions: dict[str, Session] = {}
        self.sockets: set[web.WebSocketResponse] = set()
        self.ops: list[int] = []
        self._closing: set[asyncio.Task[bool]] = set()
        self.deaf = False
        self.interval = 30_000  # milliseconds between heartbeats

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk to one client until it goes."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.add(socket)
        try:
            await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": self.interval}, "s": None, "t": None})
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._hear(socket, json.loads(frame.data))
        except ConnectionError:
            pass
        finally:
            self.sockets.discard(socket)
            for session in self.sessions.values():
                session.socket = None if session.socket is socket else session.socket
        return socket

    async def _hear(self, socket: web.WebSocketResponse, payload: dict[str, Any]) -> None:
        self.ops.append(payload["op"])
        if payload["op"] == HEARTBEAT and not self.deaf:
            await socket.send_json({"op": ACK, "d": None, "s": None, "t": None})
        elif payload["op"] in (IDENTIFY, RESUME) and payload["d"]["token"] != self._token:
            await socket.close(code=AUTHENTICATION_FAILED)
        elif payload["op"] == IDENTIFY:
            await self._greet(socket)
        elif payload["op"] == RESUME:
            await self._resume(socket, payload["d"])

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        session = Session(secrets.token_hex(8), socket=socket)
        self.sessions[session.id] = session
        guilds = list(self._world.guilds.values())
        ready = {
            "v": 10,
            "user": BOT,
            "session_id": session.id,
            "resume_gateway_url": self._address(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "application": {"id": str(APPLICATION), "flags": 0},
        }
        await session.dispatch("READY", ready)
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", self._world.guild_payload(guild, whole=True))

    async def _resume(self, socket: web.WebSocketResponse, wanted: dict[str, Any]) -> None:
        session = self.sessions.get(wanted["session_id"])
        if session is None:
            await socket.send_json({"op": INVALID, "d": False, "s": None, "t": None})
        elif wanted["seq"] > len(session.events):
            await socket.close(code=INVALID_SEQUENCE)
        else:
            session.socket = socket
            for event in session.events[wanted["seq"] :]:
                await session.tell(event)
            await session.dispatch("RESUMED", {"_trace": []})

    # ----------------------------------------------------------------------------------------------- what a test wants
    async def dispatch(self, name: str, data: object) -> None:
        """Tell every client, and those that are away once they resume."""
        for session in tuple(self.sessions.values()):
            await session.dispatch(name, data)

    async def act(self, act: str, *, code: int = 1000, resumable: bool = False) -> None:
        """Do something to every connection: drop, close, reconnect, invalidate; or forget every session."""
        if act == "forget":
            self.sessions.clear()
        if act == "invalidate" and not resumable:
            self.sessions.clear()
        for socket in tuple(self.sockets):
            if act == "drop" and socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
            elif act == "close":
                closing = asyncio.create_task(socket.close(code=code))  # it waits for the client's answer
                self._closing.add(closing)
                closing.add_done_callback(self._closing.discard)
            elif act == "reconnect":
                await socket.send_json({"op": RECONNECT, "d": None, "s": None, "t": None})
            elif act == "invalidate":
                await socket.send_json({"op": INVALID, "d": resumable, "s": None, "t": None})

    async def close(self) -> None:
        for socket in tuple(self.sockets):
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
        self.sessions.clear()
        self.ops.clear()
        self.deaf, self.interval = False, 30_000
