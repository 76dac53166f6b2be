"""A button that was pressed, or a menu in which was chosen. Its id carries all it needs, so it works after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord

from bot.commands import failures

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from typing import Self

    from bot.client import Debrief


class Pressed(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?!)"):
    """A button that was pressed, or a menu in which was chosen; what its id carries is in ``found``."""

    def __init__(self, item: discord.ui.Item[Any], found: re.Match[str]) -> None:
        super().__init__(item)
        self.found = found

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take it as it stands in the message."""
        del interaction
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it says; a failure is told to the person who pressed or chose."""
        try:
            interaction.client.limits.admit(interaction)
            await self.press(interaction)
        except Exception as error:  # noqa: BLE001 - the one place where a press ends that fails, as the tree's do
            await failures.explain(interaction, error)

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Do what it says."""
        raise NotImplementedError

    def number(self, name: str) -> int:
        """Return a number that the id carries."""
        return int(self.found[name])


def chosen(interaction: discord.Interaction[Any]) -> list[str]:
    """Return what was chosen in a menu; nothing for a button."""
    data: Mapping[str, Any] = cast("Mapping[str, Any]", interaction.data or {})
    return [str(value) for value in data.get("values", ())]
