"""What Discord would not take, and what a person would be left with: checked of everything the bot sends in a simulated world.

The simulated Discord refuses most of what the real one refuses, but a refusal may be caught on its way; here each request is
looked at again, and a test in whose world one breaks a rule fails with the rule's name.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from simcord.components import COMPONENTS_V2_FLAG, ComponentValidationError, validate_message_state, validate_modal
from simcord.enums import CallbackType, InteractionType

from bot.client import Debrief

if TYPE_CHECKING:
    from collections.abc import Iterator

    import simcord

CHOICES = 25  # of an autocompletion
CHOICE_LENGTH = 100  # characters of a choice's name, and of its value
ATTACHMENT_DESCRIPTION = 1024
COMMANDS = 100  # global ones
COMMAND_LENGTH = 8_000  # characters of names, descriptions and values of a command with all its subcommands
CURRENT: ContextVar[Any] = ContextVar("interaction", default=None)


class Referee:
    """Watches one simulated Discord; ``broken`` tells which rules were broken there."""

    def __init__(self, env: simcord.Env) -> None:
        self._env = env
        self._early: list[tuple[Any, str]] = []
        env._register_dispatch_observer(CURRENT.set)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note who works before the person has been answered."""
        run, to_thread = Debrief._run, asyncio.to_thread

        async def watched_run(client, work, *args, **options):
            self._works(work)
            return await run(client, work, *args, **options)

        async def watched_to_thread(work, *args, **options):
            self._works(work)
            return await to_thread(work, *args, **options)

        Debrief._run, asyncio.to_thread = watched_run, watched_to_thread
        try:
            yield
        finally:
            Debrief._run, asyncio.to_thread = run, to_thread

    def _works(self, work: object) -> None:
        interaction = CURRENT.get()
        if interaction is not None and not interaction.responded:
            self._early.append((interaction, getattr(work, "__qualname__", repr(work))))

    def broken(self) -> list[str]:
        """Return every rule that was broken, in the order of the requests; what was never answered last."""
        requests = [rule for entry in self._env.http_requests for rule in _of_request(entry)]
        return [*requests, *self._waited(), *self._unanswered()]

    def _waited(self) -> Iterator[str]:
        """What was done too early; only a form and an autocompletion are their own acknowledgement."""
        for interaction, work in self._early:
            if interaction.response_kind not in {"modal", "autocomplete"}:
                yield f"{_named(interaction)}: {work} ran before the interaction was acknowledged"

    def _unanswered(self) -> Iterator[str]:
        for interaction in self._env.backend.interactions.values():
            if not interaction.responded:
                yield f"{_named(interaction)}: never acknowledged"
            elif interaction.loading:
                yield f"{_named(interaction)}: left with “thinking…”"


def _named(interaction: Any) -> str:
    kind = InteractionType(interaction.type).name.lower()
    return f"{kind} {interaction.command_name or interaction.id}"


# ----------------------------------------------------------------------------------------------------------- one request
def _of_request(entry: Any) -> Iterator[str]:
    where = f"{entry.method} {entry.path}"
    for rule in _rules(entry):
        yield f"{where}: {rule}"


def _rules(entry: Any) -> Iterator[str]:
    body = entry.json
    if entry.path.endswith("/commands"):
        yield from _of_commands(body or ())
    elif entry.path.endswith("/callback"):
        yield from _of_callback(body["type"], body.get("data") or {})
    elif isinstance(body, dict) and _is_message(entry):
        yield from _of_message(body)


def _is_message(entry: Any) -> bool:
    """Whether a request posts or edits a message: into a channel, or through an interaction's webhook."""
    return entry.method in {"POST", "PATCH"} and (
        "/messages" in entry.path.removesuffix("/crosspost") or entry.path.startswith("/webhooks/")
    )


def _of_callback(kind: int, data: dict[str, Any]) -> Iterator[str]:
    if kind == CallbackType.APPLICATION_COMMAND_AUTOCOMPLETE_RESULT:
        yield from _of_choices(data.get("choices") or [])
    elif kind == CallbackType.MODAL:
        yield from _refused(lambda: validate_modal(data))
    elif kind in {CallbackType.CHANNEL_MESSAGE_WITH_SOURCE, CallbackType.UPDATE_MESSAGE}:
        yield from _of_message(data)


def _of_choices(choices: list[dict[str, Any]]) -> Iterator[str]:
    if len(choices) > CHOICES:
        yield f"{len(choices)} choices, more than {CHOICES}"
    for choice in choices:
        for what in ("name", "value"):
            if not 1 <= len(str(choice[what])) <= CHOICE_LENGTH:
                yield f"a choice's {what} is not of 1 to {CHOICE_LENGTH} characters: {choice[what]!r}"


def _of_message(body: dict[str, Any]) -> Iterator[str]:
    if body.get("components"):
        yield from _refused(
            lambda: validate_message_state(body["components"], flags=COMPONENTS_V2_FLAG, content=None, embeds=[])
        )
    if body.get("components") or body.get("content"):
        yield from _mentions(body.get("allowed_mentions"))
    for attachment in body.get("attachments") or ():
        if len(attachment.get("description") or "") > ATTACHMENT_DESCRIPTION:
            yield f"the description of {attachment.get('filename')} is longer than {ATTACHMENT_DESCRIPTION} characters"


def _mentions(allowed: dict[str, Any] | None) -> Iterator[str]:
    """Nobody is to be pinged, whatever stands in the message."""
    if allowed is None or allowed.get("parse") != []:
        yield f"mentions are allowed: {allowed}"
    elif allowed.get("users") or allowed.get("roles") or allowed.get("replied_user"):
        yield f"somebody may be mentioned: {allowed}"


def _refused(check: Any) -> Iterator[str]:
    try:
        check()
    except ComponentValidationError as error:
        yield str(error)


# -------------------------------------------------------------------------------------------------------------- commands
def _of_commands(commands: list[dict[str, Any]]) -> Iterator[str]:
    if len(commands) > COMMANDS:
        yield f"{len(commands)} commands, more than {COMMANDS}"
    for command in commands:
        if (length := _length(command)) > COMMAND_LENGTH:
            yield f"/{command['name']} is of {length} characters with all its options, more than {COMMAND_LENGTH}"


def _length(node: dict[str, Any]) -> int:
    """Characters of names, descriptions and values, as Discord counts them."""
    own = len(node.get("name", "")) + len(node.get("description", "")) + len(str(node.get("value", "")))
    return own + sum(_length(each) for key in ("options", "choices") for each in node.get(key) or ())
