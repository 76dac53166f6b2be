"""Yes or no: in the source's own words, with what makes it exact; a plan is no yes, and no silence is a no."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefs.models import Answer, Status
from briefs.newsroom import Newsroom

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
TEXTS = {
    "bill": "Governor Nadia Costa signed a revised version of the water bill on Thursday, a day after refusing to sign an earlier one.",
    "rally": "Meanwhile, a joint rally of Jon Berg and Ines Falk set for Saturday in Arden has been postponed because of the storm, "
    "according to an aide.",
    "money": "Senator Tom Okafor said last year that he would repay the $84,000 to the treasury, but has not made good on that promise.",
    "case": "The Lodra label Brixton lost its court case against Norvik Computer in the high court on Monday.",
    "trial": "Elena Marsh was acquitted of fraud by a court in Brindle on Tuesday.",
    "offer": "Norvik rejected the offer of Castellane on Wednesday.",
    "board": "The board of Castellane rejected a takeover bid of 4 billion euros from Norvik on Thursday.",
    "visit": "Prime Minister Olga Brandt will visit Lisbon in June.",
    "talks": "Union leader Peter Lindgren has yet to meet the mayor of Corby.",
    "kin": "In 2021 Ana Seabra's predecessor, Paulo Reis, resigned over shares in a dam.",
    "strike": "The strike of the tram drivers of Gorlin was suspended on Friday after talks with the city.",
    "prison": "The old prison of Sark was handed over to the museum on Monday.",
    "asked": "Marek Dudek was asked to resign by two members of the council of Tarn.",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    path = tmp_path_factory.mktemp("verdicts") / "articles.jsonl"
    records = (
        {"id": k, "source": f"Outlet {k}", "title": None, "text": t, "published_at": "2024-05-17T10:00:00Z"}
        for k, t in TEXTS.items()
    )
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    with_texts = Newsroom.in_memory()
    with_texts.load(path, now=NOW)
    return with_texts


def ask(desk: Newsroom, question: str) -> Answer:
    return desk.answer(None, question, now=NOW)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("did Costa sign the water bill?", "Yes: signed a revised version of the water bill on Thursday"),
        ("did Costa end up signing the water bill", "Yes: signed a revised version of the water bill on Thursday"),
        ("is the Berg and Falk rally in Arden still on for saturday?", "No: has been postponed because of the storm"),
        ("has okafor paid back the 84 grand?", "No: has not made good on that promise"),
        (
            "did the Lodra label win its case against Norvik Computer?",
            "No: lost its court case against Norvik Computer",
        ),
        ("was Elena Marsh found guilty?", "No: was acquitted of fraud"),
        ("did Norvik accept the offer of Castellane?", "No: rejected the offer of Castellane"),
        ("has Lindgren met the mayor of Corby?", "No: has yet to meet the mayor of Corby"),
        ("did Castellane reject the bid", "Yes: rejected a takeover bid of 4 billion euros from Norvik on Thursday"),
        ("will Brandt visit Lisbon?", "Yes: will visit Lisbon in June"),
    ],
)
def test_the_answer_is_yes_or_no_and_the_words_of_the_source(desk, question, told):
    answer = ask(desk, question)
    assert answer.status is Status.ANSWERED
    assert answer.text is not None
    assert answer.text.startswith(told)
    clause = answer.text.partition(": ")[2]
    assert any(clause in " ".join(e.text.split()) for e in answer.evidence)


@pytest.mark.parametrize(
    "question",
    [
        "did Brandt visit Lisbon?",
        "has Ana Seabra resigned?",
        "has Marek Dudek resigned?",
        "did Costa sign the tax bill?",
    ],
)
def test_a_plan_a_request_and_what_another_did_are_no_yes(desk, question):
    answer = ask(desk, question)
    assert answer.text is None or not answer.text.startswith("Yes")


def test_the_day_of_it_is_told_in_full(desk):
    assert ask(desk, "did Costa sign the water bill?").statement.startswith(
        "Yes, on Thursday 16 May 2024: signed a revised"
    )


def test_what_was_put_off_says_nothing_of_its_end(desk):
    assert desk.answer(None, "Is the strike of the tram drivers over?", now=NOW).status is Status.UNKNOWN
    assert desk.answer(None, "Was the old prison handed over?", now=NOW).statement.startswith("Yes")
