"""A small Discord on loopback: enough of its HTTP interface and gateway for the real program, over real sockets.

What was posted stands in ``messages`` as in a channel, whatever becomes of the bot. ``hold`` keeps a post waiting before or
after it is stored, so that a test can kill the bot at exactly that moment.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from aiohttp import WSMsgType, web

TOKEN = "a-good-token"
APPLICATION, GUILD, CHANNEL, OTHER_CHANNEL = 1000, 2000, 3000, 3001
EPOCH = 1420070400000  # of Discord's snowflakes, in milliseconds
ADMINISTRATOR = 8
BOT = {"id": str(APPLICATION), "username": "Debrief", "discriminator": "0", "avatar": None, "bot": True}
Record = dict[str, Any]


@dataclass
class Loopback:
    """The server; run it as a context manager. ``held`` is set while a request is kept waiting."""

    token: str = TOKEN
    messages: dict[int, list[Record]] = field(default_factory=dict)
    commands: list[Record] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)  # channel -> HTTP status
    failures: list[int] = field(default_factory=list)  # statuses of the next posts, in order
    hold: str | None = None  # "login", or "before" or "after" a post is stored
    held: threading.Event = field(default_factory=threading.Event)
    ready: threading.Event = field(default_factory=threading.Event)
    posts: int = 0  # tried, stored or not
    permissions: int = ADMINISTRATOR
    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """Settings that point the bot here."""
        return {
            "DISCORD_TOKEN": self.token,
            "DISCORD_API_URL": f"http://127.0.0.1:{self.port}/api/v10",
            "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{self.port}/gateway",
        }

    def stands(self, channel: int = CHANNEL) -> list[Record]:
        """Return what stands in a channel, oldest first."""
        return list(self.messages.get(channel, []))

    # ------------------------------------------------------------------------------------------------------ life
    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> None:
        self._sockets: set[web.WebSocketResponse] = set()
        self._runner = web.AppRunner(self._application(), handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        for socket in tuple(self._sockets):
            await socket.close(code=1001)
        await self._runner.cleanup()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._authorised])
        api = "/api/v10"
        application.add_routes(
            [
                web.get(f"{api}/users/@me", self._me),
                web.get(f"{api}/oauth2/applications/@me", self._about),
                web.put(f"{api}/applications/{{id}}/commands", self._put_commands),
                web.get(f"{api}/channels/{{channel}}", self._get_channel),
                web.get(f"{api}/guilds/{{guild}}", self._get_guild),
                web.get(f"{api}/guilds/{{guild}}/members/{{member}}", self._get_member),
                web.get(f"{api}/channels/{{channel}}/messages", self._history),
                web.post(f"{api}/channels/{{channel}}/messages", self._post),
                web.get("/gateway", self._gateway),
                web.get("/gateway/", self._gateway),
            ]
        )
        return application

    @web.middleware
    async def _authorised(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path.startswith("/api/") and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        return await handler(request)

    # ------------------------------------------------------------------------------------------------------ HTTP
    async def _me(self, _request: web.Request) -> web.Response:
        await self._hold_at("login")
        return _json(BOT)

    async def _about(self, _request: web.Request) -> web.Response:
        about = {
            "name": "Debrief",
            "description": "",
            "icon": None,
            "bot_public": False,
            "bot_require_code_grant": False,
        }
        return _json({"id": str(APPLICATION), **about, "owner": BOT, "verify_key": "0", "flags": 0})

    async def _put_commands(self, request: web.Request) -> web.Response:
        self.commands = await request.json()
        known = {"application_id": str(APPLICATION), "version": "1", "description": ""}
        return _json([{**known, "type": 1, **c, "id": str(n)} for n, c in enumerate(self.commands, 1)])

    async def _get_channel(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        return _refusal(self.refused[channel]) if channel in self.refused else _json(_channel(channel))

    async def _get_guild(self, _request: web.Request) -> web.Response:
        return _json(self._guild())

    async def _get_member(self, _request: web.Request) -> web.Response:
        return _json(_member())

    async def _history(self, request: web.Request) -> web.Response:
        channel, query = int(request.match_info["channel"]), request.query
        if channel in self.refused:
            return _refusal(self.refused[channel])
        after, limit = int(query.get("after", 0)), int(query.get("limit", 50))
        found = [message for message in self.stands(channel) if int(message["id"]) > after]
        return _json(list(reversed(found[:limit] if after else found[-limit:])))

    async def _post(self, request: web.Request) -> web.Response:
        channel, body = int(request.match_info["channel"]), await request.json()
        self.posts += 1
        if channel in self.refused:
            return _refusal(self.refused[channel])
        if self.failures:
            return _refusal(self.failures.pop(0))
        await self._hold_at("before")
        message = self._store(channel, body)
        await self._hold_at("after")
        return _json(message)

    async def _hold_at(self, moment: str) -> None:
        """Keep a request waiting until its sender is gone."""
        if self.hold == moment:
            self.held.set()
            await asyncio.sleep(3600)

    def _store(self, channel: int, body: Record) -> Record:
        """Put a message into a channel; a nonce seen within minutes gives the earlier message."""
        messages, nonce = self.messages.setdefault(channel, []), body.get("nonce")
        for earlier in messages if body.get("enforce_nonce") else ():
            if nonce is not None and earlier["nonce"] == str(nonce):
                return earlier
        message = {
            "id": str(_snowflake(len(messages))),
            "type": 0,
            "channel_id": str(channel),
            "author": BOT,
            "content": body.get("content") or "",
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": body.get("embeds") or [],
            "components": _numbered(body.get("components") or []),
            "flags": body.get("flags", 0),
            "pinned": False,
            "nonce": str(nonce),
        }
        messages.append(message)
        return message

    def forget_nonces(self) -> None:
        """Let minutes pass: Discord no longer drops a repeated nonce."""
        for message in (message for messages in self.messages.values() for message in messages):
            message["nonce"] = None

    # --------------------------------------------------------------------------------------------------- gateway
    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            await socket.send_json({"op": 10, "d": {"heartbeat_interval": 30_000}, "s": None, "t": None})
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._answer(socket, json.loads(frame.data))
        finally:
            self._sockets.discard(socket)
        return socket

    async def _answer(self, socket: web.WebSocketResponse, payload: Record) -> None:
        if payload["op"] == 1:
            await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
        elif payload["op"] == 2 and payload["d"]["token"] != TOKEN:
            await socket.close(code=4004)
        elif payload["op"] == 2:
            await self._greet(socket)

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        ready = {
            "v": 10,
            "user": BOT,
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": "session",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": str(APPLICATION), "flags": 0},
        }
        await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": ready})
        await socket.send_json({"op": 0, "t": "GUILD_CREATE", "s": 2, "d": self._guild()})
        self.ready.set()

    def _guild(self) -> Record:
        everyone = {"id": str(GUILD), "name": "@everyone", "color": 0, "hoist": False, "position": 0, "managed": False}
        role = {**everyone, "permissions": str(self.permissions), "mentionable": False, "flags": 0}
        lists = {key: [] for key in ("emojis", "stickers", "threads", "voice_states", "presences", "features")}
        levels = dict.fromkeys(
            (
                "verification_level",
                "default_message_notifications",
                "explicit_content_filter",
                "mfa_level",
                "nsfw_level",
            ),
            0,
        )
        return {
            **lists,
            **levels,
            "id": str(GUILD),
            "name": "Readers",
            "owner_id": "1",
            "roles": [role],
            "channels": [_channel(CHANNEL), _channel(OTHER_CHANNEL)],
            "members": [_member()],
            "member_count": 1,
            "afk_timeout": 60,
            "premium_tier": 0,
            "system_channel_flags": 0,
            "preferred_locale": "en-US",
        }


def _channel(channel: int) -> Record:
    place = {"position": 0, "permission_overwrites": [], "parent_id": None, "nsfw": False, "topic": None}
    return {"id": str(channel), "guild_id": str(GUILD), "type": 0, "name": f"news-{channel}", **place}


def _member() -> Record:
    return {
        "user": BOT,
        "roles": [],
        "joined_at": "2025-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def _numbered(components: list[Record], start: int = 1) -> list[Record]:
    """Give components the ids that Discord gives to those without."""
    for number, component in enumerate(components, start):
        component.setdefault("id", number)
        _numbered(component.get("components") or [], number * 100)
    return components


def _snowflake(sequence: int) -> int:
    return ((int(time.time() * 1000) - EPOCH) << 22) + sequence


def _refusal(status: int) -> web.Response:
    codes = {403: (50001, "Missing Access"), 404: (10003, "Unknown Channel"), 429: (0, "Rate limited")}
    code, message = codes.get(status, (0, "Trouble"))
    headers = {"Via": "1.1 loopback"} if status == 429 else {}
    return _json({"code": code, "message": message, "retry_after": 0.05}, status=status, headers=headers)


def _json(value: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer exactly as discord.py wants it: application/json without a charset."""
    body = json.dumps(value).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **(headers or {})})
