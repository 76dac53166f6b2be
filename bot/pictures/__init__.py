"""Timelines and connections as pictures: what can be read at a glance on a phone; the list beside them holds the rest.

Pure: the same values give the same bytes. Drawn on an opaque card of its own, so that Discord's dark and light themes both
show it with the same contrast. Imports nothing heavy before something is drawn.
"""

from bot.pictures.describing import connections_described, timeline_described
from bot.pictures.drawing import Picture, connections_picture, timeline_picture

__all__ = ["Picture", "connections_described", "connections_picture", "timeline_described", "timeline_picture"]
