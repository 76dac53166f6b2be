"""A briefing's way into a channel: claimed, sent and recorded once, reconciled after a crash, followed by its thread."""
