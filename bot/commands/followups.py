"""The buttons under an answer that ask again or show it to all. Their ids carry all they need, so they work after a restart."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, ClassVar

import discord

from bot import asking, rendering
from bot.commands import replies
from bot.commands.buttons import Pressed
from bot.rendering import answers

if TYPE_CHECKING:
    from bot.asking import Told
    from bot.client import Debrief

SHOWN = 256  # messages of which is remembered that they were just shown to all


class AnswerShow(Pressed, template=answers.ANSWER_SHOW):
    """*Show to all* under a private answer: posts it for everyone, once.

    That it was shown stands in the message, which loses the button; what is remembered here only keeps two presses in one
    moment from showing it twice.
    """

    shown: ClassVar[OrderedDict[int, None]] = OrderedDict()  # the messages under which it was pressed

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Post the answer, then take the button away."""
        await interaction.response.defer()
        told = await interaction.client.in_thread(_kept, interaction, self.number("id"))
        under = interaction.message.id if interaction.message else 0
        if under not in self.shown:
            await self._show(interaction, told, under)
        await interaction.edit_original_response(view=_message(told))

    async def _show(self, interaction: discord.Interaction[Debrief], told: Told, under: int) -> None:
        self._remember(under)
        try:
            await interaction.followup.send(view=_message(told, shown_by=interaction.user.id), ephemeral=False)
        except discord.DiscordException:
            self.shown.pop(under, None)
            raise

    def _remember(self, under: int) -> None:
        self.shown[under] = None
        while len(self.shown) > SHOWN:
            self.shown.popitem(last=False)


class AnswerMeant(Pressed, template=answers.ANSWER_MEANT):
    """*Did you mean …?* under an answer that is unknown: asks again with the name."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Ask again, for the eyes that saw the answer."""
        private = bool(interaction.message and interaction.message.flags.ephemeral)
        await replies.acknowledge(interaction, private=private)
        told = await interaction.client.in_thread(_kept, interaction, self.number("id"))
        before = told.answer.question
        asked = f"{before[: self.number('start')]}{self.found['name']}{before[self.number('end') :]}"
        await replies.tell(interaction, asked, private=private)


def _kept(interaction: discord.Interaction[Debrief], answer_id: int) -> Told:
    return asking.kept(interaction.client.newsroom, answer_id, replies.server(interaction))


def _message(told: Told, *, shown_by: int | None = None) -> rendering.Page:
    return rendering.answer_message(told.answer, answer_id=told.id, hints=told.hints, shown_by=shown_by)


ALL = (AnswerShow, AnswerMeant)
