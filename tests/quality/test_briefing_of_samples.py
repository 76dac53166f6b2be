"""The briefing of the sample articles, as a careful editor would check it."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import as_file, files
from itertools import combinations

import pytest

from briefs.language.words import stems
from briefs.newsroom import Newsroom
from briefs.options import Options
from briefs.summary.fitness import stands_alone, usable

NOW = datetime(2025, 8, 2, 9, tzinfo=UTC)
SAME = 0.5  # share of the shorter sentence's words from which a reader hears one thing twice
LEADS = {  # a word of the headline, and words that the first sentence must hold: the newest state of the event
    "space": {"met", "Bakanov", "Duffy"},
    "Norvale": {"won", "Harbour", "Cup"},
    "San Reyo": {"ended", "search", "23"},
    "Halvorsen": {"raised", "bid", "4.6"},
    "Port Calder": {"suspended", "strike"},
    "Tidewell": {"appeal", "38"},
}
STALE = ("will play", "now scheduled for Friday")  # overtaken by what later samples tell


@pytest.fixture(scope="module", params=[3, 5])
def items(request):
    desk = Newsroom.in_memory(options=Options(sentences=request.param))
    with as_file(files("briefs").joinpath("samples", "articles.jsonl")) as samples:
        desk.load(samples, now=NOW)
    briefing = desk.compose(None, now=NOW, max_stories=10)
    desk.verify(briefing)
    assert desk.compose(None, now=NOW, max_stories=10) == briefing
    assert all(len(item.sentences) <= request.param for item in briefing.items)
    desk.close()
    return briefing.items


def test_each_event_is_one_story_that_opens_with_its_newest_state(items):
    assert len(items) == len(LEADS)
    for item in items:
        (told,) = [words for subject, words in LEADS.items() if subject.lower() in item.headline.lower()]
        assert all(word in item.sentences[0].text for word in told), item.sentences[0].text


def test_no_sentence_is_a_headline_a_fragment_or_stale(items):
    for sentence in (s for item in items for s in item.sentences):
        assert usable(sentence.text)
        assert sentence.text not in {item.headline for item in items}
        assert not any(stale in sentence.text for stale in STALE), sentence.text


def test_the_first_sentence_stands_alone_and_nothing_is_told_twice(items):
    for item in items:
        assert stands_alone(item.sentences[0].text)
        for one, other in combinations((stems(s.text) for s in item.sentences), 2):
            assert len(one & other) / min(len(one), len(other)) < SAME


def test_the_wire_copy_of_the_space_talks_counts_once(items):
    (space,) = [item for item in items if "space" in item.headline.lower()]

    assert len(space.outlets) == 6
    assert space.independent == 5
