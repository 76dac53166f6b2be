"""Every way into the bot, found by looking at what is registered; and hands that use them, also as no client would.

A way in has a name: ``/schedule add`` for a command, ``/schedule add timezone:`` for an option that is completed, ``menu Ask
about this``, ``story:{id}:{index}:more`` for a button or a menu (what its id holds beside words stands in braces), and
``form ask:answer:{id}`` for a form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from re import _parser  # what a pattern is made of
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from simcord import actors, interactions
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.components import COMPONENTS_V2_FLAG, walk_components
from simcord.enums import AppCommandType, InteractionType, OptionType

from bot.delivery.posting import Posting
from bot.rendering import panel
from bot.rendering.pages import WARNING
from briefs.preferences import Chosen, Preferences

if TYPE_CHECKING:
    from collections.abc import Iterator

BUTTON, MENU = discord.ComponentType.button, discord.ComponentType.select


# ------------------------------------------------------------------------------------------------------------- all of them
def commands(client) -> Iterator[app_commands.Command]:
    """Yield every command that can be run, subcommands by themselves."""
    return (each for each in client.tree.walk_commands() if isinstance(each, app_commands.Command))


def all_of(client) -> set[str]:
    """Return the names of all ways into a bot."""
    typed = {
        name
        for command in commands(client)
        for name in (
            f"/{command.qualified_name}",
            *(f"/{command.qualified_name} {each.display_name}:" for each in command.parameters if each.autocomplete),
        )
    }
    kinds = (discord.AppCommandType.message, discord.AppCommandType.user)
    menus = {f"menu {each.name}" for kind in kinds for each in client.tree.get_commands(type=kind)}
    pressed = {
        name
        for item in client._connection._view_store._dynamic_items.values()
        for name in spelled(item.__discord_ui_compiled_template__)
    }
    forms = {f"form {name}" for kind in client.forms for name in spelled(kind.ids)}
    return typed | menus | forms | (pressed - set(spelled(panel.PANEL))) | _controls()


def _controls() -> set[str]:
    """The controls of the settings' panel, whose ids one loose pattern matches; a switch can be turned on and off."""
    shown = panel.Panel(1, Preferences(), Posting(), Chosen(settings={"stories": "3"}), Chosen(), None)
    ids = (getattr(each, "custom_id", None) for each in panel.panel_message(shown).walk_children())
    names = [each.replace("settings:1:", "settings:{channel}:") for each in ids if each]
    return {re.sub(":(on|off):", f":{turned}:", name) for name in names for turned in ("on", "off")}


def spelled(pattern: re.Pattern) -> list[str]:
    """Return what a pattern matches, each choice of words by itself and the rest as the groups' names."""
    names = {number: name for name, number in pattern.groupindex.items()}
    return ["".join(parts) for parts in _spelled(_parser.parse(pattern.pattern), names)]


def _spelled(parsed, names):
    return [sum(each, ()) for each in product(*(_choices(str(kind), value, names) for kind, value in parsed))]


def _choices(kind, value, names):
    """The ways to spell one part of a pattern, each as a tuple of pieces."""
    if kind == "LITERAL":
        return [(chr(value),)]
    if kind == "IN":  # only ever the letters in which words of one length differ
        return [(chr(each),) for _, each in value]
    if kind == "BRANCH":
        return [way for branch in value[1] for way in _spelled(branch, names)]
    if kind == "MAX_REPEAT" and value[0] == 0:  # what may be missing
        return [(), *_spelled(value[2], names)]
    if kind == "MAX_REPEAT":
        return [("{number}",)]
    assert kind == "SUBPATTERN", f"{kind} is new in a pattern: spell it here, too"
    number, inner = value[0], value[3]
    if len(inner) == 1 and str(inner[0][0]) == "MAX_REPEAT":
        return [(f"{{{names[number]}}}",)]
    return _spelled(inner, names)


# ------------------------------------------------------------------------------------------------------------------ hands
@dataclass(frozen=True)
class Answered:
    """What came of one interaction."""

    record: object
    requests: tuple

    @property
    def payloads(self) -> list[dict]:
        """What was shown: messages, edits, a form, choices; a mere "thinking…" is none of it."""
        bodies = [each.json for each in self.requests if isinstance(each.json, dict)]
        return [found for body in bodies if (found := body.get("data", body) if "type" in body else body)]

    @property
    def is_shown(self) -> bool:
        """Whether the person sees anything for it."""
        kinds = ("components", "choices", "title")
        return any(key in payload for payload in self.payloads for key in kinds)

    @property
    def texts(self) -> list[str]:
        """All the texts that were shown, Markdown included."""
        return [
            each["content"]
            for payload in self.payloads
            for each in walk_components(payload.get("components") or [])
            if each.get("type") == discord.ComponentType.text_display.value
        ]

    @property
    def text(self) -> str:
        """All the texts in one."""
        return "\n".join(self.texts)

    @property
    def is_warning(self) -> bool:
        """Whether it is shown as what went wrong."""
        shown = (each for payload in self.payloads for each in payload.get("components") or [])
        return any(each.get("accent_color") == WARNING for each in shown)

    @property
    def form(self) -> dict | None:
        """The form that was opened."""
        return next((each for each in self.payloads if "title" in each), None)

    @property
    def choices(self) -> list[dict] | None:
        """What was offered while typing."""
        return next((each["choices"] or [] for each in self.payloads if "choices" in each), None)


