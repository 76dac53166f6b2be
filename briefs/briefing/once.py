"""One briefing tells nothing twice: the chapters of a matter make one item, and so do two stories that open alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.briefing.news import same_event
from briefs.briefing.news.lines import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs.briefing.news.lines import Line
    from briefs.models import Article, Reading, Sentence, Story


def joined(stories: Sequence[Story]) -> Iterator[Story]:
    """The stories, of each matter one: chapters of which all have news are told by the newest, with the articles of all."""
    left = {story.id: story for story in stories}
    continued = {story.continues for story in stories}
    for story in stories:
        if story.id in continued:
            continue
        chain = [left.pop(story.id)]
        while before := left.pop(chain[0].continues or "", None):
            chain.insert(0, before)
        yield replace(story, article_ids=tuple(dict.fromkeys(i for each in chain for i in each.article_ids)))


class Said:
    """What the items of a briefing say so far."""

    def __init__(self, articles: Mapping[str, Article], readings: Mapping[str, Reading]) -> None:
        self._articles = articles
        self._readings = readings
        self._leads: list[tuple[str, Line]] = []
        self._texts: set[str] = set()

    def new(self, story_id: str, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """Those of a story's sentences that no story above tells in the same words; from now on they are said."""
        told = tuple(sentence for sentence in sentences if self._text(sentence) not in self._texts)
        self._texts.update(map(self._text, told))
        if told and (lead := line_of(told[0], self._articles, self._readings)):
            self._leads.append((story_id, lead))
        return told

    def twin(self, lead: Sentence) -> str | None:
        """The id of the story above that opens with the same event."""
        line = line_of(lead, self._articles, self._readings)
        return next((told for told, other in self._leads if line and same_event(line, other)), None)

    def _text(self, sentence: Sentence) -> str:
        return self._articles[sentence.article_id].text[sentence.start : sentence.end]
