"""Articles a day apart, read once for all tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, Block, BlockKind, Reading
from briefs.newsroom import read

if TYPE_CHECKING:
    from collections.abc import Iterable

WRITTEN = datetime(2026, 5, 6, 18, tzinfo=UTC)  # a Wednesday


def articles(*texts: str) -> list[Article]:
    """An article of each text, by an outlet of its own, each a day after the one before."""
    return [
        Article(
            f"a{number}",
            text,
            (Block(0, len(text), BlockKind.PROSE),),
            at := WRITTEN + timedelta(days=number),
            outlet=f"Outlet {number}",
            published_at=at,
        )
        for number, text in enumerate(texts)
    ]


def titled(article: Article, title: str) -> Article:
    """The article under a headline."""
    return replace(article, title=title)


def read_once(given: Iterable[Article]) -> dict[str, Reading]:
    """The readings of articles; each is read once."""
    return {article.id: _read(article) for article in given}


@cache
def _read(article: Article) -> Reading:
    return read([article], DEFAULT_PIPELINE)[0]
