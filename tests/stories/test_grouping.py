"""Articles to stories: small cases that a reader would notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.models import Article
from briefs.stories import group

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BRIDGE = "The Halden bridge over the river Aske closed on Monday after inspectors found cracks in two of its cables."
BRIDGE_TOO = "Inspectors closed the Halden bridge on Monday: two cables over the river Aske are cracked."
MARKET = "Prices of wheat rose by four percent at the Lindal exchange as farmers feared a dry spring."


def article(name: str, text: str, *, days: float = 0, dated: bool = True) -> Article:
    published = DAY + timedelta(days=days) if dated else None
    return Article(name, text, (), DAY + timedelta(days=30), published_at=published)


def grouped(*articles: Article) -> set[frozenset[str]]:
    return {frozenset(story.article_ids) for story in group(articles)}


def test_nothing_makes_no_story():
    assert group([]) == ()


def test_two_reports_of_one_event_are_one_story_and_another_event_is_its_own():
    found = grouped(article("a", BRIDGE), article("b", MARKET), article("c", BRIDGE_TOO))

    assert found == {frozenset("ac"), frozenset("b")}


def test_two_unrelated_articles_alone_are_two_stories():
    assert grouped(article("a", BRIDGE), article("b", MARKET)) == {frozenset("a"), frozenset("b")}


def test_dated_and_undated_reports_meet():
    assert grouped(article("a", BRIDGE), article("b", BRIDGE_TOO, dated=False)) == {frozenset("ab")}


def test_like_reports_a_month_apart_are_two_stories():
    assert len(grouped(article("a", BRIDGE), article("b", BRIDGE_TOO, days=30))) == 2


QUAKE = (
    "A magnitude 6.2 earthquake hit the town of Sorvik in northern Tavia on Monday and killed eleven people, the governor said. "
    "Houses collapsed in the harbour quarter and the army sent tents."
)
QUAKE_TOO = (
    "Eleven people died on Monday when a quake of magnitude 6.2 destroyed houses in the harbour of Sorvik. "
    "Soldiers put up tents, the governor of northern Tavia said."
)
OTHER_QUAKE = (
    "An earthquake of magnitude 5.4 shook vineyards around Pellare in southern Tavia, cracking a church tower. "
    "Nobody was hurt, Mayor Aldo Brusa said."
)
LAUNCH = (
    "The supply ship Dunlin lifted off from Port Sander on Tuesday with three tonnes of food and water for the station. "
    "It will dock on Thursday, flight director Ana Roke said."
)
LAUNCH_TOO = (
    "Flight director Ana Roke said that Dunlin, a supply ship loaded with food and water, had left Port Sander on Tuesday. "
    "The station expects it on Thursday."
)
OTHER_LAUNCH = (
    "The weather satellite Siskin lifted off from Port Sander and reached an orbit 800 kilometres above the poles. "
    "Forecasters hope for pictures of storms by June, project head Emil Varga said."
)


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("event", [(QUAKE, QUAKE_TOO, OTHER_QUAKE), (LAUNCH, LAUNCH_TOO, OTHER_LAUNCH)])
def test_two_events_of_one_kind_a_week_apart_are_two_stories_and_each_in_other_words_is_one(event, dated):
    first, again, other = event
    found = grouped(
        article("a", first, dated=dated),
        article("b", again, days=0.4, dated=dated),
        article("c", other, days=7, dated=dated),
    )

    assert found == {frozenset("ab"), frozenset("c")}


def test_the_events_of_a_week_told_together_stay_apart():
    texts = {"a": QUAKE, "b": QUAKE_TOO, "c": OTHER_QUAKE, "d": LAUNCH, "e": LAUNCH_TOO, "f": OTHER_LAUNCH, "g": BRIDGE}
    found = grouped(*(article(name, text, dated=name not in "be") for name, text in texts.items()))

    assert found == {frozenset("ab"), frozenset("c"), frozenset("de"), frozenset("f"), frozenset("g")}


def test_articles_stand_oldest_first_and_the_oldest_names_the_story():
    first, second = article("z", BRIDGE), article("a", BRIDGE_TOO, days=1)
    (story,) = group([second, first])

    assert story.article_ids == ("z", "a")
    assert story.id == group([first])[0].id


def test_articles_without_words_do_not_stick_together():
    assert len(grouped(article("a", "…"), article("b", ""), article("c", "— —"))) == 3


@settings(max_examples=40)
@given(st.lists(st.text(max_size=80), max_size=8), st.randoms(use_true_random=False))
def test_any_texts_in_any_order_give_the_same_stories_with_each_article_once(texts, rng):
    articles = [article(f"a{k}", text, days=k % 3, dated=k % 2 == 0) for k, text in enumerate(texts)]
    expected = group(articles)
    rng.shuffle(articles)

    assert group(articles) == expected
    assert sorted(i for story in expected for i in story.article_ids) == sorted(a.id for a in articles)


MOVED = (
    (0.1, "The dam above Corr broke on Sunday and flooded the village; nine people died, Mayor Ines Holt of Corr said."),
    (0.6, "In Corr, nine died when the dam above the village broke on Sunday night, Mayor Ines Holt said."),
    (1.7, "The dead of Corr now number 16: mud was cleared from the school on Monday, and divers found seven more, Ines Holt said."),
    (1.9, "Divers went on searching the school of Corr on Monday; 16 are dead since the dam broke, said Mayor Ines Holt."),
)  # fmt: skip


def moved(*, dated: bool = True) -> list[Article]:
    return [article(f"m{number}", text, days=days, dated=dated) for number, (days, text) in enumerate(MOVED)]


def test_a_story_that_moved_is_one_story_the_next_day():
    assert grouped(*moved(), article("x", MARKET, days=1)) == {frozenset({"m0", "m1", "m2", "m3"}), frozenset("x")}


def test_reports_of_one_matter_after_a_pause_are_another_story():
    late = Article("late", MOVED[1][1], (), DAY, published_at=DAY + timedelta(days=7))

    assert grouped(*moved(), late) == {frozenset({"m0", "m1", "m2", "m3"}), frozenset({"late"})}


def test_two_launches_of_a_series_a_week_apart_are_two_stories():
    texts = {
        "a": "A Finch rocket put the radar craft Teal 1 into orbit from Port Sander on Monday, Aviatik said.",
        "b": "Aviatik's radar craft Teal 1 rose from Port Sander on Monday on a Finch rocket.",
        "c": "A Finch rocket put the radar craft Teal 2 into orbit from Port Sander on Monday, Aviatik said.",
        "d": "Aviatik's radar craft Teal 2 rose from Port Sander on Monday on a Finch rocket.",
    }
    found = grouped(*(article(name, text, days=7 if name in "cd" else 0) for name, text in texts.items()))

    assert found == {frozenset("ab"), frozenset("cd")}
