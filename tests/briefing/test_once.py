"""One briefing tells nothing twice, and a new chapter of a matter is told although the matter is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from days import DELAYED, FRIDAY, LAUNCHED, NINE, REWRITTEN, SATURDAY, THURSDAY
from test_updates import article, everything, read

from briefs.briefing import compose
from briefs.briefing.news import Told
from briefs.briefing.once import joined
from briefs.models import ChangeKind, Story

MISSING = (
    "Lindal counts its missing",
    FRIDAY,
    (
        "Twenty people were still missing in Lindal on Friday after the flood of the river Aske, the governor said.\n"
        "Rescuers have reached the last farms in the valley of the Aske."
    ),
)
FOURTEEN = (
    "Death toll of Lindal flood rises to 14",
    FRIDAY + timedelta(hours=2),
    (
        "The death toll of the flood in Lindal rose to 14 on Friday, the governor said.\n"
        "Rescuers have reached the last farms in the valley of the Aske."
    ),
)
FIRST_LEG = (
    "Tarn beat Ostrel 3-1",
    THURSDAY,
    "Tarn won the first leg of the Harbour Cup semi-final on Wednesday, beating Ostrel 3-1.\nIda Brenn scored twice.",
)
SECOND_LEG = (
    "Tarn reach the final of the Harbour Cup",
    THURSDAY + timedelta(days=4),
    (
        "Tarn are in the final of the Harbour Cup after a 0-0 draw in Ostrel on Sunday, enough after their 3-1 win.\n"
        "They will play Belmar on 30 May."
    ),
)


def edition(stories, articles, told=None, **more):
    return compose(
        stories, {a.id: a for a in articles}, read(*articles), now=SATURDAY, told=told or Told(), **more
    ).briefing


def words(item):
    return [sentence.text for sentence in item.sentences]


def test_chapters_that_all_have_news_are_told_once():
    known, first, second = article("A", NINE), article("B", MISSING), article("C", FOURTEEN)
    stories = (Story("one", ("A", "B")), Story("two", ("C",), continues="one"))
    (item,) = edition(stories, (known, first, second), everything(known)).items
    assert item.story_id == "two"
    assert item.article_ids == ("A", "B", "C")
    assert item.chapter == 2
    assert words(item)[0].startswith("The death toll")
    assert item.changes[0].earlier.article_id == "A"


def test_only_the_chapters_that_come_together_are_joined():
    one, two, three = Story("1", ("a",)), Story("2", ("b",), continues="1"), Story("3", ("c",), continues="0")
    assert list(joined((two, three, one))) == [Story("2", ("a", "b"), continues="1"), three]
    fork = Story("4", ("d",), continues="1")
    assert [story.article_ids for story in joined((one, two, fork))] == [("a", "b"), ("d",)]


@pytest.mark.parametrize("again", [(*NINE[:2], NINE[2].split("\n")[0]), REWRITTEN], ids=["copy", "other words"])
def test_two_stories_that_open_with_one_event_are_one_item_of_the_sources_of_both(again):
    first, second = article("Gazette", NINE), article("Courier", again)
    other = article("Herald", LAUNCHED)
    stories = (Story("1", ("Gazette",)), Story("2", ("Courier",)), Story("3", ("Herald",)))
    made = edition(stories, (first, second, other))
    flood = next(item for item in made.items if "Lindal" in words(item)[0])
    assert len(made.items) == 2
    assert set(flood.article_ids) == {"Gazette", "Courier"}
    assert set(flood.outlets) == {"Gazette", "Courier"}
    cited = {sentence.citation for item in made.items for sentence in item.sentences}
    assert cited <= {citation.number for citation in made.citations}
    assert [citation.number for citation in made.citations] == list(range(1, len(made.citations) + 1))


def test_no_sentence_stands_in_two_items():
    shared = "The weather office of Corran warned on Thursday of storms until the weekend."
    first = article("Gazette", (*DELAYED[:2], f"{DELAYED[2]}\n{shared}"))
    second = article("Courier", (*NINE[:2], f"{NINE[2]}\n{shared}"))
    made = edition((Story("1", ("Gazette",)), Story("2", ("Courier",))), (first, second))
    told = [text for item in made.items for text in words(item)]
    assert len(made.items) == 2
    assert shared in told
    assert len(told) == len(set(told))


def test_two_launches_are_two_items():
    again = tuple(
        each.replace("Meridian-4", "Meridian-5").replace("Friday", "Thursday") if isinstance(each, str) else each
        for each in LAUNCHED
    )
    first, second = article("Gazette", LAUNCHED), article("Courier", again)
    assert len(edition((Story("1", ("Gazette",)), Story("2", ("Courier",))), (first, second)).items) == 2


def test_two_matches_of_one_cup_are_two_items():
    final = (
        "%s will play Friday's Harbour Cup final against %s without their captain, who hurt a knee on Wednesday.\n"
        "The cup means much to %s."
    )
    one = ("Tarn without their captain", THURSDAY, final % ("Tarn", "Ostrel", "Tarn"))
    two = ("Belmar without their captain", THURSDAY, final % ("Belmar", "Corran", "Belmar"))
    first, second = article("Gazette", one), article("Courier", two)
    assert len(edition((Story("1", ("Gazette",)), Story("2", ("Courier",))), (first, second)).items) == 2


def test_a_new_chapter_is_told_as_an_update_with_its_own_opening():
    known, newer = article("A", FIRST_LEG), article("B", SECOND_LEG)
    stories, earlier = (Story("two", ("B",), continues="one"),), (Story("one", ("A",)),)
    (item,) = edition(stories, (known, newer), everything(known), earlier=earlier).items
    assert item.is_update
    assert item.changes[0].kind is ChangeKind.EVENT
    assert words(item)[0].startswith("Tarn are in the final")


def test_a_chapter_that_only_tells_again_is_no_news():
    known = article("A", FIRST_LEG)
    again = article("B", (FIRST_LEG[0], FRIDAY, FIRST_LEG[2]))
    stories, earlier = (Story("two", ("B",), continues="one"),), (Story("one", ("A",)),)
    made = edition(stories, (known, again), everything(known), earlier=earlier)
    assert made.items == ()
    assert [each.story_id for each in made.unmoved] == ["two"]
