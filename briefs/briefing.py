"""Stories to a briefing: ranked, each with its headline and cited sentences. Pure; the same input gives the same bytes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from briefs import summary
from briefs.errors import QuotationError
from briefs.facts.independence import Copies
from briefs.language.words import stems
from briefs.models import Briefing, Citation, CitedSentence, Item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from briefs.models import Article, Reading, Sentence, Story

STALE = 0.25  # what the oldest headline loses against the newest
HALF_LIFE = 72.0  # hours in which a story's freshness halves
LURES = (
    "you won’t believe",
    "you won't believe",
    "here's why",
    "here’s why",
    "what we know",
    "everything you need",
    "live updates",
)


def compose(
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    *,
    now: datetime,
    title: str = "Briefing",
    max_stories: int = 5,
    sentences: int = 5,
    word_limit: int | None = None,  # of each story's sentences together
    summariser: str = "lex-rank",
    problems: tuple[str, ...] = (),
) -> Briefing:
    """The briefing of these stories as of ``now``, best story first.

    Raises SettingError for an unknown summariser.
    """
    copies = Copies(articles)
    ranked = sorted(stories, key=lambda s: (-_importance(s, articles, copies, now), s.id))
    numbers: dict[str, int] = {}
    items: list[Item] = []
    for story in ranked:
        if len(items) == max_stories:
            break
        members = [articles[i] for i in story.article_ids]
        chosen = summary.choose(members, readings, summariser=summariser, word_limit=word_limit, count=sentences)
        if chosen or any(a.title for a in members):
            items.append(_item(story, members, chosen, numbers, copies))
    told = {i for item in items for i in item.article_ids}
    return Briefing(
        title=title,
        made_at=now,
        items=tuple(items),
        citations=tuple(_citation(articles[i], n) for i, n in numbers.items()),
        articles=len(told),
        outlets=len({articles[i].publisher for i in told}),
        problems=problems,
    )


def quoted(briefing: Briefing) -> set[str]:
    """The ids of the articles that a briefing quotes."""
    sentences = {sentence.article_id for item in briefing.items for sentence in item.sentences}
    return sentences | {item.headline_article_id for item in briefing.items}


def verify(briefing: Briefing, articles: Mapping[str, Article]) -> None:
    """Raise QuotationError unless every sentence and headline stands in its article."""
    for item in briefing.items:
        for sentence in item.sentences:
            article = articles.get(sentence.article_id)
            if article is None or article.text[sentence.start : sentence.end] != sentence.text:
                raise QuotationError(
                    f"A sentence of the briefing does not stand in article {sentence.article_id}; it is not posted.",
                    article_id=sentence.article_id,
                )
        source = articles.get(item.headline_article_id)
        if source is None or (item.headline != source.title and item.headline not in source.text):
            raise QuotationError(
                f"A headline does not stand in article {item.headline_article_id}; the briefing is not posted.",
                article_id=item.headline_article_id,
            )


# --------------------------------------------------------------------------------------------------------------- ranking
def _importance(story: Story, articles: Mapping[str, Article], copies: Copies, now: datetime) -> float:
    """More for every independent source, less with every hour since the newest article."""
    newest = max(articles[i].shown_at for i in story.article_ids)
    hours = max(0.0, (now - newest).total_seconds() / 3600)
    return (1 + math.log(copies.independent(story.article_ids))) * math.pow(0.5, min(hours, 240) / HALF_LIFE)


# ----------------------------------------------------------------------------------------------------------------- items
def _item(
    story: Story,
    members: Sequence[Article],
    chosen: Sequence[Sentence],
    numbers: dict[str, int],
    copies: Copies,
) -> Item:
    texts = {a.id: a.text for a in members}
    cited = tuple(
        CitedSentence(
            s.article_id, s.start, s.end, texts[s.article_id][s.start : s.end], _number(numbers, s.article_id)
        )
        for s in chosen
    )
    headline, headline_article = _headline(members, cited)
    _number(numbers, headline_article)
    dates = [a.published_at for a in members if a.published_at]
    return Item(
        story_id=story.id,
        headline=headline,
        headline_article_id=headline_article,
        sentences=cited,
        article_ids=story.article_ids,
        outlets=tuple(dict.fromkeys(a.publisher for a in members)),
        independent=copies.independent(story.article_ids),
        latest_at=max(dates, default=None),
    )


def _number(numbers: dict[str, int], article_id: str) -> int:
    return numbers.setdefault(article_id, len(numbers) + 1)


def _headline(members: Sequence[Article], cited: Sequence[CitedSentence]) -> tuple[str, str]:
    """The outlets' headline that shares most with all of them and with the text; a plain one before a lure."""
    titled = [a for a in members if a.title]
    if not titled:
        first = cited[0]
        return first.text, first.article_id
    contents = {a.id: stems(a.title or "") for a in titled}
    text = [stems(s.text) for s in cited]
    order = sorted({a.shown_at for a in titled}, reverse=True)

    def cover(article: Article) -> tuple[float, float, str]:
        mine = contents[article.id]
        others = [content for key, content in contents.items() if key != article.id]
        shared = sum(len(mine & other) / max(1, len(mine)) ** 0.5 for other in [*others, *text])
        newness = 1 - STALE * order.index(article.shown_at) / len(order)
        return (
            shared * newness * (0.5 if _lures(article.title or "") else 1.0),
            article.shown_at.timestamp(),
            article.id,
        )

    best = max(titled, key=cover)
    return best.title or "", best.id


def _lures(title: str) -> bool:
    folded = title.lower()
    asks = folded.startswith(("why ", "how ", "what ", "where ", "who ", "inside ", "meet "))
    return asks or folded.rstrip().endswith(("?", "!")) or any(lure in folded for lure in LURES)


def _citation(article: Article, number: int) -> Citation:
    return Citation(number, article.id, article.publisher, article.title, article.url, article.published_at)
