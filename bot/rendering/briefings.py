"""A briefing as messages: as few as Discord's limits allow, split between stories, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rendering import dates, stories
from bot.rendering.escaping import clip, escape, link, shorten
from bot.rendering.pages import (
    BRIEFING_SOURCES,
    COMPONENT_LIMIT,
    TEXT_LIMIT,
    button,
    counted,
    dotted,
    lines,
    page,
    stamp,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import discord

    from bot.rendering.pages import Page
    from briefs.models import Briefing, Citation, Item, Unmoved

TITLE_LIMIT = 100
PROBLEMS_SHOWN = 3
PROBLEM_ROOM = 120
UNMOVED_SHOWN = 4  # stories named in the line of those that did not move
UNMOVED_ROOM = 120  # characters of the headline of each
LINK_ROOM = 160  # characters of a link behind it
OUTLET_ROOM = 60
PART_ROOM = 30  # characters of "Part 2 of 3" and what sets it apart
COMPONENT_ROOM = COMPONENT_LIMIT - 8  # 8: the frame, title, footer, the line above it, the buttons and their row


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a briefing: a group of texts for each story, and which stories (by their place in the briefing)."""

    groups: tuple[tuple[str, ...], ...]
    stories: tuple[int, ...]


def briefing_messages(briefing: Briefing, *, briefing_id: int) -> tuple[Page, ...]:
    """Return the briefing as one message or, where Discord's limits force it, several.

    Instants are shown by Discord in each reader's own zone and language, so none is passed in.
    """
    found = parts(briefing)
    return tuple(
        _message(briefing, part, number, len(found), briefing_id=briefing_id) for number, part in enumerate(found)
    )


def preview_messages(briefing: Briefing) -> tuple[Page, ...]:
    """Return the briefing as it would be posted, without buttons: nothing is stored yet that they could show."""
    found = parts(briefing)
    return tuple(_message(briefing, part, number, len(found)) for number, part in enumerate(found))


def marker(briefing_id: int, part: int) -> str:
    """Return the id that marks a message as this part of this briefing, in the channel's history."""
    return f"brief:{briefing_id}:{part}:sources"


def find_marker(message: discord.Message) -> tuple[int, int] | None:
    """Return the briefing's id and the part that a message of a channel's history carries, None when it carries none."""
    for component in _walk(message.components):
        if found := BRIEFING_SOURCES.fullmatch(getattr(component, "custom_id", None) or ""):
            return int(found["id"]), int(found["part"])
    return None


def _walk(components: Iterable[object]) -> Iterator[object]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))


def parts(briefing: Briefing) -> tuple[Part, ...]:
    """Split a briefing into messages: whole stories where they fit, else at a sentence, else at a word."""
    room = TEXT_LIMIT - len(_head(briefing)) - len(_foot(briefing, 0, 1)) - PART_ROOM
    found: list[Part] = []
    for index, item in enumerate(briefing.items):
        for group in _story(index + 1, item, briefing, room):
            if not found or not _fit((*found[-1].groups, group), room):
                found.append(Part((), ()))
            last = found[-1]
            found[-1] = Part((*last.groups, group), tuple(dict.fromkeys((*last.stories, index))))
    return tuple(found) or (Part((), ()),)


def _fit(groups: tuple[tuple[str, ...], ...], room: int) -> bool:
    """Whether the groups fit into one message; each has a line above it."""
    components = sum(len(group) + 1 for group in groups)
    return components <= COMPONENT_ROOM and sum(len(text) for group in groups for text in group) <= room


def _story(number: int, item: Item, briefing: Briefing, room: int) -> tuple[tuple[str, ...], ...]:
    """Return one story as groups of texts, each group within the room; nearly always one, of the news and its sources."""
    told, sources = stories.story(number, item, briefing, room)
    groups: list[tuple[str, ...]] = [(text,) for text in _packed(told, room)]
    for text in _packed(sources, room):
        if _fit(((*groups[-1], text),), room):
            groups[-1] = (*groups[-1], text)
        else:
            groups.append((text,))
    return tuple(groups)


def _packed(units: list[str], room: int) -> list[str]:
    """Join lines into texts of at most ``room`` characters."""
    texts: list[str] = []
    for unit in units:
        if texts and len(texts[-1]) + 1 + len(unit) <= room:
            texts[-1] += f"\n{unit}"
        else:
            texts.append(unit)
    return texts


def _message(briefing: Briefing, part: Part, number: int, total: int, *, briefing_id: int | None = None) -> Page:
    head = _head(briefing) if number == 0 else ""
    foot = _foot(briefing, number, total)
    body = part.groups or ((_unmoved(briefing) or "Nothing new since the last briefing.",),)
    buttons = () if briefing_id is None else _buttons(part, number, briefing_id)
    return page([group for group in (head, *body, foot) if group], buttons=buttons)


def _buttons(part: Part, number: int, briefing_id: int) -> tuple[discord.ui.Button[Page], ...]:
    sources = button("Sources", marker(briefing_id, number), disabled=not part.stories)
    ask = button("Ask", f"brief:{briefing_id}:{number}:ask", primary=True)
    return (sources, ask)


def _head(briefing: Briefing) -> str:
    told = dotted(
        dates.day(briefing.made_at, briefing.dates, form="full") or stamp(briefing.made_at, "D"),
        counted(len(briefing.items), "story", "stories") if briefing.items else "",
        f"{counted(briefing.articles, 'article')} by {counted(briefing.outlets, 'outlet')}"
        if briefing.articles
        else "",
    )
    return lines(f"## {escape(shorten(briefing.title, TITLE_LIMIT))}", f"-# {told}")


def _foot(briefing: Briefing, number: int, total: int) -> str:
    """Return what stands below the last message: what did not move, which sources failed; and which part this is."""
    part = f"-# Part {number + 1} of {total}" if total > 1 else ""
    if number + 1 < total:
        return part
    shown = [f"-# ⚠️ {escape(shorten(problem, PROBLEM_ROOM))}" for problem in briefing.problems[:PROBLEMS_SHOWN]]
    hidden = len(briefing.problems) - PROBLEMS_SHOWN
    more = f"-# ⚠️ … and {hidden} more; an admin sees all with /status." if hidden > 0 else ""
    still = f"-# {_unmoved(briefing)}" if briefing.items and _unmoved(briefing) else ""
    return lines(still, *shown, more, part)


def _unmoved(briefing: Briefing) -> str:
    """Return the line that names the stories of which newer articles say nothing new, where the channel wants it."""
    if not briefing.says_unmoved or not briefing.unmoved:
        return ""
    outlets = {citation.article_id: citation for citation in briefing.citations}
    named = [_named(told, outlets.get(told.headline_article_id)) for told in briefing.unmoved[:UNMOVED_SHOWN]]
    hidden = len(briefing.unmoved) - UNMOVED_SHOWN
    return f"Nothing new on: {dotted(*named, f'and {hidden} more' if hidden > 0 else '')}"


def _named(told: Unmoved, citation: Citation | None) -> str:
    """Return a headline with its source; without a link where that is too long for a line."""
    headline = clip(told.headline, UNMOVED_ROOM)
    if citation is None:
        return headline
    linked = link(citation.url)
    outlet = linked if linked and len(linked) <= LINK_ROOM else clip(stories.outlet_of(citation), OUTLET_ROOM)
    return f"{headline} ({outlet})"
