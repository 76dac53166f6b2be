"""Forms: what a person typed is answered by the form's id alone, so that a form works after a restart, too.

A form's id is ``ask`` with what the question is about: ``ask:answer:17``, ``ask:story:12:0`` (the first story of briefing
12), ``ask:briefing:12``. The library keeps nothing of a form once it is shown; ``submitted`` takes in all of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.commands import failures, replies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.client import Debrief

QUESTION, PRIVATE = "question", "private"  # the fields' ids
TITLE_LIMIT = 45
ASKED = re.compile(r"ask(?::(?P<context>answer:\d{1,18}|briefing:\d{1,18}|story:\d{1,18}:\d{1,4}))?")
EXAMPLE = "Who met whom? When is the next launch?"


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


async def submitted(client: Debrief, interaction: discord.Interaction[discord.Client]) -> None:
    """Take in a form of ours; anything else is answered elsewhere."""
    del client
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data: Mapping[str, Any] = cast("Mapping[str, Any]", interaction.data or {})
    found = ASKED.fullmatch(str(data.get("custom_id")))
    if found is None:
        return
    ours = cast("discord.Interaction[Debrief]", interaction)
    try:
        ours.client.limits.admit(ours)
        fields = filled_in(data)
        asked, private = str(fields.get(QUESTION) or ""), bool(fields.get(PRIVATE))
        await replies.answer(ours, asked, private=private, context=found["context"] or "")
    except Exception as error:  # noqa: BLE001 - the one place where a form's failures end, as the tree's do
        await failures.explain(ours, error)


def filled_in(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in the fields of a submitted form, by their ids."""
    return dict(_fields(data))


def _fields(component: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields' ids and what stands in them, however deep they are nested."""
    for inner in (*component.get("components", ()), *filter(None, [component.get("component")])):
        if "value" in inner:
            yield str(inner.get("custom_id")), inner["value"]
        yield from _fields(inner)
