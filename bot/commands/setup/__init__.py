"""``/setup``: from nothing to a scheduled briefing, in one message that is edited as one goes."""

from bot.commands.setup.pressing import BUTTONS, KINDS, setup

__all__ = ["BUTTONS", "KINDS", "setup"]
