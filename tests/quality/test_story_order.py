"""Fed one by one in any order, articles give nearly the stories that they give in order of time; the floors never fall silently."""

from __future__ import annotations

import random

import pytest
from test_story_floors import articles

from briefs.joining import Joining
from briefs.models import Article, Reading
from briefs.newsroom import now_utc
from briefs.quarantine import Quarantine
from briefs.store import Store
from briefs.workers import Workers

FLOOR_SAME, FLOOR_GOLD = 0.99, 0.98  # B-cubed F1 against the stories in order of time, and against those that we wrote
Groups = dict[str, str]  # by article, the name of its group


def fed(found: list[Article], batch: int = 1) -> Groups:
    """The stories of articles that arrive in this order, so many at a time."""
    with Store.open("sqlite://") as store:
        joining = Joining(store, Workers(0), Quarantine(store, now_utc))
        for start in range(0, len(found), batch):
            together = found[start : start + batch]
            store.add_articles([(each, Reading(each.id, None, ())) for each in together])
            joining.group(together)
        stories = store.stories([each.id for each in found])
    return {article_id: story.id for story in stories for article_id in story.article_ids}


def f1(one: Groups, other: Groups) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998) of two ways to group the same articles; the same from both sides."""
    mine, theirs = ({i: {j for j in of if of[j] == of[i]} for i in of} for of in (one, other))
    shared = {i: len(mine[i] & theirs[i]) for i in one}
    precision = sum(shared[i] / len(mine[i]) for i in one) / len(one)
    recall = sum(shared[i] / len(theirs[i]) for i in one) / len(one)
    return 2 * precision * recall / (precision + recall)


@pytest.fixture(scope="module")
def in_time() -> Groups:
    return fed(sorted(articles(dated=True)[0], key=lambda each: (each.shown_at, each.id)))


def test_in_order_of_time_the_stories_are_those_we_wrote(in_time):
    assert f1(in_time, articles(dated=True)[1]) >= FLOOR_GOLD


@pytest.mark.parametrize("seed", range(3))
def test_any_order_gives_nearly_the_same_stories(in_time, seed):
    found, gold = articles(dated=True)
    random.Random(seed).shuffle(found)
    stories = fed(found)

    assert f1(stories, in_time) >= FLOOR_SAME
    assert f1(stories, gold) >= FLOOR_GOLD


def test_what_arrives_together_gives_nearly_the_same_as_one_by_one(in_time):
    found, _ = articles(dated=True)
    assert f1(fed(found, batch=7), in_time) >= FLOOR_SAME
