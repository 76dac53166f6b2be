"""The routes of Discord's HTTP interface that the bot uses; every request and answer is recorded, judged, and may go wrong."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

from aiohttp import web

from . import openapi
from .world import (
    ABOUT,
    APPLICATION,
    HISTORY,
    ME,
    NEWS,
    SEND,
    THREAD,
    VIEW,
    Channel,
    World,
    member_payload,
    user_payload,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .faults import Fault, Faults
    from .gateway import Gateway
    from .record import Record

API = "/api/v10"
NONCE_SECONDS = 300.0  # for which a repeated nonce gives the earlier message: "a few minutes"
CROSSPOSTED, EPHEMERAL, LOADING = 1 << 0, 1 << 6, 1 << 7
Payload = dict[str, Any]


class RefusedError(Exception):
    """Discord says no: with an HTTP status, its own code, and a message."""

    def __init__(self, status: int, code: int, message: str) -> None:
        self.status, self.code, self.message = status, code, message


UNKNOWN_CHANNEL = RefusedError(404, 10003, "Unknown Channel")
UNKNOWN_MESSAGE = RefusedError(404, 10008, "Unknown Message")
NO_ACCESS = RefusedError(403, 50001, "Missing Access")
NO_PERMISSION = RefusedError(403, 50013, "Missing Permissions")
WORDS = {each.code: each.message for each in (UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, NO_ACCESS, NO_PERMISSION)}


class Rest:
    """The interface. ``nonce_seconds`` is how long a nonce holds; ``limit`` is (messages, seconds) for each channel."""

    def __init__(self, world: World, record: Record, gateway: Gateway, faults: Faults, token: str) -> None:
        self._world, self._record, self._gateway, self._faults, self._token = world, record, gateway, faults, token
        self.nonce_seconds = NONCE_SECONDS
        self.limit: tuple[int, float] | None = None
        self.held = 0  # requests that are kept waiting now
        self.commands: list[Payload] = []
        self.interactions: dict[str, Payload] = {}  # by token
        self._posted: dict[int, deque[float]] = defaultdict(deque)
        self._description = openapi.description()

    def application(self) -> web.Application:
        application = web.Application(middlewares=[self._exchange], client_max_size=2**25)
        for method, path, handler in self._routes():
            application.router.add_route(method, API + path, handler)
        application.router.add_get("/gateway", self._gateway.serve)
        application.router.add_get("/gateway/", self._gateway.serve)
        return application

    def _routes(self) -> list[tuple[str, str, Callable[[web.Request], Awaitable[web.StreamResponse]]]]:
        channel, message = "/channels/{channel}", "/channels/{channel}/messages/{message}"
        original = "/webhooks/{application}/{token}/messages/@original"
        return [
            ("GET", "/users/@me", self._me),
            ("GET", "/users/{user}", self._user),
            ("POST", "/users/@me/channels", self._open_private),
            ("GET", "/oauth2/applications/@me", self._about),
            ("PUT", "/applications/{application}/commands", self._put_commands),
            ("GET", "/applications/{application}/commands", self._get_commands),
            ("GET", "/guilds/{guild}", self._guild),
            ("GET", "/guilds/{guild}/members/{member}", self._member),
            ("GET", channel, self._get_channel),
            ("PATCH", channel, self._change_channel),
            ("GET", f"{channel}/messages", self._history),
            ("POST", f"{channel}/messages", self._post),
            ("GET", message, self._get_message),
            ("POST", f"{message}/crosspost", self._crosspost),
            ("POST", f"{message}/threads", self._open_thread),
            ("POST", "/interactions/{interaction}/{token}/callback", self._callback),
            ("POST", "/webhooks/{application}/{token}", self._follow_up),
            ("GET", original, self._get_original),
            ("PATCH", original, self._edit_original),
            ("DELETE", original, self._delete_original),
        ]

    # ------------------------------------------------------------------------------------------------ every exchange
    @web.middleware
    async def _exchange(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if not request.path.startswith(API):
            return await handler(request)
        path = request.path.removeprefix(API)
        request["body"] = await _body(request)
        number = self._record.asked(request.method, path, request["body"], self._world.now())
        self._judge(request.method, path, request["body"])
        answer = await self._answer(request, path, handler)
        self._record.answered(number, answer.status)
        if self._description:
            for rule in self._description.answer(request.method, path, answer.status, _parsed(answer)):
                self._record.broke(f"answer to {request.method} {path}", rule, self._world.now())
        return answer

    def _judge(self, method: str, path: str, body: object) -> None:
        if self._description:
            for rule in self._description.request(method, path, body):
                self._record.broke(f"{method} {path}", rule, self._world.now())

    async def _answer(self, request: web.Request, path: str, handler: Any) -> web.Response:
        by_token = path.startswith(("/interactions/", "/webhooks/"))
        if not by_token and request.headers.get("Authorization") != f"Bot {self._token}":
            return refusal(401, 0, "401: Unauthorized")
        fault = self._faults.met_by(f"{request.method} {path}")
        if fault:
            self._record.fault(fault.label, f"{request.method} {path}", self._world.now())
        if fault and not fault.kind.endswith("after") and (answer := await self._before(fault, request)):
            return answer
        try:
            answer = await handler(request)
        except RefusedError as refused:
            answer = refusal(refused.status, refused.code, refused.message)
        if fault and fault.kind.endswith("after"):
            return await self._after(fault, request) or answer
        return answer

    async def _before(self, fault: Fault, request: web.Request) -> web.Response | None:
        if fault.kind.endswith("limit"):
            return limited(fault.seconds, everywhere="global" in fault.kind, labelled="un" not in fault.kind)
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return None
        return await self._after(fault, request)

    async def _after(self, fault: Fault, request: web.Request) -> web.Response | None:
        if fault.kind.startswith("refuse"):
            return refusal(fault.status, fault.code, WORDS.get(fault.code, "Trouble"))
        if fault.kind.startswith("cut"):
            assert request.transport
            request.transport.abort()
            return refusal(500, 0, "never read")
        self.held += 1
        try:
            await asyncio.sleep(3600)
        finally:
            self.held -= 1
        return None

    # ------------------------------------------------------------------------------------------------- who and where
    async def _me(self, _request: web.Request) -> web.Response:
        return said(ME)

    async def _user(self, request: web.Request) -> web.Response:
        return said(user_payload(int(request.match_info["user"]), "owner"))

    async def _open_private(self, request: web.Request) -> web.Response:
        channel = self._world.channel(int(request["body"]["recipient_id"]))
        if channel is None:
            raise RefusedError(403, 50007, "Cannot send messages to this user")
        return said(self._world.channel_payload(channel))

    async def _about(self, _request: web.Request) -> web.Response:
        return said(ABOUT)

    async def _put_commands(self, request: web.Request) -> web.Response:
        self.commands = [_command(number, each) for number, each in enumerate(request["body"], 1)]
        return said(self.commands)

    async def _get_commands(self, _request: web.Request) -> web.Response:
        return said(self.commands)

    async def _guild(self, request: web.Request) -> web.Response:
        guild = self._world.guilds.get(int(request.match_info["guild"]))
        if guild is None:
            raise RefusedError(404, 10004, "Unknown Guild")
        return said(self._world.guild_payload(guild))

    async def _member(self, request: web.Request) -> web.Response:
        if int(request.match_info["member"]) != APPLICATION:
            raise RefusedError(404, 10007, "Unknown Member")
        return said(member_payload())

    def _channel(self, request: web.Request, permission: int = VIEW) -> Channel:
        channel = self._world.channel(int(request.match_info["channel"]))
        if channel is None:
            raise UNKNOWN_CHANNEL
        if not self._world.may(channel, VIEW):
            raise NO_ACCESS
        if not self._world.may(channel, permission):
            raise NO_PERMISSION
        return channel

    async def _get_channel(self, request: web.Request) -> web.Response:
        return said(self._world.channel_payload(self._channel(request)))

    async def _change_channel(self, request: web.Request) -> web.Response:
        channel = self._channel(request)
        channel.archived = request["body"].get("archived", channel.archived)
        await self._gateway.dispatch("THREAD_UPDATE", self._world.channel_payload(channel))
        return said(self._world.channel_payload(channel))

    # ------------------------------------------------------------------------------------------------------ messages
    async def _history(self, request: web.Request) -> web.Response:
        channel, query = self._channel(request), request.query
        if not self._world.may(channel, HISTORY):  # Discord shows nothing, and says nothing
            return said([])
        after, before, limit = int(query.get("after", 0)), int(query.get("before", 2**63)), int(query.get("limit", 50))
        found = [each for each in self._record.messages(channel.id, after=after) if int(each["id"]) < before]
        return said(list(reversed(found[:limit] if "after" in query else found[-limit:])))

    def _message(self, request: web.Request) -> Payload:
        self._channel(request)
        found = self._record.message(int(request.match_info["message"]))
        if found is None:
            raise UNKNOWN_MESSAGE
        return found

    async def _get_message(self, request: web.Request) -> web.Response:
        return said(self._message(request))

    async def _post(self, request: web.Request) -> web.Response:
        channel, body = self._channel(request, SEND), request["body"]
        if channel.archived:
            raise RefusedError(400, 50083, "Thread is archived")
        earlier = self._repeated(body)
        if earlier:
            return said(earlier)
        headers = self._counted(channel.id)
        if headers is None:
            return limited(self._wait(channel.id))
        message = await self._stored(channel, body)
        return said(message, headers=headers)

    def _repeated(self, body: Payload) -> Payload | None:
        """The message that this nonce gave lately; with ``enforce_nonce`` it is not stored again."""
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        return self._record.with_nonce(str(body["nonce"]), self._world.now() - self.nonce_seconds)

    async def _stored(self, channel: Channel, body: Payload) -> Payload:
        new = self._world.snowflake(self._record.last_id())
        message = self._world.message_payload(channel.id, body, message_id=new)
        nonce = body.get("nonce")
        self._record.add(message, nonce=None if nonce is None else str(nonce), at=self._world.now())
        if channel.guild_id:  # what is private is not told to whom does not want to hear it
            await self._gateway.dispatch("MESSAGE_CREATE", {**message, "guild_id": str(channel.guild_id)})
        return message

    def _counted(self, channel_id: int) -> dict[str, str] | None:
        """Count a post against the channel's limit, and say how it stands; None: there were too many."""
        if self.limit is None:
            return {}
        most, seconds = self.limit
        posted, now = self._posted[channel_id], self._world.now()
        while posted and posted[0] <= now - seconds:
            posted.popleft()
        if len(posted) >= most:
            return None
        posted.append(now)
        left = {"X-RateLimit-Limit": str(most), "X-RateLimit-Remaining": str(most - len(posted))}
        reset = {"X-RateLimit-Reset-After": f"{self._wait(channel_id):.3f}", "X-RateLimit-Bucket": f"{channel_id:x}"}
        return left | reset

    def _wait(self, channel_id: int) -> float:
        assert self.limit
        return max(0.0, self._posted[channel_id][0] + self.limit[1] - self._world.now())

    async def _crosspost(self, request: web.Request) -> web.Response:
        message, channel = self._message(request), self._channel(request)
        if channel.kind != NEWS:
            raise RefusedError(400, 50024, "Cannot execute action on this channel type")
        if message["flags"] & CROSSPOSTED:
            raise RefusedError(400, 40033, "This message has already been crossposted")
        message["flags"] |= CROSSPOSTED
        self._record.change(message)
        return said(message)

    async def _open_thread(self, request: web.Request) -> web.Response:
        message, channel = self._message(request), self._channel(request)
        if self._world.channel(int(message["id"])):
            raise RefusedError(400, 160004, "A thread has already been created for this message")
        parent = self._world.guilds[channel.guild_id]
        name = request["body"]["name"]
        thread = Channel(int(message["id"]), channel.guild_id, THREAD, channel.denied, parent_id=channel.id, name=name)
        parent.channels[thread.id] = thread
        await self._gateway.dispatch("THREAD_CREATE", self._world.channel_payload(thread))
        return said(self._world.channel_payload(thread), status=201)

    # -------------------------------------------------------------------------------------------------- interactions
    def _interaction(self, request: web.Request) -> Payload:
        found = self.interactions.get(request.match_info["token"])
        if found is None:
            raise RefusedError(404, 10062, "Unknown interaction")
        return found

    async def _callback(self, request: web.Request) -> web.Response:
        found, body = self._interaction(request), request["body"]
        if found["callback"] is not None:
            raise RefusedError(400, 40060, "Interaction has already been acknowledged")
        found["callback"] = body
        told: Payload = {"interaction": {"id": found["id"], "type": found["type"]}}
        if body["type"] in (4, 5, 7):
            message = self._reply(found, body.get("data") or {})
            if body["type"] == 5:
                message["flags"] |= LOADING
            told["interaction"] |= {"response_message_id": message["id"], "response_message_loading": body["type"] == 5}
            told["interaction"]["response_message_ephemeral"] = bool(message["flags"] & EPHEMERAL)
            told["resource"] = {"type": 7 if body["type"] == 7 else 4, "message": message}
        return said(told)

    def _reply(self, found: Payload, body: Payload) -> Payload:
        new = self._world.snowflake()
        message = self._world.message_payload(int(found["channel_id"]), body, message_id=new)
        message |= {"webhook_id": str(APPLICATION), "application_id": str(APPLICATION)}
        found["replies"].append(message)
        return message

    async def _follow_up(self, request: web.Request) -> web.Response:
        return said(self._reply(self._interaction(request), request["body"]))

    async def _get_original(self, request: web.Request) -> web.Response:
        return said(self._original(request))

    async def _edit_original(self, request: web.Request) -> web.Response:
        original, found = self._original(request), self._interaction(request)
        edited = self._world.message_payload(int(found["channel_id"]), request["body"], message_id=int(original["id"]))
        found["replies"][0] = {**original, **edited, "flags": edited["flags"] | original["flags"] & EPHEMERAL}
        return said(found["replies"][0])

    async def _delete_original(self, request: web.Request) -> web.Response:
        self._original(request)
        self._interaction(request)["replies"].pop(0)
        return web.Response(status=204)

    def _original(self, request: web.Request) -> Payload:
        found = self._interaction(request)
        if not found["replies"]:
            raise UNKNOWN_MESSAGE
        return found["replies"][0]


