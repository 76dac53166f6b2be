"""``/schedule``: when a channel gets its briefing."""

from bot.commands.schedule.group import Schedules
from bot.commands.schedule.listing import ListPage

BUTTONS = (ListPage,)

__all__ = ["BUTTONS", "Schedules"]
