"""A briefing as messages: as few as Discord's limits allow, split between stories, nothing lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rendering.escaping import escape, flat, pieces, shorten, source
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
    from briefs.models import Briefing, Citation, CitedSentence, Item

HEADLINE_LIMIT = 200
TITLE_LIMIT = 100
PROBLEMS_SHOWN = 3
PROBLEM_ROOM = 120
SOURCES_ROOM = 1_000  # characters of one line of sources
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
    citations = {citation.number: citation for citation in briefing.citations}
    room = TEXT_LIMIT - len(_head(briefing)) - len(_foot(briefing, 0, 1)) - PART_ROOM
    found: list[Part] = []
    for index, item in enumerate(briefing.items):
        for group in _story(index + 1, item, citations, room):
            if not found or not _fit((*found[-1].groups, group), room):
                found.append(Part((), ()))
            last = found[-1]
            found[-1] = Part((*last.groups, group), tuple(dict.fromkeys((*last.stories, index))))
    return tuple(found) or (Part((), ()),)


def _fit(groups: tuple[tuple[str, ...], ...], room: int) -> bool:
    """Whether the groups fit into one message; each has a line above it."""
    components = sum(len(group) + 1 for group in groups)
    return components <= COMPONENT_ROOM and sum(len(text) for group in groups for text in group) <= room


def _story(number: int, item: Item, citations: dict[int, Citation], room: int) -> tuple[tuple[str, ...], ...]:
    """Return one story as groups of texts, each group within the room; nearly always one, of the news and its sources."""
    cited = _cited(item, citations)
    head = f"### {number}. {escape(shorten(item.headline, HEADLINE_LIMIT))}{_headline_mark(item, cited)}"
    body = _packed([head, f"-# {_standing(item)}", *_sentences(item, room)], room)
    groups: list[tuple[str, ...]] = [(text,) for text in body]
    for text in _packed(_sources(cited), room):
        if _fit(((*groups[-1], text),), room):
            groups[-1] = (*groups[-1], text)
        else:
            groups.append((text,))
    return tuple(groups)


def _headline_mark(item: Item, cited: list[Citation]) -> str:
    return next((f" \\[{c.number}\\]" for c in cited if c.article_id == item.headline_article_id), "")


def _standing(item: Item) -> str:
    outlets = counted(len(item.article_ids), "source")
    independent = f"{item.independent} independent" if len(item.article_ids) > 1 else ""
    told = ", ".join(part for part in (outlets, independent) if part)
    return dotted(told, stamp(item.latest_at, "R") if item.latest_at else "")


def _cited(item: Item, citations: dict[int, Citation]) -> list[Citation]:
    """Return the sources of the sentences and of the headline, in the order of their numbers."""
    quoted = {sentence.citation for sentence in item.sentences}
    return [c for n, c in sorted(citations.items()) if n in quoted or c.article_id == item.headline_article_id]


def _sentences(item: Item, room: int) -> list[str]:
    """Return the sentences with their marks as a list, each in pieces where it is longer than a message."""
    found: list[str] = []
    for sentence in _beside_headline(item):
        *early, last = pieces(sentence.text, room - PART_ROOM) or ("",)
        found += _marked([*early, f"{last} \\[{sentence.citation}\\]"])
    return found


def _beside_headline(item: Item) -> list[CitedSentence]:
    """Return the sentences that the headline does not say already: without a title, it is the first of them."""
    return [sentence for sentence in item.sentences if sentence.text != item.headline]


def _marked(pieces_: list[str]) -> list[str]:
    first, *rest = pieces_
    return [f"- {first}", *rest]


def outlet_of(citation: Citation) -> str:
    """Return the outlet; the title where a file names none and only its own name is left."""
    return citation.title if citation.title and citation.outlet == citation.article_id else citation.outlet


def _sources(cited: list[Citation]) -> list[str]:
    """Return the numbered outlets in as few small lines as fit."""
    rows: list[str] = []
    for citation in cited:
        shown = f"\\[{citation.number}\\] {source(outlet_of(citation), citation.url)}"
        if rows and len(rows[-1]) + len(shown) < SOURCES_ROOM:
            rows[-1] += f" · {shown}"
        else:
            rows.append(f"-# {shown}")
    return rows


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
    body = part.groups or (("Nothing new since the last briefing.",),)
    buttons = () if briefing_id is None else _buttons(part, number, briefing_id)
    return page([group for group in (head, *body, foot) if group], buttons=buttons)


def _buttons(part: Part, number: int, briefing_id: int) -> tuple[discord.ui.Button[Page], ...]:
    sources = button("Sources", marker(briefing_id, number), disabled=not part.stories)
    ask = button("Ask", f"brief:{briefing_id}:{number}:ask", primary=True)
    return (sources, ask)


def _head(briefing: Briefing) -> str:
    told = dotted(
        stamp(briefing.made_at, "D"),
        counted(len(briefing.items), "story", "stories"),
        f"{counted(briefing.articles, 'article')} by {counted(briefing.outlets, 'outlet')}"
        if briefing.articles
        else "",
    )
    return lines(f"## {escape(shorten(briefing.title, TITLE_LIMIT))}", f"-# {told}")


def _foot(briefing: Briefing, number: int, total: int) -> str:
    """Return what stands below the last message: which sources failed; and which part this is."""
    part = f"-# Part {number + 1} of {total}" if total > 1 else ""
    if number + 1 < total:
        return part
    shown = [f"-# ⚠️ {escape(shorten(problem, PROBLEM_ROOM))}" for problem in briefing.problems[:PROBLEMS_SHOWN]]
    hidden = len(briefing.problems) - PROBLEMS_SHOWN
    more = f"-# ⚠️ … and {hidden} more; an admin sees all with /status." if hidden > 0 else ""
    return lines(*shown, more, part)


# ------------------------------------------------------------------------------------------------------ on a terminal
def plain(briefing: Briefing) -> str:
    """Return the briefing as text for a terminal; the sentences are the outlets' own."""
    told = dotted(
        f"{briefing.made_at:%a} {briefing.made_at.day} {briefing.made_at:%B %Y}",
        counted(len(briefing.items), "story", "stories"),
        f"from {counted(briefing.articles, 'article')} by {counted(briefing.outlets, 'outlet')}",
    )
    stories = [_plain_story(number, item) for number, item in enumerate(briefing.items, 1)]
    sources = [_plain_source(citation) for citation in briefing.citations]
    body = stories or ["Nothing new."]
    return "\n\n".join(filter(None, (f"{_printable(briefing.title)} · {told}", *body, "\n".join(sources)))) + "\n"


def _plain_story(number: int, item: Item) -> str:
    head = f"{number}  {_printable(item.headline)}  ({re.sub(r' · <t:.*', '', _standing(item))})"
    return "\n".join((head, *(f"   {_plain_sentence(sentence)}" for sentence in _beside_headline(item))))


def _plain_sentence(sentence: CitedSentence) -> str:
    return f"{_printable(sentence.text)} [{sentence.citation}]"


def _plain_source(citation: Citation) -> str:
    date = f", {citation.published_at.day} {citation.published_at:%B %Y}" if citation.published_at else ""
    return f"[{citation.number}] {_printable(outlet_of(citation))}{date}" + (
        f"  {citation.url}" if citation.url else ""
    )


def _printable(text: str) -> str:
    """Return the text in one line, without anything that drives a terminal."""
    return flat(text)
