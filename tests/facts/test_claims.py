"""Facts of several articles as claims: joined, counted, disputed, superseded."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import reduce
from typing import TYPE_CHECKING

from told import article, facts, mentions

from briefs.facts.claims import merge
from briefs.facts.disputes import number_of, places_agree
from briefs.facts.independence import Copies
from briefs.language.names import unify
from briefs.models import Modality

if TYPE_CHECKING:
    from briefs.models import Article, Claim

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
