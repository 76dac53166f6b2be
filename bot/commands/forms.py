"""Forms: what a person typed is answered by the form's id alone, so that a form works after a restart, too.

A form's id is ``ask`` with what the question is about: ``ask:answer:17``, ``ask:story:12:0`` (the first story of briefing
12), ``ask:briefing:12``; those of other modules begin with their prefix. The library keeps nothing of a form once it is
shown; ``submitted`` takes in all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.commands import failures, replies

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping

    from bot.client import Debrief

QUESTION, PRIVATE, TYPED = "question", "private", "typed"  # the fields' ids
TITLE_LIMIT = 45
ASKED = re.compile(r"ask(?::(?P<context>answer:\d{1,18}|briefing:\d{1,18}|story:\d{1,18}:\d{1,4}))?")
EXAMPLE = "Who met whom? When is the next launch?"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of form: how its ids look, and what takes it in, with the match of its id and what was filled in, by field."""

    ids: re.Pattern[str]
    take: Callable[[discord.Interaction[Debrief], re.Match[str], Mapping[str, Any]], Awaitable[None]]


class Form(discord.ui.Modal):
    """A form without callbacks: the client answers it by its id, before and after a restart."""

    def __init__(self, title: str, custom_id: str) -> None:
        super().__init__(title=title[:TITLE_LIMIT], custom_id=custom_id)
        self.stop()  # a form that is finished is not kept, so that the library does not answer it as well


def question(title: str, context: str = "", *, text: str = "") -> Form:
    """Return a form with one question, to be shown with ``send_modal``.

    ``context`` is what it is about: "answer:17", "briefing:12", "story:12:0" (briefing, item from 0), or nothing.
    ``text`` stands in the field already.
    """
    form = Form(title, f"ask:{context}" if context else "ask")
    field: discord.ui.TextInput[Form] = discord.ui.TextInput(
        custom_id=QUESTION,
        placeholder=EXAMPLE,
        default=text[: replies.QUESTION_LIMIT] or None,
        max_length=replies.QUESTION_LIMIT,
    )
    private: discord.ui.Checkbox[Form] = discord.ui.Checkbox(custom_id=PRIVATE)
    form.add_item(discord.ui.Label(text="Your question", component=field))
    form.add_item(discord.ui.Label(text="Only I see the answer", component=private))
    return form


def typed(title: str, custom_id: str, label: str, *, example: str, limit: int) -> Form:
    """Return a form with one field, for at most ``limit`` characters; what was typed into it is ``TYPED`` among its fields."""
    form = Form(title, custom_id)
    field: discord.ui.TextInput[Form] = discord.ui.TextInput(custom_id=TYPED, placeholder=example, max_length=limit)
    form.add_item(discord.ui.Label(text=label, component=field))
    return form


async def submitted(interaction: discord.Interaction[Debrief], kinds: Iterable[Kind]) -> bool:
    """Take in a form of one of these kinds; False: it is none of them. What fails is told to the person who sent it."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return False
    data: Mapping[str, Any] = cast("Mapping[str, Any]", interaction.data or {})
    matches = ((kind, kind.ids.fullmatch(str(data.get("custom_id")))) for kind in kinds)
    kind, found = next(((kind, match) for kind, match in matches if match), (None, None))
    if kind is None or found is None:
        return False
    try:
        interaction.client.limits.admit(interaction)
        await kind.take(interaction, found, dict(_fields(data)))
    except Exception as error:  # noqa: BLE001 - the one place where a form's failures end, as the tree's do
        await failures.explain(interaction, error)
    return True


async def _asked(interaction: discord.Interaction[Debrief], found: re.Match[str], fields: Mapping[str, Any]) -> None:
    text, private = str(fields.get(QUESTION) or ""), bool(fields.get(PRIVATE))
    await replies.answer(interaction, text, private=private, context=found["context"] or "")


def _fields(component: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields' ids and what stands in them, however deep they are nested."""
    for inner in (*component.get("components", ()), *filter(None, [component.get("component")])):
        if "value" in inner:
            yield str(inner.get("custom_id")), inner["value"]
        yield from _fields(inner)


KINDS = (Kind(ASKED, _asked),)
