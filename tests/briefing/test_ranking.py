"""Which stories come first in a channel's briefing: told by value, read by an editor."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from briefs.briefing.comment import is_comment
from briefs.briefing.news import Development, News
from briefs.briefing.ranking import rank
from briefs.facts.independence import Copies
from briefs.models import (
    Article,
    Block,
    BlockKind,
    ChangeKind,
    Fact,
    Grain,
    Modality,
    Predicate,
    Reading,
    Sentence,
    Story,
    When,
)
from briefs.preferences import Preferences, Sort, parse_topic

NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)
NEW = News(known=False)


def article(name, outlet, title, text, hours=2):
    blocks = (Block(0, len(text), BlockKind.PROSE),)
    return Article(name, text, blocks, NOW, title, outlet, published_at=NOW - timedelta(hours=hours))


def reading(member):
    ends = [m.end() for m in re.finditer(r"\.", member.text)]
    return Reading(member.id, NOW, tuple(Sentence(member.id, *each) for each in pairwise([0, *ends])))


def update(*kinds):
    return News(known=True, developments=tuple(Development(kind, Sentence("a1", 0, 9)) for kind in kinds))


STORM = [
    article(
        "a1", "Gazette", "Storm floods Marbury", "The river Aske rose over its banks in Marbury. Rain fell all night."
    ),
    article(
        "a2",
        "Courier",
        "Marbury under water",
        "Boats took families out of the old town after the storm. Shops stay shut.",
    ),
    article(
        "a3", "Herald", "Aske leaves its bed", "Soldiers piled sandbags along the quay. Trains do not run.", hours=5
    ),
]
WHEAT = [
    article("b1", "Gazette", "Wheat prices rise", "Wheat rose by four percent at the Lindal exchange. Oats did not.")
]
CHESS = [
    article("c1", "Herald", "Girl of nine wins chess title", "Nobody younger ever won the cup. She is from Lindal.", 20)
]
FAIR = [
    article("d1", "Courier", "Fair opens", "The spring fair opens on Saturday. A storm kept it shut last year.", 40)
]
ALL = (STORM, WHEAT, CHESS, FAIR)


def ranked(*topics, members=ALL, news=None, reading_of=reading, **wishes):
    stories = {Story(each[0].id[0], tuple(a.id for a in each)): NEW for each in members}
    stories |= {story: told for story in stories if (told := (news or {}).get(story.id))}
    articles = {a.id: a for each in members for a in each}
    readings = {a.id: reading_of(a) for a in articles.values()}
    weighed = tuple(parse_topic(text, weight) for text, weight in topics)
    return rank(stories, articles, readings, Copies(articles), Preferences(topics=weighed, **wishes), NOW)


def order(standings):
    return "".join(standing.story.id for standing in standings if standing.is_news)


def factor(standings, story, name):
    (found,) = [f for s in standings if s.story.id == story for f in s.factors if f.name == name]
    return found


def test_what_many_tell_and_what_is_new_comes_first():
    assert order(ranked()) == "abcd"


def test_every_factor_tells_its_reason_and_the_score_is_their_product():
    storm = ranked()[0]

    assert [(f.name, f.why) for f in storm.factors] == [
        ("sources", "3 independent sources"),
        ("size", "3 articles by 3 outlets"),
        ("freshness", "newest article 2 h old"),
        ("news", "new to this channel"),
    ]
    product = 1.0
    for each in storm.factors:
        product *= each.value
    assert storm.score == pytest.approx(product)


def test_copies_of_one_text_count_once():
    text = "The river Aske rose over its banks in Marbury on Tuesday after two days of rain in the hills above the town. Nobody was hurt."
    copies = [
        article(f"a{n}", outlet, "Flood in Marbury", text) for n, outlet in enumerate(["Gazette", "Courier", "Herald"])
    ]

    assert factor(ranked(members=[copies, WHEAT]), "a", "sources").why == "1 source"


@pytest.mark.parametrize(("sort", "expected"), [(Sort.NEWEST, "abcd"), (Sort.SOURCES, "adbc")])
def test_a_channel_may_sort_otherwise(sort, expected):
    fair = [*FAIR, article("d2", "Herald", "Fair to open", "Stalls are built on the green. Music begins at noon.", 30)]
    found = ranked(members=[CHESS, fair, WHEAT, STORM], sort=sort)

    assert order(found) == expected


def test_equal_stories_stand_in_one_order_whatever_they_came_in():
    twins = [[article(n, outlet, "Wheat rises", text)] for n, outlet, text in (("x", "A", "One."), ("y", "B", "Two."))]

    assert order(ranked(members=twins)) == order(ranked(members=twins[::-1])) == "xy"


def test_what_an_edited_article_tells_anew_is_fresh():
    edited = replace(FAIR[0], id="d1~2", version=2, version_of="d1")
    told = News(known=True, developments=(Development(ChangeKind.CORRECTION, Sentence("d1~2", 0, 9)),))
    values = [factor(ranked(members=[[edited]], news=news), "d", "freshness") for news in ({"d": told}, {})]

    assert [each.why for each in values] == ["an article was edited since", "newest article 40 h old"]
    assert values[0].value > values[1].value


FALL = [
    article("b1", "Gazette", "Two killed by falling rock", "A falling rock killed two climbers. The path is closed.")
]


def harm(member, **more):
    killed = Fact(member.id, 0, member.text.index(".") + 1, "kill", Predicate("kill", 15, 21), (), **more)
    return replace(reading(member), facts=(killed,))


def test_a_story_that_opens_with_people_who_died_weighs_more():
    grave = factor(ranked(members=[STORM, FALL], reading_of=harm), "b", "gravity")

    assert grave.why == "people died or were hurt: the opening of 1 of 1 article"
    assert grave.value > 1


LONG_AGO = When("2024-01-01", 0, 3, Grain.DAY, NOW - timedelta(days=800), NOW - timedelta(days=799))


@pytest.mark.parametrize("told", [{"negated": True}, {"modality": Modality.POSSIBLE}, {"when": LONG_AGO}])
def test_deaths_that_were_denied_or_feared_or_long_ago_do_not(told):
    found = ranked(members=[FALL], reading_of=lambda member: harm(member, **told))

    assert "gravity" not in {each.name for each in found[0].factors}


# -------------------------------------------------------------------------------------------------------- whom it concerns
def only(title, text, hours=2):
    return [article("m1", "Post", title, text, hours)]


def test_within_a_day_an_hour_more_or_less_decides_nothing():
    values = [
        factor(ranked(members=[only("Fair opens", "It did.", hours)]), "m", "freshness").value for hours in (1, 23, 40)
    ]

    assert values[0] == values[1] == 1
    assert values[2] < 1


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("Twelve drivers stay at home.", "Some 18,000 drivers stay at home."),
        ("Some 18,000 drivers stay at home.", "Hundreds of thousands of drivers stay at home."),
        ("He paid 400 crowns for the boat.", "He paid 2.8 billion crowns for the boat."),
        ("The cat of a baker is back.", "The premier is back."),
        ("The rain in Lindal has stopped.", "The council of Lindal has met."),
    ],
)
def test_what_concerns_many_weighs_more(less, more):
    plain, great = (ranked(members=[only("News from Lindal", text)])[0] for text in (less, more))

    assert great.score > plain.score
    assert len(great.factors) >= len(plain.factors)


@pytest.mark.parametrize("text", ["The house was built in 1911.", "It has 12 rooms.", "In 2024 it was sold."])
def test_years_and_small_numbers_do_not_tell_of_many(text):
    assert "reach" not in {each.name for each in ranked(members=[only("A house in Lindal", text)])[0].factors}


def test_a_number_that_one_of_three_opens_with_is_not_what_the_story_is_about():
    told = ["Boats took 4,000 families out of the old town.", "Shops stay shut.", "Soldiers piled sandbags."]
    storm = [article(f"a{n}", f"Outlet {n}", "Storm", text) for n, text in enumerate(told)]

    assert "reach" not in {each.name for each in ranked(members=[storm])[0].factors}


# ----------------------------------------------------------------------------------------------------------- what is new
def test_a_story_without_anything_new_comes_after_all_others_and_is_no_news():
    found = ranked(news={"a": News(known=True)})

    assert order(found) == "bcd"
    assert found[-1].story.id == "a"
    assert factor(found, "a", "news").why == "told before, nothing new"


@pytest.mark.parametrize(
    ("greater", "lesser"),
    [
        ((ChangeKind.CORRECTION,), (ChangeKind.STATE,)),
        ((ChangeKind.STATE,), (ChangeKind.EVENT,)),
        ((ChangeKind.EVENT,), (ChangeKind.FIGURE,)),
        ((ChangeKind.FIGURE,), (ChangeKind.DETAIL,) * 3),
        ((ChangeKind.EVENT, ChangeKind.DETAIL), (ChangeKind.EVENT,)),
    ],
)
def test_the_greater_change_weighs_more(greater, lesser):
    values = [factor(ranked(news={"a": update(*kinds)}), "a", "news").value for kinds in (greater, lesser)]

    assert values[0] > values[1]


def test_a_detail_does_not_bring_yesterdays_story_before_todays_news():
    assert order(ranked(news={"a": update(ChangeKind.DETAIL)}))[0] == "b"


def test_an_update_says_what_moved():
    found = ranked(news={"a": update(ChangeKind.DETAIL, ChangeKind.STATE, ChangeKind.DETAIL)})

    assert factor(found, "a", "news").why == "update: 1 state, 2 details"


# --------------------------------------------------------------------------------------------------------------- topics
def test_a_followed_story_is_brought_in_even_where_it_is_small_and_old():
    assert order(ranked(stories=2))[:2] == "ab"
    found = ranked(("spring fairs", 3), stories=2)

    assert order(found)[:2] == "ad"
    assert factor(found, "d", "topic").why == "follows word “spring fairs”: the subject of 1 of 1 article"


def test_followed_stories_leave_room_for_the_rest_of_the_world():
    found = ranked(("chess", 1.1), ("fair", 1.1), ("wheat", 1.1), stories=2)

    assert order(found)[0] == "a"


def test_what_is_named_in_passing_moves_a_story_a_little_and_mutes_nothing():
    plain = {standing.story.id: standing.score for standing in ranked()}
    assert ranked(("Lindal", 3))[1].score > plain["b"]

    passing = "The council met for an hour. It was about roads. Then the mayor spoke of the storm and left."
    meeting = [article("e1", "Herald", "Council meets", passing)]
    assert order(ranked(("storm", 0), members=[meeting, WHEAT])) == "eb"


@pytest.mark.parametrize("topic", ["storms", "wheat PRICES", "outlet:the gazette"])
def test_what_is_muted_is_kept_out_and_says_why(topic):
    muted = [standing for standing in ranked((topic, 0)) if standing.muted]

    assert muted
    assert all(standing.muted.startswith("mutes ") and not standing.is_news for standing in muted)
    assert topic.rpartition(":")[2] in muted[0].muted


def test_a_story_that_one_channel_both_follows_and_mutes_is_kept_out():
    assert "b" not in order(ranked(("wheat", 3), ("Lindal", 0)))


def test_a_weight_below_one_puts_a_story_back():
    assert order(ranked(("storm", 0.2))) == "bcda"
    assert factor(ranked(("storm", 0.2)), "a", "topic").why.startswith("puts back word “storm”")


# -------------------------------------------------------------------------------------------------------------- opinion
ESSAYS = [
    [
        article(
            "f1",
            "Post",
            "Opinion: A bench is a hospital",
            "Sit down where you can. Benches rot, and nobody decides it.",
        )
    ],
    [article("g1", "Post", "Why the north trembles", "Two plates grind past each other there. The fault is long.")],
]


def test_opinion_and_background_are_left_out_where_there_is_news_and_say_why():
    found = ranked(members=[*ESSAYS, WHEAT])

    assert order(found) == "b"
    assert {standing.muted for standing in found if not standing.is_news} == {
        "opinion or background, which tells of no event of these days"
    }


def test_a_channel_may_want_opinion_and_one_that_reads_nothing_else_gets_it():
    assert sorted(order(ranked(members=[*ESSAYS, WHEAT], opinion=True))) == ["b", "f", "g"]
    assert sorted(order(ranked(members=ESSAYS))) == ["f", "g"]


def test_opinion_on_what_a_channel_follows_is_told():
    assert order(ranked(("bench", 3), members=[*ESSAYS, WHEAT])) == "fb"


def test_a_question_for_a_headline_is_no_opinion_where_the_text_tells_what_happened_when():
    asked = article("h1", "Post", "Why did the bridge fall?", "The bridge fell on Tuesday. Nobody was hurt.")
    tuesday = When("2026-03-03", 19, 26, Grain.DAY, NOW - timedelta(days=1), NOW)

    assert is_comment(asked, {"h1": reading(asked)})
    assert not is_comment(asked, {"h1": replace(reading(asked), whens=(tuesday,))})


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("Analysis: what a bid is worth", None, True),
        ("Towns need benches | Opinion", None, True),
        ("Towns need benches", "https://post.example/opinion/benches", True),
        ("Towns need benches", "https://post.example/2026/commentisfree/benches", True),
        ("Towns need benches", "https://post.example/news/opinionated-mayor", False),
        ("Column of smoke over Lindal", None, False),
        ("Comment from minister angers Lindal", None, False),
    ],
)
def test_outlets_say_what_is_opinion_in_headlines_and_addresses(title, url, expected):
    told = replace(article("i1", "Post", title, "Towns need benches. Nobody builds them."), url=url)

    assert is_comment(told, {}) is expected
