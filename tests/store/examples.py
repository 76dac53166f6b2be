"""Small articles and what belongs to them, for the tests of the store."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefs.models import (
    Answer,
    Argument,
    Article,
    Block,
    BlockKind,
    Briefing,
    Citation,
    CitedSentence,
    Entity,
    EntityKind,
    Evidence,
    Fact,
    Grain,
    Item,
    Mention,
    Modality,
    Predicate,
    Reading,
    Sentence,
    Status,
    When,
)

ROOT = Path(__file__).parents[2]
NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FEED = "https://courier.example/feed"
TEXT = "Mayor Ines Moreau opened the bridge on Thursday. Boats sounded their horns."


def article(article_id="a1", text=TEXT, *, title="The bridge is open", at=NOON, **more) -> Article:
    blocks = (Block(0, len(text), BlockKind.PROSE),)
    more = {"outlet": "The Courier", "url": f"https://courier.example/{article_id}", **more}
    return Article(article_id, text, blocks, more.pop("first_seen_at", NOON), title=title, published_at=at, **more)


def reading(article_id="a1") -> Reading:
    mayor = Entity("Ines Moreau", EntityKind.PERSON, ("Moreau",))
    thursday = When("2025-07-31", 39, 47, Grain.DAY, NOON - DAY, NOON)
    opened = Fact(
        article_id,
        0,
        48,
        "open",
        Predicate("open", 18, 24),
        (
            Argument("agent", 0, 17, "Mayor Ines Moreau", "moreau", mayor),
            Argument("patient", 25, 35, "the bridge", "bridge"),
        ),
        thursday,
        Modality.HAPPENED,
    )
    sentences = (Sentence(article_id, 0, 48), Sentence(article_id, 49, len(TEXT)))
    return Reading(article_id, NOON, sentences, (Mention(6, 17, "name", mayor),), (thursday,), (opened,))


def pair(article_id="a1", *arguments, **more) -> tuple[Article, Reading]:
    return article(article_id, *arguments, **more), reading(article_id)


def briefing(*article_ids: str, made_at=NOON) -> Briefing:
    sentence = CitedSentence("a1", 0, 48, TEXT[:48], 1)
    item = Item("s1", "The bridge is open", "a1", (sentence,), article_ids or ("a1",), ("The Courier",), 1, NOON)
    citation = Citation(1, "a1", "The Courier", "The bridge is open", None, NOON)
    return Briefing("Morning briefing", made_at, (item,), (citation,), 1, 1, ("One feed failed.",))


def answer(question="who opened the bridge?") -> Answer:
    evidence = Evidence("a1", 0, 48, TEXT[:48], "The Courier")
    return Answer(
        question, Status.ANSWERED, "Ines Moreau", "Ines Moreau opened the bridge.", evidence=(evidence,), sources=1
    )


def apart(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own; what it printed, once it ended well."""
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run
