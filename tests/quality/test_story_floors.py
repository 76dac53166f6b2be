"""How well articles are grouped, on articles of our own with confusable pairs; the floors never fall silently."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefs.models import Article
from briefs.stories import group

DATED = 1.0, 1.0  # B-cubed precision and recall (Bagga and Baldwin 1998)
UNDATED = (
    0.9,
    1.0,
)  # two launches by one company and two legs of a cup tie, a week apart, are one story where nothing is dated
FEW = 0.99, 0.97
ALL = "stories.txt", "stories_confusable.txt"
NOW = datetime(2026, 3, 20, tzinfo=UTC)


def articles(*files: str, dated: bool) -> tuple[list[Article], dict[str, str]]:
    """The articles, and the story that each belongs to."""
    found, gold = [], {}
    texts = [Path(__file__).with_name(file).read_text("utf-8").strip() for file in files or ("stories.txt",)]
    for number, part in enumerate("\n\n".join(texts).split("\n\n")):
        head, text = part.split("\n", 1)
        label, title = head.split(" | ")
        story, day = label.split()
        published = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC) if dated else None
        found.append(Article(f"q{number:02}", text, (), NOW, title, f"Outlet {number}", published_at=published))
        gold[found[-1].id] = story
    return found, gold


def b_cubed(found: list[Article], gold: dict[str, str]) -> tuple[float, float]:
    """Precision and recall."""
    of = {i: set(story.article_ids) for story in group(found) for i in story.article_ids}
    true = {i: {j for j in gold if gold[j] == gold[i]} for i in gold}
    precision = sum(len(of[i] & true[i]) / len(of[i]) for i in gold) / len(gold)
    recall = sum(len(of[i] & true[i]) / len(true[i]) for i in gold) / len(gold)
    return precision, recall


@pytest.mark.parametrize(("dated", "floors"), [(True, DATED), (False, UNDATED)])
def test_one_event_is_one_story_and_confusable_events_stay_apart(dated, floors):
    """Two days of one trial are one story; its verdict weeks later would be the next chapter."""
    precision, recall = b_cubed(*articles(*ALL, dated=dated))

    assert precision >= floors[0]
    assert recall >= floors[1]


@pytest.mark.parametrize("size", [2, 3, 5])
def test_a_few_articles_alone_are_grouped_as_among_many(size):
    """The first morning of a new reader: what is common and what is telling must be known before there is an archive."""
    found, gold = articles(*ALL, dated=True)
    rng = random.Random(7)
    scores = []
    for _ in range(60):
        few = rng.sample(found, size - 1)
        few.append(rng.choice([a for a in found if gold[a.id] == gold[few[0].id] and a not in few] or [few[0]]))
        few = list(dict.fromkeys(few))
        scores.append(b_cubed(few, {a.id: gold[a.id] for a in few}))

    assert sum(p for p, _ in scores) / len(scores) >= FEW[0]
    assert sum(r for _, r in scores) / len(scores) >= FEW[1]


def test_order_of_arrival_does_not_matter():
    found, _ = articles(*ALL, dated=True)
    expected = group(found)
    for seed in range(5):
        shuffled = random.Random(seed).sample(found, len(found))
        assert group(shuffled) == expected
