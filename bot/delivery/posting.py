"""How a channel's briefings are posted, beside what is in them: with a thread, crossposted, with pictures.

The choices stand among the channel's settings, under names that begin with "post_"; the desk does not know them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from briefs.preferences import EVERY_CHANNEL, POSTING

if TYPE_CHECKING:
    from briefs.store import Store


@dataclass(frozen=True, slots=True)
class Posting:
    """A channel's choices."""

    thread: bool = False  # a thread for discussion under each briefing
    crosspost: bool = True  # where the channel is an announcement channel, to those that follow it
    images: bool = True  # a picture beside the first story, where its source offers one


def posting(store: Store, guild_id: int, channel_id: int) -> Posting:
    """Return what holds for a channel: its choices before its server's, and those before the defaults."""
    chosen: dict[str, str] = {}
    for each in (EVERY_CHANNEL, channel_id):
        chosen |= store.chosen(guild_id, each).settings
    names = [field.name for field in fields(Posting) if POSTING + field.name in chosen]
    return Posting(**{name: chosen[POSTING + name] == "yes" for name in names})


def choose(store: Store, guild_id: int, channel_id: int, name: str, value: bool | None) -> None:
    """Keep a choice, by the name of a field of Posting; None takes it back."""
    store.choose(guild_id, channel_id, POSTING + name, None if value is None else "yes" if value else "no")
