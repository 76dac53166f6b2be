"""A briefing as text for a terminal; the sentences are the outlets' own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering import dates
from bot.rendering.escaping import flat
from bot.rendering.pages import counted, dotted
from bot.rendering.stories import beside_headline, labelled, numbers, outlet_of, slot, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.models import Alternative, Briefing, Citation, CitedSentence, Item


def plain(briefing: Briefing) -> str:
    """Return the briefing as text for a terminal, in one string that ends with a line break."""
    language = briefing.dates or dates.ENGLISH
    told = dotted(
        flat(briefing.title),
        dates.day(briefing.made_at, language, form="full"),
        counted(len(briefing.items), "story", "stories") if briefing.items else "",
        f"from {counted(briefing.articles, 'article')} by {counted(briefing.outlets, 'outlet')}"
        if briefing.articles
        else "",
    )
    stories = [_story(number, item, briefing) for number, item in enumerate(briefing.items, 1)]
    sources = "\n".join(_source(citation, language) for citation in briefing.citations)
    still = _unmoved(briefing) or ("" if stories else "Nothing new.")
    body = (told, *stories, still, sources)
    return "\n\n".join(filter(None, body)) + "\n"


def _story(number: int, item: Item, briefing: Briefing) -> str:
    begun = dates.since(item.begun_at, briefing.dates or dates.ENGLISH, briefing.made_at) if item.begun_at else ""
    told = _changes(item) if item.is_update else (_sentence(sentence) for sentence in beside_headline(item))
    return "\n".join(
        (
            f"{number}  {flat(item.headline)}  ({standing(item, begun=begun)})",
            *(f"   {line}" for line in told),
            *(f"   {slot(d)} disputed: {' · '.join(map(_value, d.values))}" for d in item.disagreements),
        )
    )


def _sentence(sentence: CitedSentence) -> str:
    return f"{flat(sentence.text)} [{sentence.citation}]"


def _changes(item: Item) -> Iterator[str]:
    for label, change in labelled(item.changes):
        sentence = "" if change.sentence.text == item.headline else _sentence(change.sentence)
        earlier = f"(earlier: {_sentence(change.earlier)})" if change.earlier else ""
        if sentence or earlier:
            yield " ".join(filter(None, (f"{label}:" if label else "", sentence, earlier)))


def _value(value: Alternative) -> str:
    marks = "".join(f"[{number}]" for number in numbers(value)) or f"({flat(', '.join(value.outlets))})"
    return f"{flat(value.text)} {marks}"


def _unmoved(briefing: Briefing) -> str:
    if not briefing.says_unmoved or not briefing.unmoved:
        return ""
    return f"Nothing new on: {' · '.join(flat(told.headline) for told in briefing.unmoved)}"


def _source(citation: Citation, language: str) -> str:
    date = dates.day(citation.published_at, language) if citation.published_at else ""
    told = ", ".join(filter(None, (flat(outlet_of(citation)), date)))
    return f"[{citation.number}] {told}" + (f"  {citation.url}" if citation.url else "")
