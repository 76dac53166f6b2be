"""A desk with a few articles of our own, built once, and the values it finds for a question before any is trusted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefs.answers import wording
from briefs.newsroom import Newsroom

if TYPE_CHECKING:
    from pathlib import Path

    from briefs.answers.asking import Ask

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)  # a Monday


def desk_of(folder: Path, *texts: str, apart: int = 1) -> Newsroom:
    """One article for each text, from outlets A, B, C…, so many days apart; the first is of Tuesday 14 May 2024."""
    records = [
        {
            "id": f"a{k}",
            "source": f"Outlet {chr(65 + k)}",
            "text": text,
            "published_at": f"2024-05-{14 + k * apart:02d}T10:00:00Z",
        }
        for k, text in enumerate(texts)
    ]
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    desk = Newsroom.in_memory()
    desk.load(path, now=NOW)
    return desk


def found(desk: Newsroom, question: str, ask: Ask, article: str, now: datetime = NOW) -> list[str]:
    """The values found in one article, best first, each once."""
    inquiry = desk.inquiry(None, question, now=now, articles=[article])
    return list(dict.fromkeys(wording.value(ask, candidate, ()) for candidate in inquiry.found(ask)))
