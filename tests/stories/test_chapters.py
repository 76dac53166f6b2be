"""Chapters: what goes on with an older matter, and where a long one is parted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from briefs.models import Article
from briefs.stories import chapters, content, group
from briefs.stories.content import Content
from briefs.stories.similarity import Frequencies

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

STRIKE = (
    (0, "Dockers at Holmvik walk out over night shifts", "Some 900 dockers stopped work at the port of Holmvik on Monday. Their union, the Quay Workers' League, wants higher pay for night shifts and talks with the port's director, Edda Strom."),
    (8, "Talks over Holmvik dock strike break off", "Edda Strom, director of the port of Holmvik, left the table on Tuesday after two hours. The Quay Workers' League said that its dockers would go on with the strike into a second week; 31 ships are waiting."),
    (17, "Mediator called in Holmvik port strike", "The retired judge Anton Vik is to mediate between the port of Holmvik and the Quay Workers' League, whose dockers have been on strike since the beginning of the month. Director Edda Strom agreed on Thursday."),
    (26, "Holmvik dockers end strike after four weeks", "The dockers of Holmvik go back to work on Monday. The Quay Workers' League accepted eight percent more for night shifts, and director Edda Strom called it a fair end of the strike."),
)  # fmt: skip
TRIAL = (
    (0, "Renner trial opens with a denial", "The banker Falk Renner pleaded not guilty on Monday of hiding losses of the Ostmark savings bank from its shareholders. Prosecutor Jutta Hesse read out the charges."),
    (22, "Seven years for banker Renner", "Falk Renner was sentenced to seven years in prison on Tuesday. The court found that the former head of the Ostmark savings bank had hidden losses from shareholders for a decade, as prosecutor Jutta Hesse had said."),
)  # fmt: skip
QUAKES = (
    (0, "Quake kills twelve in Tavia's Morrin valley", "An earthquake of magnitude 6.1 killed twelve people in the Morrin valley of Tavia on Monday, the civil defence agency said. Landslides cut the only road."),
    (20, "Earthquake damages cathedral at Dellacq", "An earthquake of magnitude 5.8 brought down part of the cathedral roof at Dellacq in western Tavia and injured 40 people, the civil defence agency said."),
)  # fmt: skip
OTHERS = (
    (1, "Wheat dearer at Lindal", "Prices of wheat rose by four percent at the Lindal exchange as farmers feared a dry spring."),
    (9, "New bridge for the Aske", "A new bridge over the river Aske will be built by 2029, the ministry of transport decided."),
)  # fmt: skip


def told(*articles: tuple[float, str, str]) -> list[Content]:
    made = []
    for number, (days, title, text) in enumerate(articles):
        at = DAY + timedelta(days=days)
        made.append(content.of(Article(f"{title} {number}", text, (), at, title, published_at=at)))
    return made


def continued(story: list[Content], *older: list[Content]) -> int | None:
    everything = told(*STRIKE, *TRIAL, *QUAKES, *OTHERS)
    return chapters.continues(story, older, Frequencies.among(everything))


@pytest.mark.parametrize("week", [1, 2, 3])
def test_each_week_of_a_strike_goes_on_with_the_week_before(week):
    weeks = [[each] for each in told(*STRIKE)]

    assert continued(weeks[week], told(*TRIAL), *weeks[:week], told(*OTHERS)) == week


def test_a_verdict_goes_on_with_the_trial():
    opening, verdict = told(*TRIAL)

    assert continued([verdict], told(OTHERS[0]), [opening], told(STRIKE[0])) == 1


def test_weeks_apart_they_are_stories_of_their_own():
    articles = [
        Article(title, text, (), at, title, published_at=at)
        for days, title, text in (*STRIKE, *TRIAL)
        for at in (DAY + timedelta(days=days),)
    ]

    assert all(len(story.article_ids) == 1 for story in group(articles))


def test_another_quake_in_the_country_is_no_chapter_of_the_first():
    first, second = told(*QUAKES)

    assert continued([second], [first], told(*OTHERS)) is None


def test_nothing_goes_on_with_what_began_later_or_the_same_day():
    first, second, *_ = told(*STRIKE)

    assert continued([first], [second]) is None
    assert continued([second], told((8.2, *STRIKE[1][1:]))) is None


def test_with_no_older_story_a_matter_begins():
    assert continued(told(STRIKE[0])) is None


def days(*given: float | None) -> list[Content]:
    return [Content(f"a{number}", "en", day, day or 0, {}) for number, day in enumerate(given)]


def parted(*given: float | None) -> list[list[int]]:
    return chapters.parted(range(len(given)), days(*given))


def test_a_pause_ends_a_chapter():
    assert parted(0, 1, 3, 9, 10) == [[0, 1, 2], [3, 4]]


def test_a_chapter_does_not_last_for_ever():
    assert [len(each) for each in parted(*range(14), *range(17, 31))] == [14, 14]


def test_chapters_are_parted_by_time_whatever_the_order_given():
    assert parted(10, 0, 9, 1) == [[1, 3], [0, 2]]


def test_what_has_no_date_goes_with_the_last_chapter():
    assert parted(0, None, 10) == [[0], [1, 2]]
    assert parted(None, None) == [[0, 1]]
    assert parted() == [[]]
