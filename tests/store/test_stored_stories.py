"""An article is in one story, and a story is whole."""

from __future__ import annotations

import pytest
from examples import DAY, NOON, pair

from briefs.errors import StoreError
from briefs.models import Story


@pytest.fixture
def library(store):
    store.add_articles([pair(f"a{number}", at=NOON + number * DAY) for number in range(1, 6)])
    return store


def test_a_story_comes_back_whole_and_oldest_first(library):
    library.save_stories([Story("s1", ("a3", "a1")), Story("s2", ("a2",))])
    assert library.story("s1") == Story("s1", ("a1", "a3"))
    assert library.stories(["a3"]) == (Story("s1", ("a1", "a3")),)
    assert library.stories(["a1", "a2", "a3"]) == (Story("s1", ("a1", "a3")), Story("s2", ("a2",)))
    assert library.stories([]) == library.stories(["a5"]) == ()
    assert library.story("none") is None


def test_a_story_grows(library):
    library.save_stories([Story("s1", ("a1",))])
    library.save_stories([Story("s1", ("a1", "a2")), Story("s2", ("a3",))])
    assert library.story("s1") == Story("s1", ("a1", "a2"))


def test_an_article_leaves_its_story_for_another_and_an_empty_story_goes(library):
    library.save_stories([Story("s1", ("a1", "a2")), Story("s2", ("a3",))])
    library.save_stories([Story("s1", ("a3",)), Story("s3", ("a2",))])
    assert library.story("s1") == Story("s1", ("a1", "a3"))
    assert library.story("s2") is None
    assert library.story("s3") == Story("s3", ("a2",))
    assert library.statistics().stories == 2


def test_a_story_of_an_unknown_article_is_refused_and_nothing_changes(library):
    library.save_stories([Story("s1", ("a1",))])
    with pytest.raises(StoreError, match="Story s2 names an article that is not stored: nowhere"):
        library.save_stories([Story("s2", ("a1", "nowhere"))])
    assert library.stories(["a1"]) == (Story("s1", ("a1",)),)


def test_saving_nothing_is_nothing(library):
    library.save_stories([])
    library.save_stories([Story("s1", ())])
    assert library.statistics().stories == 0
