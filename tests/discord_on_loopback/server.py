"""The server: the interface and the gateway on one port, and what a test wants of them on another."""

from __future__ import annotations

import dataclasses
import json
import random
import secrets
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .faults import Fault, Faults
from .gateway import Gateway
from .record import Record
from .rest import NONCE_SECONDS, Rest, said
from .world import APPLICATION, GUILD, Channel, World, member_payload, role_payload, user_payload

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

TOKEN = "a-good-token"


class Server:
    """One Discord. Its record outlives it; all else is as it was told last."""

    def __init__(self, record: Path) -> None:
        self.port = self.control_port = 0
        self._world, self._record, self._faults = World(), Record(record), Faults()
        self._gateway = Gateway(self._world, TOKEN, lambda: f"ws://127.0.0.1:{self.port}/gateway")
        self._rest = Rest(self._world, self._record, self._gateway, self._faults, TOKEN)
        self._runners: list[web.AppRunner] = []

    async def start(self, port: int = 0) -> None:
        self.port = await self._listen(self._rest.application(), port)
        self.control_port = await self._listen(self._control(), 0)

    async def _listen(self, application: web.Application, port: int) -> int:
        runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        self._runners.append(runner)
        return runner.addresses[0][1]

    async def stop(self) -> None:
        await self._gateway.close()
        for runner in self._runners:
            await runner.cleanup()
        self._record.close()

    # ------------------------------------------------------------------------------------------- what a test may want
    def _control(self) -> web.Application:
        """POST /name with a JSON object does it and answers with JSON."""
        application = web.Application()
        application.router.add_post("/{wish}", self._wished)
        return application

    async def _wished(self, request: web.Request) -> web.Response:
        wish = getattr(self, f"_wish_{request.match_info['wish']}")
        return said(await wish(**json.loads(await request.text() or "{}")))

    async def _wish_reset(self) -> None:
        """Begin anew, with an empty record and one server of two channels."""
        await self._gateway.close()
        self._record.clear()
        self._faults.lift(None)
        self._world.__init__()
        self._rest.nonce_seconds, self._rest.limit = NONCE_SECONDS, None
        self._rest.commands, self._rest.interactions = [], {}

    async def _wish_build(self, guilds: dict[str, list[int]]) -> None:
        self._world.build({int(guild): channels for guild, channels in guilds.items()})

    async def _wish_clock(self, ahead: float) -> None:
        """Let this Discord's clock be so many seconds ahead of the machine's."""
        self._world.ahead = ahead

    async def _wish_settings(
        self,
        nonce_seconds: float | None = None,
        heartbeat_interval: int | None = None,
        limit: list[float] | None = None,
    ) -> None:
        if nonce_seconds is not None:
            self._rest.nonce_seconds = nonce_seconds
        if heartbeat_interval is not None:
            self._gateway.interval = heartbeat_interval
        if limit is not None:
            self._rest.limit = int(limit[0]), limit[1]

    async def _wish_fault(self, **rule: Any) -> None:
        self._faults.rules.append(Fault(**rule))

    async def _wish_lift(self, name: str | None = None) -> None:
        self._faults.lift(name)

    async def _wish_dice(self, seed: int) -> None:
        self._faults.dice = random.Random(seed)

    async def _wish_gateway(self, act: str, code: int = 1000, resumable: bool = False) -> None:
        self._record.fault(f"gateway {act}", "gateway", self._world.now())
        await self._gateway.act(act, code=code, resumable=resumable)

    async def _wish_deaf(self, deaf: bool = True) -> None:
        """Stop acknowledging heartbeats."""
        if deaf:
            self._record.fault("gateway deaf", "gateway", self._world.now())
        self._gateway.deaf = deaf

    async def _wish_permissions(self, guild: int = GUILD, allowed: int = 0) -> None:
        """Give everyone of a server these permissions and no others."""
        found = self._world.guilds[guild]
        found.permissions = allowed
        await self._gateway.dispatch("GUILD_ROLE_UPDATE", {"guild_id": str(guild), "role": role_payload(found)})

    async def _wish_deny(self, channel: int, denied: int) -> None:
        """Deny everyone these permissions in a channel."""
        found = self._world.channel(channel)
        assert found
        found.denied = denied
        if denied:
            self._record.fault("permission loss", f"channel {channel}", self._world.now())
        await self._gateway.dispatch("CHANNEL_UPDATE", self._world.channel_payload(found))

    async def _wish_channel(self, channel: int, guild: int = GUILD, kind: int = 0) -> None:
        """Open a channel, or change its kind."""
        channels, name = self._world.guilds[guild].channels, "CHANNEL_CREATE"
        if channel in channels:
            name = "CHANNEL_UPDATE"
        channels[channel] = Channel(channel, guild, kind, name=f"news-{channel}")
        await self._gateway.dispatch(name, self._world.channel_payload(channels[channel]))

    async def _wish_delete(self, channel: int) -> None:
        """Delete a channel."""
        found = self._world.channel(channel)
        assert found
        del self._world.guilds[found.guild_id].channels[channel]
        self._record.fault("channel loss", f"channel {channel}", self._world.now())
        await self._gateway.dispatch("CHANNEL_DELETE", self._world.channel_payload(found))

    async def _wish_forget_nonces(self) -> None:
        self._record.forget_nonces()

    async def _wish_interact(
        self, channel: int, user: int, data: dict[str, Any], kind: int = 2, message: dict[str, Any] | None = None
    ) -> str:
        """Let a person use a command, or what stands under a message; return the token by which its answers are asked for."""
        place, token = self._world.channel(channel), secrets.token_urlsafe(16)
        assert place
        found = {"id": str(self._world.snowflake()), "type": kind, "channel_id": str(channel)}
        self._rest.interactions[token] = {**found, "callback": None, "replies": []}
        member = {**member_payload(user_payload(user, "reader")), "permissions": str(2**53 - 1)}
        event = {
            **found,
            "application_id": str(APPLICATION),
            "token": token,
            "version": 1,
            "data": data,
            "guild_id": str(place.guild_id),
            "member": member,
            "locale": "en-US",
            "guild_locale": "en-US",
            "channel": self._world.channel_payload(place),
            "app_permissions": str(2**53 - 1),
            "entitlements": [],
            "attachment_size_limit": 10_485_760,
            "authorizing_integration_owners": {},
            "context": 0,
        }
        if message:
            event["message"] = message
        await self._gateway.dispatch("INTERACTION_CREATE", event)
        return token

    async def _wish_interaction(self, token: str) -> dict[str, Any]:
        return self._rest.interactions[token]

    async def _wish_messages(self, channel: int | None = None) -> list[dict[str, Any]]:
        return self._record.messages(channel)

    async def _wish_requests(self) -> list[dict[str, Any]]:
        return self._record.requests()

    async def _wish_faults(self) -> dict[str, int]:
        return self._record.faults()

    async def _wish_broken(self) -> list[str]:
        return self._record.broken()

    async def _wish_state(self) -> dict[str, Any]:
        """How it stands now: requests kept waiting, clients connected, what they said to the gateway, commands."""
        open_sessions = [session for session in self._gateway.sessions.values() if session.socket]
        rules = [dataclasses.asdict(rule) for rule in self._faults.rules]
        now = {"held": self._rest.held, "connected": len(open_sessions), "ops": self._gateway.ops}
        return {**now, "commands": self._rest.commands, "rules": rules}


async def serve(record: Path, port: int, say: Any, ended: asyncio.Event) -> None:
    """Serve until ``ended``; tell the ports once they are open."""
    server = Server(record)
    await server.start(port)
    say(json.dumps({"port": server.port, "control": server.control_port}))
    await ended.wait()
    await server.stop()
