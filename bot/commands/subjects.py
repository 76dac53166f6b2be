"""What an overview may be about: the names and stories that a server's news hold; pure."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.rendering import flat, shorten
from bot.rendering.overviews import ABOUT_LIMIT, OFFERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CHOICES, LABEL_LIMIT = 25, 100  # Discord shows no more choices, and no longer ones
NAMES_FIRST = 10  # names offered before stories where nothing is typed yet
STORY = "📰 "  # before a headline in the list


def meant(typed: str | None, names: Iterable[str], stories: Iterable[tuple[str, str]]) -> str | None:
    """Return what a person means: the id of the story with that headline, a name as it is written, or what was typed."""
    told = flat(typed or "")
    wanted = told.removeprefix(STORY).casefold()
    if not wanted:
        return None
    for story, headline in stories:
        if wanted in {flat(headline).casefold(), shorten(headline, LABEL_LIMIT - len(STORY)).casefold()}:
            return story
    return next((name for name in names if name.casefold() == wanted), told[:ABOUT_LIMIT])


def nearest(about: str | None, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are written most like what was asked for; where none is, the most frequent."""
    if about is None:
        return tuple(names[:OFFERED])
    by_key = {name.casefold(): name for name in reversed(names)}
    close = [by_key[key] for key in get_close_matches(about.casefold(), by_key, n=OFFERED)]
    words = set(about.casefold().split())
    sharing = [name for name in names if words & set(name.casefold().split())]
    return tuple(dict.fromkeys((*close, *sharing)))[:OFFERED] or tuple(names[:OFFERED])


def offered(typed: str, names: Sequence[str], stories: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return labels and values of what fits what was typed; a few names, then stories, where nothing is."""
    wanted = flat(typed).removeprefix(STORY).casefold()
    fitting = [name for name in names if len(name) <= ABOUT_LIMIT and flat(name) and wanted in name.casefold()]
    fitting.sort(key=lambda name: not name.casefold().startswith(wanted))
    told = [
        (STORY + shorten(headline, LABEL_LIMIT - len(STORY)), story)
        for story, headline in stories
        if flat(headline) and wanted in headline.casefold()
    ]
    first = fitting[:NAMES_FIRST] if told and not wanted else fitting
    return [*((name, name) for name in first), *told][:CHOICES]
