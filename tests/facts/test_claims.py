"""Facts of several articles as claims: joined, counted, disputed, superseded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING

from told import article, facts, facts_on, mentions

from briefs.facts.claims import merge, told_in
from briefs.facts.disputes import MOST, disputes, number_of, places_agree
from briefs.facts.independence import Copies
from briefs.language.names import unify
from briefs.models import Modality

if TYPE_CHECKING:
    from briefs.models import Article, Claim, Fact

GAZETTE = "On Thursday, Maria Lopez met with Tom Reed at the Harbour Museum in Lisbon. The two signed nothing."
COURIER = "Tom Reed, the shipping minister, held talks with Maria Lopez. The meeting took place at the ministry's headquarters."
HERALD = "Lopez and Reed met on July 31, officials said. Reed invited Lopez to visit Oslo in October."


def stories(*texts: str, outlets: bool = True) -> dict[str, Article]:
    """Articles with ids a, b, c… by as many outlets."""
    return {
        name: article(text, name, outlet=f"Outlet {name}" if outlets else None)
        for name, text in zip("abcdef", texts, strict=False)
    }


def claims(articles: dict[str, Article]) -> tuple[Claim, ...]:
    """The claims of articles as the desk makes them."""
    told = [fact for name, each in articles.items() for fact in facts(each.text, name)]
    return merge(told, unify({name: mentions(each) for name, each in articles.items()}), articles)


def of_kind(kind: str, found: tuple[Claim, ...], modality: Modality = Modality.HAPPENED) -> list[Claim]:
    return [c for c in found if c.kind == kind and c.modality is modality]


def test_the_same_event_of_three_outlets_is_one_claim():
    (met,) = of_kind("meet", claims(stories(GAZETTE, COURIER, HERALD)))
    assert {entity.name for _, entity in met.participants} == {"Maria Lopez", "Tom Reed"}
    assert (met.sources, met.independent) == (3, 3)
    assert met.when is not None
    assert met.when.value == "2025-07-31"


def test_the_fact_told_best_stands_first():
    (met,) = of_kind("meet", claims(stories(COURIER, GAZETTE)))
    assert met.facts[0].article_id == "b"


def test_two_places_of_one_meeting_are_a_dispute():
    (met,) = of_kind("meet", claims(stories(GAZETTE, COURIER)))
    (dispute,) = met.disputes
    assert dispute.slot == "place"
    assert {sources for _, sources in dispute.values} == {("a",), ("b",)}
    assert any("headquarters" in value for value, _ in dispute.values)


def test_of_a_thousand_places_of_one_meeting_those_that_most_tell_are_compared(monkeypatch):
    """Each is held to each other, and looked for in every text: text made on purpose names as many as it likes."""
    asked = []

    def counted(*places):
        asked.append(places)
        return places_agree(*places)

    monkeypatch.setattr("briefs.facts.disputes.places_agree", counted)
    told = stories(GAZETTE, COURIER)
    (met,) = [fact for fact in facts(GAZETTE, "a") if fact.kind == "meet"]
    (place,) = [argument for argument in met.arguments if argument.role == "place"]

    def at(name: str, article_id: str) -> Fact:
        there = replace(place, text=name, start=0)
        return replace(met, article_id=article_id, arguments=(there,))

    many = [at(f"Hall {number}", "ab"[number % 2]) for number in range(1_000)]
    (dispute,) = disputes([*many, at("Museum of Ships", "a"), at("Museum of Ships", "b")], told)
    assert ("Museum of Ships", ("a", "b")) in dispute.values
    assert len(asked) <= 2 * MOST**2


def test_a_wider_place_is_no_dispute():
    assert places_agree("the Harbour Museum in Lisbon", "the Harbour Museum")
    assert places_agree("Portugal", "the Harbour Museum")
    assert places_agree("Lisbon", "Portugal", ["The port of Lisbon, Portugal, is full."])
    assert not places_agree("the Harbour Museum in Lisbon", "the ministry's headquarters")


def test_an_invitation_is_no_visit():
    visits = [c for c in claims(stories(HERALD)) if c.kind == "visit"]
    assert [c.modality for c in visits] == [Modality.PLANNED]
    assert visits[0].superseded_by is None


def test_what_was_planned_is_superseded_by_what_happened():
    found = claims(
        stories(
            "The launch of a weather satellite was put off and is now planned for Friday.",
            "The launch of the weather satellite was delayed until Friday, when it lifted off.",
        )
    )
    planned = of_kind("launch", found, Modality.PLANNED)
    assert planned
    assert all(c.superseded_by is not None and c.superseded_by.predicate.lemma == "lift off" for c in planned)
    assert of_kind("launch", found)


def test_a_plan_for_another_time_stays():
    found = claims(
        stories(
            "The weather satellite lifted off on Friday.",
            "The launch of another weather satellite is planned for November.",
        )
    )
    (planned,) = of_kind("launch", found, Modality.PLANNED)
    assert planned.superseded_by is None


def test_numbers_that_differ_are_a_dispute():
    found = claims(
        stories("The storm killed 9 people in Lisbon on Thursday.", "The storm killed 11 people in Lisbon on Thursday.")
    )
    disputes = [d for c in of_kind("kill", found) for d in c.disputes]
    assert [(d.slot, [v for v, _ in d.values]) for d in disputes] == [("amount", ["11 people", "9 people"])]


def test_meetings_of_different_people_stay_apart():
    found = claims(stories("Maria Lopez met Tom Reed on Thursday.", "Maria Lopez met Anna Berg on Thursday."))
    assert len(of_kind("meet", found)) == 2


def test_meetings_months_apart_stay_apart():
    found = claims(stories("Maria Lopez met Tom Reed on Thursday.", "Maria Lopez met Tom Reed in March 2024."))
    assert len(of_kind("meet", found)) == 2


def test_two_statements_of_one_speaker_stay_apart():
    found = claims(stories("Anna Berg said the port was full. Anna Berg said taxes would rise."))
    assert len(of_kind("say", found)) == 2


def test_a_bare_agreement_is_not_the_agreement_to_something():
    found = claims(stories("Anna Berg agreed on Friday. Anna Berg agreed on Friday to sell the port."))
    assert len(of_kind("agree", found)) == 2


def test_a_denial_does_not_join_what_it_denies():
    found = claims(stories("Maria Lopez visited Oslo.", "Maria Lopez did not visit Oslo."))
    assert sorted(c.negated for c in found if c.kind == "visit") == [False, True]


def test_copies_and_articles_of_one_outlet_count_once():
    text = GAZETTE + " The minister left the city on Friday morning with three advisers and a new map of the harbour."
    articles = {
        "a": article(text, "a", outlet="One"),
        "b": article(text.replace("three", "four"), "b", outlet="Two"),
        "c": article("Lopez met Reed, it was said in Oslo.", "c", outlet="Three"),
        "d": article("The ferry sank near the island.", "d", outlet="Three"),
    }
    assert Copies(articles).independent(articles) == 2


def test_a_number_counts_only_when_it_stands_alone():
    assert number_of("nine people") == "9"
    assert number_of("1,200 houses") == "1200"
    assert number_of("fourteen people") == "14"
    assert number_of("between 9 and 11 people") is None
    assert number_of("twenty-five people") is None
    assert number_of("two hundred people") is None


def test_the_order_of_articles_does_not_matter():
    forth, back = stories(GAZETTE, COURIER, HERALD), stories(GAZETTE, COURIER, HERALD)
    back = dict(reversed(back.items()))

    def shape(found: tuple[Claim, ...]) -> set[tuple[object, ...]]:
        return {
            (c.kind, c.modality, c.negated, c.sources, c.independent, c.disputes, frozenset(c.facts)) for c in found
        }

    assert shape(claims(forth)) == shape(claims(back))


def test_no_facts_give_no_claims():
    assert merge((), None, {}) == ()


def test_claims_need_no_joined_names():
    told = facts("Maria Lopez met Tom Reed.", "a") + facts("Maria Lopez met Tom Reed on Thursday.", "b")
    articles = {
        "a": article("Maria Lopez met Tom Reed.", "a"),
        "b": article("Maria Lopez met Tom Reed on Thursday.", "b"),
    }
    (met,) = of_kind("meet", merge(told, None, articles))
    assert met.sources == 2


def test_a_long_gap_between_articles_keeps_undated_events_apart():
    old = article("The storm killed 9 people.", "a", at=datetime(2024, 1, 1, tzinfo=UTC))
    new = article("The storm killed 9 people.", "b")
    told = reduce(lambda all_, each: all_ + facts(each.text, each.id), (old, new), ())
    assert len(of_kind("kill", merge(told, None, {"a": old, "b": new}))) == 2


def dated_stories(*told: tuple[datetime, str]) -> dict[str, Article]:
    """Articles with ids a, b, c… by as many outlets, each published when it says."""
    return {
        name: article(text, name, outlet=f"Outlet {name}", at=at)
        for name, (at, text) in zip("abcdef", told, strict=False)
    }


def at_their_times(articles: dict[str, Article]) -> tuple[Claim, ...]:
    """The claims of articles whose times are resolved against the day each was published."""
    told = [fact for each in articles.values() for fact in facts_on(each)]
    return merge(told, unify({name: mentions(each) for name, each in articles.items()}), articles)


FRIDAY = datetime(2025, 8, 1, 16, tzinfo=UTC)
WEEK = timedelta(days=7)


def test_two_launches_a_week_apart_stay_apart():
    found = at_their_times(
        dated_stories(
            (FRIDAY, "The weather satellite Meridan lifted off on Thursday."),
            (FRIDAY + WEEK, "The weather satellite Meridan lifted off on Thursday."),
            (
                FRIDAY + WEEK,
                "The launch of the weather satellite Meridan drew a crowd. Meridan lifted off in the rain.",
            ),
        )
    )
    launched = sorted(of_kind("launch", found), key=lambda c: c.when.value if c.when else "")
    assert [c.when.value for c in launched if c.when] == ["2025-07-31", "2025-08-07"]
    assert {f.article_id for f in launched[0].facts} == {"a"}
    assert {f.article_id for f in launched[1].facts} == {"b", "c"}


def test_meetings_of_the_same_two_on_two_days_stay_apart():
    found = at_their_times(
        dated_stories(
            (FRIDAY, "Maria Lopez met Tom Reed in Oslo on Thursday."),
            (FRIDAY + timedelta(days=2), "Maria Lopez met Tom Reed in Oslo on Saturday."),
        )
    )
    assert len(of_kind("meet", found)) == 2


def test_two_days_of_one_meeting_told_afterwards_are_a_dispute():
    found = at_their_times(
        dated_stories(
            (FRIDAY, "Maria Lopez met Tom Reed in Oslo on Wednesday."),
            (FRIDAY, "Maria Lopez met Tom Reed in Oslo on Thursday."),
        )
    )
    (met,) = of_kind("meet", found)
    assert [d.slot for d in met.disputes] == ["time"]


def test_a_newer_toll_is_no_dispute_but_a_revision_with_both_dated():
    articles = dated_stories(
        (FRIDAY, "The storm killed 9 people in Lisbon on Thursday."),
        (FRIDAY + timedelta(days=1), "The storm killed 11 people in Lisbon on Thursday."),
    )
    (killed,) = of_kind("kill", at_their_times(articles))
    assert killed.disputes == ()
    assert [d.values for d in killed.revised] == [(("11 people", ("b",)), ("9 people", ("a",)))]


def test_a_plan_moved_to_another_day_is_superseded_by_the_newer_plan():
    found = at_their_times(
        dated_stories(
            (FRIDAY, "The launch of the weather satellite Meridan is planned for Monday."),
            (FRIDAY + timedelta(days=1), "The launch of the weather satellite Meridan is now planned for 12 August."),
        )
    )
    planned = {c.when.value: c for c in of_kind("launch", found, Modality.PLANNED) if c.when}
    moved = planned["2025-08-04"].superseded_by
    assert moved is not None
    assert moved.when is not None
    assert moved.when.value == "2025-08-12"
    assert planned["2025-08-12"].superseded_by is None


def test_a_second_plan_does_not_replace_the_first():
    found = at_their_times(
        dated_stories(
            (FRIDAY, "The launch of the weather satellite Meridan is planned for Monday."),
            (FRIDAY + timedelta(days=1), "The launch of the weather satellite Meridan is planned for 12 August."),
        )
    )
    assert all(c.superseded_by is None for c in of_kind("launch", found, Modality.PLANNED))


def test_a_newer_version_of_an_article_replaces_what_the_older_one_said():
    old = article("The storm killed 12 people in Lisbon on Thursday.", "a", outlet="One")
    new = replace(
        article("The storm killed 9 people in Lisbon on Thursday.", "b", outlet="One"), version=2, version_of="a"
    )
    (killed,) = of_kind("kill", claims({"a": old, "b": new}))
    assert {f.article_id for f in killed.facts} == {"b"}
    assert (killed.disputes, killed.revised) == ((), ())


def test_what_a_correction_quotes_is_no_figure_of_its_own():
    found = claims(
        stories(
            "The storm killed 9 people in Lisbon on Thursday.",
            "An earlier version of this article incorrectly said that the storm killed 12 people in Lisbon on Thursday.",
        )
    )
    assert [d for c in of_kind("kill", found) for d in c.disputes if d.slot == "amount"] == []


def test_the_claims_of_one_sentence_are_those_that_all_facts_make():
    articles = stories(GAZETTE, COURIER, HERALD)
    told = [fact for name, each in articles.items() for fact in facts(each.text, name)]
    names = unify({name: mentions(each) for name, each in articles.items()})
    met = [c for c in merge(told, names, articles) if any((f.article_id, f.start) == ("a", 0) for f in c.facts)]
    assert set(told_in(("a", 0), told, names, articles)) == set(met)
