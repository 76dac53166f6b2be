"""What the picture of an overview shows, in words: for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.escaping import flat, shorten
from bot.rendering.pages import counted
from briefs.language.times import describe
from briefs.models import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.models import Connections, Timeline

LIMIT = 1_024  # characters of an attachment's description
SENTENCE_ROOM, NAME_ROOM = 110, 60
WORDS = {Modality.PLANNED: "planned", Modality.POSSIBLE: "possible", Modality.CANCELLED: "called off"}


def timeline_described(timeline: Timeline) -> str:
    """Return a timeline in words: its moments in order."""
    head = f"Timeline of {shorten(timeline.subject, NAME_ROOM)}: {counted(len(timeline.moments), 'moment')}."
    told = [
        f"{describe(each.when)}{_how(each.modality)}: {shorten(each.evidence.text, SENTENCE_ROOM)}"
        for each in timeline.moments
    ]
    return _within(head, told)


def connections_described(connections: Connections) -> str:
    """Return in words who is connected with whom."""
    about = f" around {shorten(connections.subject, NAME_ROOM)}" if connections.subject else ""
    head = f"Who did what to whom{about}: {counted(len(connections.links), 'connection')}."
    told = [
        f"{shorten(link.agent.name, NAME_ROOM)} {flat(link.relation)} {shorten(link.patient.name, NAME_ROOM)}"
        f"{f', {describe(link.when)}' if link.when else ''}"
        for link in connections.links
    ]
    return _within(head, told)


def _how(modality: Modality) -> str:
    return f" ({WORDS[modality]})" if modality in WORDS else ""


def _within(head: str, told: Sequence[str]) -> str:
    """Return as many sentences as the limit allows, and how many more there are."""
    return " ".join(_fitting(head, told))


def _fitting(head: str, told: Sequence[str]) -> Iterator[str]:
    room = LIMIT - len(head) - len(f" And {len(told)} more in the list.")
    yield head
    for index, each in enumerate(told):
        sentence = each if each.endswith((".", "…", "!", "?", "”")) else f"{each}."
        room -= len(sentence) + 1
        if room < 0:
            yield f"And {len(told) - index} more in the list."
            return
        yield sentence