# -------------------------------------------------------------------------------------------------------------- answers
def said(value: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer exactly as discord.py wants it: application/json without a charset."""
    body = json.dumps(value).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **(headers or {})})


def refusal(status: int, code: int, message: str) -> web.Response:
    return said({"code": code, "message": message}, status=status)


def limited(seconds: float, *, everywhere: bool = False, labelled: bool = True) -> web.Response:
    """429; discord.py believes only one that says through which proxy it came."""
    scope = {"X-RateLimit-Scope": "global" if everywhere else "user", "Retry-After": str(seconds)}
    headers = {
        **scope,
        **({"Via": "1.1 loopback"} if labelled else {}),
        **({"X-RateLimit-Global": "true"} if everywhere else {}),
    }
    told = {"code": 0, "message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    return said(told, status=429, headers=headers)


async def _body(request: web.Request) -> Any:
    """What was sent: JSON, or the JSON part of a form with files."""
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        return json.loads(str(form.get("payload_json", "null")))
    text = await request.text()
    return json.loads(text) if text else None


def _parsed(answer: web.Response) -> Any:
    return json.loads(answer.body) if isinstance(answer.body, bytes) else None


def _command(number: int, sent: Payload) -> Payload:
    known = {"id": str(number), "application_id": str(APPLICATION), "version": "1", "description": "", "type": 1}
    told = {"default_member_permissions": None, "nsfw": False, "name_localizations": None}
    kept = {key: value for key, value in sent.items() if value is not None}
    if "default_member_permissions" in kept:
        kept["default_member_permissions"] = str(kept["default_member_permissions"])
    return {**known, **told, "description_localizations": None, "dm_permission": True, **kept}
