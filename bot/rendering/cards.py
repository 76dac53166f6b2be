"""The story card: one story in full, for the person who asks for more of it.

What matters most stands first and has its room for certain: headline and standing, the sentences, what became another, what is
disputed, who is in it. The sources get what is left, each with its link; of more than fit the card says how many they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.rendering import dates, stories
from bot.rendering.escaping import clip, image_url, shorten, source
from bot.rendering.pages import TEXT_LIMIT, button, counted, dotted, lines, page, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.rendering.pages import Button, Page, Part
    from briefs.models import Card, Change, Citation, Disagreement

TOLD_ROOM = 1_400  # characters of the sentences
SENTENCE_ROOM = 600  # of one of them
CHANGED_ROOM = 600
CHANGE_ROOM = 350  # of a sentence that tells a change
EARLIER_ROOM = 150
DISPUTED_ROOM = 550
VALUE_ROOM = 100
OUTLETS_ROOM = 60  # of who says so
VALUES_SHOWN = 3
NAMED_ROOM = 200
NAMES_SHOWN = 10
ALT_LIMIT = 256
MARGIN = 20  # characters left over: who counts a message may count the ends of its texts
MORE_ROOM = 70  # characters of "… and 54 more sources"


def card_message(card: Card, *, page_id: str, images: bool = True) -> Page:
    """Return a story card; ``page_id`` tells which story it is in the ids of its buttons, as in ``7:0``."""
    head = stories.headed(card.item, card.briefing)
    parts = (
        lines(*_first(_sentences(card), TOLD_ROOM)),
        _titled("What changed", _first(_changes(card), CHANGED_ROOM)),
        _titled("Where the sources differ", _first(map(_dispute, card.item.disagreements), DISPUTED_ROOM)),
        _names(card),
    )
    told = [part for part in parts if part]
    sources = _sources(card.briefing.citations, TEXT_LIMIT - MARGIN - sum(map(len, (head, *told))))
    return page([_pictured(head, card) if images else head, *told, sources], buttons=_buttons(card, page_id))


def _pictured(head: str, card: Card) -> Part:
    """Return the headline with a picture beside it, where there is one."""
    image = image_url(card.item.image)
    if image is None:
        return head
    alt = shorten(f"Picture of a source: {card.item.headline}", ALT_LIMIT)
    picture: discord.ui.Thumbnail[Page] = discord.ui.Thumbnail(image, description=alt)
    return discord.ui.Section(head, accessory=picture)


def _buttons(card: Card, page_id: str) -> tuple[Button, ...]:
    return (
        button("Timeline", f"card:timeline:{card.item.story_id}"),
        button("Sources", f"card:{page_id}:sources"),
        button("Ask", f"story:{page_id}:ask", primary=True),
    )


# ------------------------------------------------------------------------------------------------------- what stands in it
def _sentences(card: Card) -> Iterator[str]:
    for sentence in stories.beside_headline(card.item):
        yield f"- {clip(sentence.text, SENTENCE_ROOM)}{stories.behind(sentence.citation)}"


def _changes(card: Card) -> Iterator[str]:
    """Yield what is another now, each with its day and the words that it replaced."""
    published = {citation.article_id: citation.published_at for citation in card.briefing.citations}
    for change in card.changes:
        at = published.get(change.sentence.article_id)
        day = at and (dates.day(at, card.briefing.dates) or stamp(at))
        yield f"- {f'{day}: ' if day else ''}{_changed(change)}"


def _changed(change: Change) -> str:
    told = f"{clip(change.sentence.text, CHANGE_ROOM)}{stories.behind(change.sentence.citation)}"
    if change.earlier is None:
        return told
    return f"{told} (earlier: {clip(change.earlier.text, EARLIER_ROOM)}{stories.behind(change.earlier.citation)})"


def _dispute(disagreement: Disagreement) -> str:
    """Return "Place: A (Outlet B) or C (Outlet D)"."""
    values = [
        f"{clip(value.text, VALUE_ROOM)} ({clip(', '.join(value.outlets), OUTLETS_ROOM)})"
        for value in disagreement.values[:VALUES_SHOWN]
    ]
    return f"- **{stories.slot(disagreement)}:** {' or '.join(values)}"


def _names(card: Card) -> str:
    """Return who and what is in it, as many as fit."""
    named = [clip(entity.name, VALUE_ROOM) for entity in card.names[:NAMES_SHOWN]]
    while sum(map(len, named)) > NAMED_ROOM:
        named.pop()
    return f"**In it:** {' · '.join(named)}" if named else ""


def _sources(citations: Sequence[Citation], room: int) -> str:
    """Return the sources in small lines, each with its link and time, as far as there is room, and how many more there are."""
    rows: list[str] = []
    for citation in citations:
        row = f"-# {_source(citation)}"
        if sum(map(len, rows)) + len(rows) + len(row) > room - MORE_ROOM:
            rows.append(f"-# … and {counted(len(citations) - len(rows), 'more source')}: *Sources* lists those quoted.")
            break
        rows.append(row)
    return lines(*rows)


def _source(citation: Citation) -> str:
    when = stamp(citation.published_at, "R") if citation.published_at else ""
    return f"{stories.mark(citation.number)} {dotted(source(stories.outlet_of(citation), citation.url), when)}"


# ------------------------------------------------------------------------------------------------------------- making room
def _titled(title: str, rows: Sequence[str]) -> str:
    return lines(f"**{title}**", *rows) if rows else ""


def _first(rows: Iterable[str], room: int) -> list[str]:
    """Return the first rows that fit together."""
    found: list[str] = []
    for row in rows:
        if sum(map(len, found)) + len(found) + len(row) > room:
            break
        found.append(row)
    return found
