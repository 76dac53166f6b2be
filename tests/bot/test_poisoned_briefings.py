"""A story that kills the worker is left out of the briefing: the other stories are told all the same."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import pytest
from news import DAY, NOON, article, store_news

from briefs import newsroom
from briefs.models import Reading, Story
from briefs.newsroom import Newsroom

GUILD, OTHER = 1, 2
compose = newsroom._compose


def kill_at_the_orchard(stories, *rest):
    if any("orchard" in story.article_ids for story in stories):
        os.kill(os.getpid(), signal.SIGKILL)
    return compose(stories, *rest)


@pytest.fixture
def desk(memory_store):
    store_news(memory_store, GUILD)
    made = Newsroom(memory_store, clock=lambda: NOON, workers=1)
    yield made
    made.close()


def test_a_poisonous_story_is_left_out_and_set_aside_after_two_crashes(desk, monkeypatch):
    monkeypatch.setattr(newsroom, "_compose", kill_at_the_orchard)
    desk.store.note_crash("story", "s-orchard", feed_id=1, title="Frost", reason="It died before.", now=NOON)
    assert [item.story_id for item in desk.compose(GUILD).items] == ["s-ferry"]

    (aside,) = desk.store.set_aside(GUILD)
    assert (aside.kind, aside.title) == ("story", "Frost")
    assert desk.store.set_aside(OTHER) == ()
    worker = desk._workers.run(os.getpid)
    assert [item.story_id for item in desk.compose(GUILD).items] == ["s-ferry"]
    assert desk._workers.run(os.getpid) == worker  # it was not even tried

    monkeypatch.setattr(newsroom, "_compose", compose)
    assert desk.store.try_again("story", "s-orchard")
    assert {item.story_id for item in desk.compose(GUILD).items} == {"s-ferry", "s-orchard"}


def kill_at_the_winter(stories, chapters, *rest):
    if any("winter" in story.article_ids for story in chapters):
        os.kill(os.getpid(), signal.SIGKILL)
    return compose(stories, chapters, *rest)


def test_a_story_with_a_poisonous_chapter_before_it_is_left_out_like_one_that_is_poisonous_itself(desk, monkeypatch):
    winter = replace(article("ferry", at=NOON - 9 * DAY), id="winter")
    desk.store.add_articles([(winter, Reading("winter", NOON, ()))], feed_id=1)
    desk.store.save_stories([Story("s-winter", ("winter",))])
    desk.store.continue_stories({"s-ferry": "s-winter"})
    monkeypatch.setattr(newsroom, "_compose", kill_at_the_winter)
    assert [item.story_id for item in desk.compose(GUILD).items] == ["s-orchard"]
    assert desk.store.crashes("story") == {"s-ferry": 1}
