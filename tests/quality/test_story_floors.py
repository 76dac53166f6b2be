"""How well articles are grouped, on articles of our own with confusable pairs; the floors never fall silently."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefs.models import Article
from briefs.stories import group

FLOOR_PRECISION, FLOOR_RECALL = 1.0, 0.9  # B-cubed (Bagga and Baldwin 1998)
NOW = datetime(2026, 3, 20, tzinfo=UTC)


def articles(*, dated: bool) -> tuple[list[Article], dict[str, str]]:
    """The articles, and the story that each belongs to."""
    found, gold = [], {}
    for number, part in enumerate(Path(__file__).with_name("stories.txt").read_text("utf-8").strip().split("\n\n")):
        head, text = part.split("\n", 1)
        label, title = head.split(" | ")
        story, day = label.split()
        published = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC) if dated else None
        found.append(Article(f"q{number:02}", text, (), NOW, title, f"Outlet {number}", None, published))
        gold[found[-1].id] = story
    return found, gold


def b_cubed(found: list[Article], gold: dict[str, str]) -> tuple[float, float]:
    """Precision and recall."""
    of = {i: set(story.article_ids) for story in group(found) for i in story.article_ids}
    true = {i: {j for j in gold if gold[j] == gold[i]} for i in gold}
    precision = sum(len(of[i] & true[i]) / len(of[i]) for i in gold) / len(gold)
    recall = sum(len(of[i] & true[i]) / len(true[i]) for i in gold) / len(gold)
    return precision, recall


@pytest.mark.parametrize("dated", [True, False])
def test_one_event_is_one_story_and_confusable_events_stay_apart(dated):
    precision, recall = b_cubed(*articles(dated=dated))

    assert precision >= FLOOR_PRECISION
    assert recall >= FLOOR_RECALL


def test_order_of_arrival_does_not_matter():
    found, _ = articles(dated=True)
    expected = group(found)
    for seed in range(5):
        shuffled = random.Random(seed).sample(found, len(found))
        assert group(shuffled) == expected
