"""The sentences of a story's briefing: central, fit, nothing twice, the newest state, in an order that reads as a text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.language.words import STOP_WORDS, stem, words
from briefs.models import BlockKind
from briefs.summary.events import chief_event, overtaken
from briefs.summary.fitness import stands_alone, usable
from briefs.summary.ranking import RANKED, scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefs.models import Article, Reading, Sentence

# Weights of sumy's score, of the place in the article, of the words of the story's headlines, of names, figures and times.
CENTRAL, LEAD, TITLES, TELLING = 0.35, 0.3, 0.2, 0.15
DEPENDENT = 0.55  # factor of a sentence that points back to another
OLD_STATE = 0.05  # factor of what a newer article has overtaken
AGED = 0.2  # what the oldest article's sentences lose against the newest's
SAME = 0.4  # share of the shorter sentence's content that the other holds, from which they say the same
SAME_EVENT = 0.2  # the same, for two sentences that chiefly tell the same kind of event
LIKE = 0.6  # how much of its overlap with what is chosen a sentence loses
OUTLET = 0.93  # factor for each sentence its article already has in the briefing
WORTH = 0.18  # what a further sentence must still be worth


@dataclass(frozen=True, slots=True)
class _Choice:
    sentence: Sentence
    text: str
    index: int  # among its article's prose sentences
    of: int  # how many these are
    alone: bool
    content: frozenset[str]
    event: str | None  # the frame of what the sentence chiefly tells
    length: int  # words, as a word budget counts them

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
    ordered = sorted(articles, key=lambda a: (-(a.published_at or a.first_seen_at).timestamp(), a.id))
    choices = _bounded([c for article in ordered for c in _of_article(article, readings.get(article.id))])
    if not choices:
        return ()
    old = overtaken(ordered, readings)
    titles = [content for article in ordered if (content := _content(article.title or ""))]
    age = {article.id: k / len(ordered) for k, article in enumerate(ordered)}
    central = scores([choice.text for choice in choices], summariser)
    worths = [
        _worth(c, rank, titles) * (1 - AGED * age[c.sentence.article_id]) * (OLD_STATE if c.place in old else 1)
        for c, rank in zip(choices, central, strict=True)
    ]
    return tuple(c.sentence for c in _ordered(_picked(choices, worths, word_limit, count), ordered))


def _of_article(article: Article, reading: Reading | None) -> list[_Choice]:
    if reading is None:
        return []
    prose = [s for s in reading.sentences if s.kind is BlockKind.PROSE]
    return [
        _Choice(s, text, k, len(prose), stands_alone(text), _content(text), chief_event(reading, s), len(text.split()))
        for k, s in enumerate(prose)
        if usable(text := article.text[s.start : s.end])
    ]


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word, _, _ in words(text) if word not in STOP_WORDS)


def _bounded(choices: list[_Choice]) -> list[_Choice]:
    """At most as many as sumy is given, the openings of all articles before their ends."""
    return sorted(choices, key=lambda c: c.index)[:RANKED]


def _worth(choice: _Choice, central: float, titles: Sequence[frozenset[str]]) -> float:
    """What a sentence is worth on its own, 0..1."""
    lead = 1 / (1 + choice.index / 2)
    named = min(1.0, sum(w[:1].isupper() or w[:1].isdigit() for w in choice.text.split()[1:]) / 6)
    telling = named if choice.event is not None else named / 2
    titled = sum(len(choice.content & title) / len(title) for title in titles) / max(1, len(titles))
    worth = CENTRAL * central + LEAD * lead + TITLES * min(1.0, 2 * titled) + TELLING * telling
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
    if choice in picked or any(_says_the_same(choice, other) for other in picked):
        return 0.0
    if not choice.alone and not any(_follows(choice, other) for other in picked):
        return 0.0 if picked or worth <= 0 else worth * 1e-3  # the last resort of a story with no better sentence
    told = frozenset().union(*(other.content for other in picked)) if picked else frozenset()
    overlap = len(choice.content & told) / max(1, len(choice.content))
    from_article = Counter(other.sentence.article_id for other in picked)[choice.sentence.article_id]
    return worth * (1 - LIKE * overlap) * OUTLET**from_article


def _says_the_same(one: _Choice, other: _Choice) -> bool:
    shorter = min(len(one.content), len(other.content)) or 1
    alike = len(one.content & other.content) / shorter
    return alike >= (SAME_EVENT if one.event is not None and one.event == other.event else SAME)


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
    out = [lead, *free]
    for choice in sorted(follow, key=lambda c: c.index):
        place = next(k for k, other in enumerate(out) if _follows(choice, other))
        out.insert(place + 1, choice)
    return out
