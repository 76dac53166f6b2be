"""The buttons under an answer that ask again or show it to all. Their ids carry all they need, so they work after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import asking, rendering
from bot.commands import replies
from bot.commands.buttons import Pressed
from bot.commands.showing import Show
from bot.rendering import answers

if TYPE_CHECKING:
    import discord

    from bot.asking import Told
    from bot.client import Debrief


class AnswerShow(Show, template=answers.ANSWER_SHOW):
    """*Show to all* under a private answer."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Post the answer, then take the button away."""
        await interaction.response.defer()
        told = await interaction.client.in_thread(_kept, interaction, self.number("id"))
        await self.show(interaction, _message(told, shown_by=interaction.user.id))
        await interaction.edit_original_response(view=_message(told))


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
