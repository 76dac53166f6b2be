"""The servers, channels and people of this Discord, and how its interface tells of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

APPLICATION, GUILD, CHANNEL, OTHER_CHANNEL, READER, OWNER = 1000, 2000, 3000, 3001, 4000, 5000
EPOCH = 1420070400000  # of Discord's snowflakes, in milliseconds
ADMINISTRATOR, VIEW, SEND, HISTORY = 1 << 3, 1 << 10, 1 << 11, 1 << 16
TEXT, PRIVATE, NEWS, THREAD = 0, 1, 5, 11
Payload = dict[str, Any]


@dataclass
class Channel:
    """A channel of a server; what is denied there is denied to everyone."""

    id: int
    guild_id: int
    kind: int = TEXT
    denied: int = 0
    parent_id: int | None = None
    name: str = ""
    archived: bool = False


@dataclass
class Guild:
    """A server in which the bot has what everyone has."""

    id: int
    permissions: int = ADMINISTRATOR
    channels: dict[int, Channel] = field(default_factory=dict)


class World:
    """All servers. ``ahead`` is how many seconds this Discord's clock is before the machine's."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.guilds: dict[int, Guild] = {}
        self.private = {OWNER: Channel(OWNER, 0, PRIVATE)}  # with the application's owner, under the same number
        self._last_id = 0
        self.build({GUILD: [CHANNEL, OTHER_CHANNEL]})

    def build(self, wanted: dict[int, list[int]]) -> None:
        """Have these servers with these text channels, and no others."""
        self.guilds = {guild: Guild(guild, channels=_channels(guild, channels)) for guild, channels in wanted.items()}

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.ahead

    def snowflake(self, after: int = 0) -> int:
        """A new id; later ones are larger."""
        by_time = (int(self.now() * 1000) - EPOCH) << 22
        self._last_id = max(by_time, self._last_id + 1, after + 1)
        return self._last_id

    def channel(self, channel_id: int) -> Channel | None:
        found = (guild.channels.get(channel_id) for guild in self.guilds.values())
        return next(filter(None, found), self.private.get(channel_id))

    def may(self, channel: Channel, permission: int) -> bool:
        """Whether the bot may do something in a channel."""
        if channel.kind == PRIVATE:
            return True
        granted = self.guilds[channel.guild_id].permissions
        return bool(granted & ADMINISTRATOR) or bool(granted & ~channel.denied & permission)

    # ------------------------------------------------------------------------------------------------------ payloads
    def guild_payload(self, guild: Guild, *, whole: bool = False) -> Payload:
        """A server; ``whole`` as the gateway tells of it when a client comes."""
        own = {**_GUILD, "id": str(guild.id), "name": "Readers", "roles": [role_payload(guild)]}
        if not whole:
            return own
        threads = [self.channel_payload(each) for each in guild.channels.values() if each.kind == THREAD]
        channels = [self.channel_payload(each) for each in guild.channels.values() if each.kind != THREAD]
        voices = {"voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": []}
        members = {"members": [member_payload()], "member_count": 1, "joined_at": _JOINED, "large": False}
        return {**own, **voices, **members, "channels": channels, "threads": threads, "unavailable": False}

    def channel_payload(self, channel: Channel) -> Payload:
        if channel.kind == PRIVATE:
            people = [user_payload(channel.id, "owner")]
            return {"id": str(channel.id), "type": PRIVATE, "flags": 0, "last_message_id": None, "recipients": people}
        place = {"id": str(channel.id), "guild_id": str(channel.guild_id), "type": channel.kind, "flags": 0}
        last = {"last_message_id": None, "name": channel.name, "rate_limit_per_user": 0}
        if channel.kind == THREAD:
            state = {"archived": channel.archived, "auto_archive_duration": 1440, "locked": False}
            state |= {"archive_timestamp": iso(self.now()), "create_timestamp": iso(self.now())}
            counts = {"message_count": 0, "member_count": 1, "total_message_sent": 0, "owner_id": str(APPLICATION)}
            return {**place, **last, **counts, "parent_id": str(channel.parent_id), "thread_metadata": state}
        overwrites = [{"id": str(channel.guild_id), "type": 0, "allow": "0", "deny": str(channel.denied)}]
        return {**place, **last, "position": 0, "parent_id": None, "nsfw": False, "topic": None} | {
            "permission_overwrites": overwrites if channel.denied else []
        }

    def message_payload(self, channel_id: int, body: Payload, *, message_id: int) -> Payload:
        """A message of the bot, from what it sent."""
        lists = {key: [] for key in ("mentions", "mention_roles", "attachments")}
        flags = {"tts": False, "mention_everyone": False, "pinned": False, "flags": body.get("flags") or 0}
        nonce = {} if body.get("nonce") is None else {"nonce": str(body["nonce"])}
        times = {"timestamp": iso(self.now()), "edited_timestamp": None}
        head = {"id": str(message_id), "type": 0, "channel_id": str(channel_id), "author": BOT}
        components = _answered(body.get("components") or [], [0])
        content = {"content": body.get("content") or "", "embeds": body.get("embeds") or [], "components": components}
        return {**head, **content, **lists, **flags, **times, **nonce}


