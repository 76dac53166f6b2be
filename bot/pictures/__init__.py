"""Timelines and connections as pictures: what can be read at a glance on a phone; the list beside them holds the rest.

Pure: the same values give the same bytes. Drawn on an opaque card of its own, so that Discord's dark and light themes both
show it with the same contrast. Made for a process of its own: it knows nothing of Discord, and loads nothing heavy before
something is drawn.
"""

from bot.pictures.drawing import connections_picture, timeline_picture

__all__ = ["connections_picture", "timeline_picture"]
