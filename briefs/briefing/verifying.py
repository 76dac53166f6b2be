"""Every sentence and headline of a briefing stands in its article, or nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.briefing import headlines
from briefs.errors import QuotationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefs.models import Article, Briefing, CitedSentence, Item, Unmoved


def quoted(briefing: Briefing) -> set[str]:
    """The ids of the articles that a briefing quotes."""
    sentences = {sentence.article_id for item in briefing.items for sentence in passages(item)}
    headlines = {item.headline_article_id for item in briefing.items}
    return sentences | headlines | {told.headline_article_id for told in briefing.unmoved}


def passages(item: Item) -> Iterator[CitedSentence]:
    """Everything an item quotes but its headline."""
    yield from item.sentences
    yield from (change.earlier for change in item.changes if change.earlier)
    yield from (cited for dispute in item.disagreements for value in dispute.values for cited in value.cited)


def verify(briefing: Briefing, articles: Mapping[str, Article]) -> None:
    """Raise QuotationError unless every sentence and headline stands in its article."""
    for item in briefing.items:
        for sentence in passages(item):
            article = articles.get(sentence.article_id)
            if article is None or article.text[sentence.start : sentence.end] != sentence.text:
                raise QuotationError(
                    f"A sentence of the briefing does not stand in article {sentence.article_id}; it is not posted.",
                    article_id=sentence.article_id,
                )
    headed: tuple[Item | Unmoved, ...] = (*briefing.items, *briefing.unmoved)
    for told in headed:
        source = articles.get(told.headline_article_id)
        if source is None or not _stands(told.headline, source):
            raise QuotationError(
                f"A headline does not stand in article {told.headline_article_id}; the briefing is not posted.",
                article_id=told.headline_article_id,
            )


def _stands(headline: str, source: Article) -> bool:
    """Whether a headline is the article's title, without the outlet's name at its end, or stands in its text."""
    return headline in (source.title, headlines.shown(source)) or headline in source.text
