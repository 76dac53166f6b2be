"""From values to pictures."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.pictures.describing import connections_described, timeline_described

if TYPE_CHECKING:
    from briefs.models import Connections, Timeline

_ALONE = threading.Lock()  # matplotlib measures and draws for one thread at a time


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes (PNG) and what it shows, in words, for those who do not see it."""

    png: bytes
    description: str


def timeline_picture(timeline: Timeline) -> Picture | None:
    """Draw a timeline; None where there is nothing to draw."""
    from bot.pictures import canvas, chronicle

    if not timeline.moments:
        return None
    with _ALONE:
        canvas.prepare()
        return Picture(chronicle.drawn(timeline).png(), timeline_described(timeline))


def connections_picture(connections: Connections) -> Picture | None:
    """Draw who is connected with whom; None where there is nothing that can be drawn."""
    from bot.pictures import canvas, network

    with _ALONE:
        canvas.prepare()
        card = network.drawn(connections)
        return Picture(card.png(), connections_described(connections)) if card else None
