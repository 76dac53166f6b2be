"""Search finds articles by any of the words, best first, whatever stands in the words."""

from __future__ import annotations

import pytest
from examples import DAY, NOON, pair
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TEXTS = {
    "launch": ("Crew lifts off", "The rocket lifted off from the spaceport. Engineers watched the rocket climb."),
    "talks": ("Ministers meet", "The ministers were meeting in the harbour town. A rocket was not discussed."),
    "strike": ("Dockers walk out", "Dockers at the harbour stopped working. O'Neill said the strike would last."),
}


@pytest.fixture
def library(store):
    store.add_articles([pair(name, text, title=title, at=NOON) for name, (title, text) in TEXTS.items()])
    return store


def search(library, *terms, **more):
    return library.search(terms, **{"guild_id": None, **more})


def test_any_of_the_terms_is_enough_and_the_best_match_is_first(library):
    assert search(library, "rocket") == ("launch", "talks")
    assert search(library, "strike", "dockers", "rocket")[0] == "strike"
    assert set(search(library, "strike", "rocket")) == {"launch", "talks", "strike"}


def test_words_match_by_their_stem_in_any_case(library):
    assert search(library, "ROCKETS") == ("launch", "talks")
    assert search(library, "engineer") == ("launch",)
    assert search(library, "meet") == ("talks",)


def test_titles_are_searched_too_and_count_more(library):
    assert search(library, "crew") == ("launch",)
    library.add_articles([
        pair("in text", "A ferry sank near the island. Nobody was hurt in it.", title="Accident at sea"),
        pair("in title", "It went down near the island. Nobody was hurt in it.", title="Ferry sinks"),
    ])  # fmt: skip
    assert search(library, "ferry") == ("in title", "in text")


def test_a_term_of_several_words_is_a_phrase(library):
    assert search(library, "harbour town") == ("talks",)
    assert search(library, "town harbour") == ()


def test_nothing_to_look_for_finds_nothing(library):
    assert search(library) == search(library, "", "  ", "?!", "*") == search(library, "zebra") == ()
    assert search(library, "rocket", limit=0) == ()


def test_limit_until_and_ids_narrow_the_search(library):
    library.add_articles([pair("later", "A rocket again.", at=NOON + DAY)])
    assert len(search(library, "rocket", limit=2)) == 2
    assert "later" not in search(library, "rocket", until=NOON)
    assert search(library, "rocket", until=NOON - DAY) == ()
    assert search(library, "rocket", ids=["talks", "strike", "unknown"]) == ("talks",)
    assert search(library, "rocket", ids=[]) == ()


@pytest.mark.parametrize(
    "term",
    ['"', "rocket*", "NEAR(", "AND", "a:b", "title:", "^rocket", "-rocket", "'", "\\", "&|!()", "x<->y", "%", "\0"],
)
def test_syntax_in_a_term_is_just_characters(library, term):
    assert isinstance(search(library, term), tuple)
    assert search(library, "dockers", term)[0] == "strike" or "rocket" in term
    assert search(library, "o'neill") == ("strike",)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(terms=st.lists(st.text(st.characters(exclude_categories=[])), max_size=6))
def test_no_words_break_the_search(library, terms):
    assert set(search(library, "dockers", *terms)) >= {"strike"}


def test_equal_matches_come_in_one_order(store):
    store.add_articles([pair(name, "Words alike.", title="t") for name in ("b", "a", "c")])
    assert store.search(["alike"], guild_id=None) == store.search(["alike"], guild_id=None) == ("a", "b", "c")


@pytest.fixture
def crowded(library, monkeypatch):
    """A store in which two articles are more than can be ranked."""
    monkeypatch.setattr("briefs.store.fulltext.MOST_RANKED", {"sqlite": 1, "postgresql": 1})
    return library


def test_in_a_large_store_what_holds_a_rare_word_comes_first(crowded):
    assert search(crowded, "rocket", "dockers")[0] == "strike"
    assert set(search(crowded, "rocket", "dockers")) == {"strike", "talks"}  # and one of the others, the latest


def test_of_common_words_alone_those_that_stand_together_come_first(crowded):
    assert search(crowded, "rocket", "harbour")[0] == "talks"
    assert search(crowded, "rocket", "harbour", "zebra")[0] == "talks"
    assert len(search(crowded, "rocket")) == 1


def test_some_of_many_matches_are_the_newest(store):
    store.add_articles([pair("best", "A ferry, a ferry and a ferry.", title="Ferry")])
    store.add_articles([pair(f"old {n}", "A ferry again.", title="t") for n in range(3)])
    store.add_articles([pair("latest", "Words and words and words before a ferry is told of.", title="t")])
    assert store.search(["ferry"], guild_id=None, limit=3) == ("best", "old 0", "old 1")
    assert store.search(["ferry"], guild_id=None, limit=3, newest=1) == ("best", "old 0", "latest")
    assert store.search(["ferry"], guild_id=None, limit=9, newest=1)[0] == "best"


def test_what_is_stored_is_found_at_once_on_postgresql_too(store):
    if store.dialect == "postgresql":
        with store._database.reading() as connection:
            options = connection.exec_driver_sql("SELECT reloptions FROM pg_class WHERE relname = 'ix_articles_words'")
            assert options.scalar() == ["fastupdate=off"]
    store.add_articles([pair("new", "A zeppelin.")])
    assert store.search(["zeppelin"], guild_id=None) == ("new",)
