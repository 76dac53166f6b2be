"""The headline over a story is an outlet's own, tells plainly what happened, and tells it as it stands now."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefs import newsroom
from briefs.briefing import Passage, Told, compose, verify
from briefs.briefing.headlines import headline, shown
from briefs.briefing.lures import lures
from briefs.errors import QuotationError
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, Block, BlockKind, Briefing, CitedSentence, Item, Story
from briefs.preferences import Preferences

NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "title",
    [
        "Is the Halden bridge safe?",
        "Cracks, closures, chaos: will it ever open again? Engineers shrug",
        "¿Quién cerró el puente de Halden?",
        "Bridge engineers found this crack, and here's why it matters",
        "Why the Halden bridge had to close",
        "How two cracks closed a bridge",
        "This is what a cracked cable looks like from below",
        "Everything you need to know about the Halden bridge",
        "What we know about the cracks so far",
        "The road office just closed another bridge",
        "5 things to do while the Halden bridge is closed",
        "Top ten reasons to take the Aske ferry",
        "LIVE: Halden bridge closed",
        "Halden bridge closed – live updates",
        "Opinion: Close the bridge for good",
        "Close the bridge for good | Opinion",
        "Watch: drivers turn round at the Halden bridge",
        "Watch live: council debates the Halden bridge",
        "Fact-checking the bridge debate",
        "Drivers turn round at the Halden bridge VIDEO",
        "HALDEN BRIDGE CLOSED AFTER CRACKS",
        "“It groaned like a ship in the night, I swear it did”",
        "Halden bridge closed!",
        "Halden bridge closed after inspectors found…",
        "Halden bridge closed after “serious",
        "Road chief breaks her silence on bridge",
        "Halden Steel Successfully Replaces Bridge Cables",
        "The ways a bridge may fail",
    ],
)
def test_a_headline_that_asks_teases_shouts_or_breaks_off_is_a_lure(title):
    assert lures(title)


@pytest.mark.parametrize(
    "title",
    [
        "Cracks close Halden bridge",
        "Halden bridge closed after inspectors find 2 cracked cables",
        "Road chief: ‘No danger’ to drivers on Halden bridge",
        "Council passes budget, says bridge 'must wait'",
        "NASA and ESA agree on Moon station",
        "Bridge law just passed by the council takes effect",
        "Watchdog: Road office ignored warnings",
        "Five killed as bus leaves road near Halden",
        "Will Amsel named head of road office",
        "Die Brücke von Halden bleibt gesperrt",
        "WHO warns of cholera in Lindal",
    ],
)
def test_a_headline_that_says_what_happened_is_no_lure(title):
    assert not lures(title)


def test_english_teasers_are_not_looked_for_in_other_languages():
    assert lures("Inside man held in Halden")
    assert not lures("Inside man held in Halden", english=False)


def test_a_lure_is_taken_only_where_there_is_no_plain_headline():
    why = _article("a", "Why Halden bridge had to close after cracks in its cables", 1)
    plain = _article("b", "Cracks close Halden bridge", 5)

    assert headline([why, plain], ()) == ("Cracks close Halden bridge", "b")
    assert headline([why], ())[1] == "a"


def test_a_plain_headline_about_something_else_does_not_beat_a_lure_about_the_story():
    story = [_article(str(n), f"Halden bridge closed{end}", n) for n, end in enumerate("!?!")]

    assert headline([*story, _article("d", "Wheat prices up in Lindal", 1, "Wheat rose.")], ())[0].startswith("Halden")


def test_the_headline_that_shares_most_with_all_the_others_is_taken():
    titles = ["Cracks close Halden bridge", "Halden bridge closed by cracks in cables", "Engineer Amsel in the news"]

    assert headline([_article(str(n), title, 2) for n, title in enumerate(titles)], ())[0] != titles[2]


def test_of_equal_headlines_the_newest_is_taken():
    members = [_article(name, "Cracks close Halden bridge", hours) for name, hours in (("a", 3), ("b", 1), ("c", 2))]

    assert headline(members, ())[1] == "b"


def test_an_announcement_gives_way_to_what_came_of_it():
    members = [
        _article(
            "a", "Halden council to vote on bridge budget on Tuesday", 2, "The Halden council votes on the budget."
        ),
        _article("b", "Halden council passes bridge budget", 2, "The Halden council votes on the budget."),
    ]

    assert headline(members, ())[1] == "b"


def test_what_was_wanted_gives_way_to_what_came_of_it():
    members = [
        _article("a", "Farmers urge Halden mayor Ruth Amsel to veto bridge toll bill", 2),
        _article("b", "Halden mayor Amsel announces veto of bridge toll bill", 2),
    ]

    assert headline(members, ())[1] == "b"


def test_an_old_toll_gives_way_to_the_newest():
    members = [
        _article("a", "Nine dead in Halden bus crash", 9, "A bus crash near Halden has killed nine people."),
        _article("b", "9 killed in bus crash near Halden", 8, "Nine people died in a bus crash near Halden."),
        _article("c", "Toll of Halden bus crash rises to 11", 1, "Eleven people have died in a bus crash near Halden."),
    ]

    assert headline(members, ())[1] == "c"


def test_a_toll_that_newer_articles_name_as_the_earlier_one_is_old():
    members = [
        _article("a", "Strong quake near Halden, at least 8 dead", 9, "A quake near Halden has killed at least eight."),
        _article("b", "Quake near Halden", 1, "The toll rose from eight to 23. The first count of the dead was eight."),
    ]

    assert headline(members, ())[1] == "b"


def test_a_headline_whose_sentence_newer_articles_have_overtaken_gives_way():
    old = "The Sava rocket will lift off from Halden on Tuesday, the agency said."
    new = "The Sava rocket lifted off from Halden on Tuesday, the agency said."
    members = [
        _article("a", "Sava rocket: Tuesday Halden lift-off, agency says", 30, old),
        _article("b", "Rocket in orbit, agency says", 10, new),
    ]
    readings = {reading.article_id: reading for reading in newsroom.read(members, DEFAULT_PIPELINE)}

    assert headline(members, ())[1] == "a"
    assert headline(members, (), readings)[1] == "b"


@pytest.mark.parametrize(
    ("title", "outlet", "url", "told"),
    [
        ("Cracks close bridge - The Gazette", "The Gazette", None, "Cracks close bridge"),
        ("Cracks close bridge | Gazette", "The Gazette", None, "Cracks close bridge"),
        ("Cracks close bridge – Gazette.example", None, "https://www.gazette.example/a", "Cracks close bridge"),
        ("Cracks close bridge | Local news | The Gazette", "Gazette", None, "Cracks close bridge"),
        ("Bridge closed - for now", "Gazette", None, "Bridge closed - for now"),
        ("Cracks close bridge | Local news", "Gazette", None, "Cracks close bridge | Local news"),
        ("The Gazette", "The Gazette", None, "The Gazette"),
        ("Half-open bridge", "Gazette", None, "Half-open bridge"),
        ("EXCLUSIVE: Cracks close bridge", "Gazette", None, "Cracks close bridge"),
        ("BREAKING NEWS – Cracks close bridge | Gazette", "Gazette", None, "Cracks close bridge"),
        ("Exclusive: how cracks close bridges", "Gazette", None, "Exclusive: how cracks close bridges"),
        ("EXCLUSIVE:", "Gazette", None, "EXCLUSIVE:"),
    ],
)
def test_the_outlets_name_after_a_title_and_its_boast_before_it_are_not_shown(title, outlet, url, told):
    assert shown(replace(_article("a", title, 1), outlet=outlet, url=url)) == told


def test_an_update_has_a_headline_that_the_channel_was_not_told():
    texts = (
        (
            "a",
            "Inspectors close Halden bridge over the Aske",
            30,
            "Inspectors closed the Halden bridge over the Aske on Monday.",
        ),
        (
            "b",
            "Cracks close Halden bridge over the Aske",
            29,
            "The Halden bridge over the Aske is closed, inspectors said.",
        ),
        (
            "c",
            "Traffic rolls again at Halden",
            1,
            "The Halden bridge over the Aske reopened on Tuesday, engineer Ruth Amsel said.",
        ),
    )
    articles = {name: _article(name, title, hours, text) for name, title, hours, text in texts}
    readings = {reading.article_id: reading for reading in newsroom.read(list(articles.values()), DEFAULT_PIPELINE)}
    told = Told((Passage("a", 0, len(texts[0][3])),), frozenset("a"), frozenset("ab"))
    (item,) = compose([Story("s", tuple("abc"))], articles, readings, now=NOW, told=told).briefing.items

    assert item.is_update
    assert item.headline == "Traffic rolls again at Halden"


@pytest.mark.parametrize("says", [True, False])
def test_a_story_that_did_not_move_is_named_with_its_source_where_the_channel_wants_it(says):
    text = "Inspectors closed the Halden bridge over the Aske on Monday."
    articles = {
        name: _article(name, "Inspectors close Halden bridge", hours, text) for name, hours in (("a", 30), ("b", 1))
    }
    readings = {reading.article_id: reading for reading in newsroom.read(list(articles.values()), DEFAULT_PIPELINE)}
    told = Told((Passage("a", 0, len(text)),), frozenset("a"), frozenset("a"))
    wishes = Preferences(says_unmoved=says)
    found = compose([Story("s", tuple("ab"))], articles, readings, now=NOW, told=told, preferences=wishes).briefing

    assert [(each.headline, each.headline_article_id) for each in found.unmoved] == [
        ("Inspectors close Halden bridge", "b")
    ]
    assert found.is_silent is not says
    assert [citation.article_id for citation in found.citations] == (["b"] if says else [])


@pytest.mark.parametrize(("told", "stands"), [("Cracks close bridge", True), ("Cracks close", False)])
def test_a_title_without_its_outlets_name_is_verbatim_and_any_other_part_of_it_is_not(told, stands):
    article = replace(_article("a", "Cracks close bridge | Gazette", 1), outlet="Gazette")
    item = Item("s", told, "a", (), ("a",), ("Gazette",), 1, NOW)
    briefing = Briefing("Briefing", NOW, (item,), (), 1, 1)

    with nullcontext() if stands else pytest.raises(QuotationError):
        verify(briefing, {"a": article})


def test_without_titles_a_shown_sentence_is_the_headline_else_the_newest_articles_first():
    text = "A fire destroyed the archive of Marbury. Nobody was hurt."
    article = replace(_article("a", "", 1, text), title=None)
    cited = CitedSentence("a", 41, 57, text[41:57], 1)
    readings = {reading.article_id: reading for reading in newsroom.read([article], DEFAULT_PIPELINE)}

    assert headline([article], (cited,)) == ("Nobody was hurt.", "a")
    assert headline([article], (), readings) == ("A fire destroyed the archive of Marbury.", "a")
    assert headline([article], ())[0] in text


CLOSED = "The Halden bridge is closed because inspectors found cracks in its cables."


def test_a_headline_that_tells_feelings_gives_way_to_one_that_tells_what_happened():
    members = [
        _article("a", "Commuters in tears as Halden bridge closes with cracks", 1),
        _article("b", "Halden bridge closes, inspectors say", 6),
    ]

    assert headline(members, ())[1] == "b"
    assert headline(members[:1], ())[1] == "a"


def test_a_headline_of_which_a_newer_one_tells_that_a_clause_is_over_gives_way():
    members = [
        _article("a", "Halden ministers talk about bridge as cracks stop trains", 9),
        _article("b", "Halden ministers: bridge must be rebuilt", 8),
        _article("c", "Trains roll again in Marbury", 1, "Trains are rolling again in Marbury."),
    ]

    assert headline(members[:2], ())[1] == "a"
    assert headline(members, ())[1] == "b"


def _shown(text):
    return CitedSentence("a", 0, len(text), text, 1)


def test_the_headline_fits_the_first_sentence_shown():
    members = [
        _article("a", "Inspectors find cracks in Halden cables", 2),
        _article("b", "Halden bridge closed over cracks", 2),
        _article("c", "Engineer Ruth Amsel closes Halden bridge", 2),
    ]

    assert headline(members, (_shown("Inspectors find cracks in cables at Halden."),))[1] == "a"
    assert headline(members, (_shown("Engineer Ruth Amsel is closing the bridge."),))[1] == "c"


def test_a_headline_that_begins_with_somebody_who_is_not_told_of_gives_way():
    members = [
        _article("a", "Ruth Amsel: Halden bridge is closed over cracks", 2, f"{CLOSED} Ruth Amsel said so in Lindal."),
        _article("b", "Halden bridge is closed", 2, CLOSED),
    ]
    readings = {reading.article_id: reading for reading in newsroom.read(members, DEFAULT_PIPELINE)}

    assert headline(members, (_shown(CLOSED),))[1] == "a"
    assert headline(members, (_shown(CLOSED),), readings)[1] == "b"


def test_the_headline_is_the_same_in_whatever_order_the_articles_come():
    titles = ["Cracks close Halden bridge", "Halden bridge closed by cracks", "Halden bridge shut over cracks"]
    members = [_article(str(n), title, 2) for n, title in enumerate(titles)]

    assert len({headline(order, ()) for order in (members, members[::-1], [*members[1:], members[0]])}) == 1


def test_headlines_in_other_languages_are_chosen_alike():
    members = [
        replace(_article(name, title, hours, text), language="de")
        for name, title, hours, text in (
            ("a", "Warum bleibt die Brücke gesperrt?", 1, "Die Brücke von Halden bleibt wegen Rissen gesperrt."),
            ("b", "Brücke von Halden bleibt gesperrt", 3, "Risse in zwei Seilen: Die Brücke von Halden ist gesperrt."),
        )
    ]

    assert headline(members, ())[1] == "b"


def _article(name, title, hours, text="The Halden bridge is closed because inspectors found cracks in its cables."):
    return Article(
        name,
        text,
        (Block(0, len(text), BlockKind.PROSE),),
        NOW,
        title,
        f"Outlet {name}",
        published_at=NOW - timedelta(hours=hours),
    )
