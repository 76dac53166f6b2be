"""The sentences a briefing may be chosen from, each with what choosing looks at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from briefs.language.words import stems, words
from briefs.models import BlockKind
from briefs.summary.events import answered, chief_event, people
from briefs.summary.fitness import DEPENDENT, fitness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs.models import Article, Reading, Sentence

MOST = 240  # sentences of a story that are looked at: of 20 articles the first twelve
OLD = timedelta(days=3)  # before the newest article, from which an article is as old as can be


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be briefed."""

    sentence: Sentence
    text: str
    index: int  # among its article's prose sentences
    of: int  # how many these are
    age: float  # of its article against the newest, 0..1
    fitness: float  # 0..1, of standing without what is around it
    words: tuple[str, ...]  # in lower case
    content: frozenset[str]
    event: str | None  # the frame of what the sentence chiefly tells
    introduced: frozenset[str]  # people it names in full
    assumed: frozenset[str]  # people it names by surname alone
    answers: frozenset[str]  # of who, whom, when and where
    length: int  # words, as a word budget counts them
    presents: frozenset[str] = frozenset()  # those it introduces that are the story's main people

    @property
    def place(self) -> tuple[str, int]:
        """Where the sentence stands."""
        return self.sentence.article_id, self.sentence.start

    @property
    def alone(self) -> bool:
        """Whether it is understood without the sentence before it."""
        return self.fitness > DEPENDENT

    def follows(self, other: Candidate) -> bool:
        """Whether the other is the sentence just before this one, so that what it points back to is there."""
        return self.sentence.article_id == other.sentence.article_id and other.index == self.index - 1


def candidates(articles: Sequence[Article], readings: Mapping[str, Reading]) -> list[Candidate]:
    """The fit sentences of a story, the openings of all articles before their ends."""
    return _with_main_people(list(islice(_fit(articles, readings), MOST)), len(articles))


def ages(articles: Sequence[Article]) -> dict[str, float]:
    """How old each article is against the newest, 0..1; what nobody dated is not old."""
    newest = max((a.published_at for a in articles if a.published_at), default=None)
    return {a.id: min(1.0, (newest - a.published_at) / OLD) if newest and a.published_at else 0.0 for a in articles}


def _fit(articles: Sequence[Article], readings: Mapping[str, Reading]) -> Iterator[Candidate]:
    prose = [
        (article, readings[article.id], [s for s in readings[article.id].sentences if s.kind is BlockKind.PROSE])
        for article in articles
        if article.id in readings
    ]
    age = ages(articles)
    for index in range(max((len(sentences) for _, _, sentences in prose), default=0)):
        for article, reading, sentences in prose:
            if index < len(sentences) and (found := _candidate(article, reading, sentences, index, age[article.id])):
                yield found


def _candidate(
    article: Article, reading: Reading, sentences: Sequence[Sentence], index: int, age: float
) -> Candidate | None:
    """The sentence at a place of an article; None when it is not fit to be briefed."""
    sentence = sentences[index]
    text = article.text[sentence.start : sentence.end]
    fit = fitness(text, article.language, reading.mentions, sentence.start).value
    if fit == 0:
        return None
    introduced, assumed = people(reading, article.text, sentence)
    return Candidate(
        sentence=sentence,
        text=text,
        index=index,
        of=len(sentences),
        age=age,
        fitness=fit,
        words=tuple(word for word, _, _ in words(text)),
        content=stems(text, article.language),
        event=chief_event(reading, sentence),
        introduced=introduced,
        assumed=assumed,
        answers=answered(reading, sentence),
        length=len(text.split()),
    )


def _with_main_people(found: Sequence[Candidate], articles: int) -> list[Candidate]:
    """The candidates; of those they introduce, the main people are named by at least half of several articles."""
    named = {(who, c.sentence.article_id) for c in found for who in c.introduced | c.assumed}
    spread = Counter(who for who, _ in named)
    main = frozenset(who for who, n in spread.items() if n > 1 and 2 * n >= articles)
    return [replace(c, presents=c.introduced & main) for c in found]