def user_payload(user_id: int, name: str, *, bot: bool = False) -> Payload:
    face = {"avatar": None, "discriminator": "0", "public_flags": 0, "flags": 0, "global_name": None}
    return {"id": str(user_id), "username": name, **face, "primary_guild": None, **({"bot": True} if bot else {})}


BOT = user_payload(APPLICATION, "Debrief", bot=True)
THE_OWNER = user_payload(OWNER, "owner")
ME = {**BOT, "mfa_enabled": False, "locale": "en-US"}
_JOINED = "2025-01-01T00:00:00+00:00"
_LISTS = ("emojis", "stickers", "features")
_LEVELS = ("verification_level", "default_message_notifications", "explicit_content_filter", "mfa_level", "nsfw_level")
_NOTHING = (
    *(
        "icon",
        "description",
        "home_header",
        "splash",
        "discovery_splash",
        "banner",
        "application_id",
        "vanity_url_code",
    ),
    *("system_channel_id", "afk_channel_id", "widget_channel_id", "rules_channel_id", "public_updates_channel_id"),
    *("safety_alerts_channel_id", "max_presences", "hub_type", "owner_configured_content_level"),
)
_NUMBERS = {"premium_tier": 0, "premium_subscription_count": 0, "system_channel_flags": 0, "afk_timeout": 60}
_GUILD: Payload = {
    **{key: [] for key in _LISTS},
    **dict.fromkeys(_LEVELS, 0),
    **dict.fromkeys(_NOTHING),
    **_NUMBERS,
    "max_members": 500_000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "owner_id": "1",
    "region": "deprecated",
    "preferred_locale": "en-US",
    "nsfw": False,
    "widget_enabled": False,
    "premium_progress_bar_enabled": False,
    "incidents_data": None,
}
ABOUT: Payload = {
    "id": str(APPLICATION),
    "name": "Debrief",
    "description": "",
    "icon": None,
    "type": None,
    "bot": BOT,
    "bot_public": False,
    "bot_require_code_grant": False,
    "owner": THE_OWNER,
    "verify_key": "0" * 64,
    "flags": 0,
    "flags_new": "0",
    "max_participants": None,
    "tags": [],
    "redirect_uris": [],
    "interactions_endpoint_url": None,
    "role_connections_verification_url": None,
    "approximate_guild_count": 1,
    "approximate_user_install_count": 0,
    "approximate_user_authorization_count": 0,
    "explicit_content_filter": 0,
    "team": None,
    "integration_types_config": {},
    "event_webhooks_url": None,
    "event_webhooks_types": [],
    "event_webhooks_status": 1,
    "eligible_oauth2_scopes": [],
}


def role_payload(guild: Guild) -> Payload:
    """The role of everyone."""
    looks = {"color": 0, "hoist": False, "position": 0, "managed": False, "mentionable": False, "flags": 0}
    colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    words = {"description": None, "icon": None, "unicode_emoji": None, "colors": colours}
    return {"id": str(guild.id), "name": "@everyone", "permissions": str(guild.permissions), **looks, **words}


def member_payload(user: Payload = BOT) -> Payload:
    nothing = ("avatar", "banner", "communication_disabled_until", "nick", "premium_since", "avatar_decoration_data")
    state = {"deaf": False, "mute": False, "pending": False, "flags": 0, "joined_at": _JOINED}
    return {"user": user, "roles": [], **dict.fromkeys(nothing), **state}


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


def _channels(guild: int, channels: list[int]) -> dict[int, Channel]:
    return {each: Channel(each, guild, name=f"news-{each}") for each in channels}


def _answered(components: list[Payload], last: list[int]) -> list[Payload]:
    """Components as Discord tells of them: each with a number, and an address with what became of its picture."""
    found = []
    for component in components:
        last[0] += 1
        told = {key: value for key, value in component.items() if value is not None}
        told.setdefault("id", last[0])
        if "components" in told:
            told["components"] = _answered(told["components"], last)
        if "accessory" in told:
            [told["accessory"]] = _answered([told["accessory"]], last)
        if "items" in told:
            told["items"] = [_pictured(each) for each in told["items"]]
        found.append(_pictured(told))
    return found


def _pictured(told: Payload) -> Payload:
    """What shows a picture, with what Discord says of one that it took."""
    if "media" not in told:
        return told
    url = told["media"]["url"]
    media = {"id": "1", "url": url, "proxy_url": url, "width": 640, "height": 480, "content_type": "image/jpeg"}
    return {**told, "media": media, "description": told.get("description"), "spoiler": told.get("spoiler", False)}
