"""``/setup``: from nothing to a scheduled briefing, in one message that is edited as one goes."""

from bot.commands.setup.pressing import BUTTONS, setup, submitted

__all__ = ["BUTTONS", "setup", "submitted"]
