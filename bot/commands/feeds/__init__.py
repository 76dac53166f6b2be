"""``/feeds``: which sources this server reads, and how they are."""

from bot.commands.feeds.choosing import Choice
from bot.commands.feeds.group import Feeds
from bot.commands.feeds.listing import ListPage

BUTTONS = (Choice, ListPage)

__all__ = ["BUTTONS", "Feeds"]
