"""The sentences of a story's briefing: central, fit, nothing twice, the newest state, in an order that reads as a text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from briefs.language.words import stems
from briefs.models import BlockKind
from briefs.summary.events import answered, chief_event, overtaken, people
from briefs.summary.fitness import stands_alone, usable
from briefs.summary.ranking import RANKED, scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefs.models import Article, Reading, Sentence

# Weights of sumy's score, of the place in the article, of the words of the story's headlines, of what other articles tell
# too, and of names, figures and times. The headlines weigh most: editors wrote them to say what the story is.
CENTRAL, LEAD, TITLES, SHARED, TELLING = 0.1, 0.15, 0.55, 0.2, 0.1
DEPENDENT = 0.55  # factor of a sentence that points back to another
OLD_STATE = 0.05  # factor of what a newer article has overtaken
AGED, AGED_AFTER = 0.15, timedelta(days=3)  # what a sentence loses that is so much older than the newest article
SAME = 0.4  # share of the shorter sentence's content that the other holds, from which they say the same
SAME_EVENT = 0.3  # the same, for two sentences that chiefly tell the same kind of event
UNINTRODUCED = 0.8  # factor of a sentence with a surname before anybody gave the full name
TELLS = 0.3  # what the first sentence gains that tells who, whom, when and where
PRESENTS = 1.3  # what a further sentence gains that presents somebody most of the articles name
LIKE = 0.6  # how much of its overlap with what is chosen a sentence loses
OUTLET = 0.93  # factor for each sentence its article already has in the briefing
WORTH = 0.15  # what a further sentence must still be worth


@dataclass(frozen=True, slots=True)
class _Choice:
    sentence: Sentence
    text: str
    index: int  # among its article's prose sentences
    of: int  # how many these are
    alone: bool
    content: frozenset[str]
    event: str | None  # the frame of what the sentence chiefly tells
    introduced: frozenset[str]  # people it names in full
    assumed: frozenset[str]  # people it names by surname alone
    answers: float  # share of who, whom, when and where that it answers
    length: int  # words, as a word budget counts them
    presents: frozenset[str] = frozenset()  # those it introduces that are the story's main people

    @property
    def place(self) -> tuple[str, int]:
        """Where the sentence stands."""
        return self.sentence.article_id, self.sentence.start


def choose(
    articles: Sequence[Article],
    readings: Mapping[str, Reading],
    *,
    summariser: str = "lex-rank",
    word_limit: int | None = None,
    count: int = 5,
) -> tuple[Sentence, ...]:
    """At most ``count`` sentences of a story, of at most ``word_limit`` words together (split at white space).

    Raises SettingError for an unknown summariser.
    """
    ordered = sorted(articles, key=lambda a: (-a.shown_at.timestamp(), a.id))
    every = list(islice(_usable(ordered, readings), RANKED))
    if not every:
        return ()
    choices = _with_main_people(every, len(ordered))
    old = overtaken(ordered, readings)
    titles = [content for article in ordered if (content := stems(article.title or "", article.language))]
    shared = _shared(choices, ordered)
    age = _ages(ordered)
    central = scores([choice.text for choice in choices], summariser, ordered[0].language)
    worths = [
        _worth(c, rank, titles, also) * (1 - AGED * age[c.sentence.article_id]) * (OLD_STATE if c.place in old else 1)
        for c, rank, also in zip(choices, central, shared, strict=True)
    ]
    return tuple(c.sentence for c in _ordered(_picked(choices, worths, word_limit, count), ordered))


def _ages(articles: Sequence[Article]) -> dict[str, float]:
    """How old each article is against the newest, 0..1; what nobody dated is not old."""
    newest = max((a.published_at for a in articles if a.published_at), default=None)
    return {
        a.id: min(1.0, (newest - a.published_at) / AGED_AFTER) if newest and a.published_at else 0.0 for a in articles
    }


def _with_main_people(choices: Sequence[_Choice], articles: int) -> list[_Choice]:
    """The choices; of those they introduce, the main people are named by at least half of several articles."""
    named = {(who, c.sentence.article_id) for c in choices for who in c.introduced | c.assumed}
    spread = Counter(who for who, _ in named)
    main = frozenset(who for who, n in spread.items() if n > 1 and 2 * n >= articles)
    return [replace(c, presents=c.introduced & main) for c in choices]


def _usable(articles: Sequence[Article], readings: Mapping[str, Reading]) -> Iterator[_Choice]:
    """The sentences that may be briefed, the openings of all articles before their ends."""
    prose = [
        (article, [s for s in reading.sentences if s.kind is BlockKind.PROSE])
        for article in articles
        if (reading := readings.get(article.id))
    ]
    for index in range(max((len(sentences) for _, sentences in prose), default=0)):
        for article, sentences in prose:
            if index < len(sentences):
                text = article.text[sentences[index].start : sentences[index].end]
                if usable(text):
                    yield _choice(article, readings[article.id], sentences[index], text, (index, len(sentences)))


def _choice(article: Article, reading: Reading, sentence: Sentence, text: str, place: tuple[int, int]) -> _Choice:
    introduced, assumed = people(reading, article.text, sentence)
    return _Choice(
        sentence=sentence,
        text=text,
        index=place[0],
        of=place[1],
        alone=stands_alone(text, article.language),
        content=stems(text, article.language),
        event=chief_event(reading, sentence),
        introduced=introduced,
        assumed=assumed,
        answers=answered(reading, sentence),
        length=len(text.split()),
    )


def _shared(choices: Sequence[_Choice], articles: Sequence[Article]) -> list[float]:
    """How much of each sentence the other articles tell too: the mean share of them that hold one of its words, 0..1."""
    told = {article.id: set(stems(article.title or "", article.language)) for article in articles}
    for choice in choices:
        told[choice.sentence.article_id] |= choice.content
    holders = Counter(word for content in told.values() for word in content)
    others = max(1, len(told) - 1)
    return [sum(holders[w] - 1 for w in c.content) / others / max(1, len(c.content)) for c in choices]


def _worth(choice: _Choice, central: float, titles: Sequence[frozenset[str]], shared: float) -> float:
    """What a sentence is worth on its own, 0..1."""
    lead = 1 / (1 + choice.index / 2)
    named = min(1.0, sum(w[:1].isupper() or w[:1].isdigit() for w in choice.text.split()[1:]) / 6)
    telling = named if choice.event is not None else named / 2
    titled = sum(len(choice.content & title) / len(title) for title in titles) / max(1, len(titles))
    worth = CENTRAL * central + LEAD * lead + TITLES * titled + SHARED * shared + TELLING * telling
    return worth if choice.alone else worth * DEPENDENT


# --------------------------------------------------------------------------------------------------------------- picking
def _picked(choices: Sequence[_Choice], worths: Sequence[float], budget: int | None, count: int) -> list[_Choice]:
    """The best first; then whatever adds most, until count, budget or worth is used up."""
    picked: list[_Choice] = []
    left = budget if budget is not None else 10**9
    while len(picked) < count:
        best = max(
            (
                (_gain(c, w, picked), -k)
                for k, (c, w) in enumerate(zip(choices, worths, strict=True))
                if c.length <= left
            ),
            default=(0.0, 0),
        )
        if best[0] <= (WORTH if picked else 0):
            break
        chosen = choices[-best[1]]
        picked.append(chosen)
        left -= chosen.length
    return picked


def _gain(choice: _Choice, worth: float, picked: Sequence[_Choice]) -> float:
    """What a sentence adds to those picked; nothing when it says the same as one, or points back to nothing."""
    if not picked:
        last_resort = 1.0 if choice.alone else 1e-3  # of a story with no better sentence
        assuming = UNINTRODUCED if choice.assumed else 1.0
        return worth * last_resort * assuming * (1 + TELLS * choice.answers)
    introduced = frozenset().union(*(other.introduced for other in picked))
    presents = bool(choice.presents - introduced)
    if choice in picked or any(_says_the_same(choice, other, presents=presents) for other in picked):
        return 0.0
    if not choice.alone and not any(_follows(choice, other) for other in picked):
        return 0.0
    told = frozenset().union(*(other.content for other in picked))
    overlap = len(choice.content & told) / max(1, len(choice.content))
    from_article = Counter(other.sentence.article_id for other in picked)[choice.sentence.article_id]
    people_known = 1.0 if choice.assumed <= introduced | choice.introduced else UNINTRODUCED
    presenting = PRESENTS if presents else 1.0
    return worth * people_known * presenting * (1 - LIKE * overlap) * OUTLET**from_article


def _says_the_same(one: _Choice, other: _Choice, *, presents: bool = False) -> bool:
    """Whether two sentences share most of their content, or tell one event and neither presents anybody new."""
    shorter = min(len(one.content), len(other.content)) or 1
    alike = len(one.content & other.content) / shorter
    one_event = one.event is not None and one.event == other.event and not presents
    return alike >= (SAME_EVENT if one_event else SAME)


def _follows(choice: _Choice, other: _Choice) -> bool:
    """Whether the other is the sentence just before this one, so that what it points back to is there."""
    return choice.sentence.article_id == other.sentence.article_id and other.index == choice.index - 1


def _ordered(picked: Sequence[_Choice], articles: Iterable[Article]) -> list[_Choice]:
    """The best sentence first, then as the articles tell: what stands early in its article comes early."""
    if not picked:
        return []
    rank = {article.id: k for k, article in enumerate(articles)}
    lead, *rest = picked
    follow = [c for c in rest if not c.alone]
    free = sorted((c for c in rest if c.alone), key=lambda c: (c.index / c.of, rank[c.sentence.article_id]))
    out = [lead, *_introductions_first(free)]
    for choice in sorted(follow, key=lambda c: c.index):
        place = next((k for k, other in enumerate(out) if _follows(choice, other)), len(out) - 1)
        out.insert(place + 1, choice)
    return out


def _introductions_first(choices: Sequence[_Choice]) -> list[_Choice]:
    """The same sentences; who assumes a person waits until another has introduced them."""
    left, out = list(choices), list[_Choice]()
    while left:
        coming = frozenset().union(*(c.introduced for c in left))
        known = frozenset().union(*(c.introduced for c in out))
        ready = (c for c in left if not (c.assumed - known - c.introduced) & coming)
        out.append(next(ready, left[0]))
        left.remove(out[-1])
    return out
