"""Where a message's sentences come from: outlet, link, time, and the sentence between its neighbours, page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.rendering.escaping import clip, source
from bot.rendering.pages import button, counted, dotted, lines, page, stamp
from bot.rendering.stories import outlet_of
from bot.subscriptions import EXTENTS
from briefs.briefing.verifying import passages
from briefs.models import Evidence, Extent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.rendering.pages import Button, Page
    from briefs.models import Answer, Article, Briefing, Card, Citation, CitedSentence, Item

PAGE_SIZE = 3
SENTENCE_ROOM = 550
NEIGHBOUR_ROOM = 180
TITLE_ROOM = 140
AUTHOR_ROOM = 60
_GLUED = re.compile(r"(\*\*) (?=[,.;:!?’”)])")  # words of a sentence whose next character is its own


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of a message with the number it has there."""

    number: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation with the sentences before, itself and after, its article, and whether that was edited since."""

    quotation: Quotation
    context: tuple[str, str, str]
    article: Article | None = None
    edited: bool = False


def briefing_quotations(briefing: Briefing, index: int | None = None) -> tuple[Quotation, ...]:
    """Return what a briefing, or one story of it, quotes below its headlines, in the order of the numbers, nothing twice."""
    items = briefing.items if index is None else briefing.items[index : index + 1]
    citations = {citation.number: citation for citation in briefing.citations}
    quoted = dict.fromkeys(p for item in items for p in passages(item) if p.citation in citations)
    whole = (p for p in quoted if not any(_holds(other, p) for other in quoted))
    quotations = (Quotation(p.citation, _evidence(p, citations[p.citation])) for p in whole)
    return tuple(sorted(quotations, key=lambda quotation: quotation.number))


def card_quotations(card: Card) -> tuple[Quotation, ...]:
    """Return what a story card quotes."""
    return briefing_quotations(replace(card.briefing, items=(_with_changes(card),)))


def _with_changes(card: Card) -> Item:
    told = dict.fromkeys((*card.item.sentences, *(change.sentence for change in card.changes)))
    return replace(card.item, sentences=tuple(told), changes=card.changes)


def _holds(one: CitedSentence, other: CitedSentence) -> bool:
    """Whether a quotation stands within another one."""
    wider = one.start <= other.start and other.end <= one.end and (one.start, one.end) != (other.start, other.end)
    return one.article_id == other.article_id and wider


def answer_quotations(answer: Answer) -> tuple[Quotation, ...]:
    """Return the evidence of an answer, numbered as it is listed."""
    return tuple(Quotation(number, evidence) for number, evidence in enumerate(answer.evidence, 1))


def on_page(quotations: Sequence[Quotation], number: int) -> tuple[Quotation, ...]:
    """Return what stands on a page; pages count from 0."""
    return tuple(quotations[number * PAGE_SIZE : (number + 1) * PAGE_SIZE])


def sources_message(shown: Sequence[Shown], *, number: int, total: int, page_id: str) -> Page:
    """Return one page of sources: each quotation between its neighbours, and what is to be known of its article.

    ``total`` is the number of quotations; ``page_id`` begins the ids of the buttons, as in ``page:7:0``.
    """
    last = max(0, (total - 1) // PAGE_SIZE)
    texts = [_quotation(each) for each in shown]
    texts.append(f"-# {dotted(counted(total, 'quotation'), f'page {number + 1} of {last + 1}' if last else '')}")
    return page(texts, buttons=_turning(number, last, page_id) if last else ())


def _turning(number: int, last: int, page_id: str) -> tuple[Button, ...]:
    back = button("Back", f"{page_id}:{max(0, number - 1)}:back", disabled=number == 0)
    return back, button("Next", f"{page_id}:{min(last, number + 1)}:next", disabled=number == last)


def _quotation(shown: Shown) -> str:
    evidence = shown.quotation.evidence
    before, sentence, after = shown.context
    told = (clip(before, NEIGHBOUR_ROOM), f"**{clip(sentence, SENTENCE_ROOM)}**", clip(after, NEIGHBOUR_ROOM))
    return lines(
        f"**{shown.quotation.number}.** {source(evidence.outlet, evidence.url)}",
        f"-# {dotted(clip(evidence.title or '', TITLE_ROOM), *_about(shown))}",
        "> " + _GLUED.sub(r"\1", " ".join(part for part in told if part)),
    )


def _about(shown: Shown) -> Iterator[str]:
    """What is to be known of the article beside its title: author, date, how much of it could be read, edits."""
    article, published_at = shown.article, shown.quotation.evidence.published_at
    if article and article.author:
        yield f"by {clip(article.author, AUTHOR_ROOM)}"
    if published_at:
        yield stamp(published_at, "f")
    if article and article.extent is not Extent.FULL:
        yield EXTENTS[article.extent]
    if shown.edited:
        yield "edited since"


def _evidence(sentence: CitedSentence, citation: Citation) -> Evidence:
    return Evidence(
        article_id=sentence.article_id,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        outlet=outlet_of(citation),
        title=citation.title,
        url=citation.url,
        published_at=citation.published_at,
    )
