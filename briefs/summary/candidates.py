"""The sentences a briefing may be chosen from, each with what choosing looks at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from briefs.language.words import word_set, words
from briefs.models import BlockKind
from briefs.summary.events import answered, assumed_thing, chief_event, people, spoken_of, timeliness, unnamed
from briefs.summary.fitness import DEPENDENT, fitness
from briefs.summary.meaning import meant, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs.models import Article, Reading, Sentence

MOST = 180  # sentences of a story that are looked at: of 20 articles the first nine
AT_ONCE = 16  # words, in which a plain opening has told what happened
SOUND = 0.5  # fitness of what is told where there is anything better
PART = 4  # letters of a word that may be the end of another
MONTHS = word_set("january february march april june july august september october november december")
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
    told: frozenset[str]  # families of the words that tell something
    meant: frozenset[str]  # the same with those of what means nearly the same
    event: str | None  # the frame of what the sentence chiefly tells
    introduced: frozenset[str]  # people it names in full
    assumed: frozenset[str]  # people it names by surname alone
    meant_first: frozenset[str]  # the same of its first words
    nameless: bool  # it tells of somebody and names nobody
    figures: frozenset[str]  # of what it tells the figures and months
    assumes: str | None  # what it begins with as if everybody knew which: "The slip"
    speaks_of: frozenset[str]  # families of what may be called known after it
    answers: frozenset[str]  # of who, whom, when, where, who was hurt and what comes next
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

    @property
    def sound(self) -> bool:
        """Whether it has no other flaws that weigh than to point back."""
        return self.fitness >= SOUND * (1 if self.alone else DEPENDENT)

    @property
    def opens(self) -> bool:
        """Whether it needs no other sentence at all."""
        return self.alone and self.assumes is None

    def has_spoken_of(self, thing: str | None) -> bool:
        """Whether something may be called known after this sentence: the bridge after a footbridge."""
        if thing is None or thing in self.speaks_of:
            return True
        return len(thing) >= PART and any(word.endswith(thing) for word in self.speaks_of)

    def follows(self, other: Candidate) -> bool:
        """Whether the other is the sentence just before this one, so that what it points back to is there."""
        return self.sentence.article_id == other.sentence.article_id and other.index == self.index - 1


def candidates(articles: Sequence[Article], readings: Mapping[str, Reading]) -> list[Candidate]:
    """The fit sentences of a story, the openings of all articles before their ends."""
    titles = frozenset().union(*(meant(a.title or "", a.language) for a in articles))
    return _within_story(list(islice(_fit(articles, readings), MOST)), len(articles), titles)


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
    fit *= timeliness(reading, text, sentence, age * OLD)
    if fit == 0:
        return None
    introduced, assumed = people(reading, article.text, sentence)
    lower = tuple(word for word, _, _ in words(text))
    families = told(text, article.language)
    return Candidate(
        sentence=sentence,
        text=text,
        index=index,
        of=len(sentences),
        age=age,
        fitness=fit,
        words=lower,
        told=families,
        meant=meant(text, article.language),
        meant_first=meant(" ".join(text.split()[:AT_ONCE]), article.language),
        event=chief_event(reading, sentence),
        introduced=introduced,
        assumed=assumed,
        nameless=not introduced and not assumed and unnamed(reading, sentence),
        figures=frozenset(word for word in families if any(map(str.isdigit, word))) | MONTHS.intersection(lower),
        assumes=assumed_thing(reading, text, sentence),
        speaks_of=meant(text, article.language) | spoken_of(reading, sentence),
        answers=answered(reading, sentence, article.shown_at),
        length=len(text.split()),
    )


def _within_story(found: Sequence[Candidate], articles: int, titles: frozenset[str]) -> list[Candidate]:
    """The candidates with whom they introduce of the story's main people, and without assuming what its headlines name.

    Main people are named by at least half of several articles.
    """
    named = {(who, c.sentence.article_id) for c in found for who in c.introduced | c.assumed}
    spread = Counter(who for who, _ in named)
    main = frozenset(who for who, n in spread.items() if n > 1 and 2 * n >= articles)
    known = {c.assumes for c in found if c.assumes in titles}
    return [replace(c, presents=c.introduced & main, assumes=None if c.assumes in known else c.assumes) for c in found]
