"""A button that was pressed. Its id carries all it needs, so it works after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.commands import failures

if TYPE_CHECKING:
    import re
    from typing import Self

    from bot.client import Debrief


class Pressed(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"(?!)"):
    """A button that was pressed; what its id carries is in ``found``."""

    def __init__(self, item: discord.ui.Button[Any], found: re.Match[str]) -> None:
        super().__init__(item)
        self.found = found

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the button as it stands in the message."""
        del interaction
        assert isinstance(item, discord.ui.Button)
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says; a failure is told to the person who pressed it."""
        try:
            interaction.client.limits.admit(interaction)
            await self.press(interaction)
        except Exception as error:  # noqa: BLE001 - the one place where a button's failures end, as the tree's do
            await failures.explain(interaction, error)

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Do what the button says."""
        raise NotImplementedError

    def number(self, name: str) -> int:
        """Return a number that the id carries."""
        return int(self.found[name])