class Hand:
    """One person in one channel. What a client, or Discord itself, would refuse reaches the bot all the same."""

    def __init__(self, world, actor, channel):
        self.world, self.actor, self.channel = world, actor, channel
        self.backend = world.env.backend

    def may(self, command: str) -> bool:
        """Whether Discord offers the person a command."""
        return command in self.actor.available_commands(self.channel)

    async def run(self, command: str, *, meanwhile=None, **options) -> Answered:
        """Run a slash command; a channel is given as a handle, a file as its name and bytes.

        ``meanwhile`` is what happens once the person has chosen and before the bot hears of it.
        """
        data, spec, path = self._command(command)
        sent, resolved = self._options(spec, options)
        data["options"] = interactions.nest_options(self._root(command), path, sent)
        if resolved:
            data["resolved"] = resolved
        if meanwhile:
            meanwhile()
        return await self._sent(InteractionType.APPLICATION_COMMAND, data)

    async def type(self, command: str, option: str, text: object, **filled) -> Answered:
        """Type into an option that is completed."""
        data, spec, path = self._command(command)
        declared = next(each for each in spec["options"] if each["name"] == option)
        sent, _ = self._options(spec, filled)
        focused = {"name": option, "type": declared["type"], "value": text, "focused": True}
        data["options"] = interactions.nest_options(self._root(command), path, [*sent, focused])
        return await self._sent(InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE, data)

    async def point(self, name: str, message) -> Answered:
        """Use a command of a message's menu."""
        root = self.backend.find_command(name, self.actor.guild.id, type=AppCommandType.MESSAGE)
        stored = self.backend.get_message(self.channel.id, message.id)
        data = {
            "id": root["id"],
            "name": name,
            "type": AppCommandType.MESSAGE,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): dict(serializers.message_payload(self.backend, stored))}},
        }
        return await self._sent(InteractionType.APPLICATION_COMMAND, data)

    async def press(self, custom_id: str, values=None, *, message=None) -> Answered:
        """Press a button or choose in a menu; where it stands in no message, in one that is put there for it."""
        kind = self._kind(message, custom_id) if message else None
        if kind is None:
            message = self.put(custom_id, values, beside=message)
            kind = self._kind(message, custom_id)
        data = {"custom_id": custom_id, "component_type": kind}
        if values is not None:
            data["values"] = [str(getattr(each, "id", each)) for each in values]
            for each in values:
                if isinstance(each, ChannelHandle):
                    resolved = data.setdefault("resolved", {})
                    interactions.resolve_handle(self.actor, each, resolved, channel_id=self.channel.id)
        return await self._sent(InteractionType.MESSAGE_COMPONENT, data, message)

    async def fill_in(self, custom_id: str, text: str, *, field="question", message=None, **boxes) -> Answered:
        """Send a form."""
        fields = [{"type": 18, "component": {"type": 4, "custom_id": field, "value": text}}]
        fields += [{"type": 18, "component": {"type": 23, "custom_id": n, "value": v}} for n, v in boxes.items()]
        return await self._sent(InteractionType.MODAL_SUBMIT, {"custom_id": custom_id, "components": fields}, message)

    def put(self, custom_id: str, values=None, *, beside=None):
        """Put a message of the bot's into the channel that holds one button or menu, with what stands in another."""
        part = {"type": BUTTON.value, "custom_id": custom_id, "label": "Press", "style": 2}
        if values is not None:
            options = [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]
            part = {"type": MENU.value, "custom_id": custom_id, "options": options}
        row = {"type": discord.ComponentType.action_row.value, "components": [part]}
        return self.backend.create_message(
            self.channel.id,
            self.backend.bot_user.id,
            components=[*(beside.components if beside else ()), row],
            flags=COMPONENTS_V2_FLAG,
        )

    def _kind(self, message, custom_id):
        parts = (each for each in walk_components(message.components) if each.get("custom_id") == custom_id)
        return next((each["type"] for each in parts), None)

    def _root(self, command):
        return self.backend.find_command(command.split()[0], self.actor.guild.id)

    def _command(self, command):
        root = self._root(command)
        spec, path = interactions.walk_to_subcommand(root, command.split()[1:])
        return {"id": root["id"], "name": root["name"], "type": AppCommandType.CHAT_INPUT}, spec, path

    def _options(self, spec, options):
        declared, resolved, sent = {each["name"]: each for each in spec.get("options") or []}, {}, []
        for name, value in options.items():
            kind, told = declared[name]["type"], value
            if kind == OptionType.CHANNEL:
                interactions.resolve_handle(self.actor, value, resolved, channel_id=self.channel.id)
                told = str(value.id)
            elif kind == OptionType.ATTACHMENT:
                told = interactions.store_interaction_attachment(self.backend, self.channel.id, *value, resolved)
            sent.append({"name": name, "type": kind, "value": told})
        return sent, resolved

    async def _sent(self, kind, data, message=None) -> Answered:
        extra, source = None, None
        if message is not None:
            source = message.id
            stored = self.backend.get_message(self.channel.id, message.id)
            extra = {"message": dict(serializers.message_payload(self.backend, stored))}
        before = len(self.world.env.http_requests)
        result = await actors._dispatch_actor_interaction(
            self.actor, kind, self.channel, data, extra=extra, source_message_id=source
        )
        record = result._interaction
        mine = [each for each in self.world.env.http_requests[before:] if record.token in each.path]
        return Answered(record, tuple(mine))
