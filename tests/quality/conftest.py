"""What several quality tests read once."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from asked import articles
from weekly import Week

from briefs.newsroom import Newsroom


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """A newsroom that has read the samples and our news."""
    file = tmp_path_factory.mktemp("news") / "articles.jsonl"
    file.write_text("\n".join(json.dumps(a) for a in articles()), encoding="utf-8")
    with_news = Newsroom.in_memory()
    with_news.load(file, now=datetime(2026, 7, 1, tzinfo=UTC))
    yield with_news
    with_news.close()


@pytest.fixture(scope="session")
def week():
    """The week, collected and briefed."""
    found = Week()
    yield found
    found.desk.close()
