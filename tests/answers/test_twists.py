"""A small word may turn a question away from what a sentence says, however much else they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asked_of import NOW, desk_of

from briefs.answers import alone
from briefs.answers.twists import twist
from briefs.models import Status

if TYPE_CHECKING:
    from pathlib import Path

    from briefs.newsroom import Newsroom

TEXTS = (
    "The Tarvo housing fund covers the rent of young families. It does not pay for repairs, the mayor said.",
    "Ines Falk founded the Institute of Western Medicine in Norvia in 1963.",
    "Olga Brandt opened the first tunnel under the Belmar strait on Monday. It took nine years to dig.",
    "Belmar Holdings bought two ferries from Norvia Rail before the strike.",
    "The council approved the sale of the harbour. Peter Lindgren supported it.",
    "Ines Falk won the Lindgren Cup on Sunday. Tarvo will hold the next regatta.",
)
TWISTED = [
    ("a0", "what does the Tarvo housing fund not cover?", "denies"),
    ("a0", "what doesn't the fund cover?", "denies"),
    ("a1", "who founded the Institute of Eastern Medicine?", "western"),
    ("a1", "who founded the Institute of Western Medicine in 1936?", "1936"),
    ("a2", "who opened the second tunnel under the strait?", "first"),
    ("a2", "who opened the longest tunnel under the strait?", "longest"),
    ("a3", "who bought three ferries from Norvia Rail?", "3"),
    ("a3", "who bought two ferries after the strike?", "befor"),
    ("a4", "who disapproved the sale of the harbour?", "approv"),
    ("a5", "who won the world cup?", "Lindgren Cup"),
]
STRAIGHT = [
    ("a2", "how long did it take to dig the tunnel?", "nine years"),
    ("a1", "who founded the Institute of Western Medicine in 1963?", "Ines Falk"),
    ("a2", "who opened the first tunnel under the Belmar strait?", "Olga Brandt"),
    ("a3", "who bought two ferries from Norvia Rail before the strike?", "Belmar Holdings"),
    ("a3", "who sold two ferries to Belmar Holdings?", "Norvia Rail"),
    ("a5", "who won the cup?", "Ines Falk"),
    ("a5", "who won the lindgren cup?", "Ines Falk"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A desk with the articles above."""
    return desk_of(_folder(tmp_path_factory), *TEXTS)


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("twists")


@pytest.mark.parametrize(("article", "question", "why"), TWISTED)
def test_a_turned_question_is_told_from_its_sentence(desk: Newsroom, article: str, question: str, why: str) -> None:
    """By a denial, an opposite, another number, another of several or the other side of a time."""
    inquiry = desk.inquiry(None, question, now=NOW, articles=[article])
    found = inquiry.found(inquiry.question.asks[0])
    assert found, "nothing was found that the twist could hold back"
    assert why in (twist(inquiry.question, found[0], alone=True) or "")
    assert inquiry.answer().status is Status.UNKNOWN


@pytest.mark.parametrize(("article", "question", "answer"), STRAIGHT)
def test_the_same_question_without_the_twist_is_answered(
    desk: Newsroom, article: str, question: str, answer: str
) -> None:
    """Nothing turns it, and one article that carries it whole is enough."""
    inquiry = desk.inquiry(None, question, now=NOW, articles=[article])
    found = inquiry.found(inquiry.question.asks[0])
    assert twist(inquiry.question, found[0], alone=True) is None
    assert answer in (inquiry.answer().text or "")


def test_among_several_articles_a_number_may_be_told_elsewhere(desk: Newsroom) -> None:
    """Only where one article alone tells it must the sentence itself say the number."""
    inquiry = desk.inquiry(None, "who opened the tunnel in 2024?", now=NOW, articles=["a2"])
    found = inquiry.found(inquiry.question.asks[0])
    assert twist(inquiry.question, found[0]) is None
    assert twist(inquiry.question, found[0], alone=True) is not None


def test_a_word_in_the_place_of_another_makes_a_value_less_likely(desk: Newsroom) -> None:
    """ "The Institute of Sleep Medicine" is not the Institute of Western Medicine."""
    straight, replaced = (
        desk.inquiry(None, f"who founded the Institute of {which} Medicine?", now=NOW, articles=["a1"])
        for which in ("Western", "Sleep")
    )
    told = [
        (alone.likelihood(i.question, c), alone.evidence(i.question, c)["replaced"])
        for i in (straight, replaced)
        for c in i.found(i.question.asks[0])[:1]
    ]
    assert told[0][0] > told[1][0]
    assert [place for _, place in told] == [0.0, 1.0]


def test_every_kind_of_evidence_has_a_weight(desk: Newsroom) -> None:
    """And no weight is for something that is not looked at."""
    inquiry = desk.inquiry(None, STRAIGHT[1][1], now=NOW, articles=["a1"])
    candidate = inquiry.found(inquiry.question.asks[0])[0]
    assert alone.evidence(inquiry.question, candidate).keys() == alone.WEIGHTS.keys()
