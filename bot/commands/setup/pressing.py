"""The command, and what its panel's menus, buttons and forms do. Their ids are fixed: they work after a restart, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import discord
from discord import app_commands

from bot.commands import failures, replies
from bot.commands.buttons import Pressed
from bot.commands.feeds import choosing as feeds
from bot.commands.feeds.group import LOOKS
from bot.commands.forms import Form, filled_in
from bot.commands.setup import choosing, starting
from bot.commands.setup import plan as plans
from bot.commands.setup.panel import OTHER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from bot.client import Debrief

MENU = re.compile(r"setup:(?:channel|packs|times|days|zone)")
BUTTON = re.compile(r"setup:(?P<what>open|feed|check|start)")
BRIEFING = re.compile(r"setup:(?P<what>post|preview):(?P<channel>\d{1,20})")
FORM = re.compile(r"setup:(?P<what>feed|times|zone)")
TYPED = "typed"  # the field of a form
ADDRESS_LIMIT = 1_000
FORMS = {
    "feed": ("Add a site of your own", "Its address", "example.com"),
    plans.TIMES: ("Other times", "Times of day, in the zone you choose", "06:30, 6 pm"),
    plans.ZONE: ("Another time zone", "A city near you, or a zone", "Lisbon"),
}


@app_commands.command(name="setup", description="From nothing to a scheduled briefing, in a minute.")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def setup(interaction: discord.Interaction[Debrief]) -> None:
    """Show the panel."""
    await replies.acknowledge(interaction)
    await replies.send(interaction, await choosing.fresh(interaction))


class Chosen(discord.ui.DynamicItem[discord.ui.Item[Any]], template=MENU):
    """One of the panel's menus."""

    def __init__(self, item: discord.ui.Item[Any]) -> None:
        super().__init__(item)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the menu as it stands in the message."""
        del interaction, match
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the panel with what was chosen; a failure is told to the person who chose."""
        try:
            interaction.client.limits.admit(interaction)
            await _choose(interaction)
        except Exception as error:  # noqa: BLE001 - the one place where a menu's failures end, as the tree's do
            await failures.explain(interaction, error)


async def _choose(interaction: discord.Interaction[Debrief]) -> None:
    data: Mapping[str, Any] = cast("Mapping[str, Any]", interaction.data or {})
    menu, values = str(data["custom_id"]), [str(value) for value in data.get("values", ())]
    if values == [OTHER]:
        await interaction.response.send_modal(_form(menu))
        return
    await interaction.response.defer()
    await choosing.admit(interaction)
    plan, note = plans.shown(interaction.message), ""
    if menu == plans.PACKS:
        note = await choosing.choose_packs(interaction, plan, values)
    elif values:
        plan = plans.changed(plan, menu, values)
    await interaction.edit_original_response(view=await choosing.drawn(interaction, plan, note))


class PanelButton(Pressed, template=BUTTON):
    """*Start*, *Check again* and *Add a site of your own* in the panel, *Set me up* in the greeting."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Do what the button says."""
        what = self.found["what"]
        if what == "feed":
            await interaction.response.send_modal(_form(what))
        elif what == "open":
            await _open(interaction)
        else:
            await _redraw(interaction, what)


async def _open(interaction: discord.Interaction[Debrief]) -> None:
    await replies.acknowledge(interaction)
    await choosing.admit(interaction)
    await replies.send(interaction, await choosing.fresh(interaction))


async def _redraw(interaction: discord.Interaction[Debrief], what: str) -> None:
    await interaction.response.defer()
    await choosing.admit(interaction)
    plan = plans.shown(interaction.message)
    view = await (starting.start if what == "start" else choosing.drawn)(interaction, plan)
    await interaction.edit_original_response(view=view)


class FirstBriefing(Pressed, template=BRIEFING):
    """*Post one now* and *Preview* once a briefing is scheduled."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Compose one, and post it or show it."""
        await replies.acknowledge(interaction)
        await choosing.admit(interaction)
        do = starting.post if self.found["what"] == "post" else starting.preview
        await do(interaction, int(self.found["channel"]))


# -------------------------------------------------------------------------------------------------------------- the forms
def _form(what: str) -> Form:
    title, label, example = FORMS[what]
    form = Form(title, f"setup:{what.removeprefix('setup:')}")
    field: discord.ui.TextInput[Form] = discord.ui.TextInput(
        custom_id=TYPED, placeholder=example, max_length=ADDRESS_LIMIT if what == "feed" else 100
    )
    form.add_item(discord.ui.Label(text=label, component=field))
    return form


async def submitted(client: Debrief, interaction: discord.Interaction[discord.Client]) -> None:
    """Take in a form of the panel; anything else is answered elsewhere."""
    del client
    data: Mapping[str, Any] = cast("Mapping[str, Any]", interaction.data or {})
    found = FORM.fullmatch(str(data.get("custom_id")))
    if interaction.type is not discord.InteractionType.modal_submit or found is None:
        return
    ours = cast("discord.Interaction[Debrief]", interaction)
    try:
        ours.client.limits.admit(ours)
        await _typed(ours, found["what"], str(filled_in(data).get(TYPED, "")))
    except Exception as error:  # noqa: BLE001 - the one place where a form's failures end, as the tree's do
        await failures.explain(ours, error)


async def _typed(interaction: discord.Interaction[Debrief], what: str, text: str) -> None:
    if what == "feed":
        await _add_site(interaction, text)
        return
    await interaction.response.defer()
    await choosing.admit(interaction)
    plan = choosing.other(plans.shown(interaction.message), f"setup:{what}", text)
    await interaction.edit_original_response(view=await choosing.drawn(interaction, plan))


async def _add_site(interaction: discord.Interaction[Debrief], text: str) -> None:
    """Look at an address as `/feeds add` does, below the panel, which then shows what was added."""
    await replies.aside(interaction, "Looking…")
    await choosing.admit(interaction)
    interaction.client.limits.visit(replies.server(interaction), "look", LOOKS)
    await feeds.look(interaction, text, None)
    plan = plans.shown(interaction.message)
    await interaction.edit_original_response(view=await choosing.drawn(interaction, plan))


BUTTONS = (Chosen, PanelButton, FirstBriefing)
