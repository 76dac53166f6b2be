"""A briefing as messages: as few as Discord's limits allow, split between stories, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from bot.rendering import dates, stories
from bot.rendering.escaping import clip, domain, escape, flat, image_url, link, safe_url, shorten
from bot.rendering.layout import Block, Layout, laid
from bot.rendering.pages import (
    BRIEFING_SOURCES,
    STORY,
    TEXT_LIMIT,
    button,
    counted,
    dotted,
    lines,
    link_button,
    page,
    stamp,
    walked,
)

if TYPE_CHECKING:
    from bot.rendering.pages import Button, Group, Page, Part
    from briefs.models import Briefing, Citation, Item, Unmoved

TITLE_LIMIT = 100
PROBLEMS_SHOWN = 3
PROBLEM_ROOM = 120
UNMOVED_SHOWN = 4  # stories named in the line of those that did not move
UNMOVED_ROOM = 120  # characters of the headline of each
LINK_ROOM = 160  # characters of a link behind it
OUTLET_ROOM = 60
MARGIN = 20  # characters left over: who counts a message may count the ends of its texts
PART_ROOM = 20  # characters of "Part 2 of 3" and what sets it apart
STORY_LABELS = {"more": "More", "sources": "Sources", "ask": "Ask"}
LABEL_LIMIT = 80  # characters of a button's label
BETWEEN = " · "
ALT_LIMIT = 256  # characters of what a picture shows, for those who do not see it


def briefing_messages(briefing: Briefing, *, briefing_id: int, images: bool = True) -> tuple[Page, ...]:
    """Return the briefing as one message or, where Discord's limits force it, several.

    Instants are shown by Discord in each reader's own zone and language, so none is passed in. ``images``: whether to show the
    pictures that it has; what stands in which message does not depend on it.
    """
    return _Setting(briefing, briefing_id, images).messages()


def preview_messages(briefing: Briefing) -> tuple[Page, ...]:
    """Return the briefing as it would be posted, without buttons: nothing is stored yet that they could show."""
    return _Setting(briefing).messages()


def without_images(briefing: Briefing) -> Briefing:
    """Return the briefing without the pictures of its stories."""
    return replace(briefing, items=tuple(replace(item, image=None) for item in briefing.items))


def marker(briefing_id: int, part: int) -> str:
    """Return the id that marks a message without whole stories as this part of this briefing, in the channel's history."""
    return f"brief:{briefing_id}:{part}:sources"


def story_marker(briefing_id: int, index: int, what: str, part: int) -> str:
    """Return the id of a story's button; it marks the message as well."""
    return f"story:{briefing_id}:{index}:{what}:{part}"


def find_marker(message: discord.Message) -> tuple[int, int] | None:
    """Return the briefing's id and the part that a message of a channel's history carries, None when it carries none."""
    for component in walked(message.components):
        custom_id = getattr(component, "custom_id", None) or ""
        found = BRIEFING_SOURCES.fullmatch(custom_id) or STORY.fullmatch(custom_id)
        if found and found["part"]:
            return int(found["id"]), int(found["part"])
    return None


def parts(briefing: Briefing) -> tuple[Layout, ...]:
    """Split a briefing into messages: whole stories where they fit, else at a sentence, else at a word."""
    room = TEXT_LIMIT - MARGIN - len(_head(briefing)) - len(_foot(briefing, 0, 1))
    blocks = [block for index, item in enumerate(briefing.items) for block in _story(index, item, briefing, room)]
    if whole := laid(blocks, room):
        return (whole,)
    found = [Layout()]
    for block in blocks:
        if together := laid((*found[-1].blocks, block), room - PART_ROOM):
            found[-1] = together
        else:
            found.append(_alone(block, room - PART_ROOM))
    return tuple(found)


def _alone(block: Block, room: int) -> Layout:
    found = laid([block], room)
    assert found is not None
    return found


def _story(index: int, item: Item, briefing: Briefing, room: int) -> list[Block]:
    """Return one story as blocks that each fit into a message; nearly always one, of the news and its sources."""
    head = stories.headed(item, briefing, index + 1)
    space = room - PART_ROOM - len(head) - 1
    first, *rest = _packed(stories.told(item, space), space) or [""]
    image = image_url(item.image) if index == 0 else None
    blocks = [Block(index, head, first, image=image), *(Block(index, "", text) for text in rest)]
    for citation in stories.cited(item, briefing):
        wider = replace(blocks[-1], cited=(*blocks[-1].cited, citation))
        if laid([wider], space):
            blocks[-1] = wider
        else:
            blocks.append(Block(index, "", "", (citation,)))
    return [*(replace(block, ends=False) for block in blocks[:-1]), blocks[-1]]


