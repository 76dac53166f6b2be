"""From values to pictures: PNG, 800 pixels wide."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefs.models import Connections, Timeline

_ALONE = threading.Lock()  # matplotlib measures and draws for one thread at a time


def timeline_picture(timeline: Timeline) -> bytes | None:
    """Draw a timeline; None where there is nothing to draw."""
    from bot.pictures import canvas, chronicle

    if not timeline.moments:
        return None
    with _ALONE:
        canvas.prepare()
        return chronicle.drawn(timeline).png()


def connections_picture(connections: Connections) -> bytes | None:
    """Draw who is connected with whom; None where there is nothing that can be drawn."""
    from bot.pictures import canvas, network

    with _ALONE:
        canvas.prepare()
        card = network.drawn(connections)
        return card.png() if card else None
