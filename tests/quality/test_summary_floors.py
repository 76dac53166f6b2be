"""What no briefing may ever hold, checked on every story of our own articles."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from itertools import combinations

import pytest
from test_story_floors import articles

from briefs import briefing, newsroom, stories
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.language.words import stems
from briefs.models import Block, BlockKind
from briefs.preferences import Preferences
from briefs.summary.fitness import stands_alone, usable

NOW = datetime(2026, 3, 15, tzinfo=UTC)
FLOOR_SEVERAL = 0.6  # share of the stories of several articles, told in several sentences, that quote several outlets
SAME = 0.5  # share of the shorter sentence's words from which a reader hears one thing twice


@pytest.fixture(scope="module")
def items():
    found = [dataclasses.replace(a, blocks=(Block(0, len(a.text), BlockKind.PROSE),)) for a in articles(dated=True)[0]]
    by_id = {a.id: a for a in found}
    readings = {r.article_id: r for r in newsroom.read(found, DEFAULT_PIPELINE)}
    grouped = stories.group(found)
    made = briefing.compose(grouped, by_id, readings, now=NOW, preferences=Preferences(len(grouped), 5)).briefing
    briefing.verify(made, by_id)
    assert len(made.items) == len(grouped)
    return made.items


def test_every_story_is_briefed(items):
    assert all(item.sentences for item in items)


def test_every_sentence_is_whole_and_the_first_stands_alone(items):
    for item in items:
        assert all(usable(sentence.text) for sentence in item.sentences)
        assert stands_alone(item.sentences[0].text), item.sentences[0].text


def test_no_two_sentences_of_a_story_say_the_same(items):
    for item in items:
        for one, other in combinations((stems(sentence.text) for sentence in item.sentences), 2):
            assert len(one & other) / min(len(one), len(other)) < SAME


def test_several_outlets_are_heard(items):
    told = [item for item in items if len(item.sentences) > 1 and len(item.article_ids) > 1]
    heard = [len({s.article_id for s in item.sentences}) for item in told]

    assert sum(n > 1 for n in heard) / len(heard) >= FLOOR_SEVERAL