def _packed(units: list[str], room: int) -> list[str]:
    """Join lines into texts of at most ``room`` characters."""
    texts: list[str] = []
    for unit in units:
        if texts and len(texts[-1]) + 1 + len(unit) <= room:
            texts[-1] += f"\n{unit}"
        else:
            texts.append(unit)
    return texts


@dataclass(frozen=True, slots=True)
class _Setting:
    """A briefing on its way into messages; without an id it gets no buttons of ours."""

    briefing: Briefing
    briefing_id: int | None = None
    images: bool = True

    def messages(self) -> tuple[Page, ...]:
        """Return its messages."""
        found = parts(self.briefing)
        return tuple(self._message(layout, part, len(found)) for part, layout in enumerate(found))

    def _message(self, layout: Layout, part: int, total: int) -> Page:
        head = [_head(self.briefing)] if part == 0 else []
        groups = [self._block(block, part, apart=layout.apart) for block in layout.blocks] or [
            [_without_stories(self.briefing)]
        ]
        if not layout.ruled:
            groups = [[each for group in groups for each in group]]
        if not layout.begun:
            head, groups[0] = [], [*head, *groups[0]]
        foot = _foot(self.briefing, part, total)
        framed: list[Group] = [*head, *groups, foot]
        return page([group for group in framed if group], buttons=self._buttons(layout, part))

    def _block(self, block: Block, part: int, *, apart: bool) -> list[Part]:
        """Return a block's texts, its picture and its row of buttons."""
        texts: list[Part] = list(block.texts(apart=apart))
        if block.image and self.images:
            alt = shorten(f"Picture of a source: {self.briefing.items[block.story].headline}", ALT_LIMIT)
            picture: discord.ui.Thumbnail[Page] = discord.ui.Thumbnail(block.image, description=alt)
            texts[0] = discord.ui.Section(texts[0], accessory=picture)
        row = [*self._story_buttons(block, part), *(_link(c) for c in block.cited if c.number in block.moved)]
        return [*texts, discord.ui.ActionRow(*row)] if row else texts

    def _story_buttons(self, block: Block, part: int) -> list[Button]:
        if self.briefing_id is None or not block.ends:
            return []
        ids = {what: story_marker(self.briefing_id, block.story, what, part) for what in STORY_LABELS}
        return [button(label, ids[what]) for what, label in STORY_LABELS.items()]

    def _buttons(self, layout: Layout, part: int) -> tuple[Button, ...]:
        """Return the buttons of a message in which no story ends; they mark it as well."""
        if self.briefing_id is None or any(block.ends for block in layout.blocks):
            return ()
        sources = button("Sources", marker(self.briefing_id, part), disabled=not layout.blocks)
        return sources, button("Ask", f"brief:{self.briefing_id}:{part}:ask", primary=True)


def _without_stories(briefing: Briefing) -> str:
    return _unmoved(briefing) or "Nothing new since the last briefing."


def _link(citation: Citation) -> Button:
    """Return a source as a button that shows its mark, its outlet and the domain that it leads to."""
    where, outlet = domain(citation.url) or "", stories.outlet_of(citation)
    begun = f"[{citation.number}] "
    name = shorten(outlet, max(1, LABEL_LIMIT - len(begun) - len(where) - len(BETWEEN)))
    same = flat(outlet).casefold().removeprefix("www.") == where
    return link_button(f"{begun}{where if same else f'{name}{BETWEEN}{where}'}", safe_url(citation.url) or "")


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
    """Return what stands below the last message: the time covered, what did not move, which sources failed; the part."""
    part = f"-# Part {number + 1} of {total}" if total > 1 else ""
    if number + 1 < total:
        return part
    shown = [f"-# ⚠️ {escape(shorten(problem, PROBLEM_ROOM))}" for problem in briefing.problems[:PROBLEMS_SHOWN]]
    hidden = len(briefing.problems) - PROBLEMS_SHOWN
    more = f"-# ⚠️ … and {hidden} more; an admin sees all with /status." if hidden > 0 else ""
    still = f"-# {_unmoved(briefing)}" if briefing.items and _unmoved(briefing) else ""
    return lines(still, _covered(briefing), *shown, more, part)


def _covered(briefing: Briefing) -> str:
    """Return "New since the last briefing, <time> · 12 feeds read, 2 failed", as far as that is known."""
    since = briefing.since and (dates.day(briefing.since, briefing.dates) or stamp(briefing.since, "f"))
    window = f"New since the last briefing, {since}" if briefing.follows else f"News since {since}"
    read = f"{counted(briefing.feeds, 'feed')} read" if briefing.feeds else ""
    failed = f", {briefing.failing} failed" if briefing.failing else ""
    told = dotted(window if since else "", f"{read}{failed}" if read else "")
    return f"-# {told}" if told else ""


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
