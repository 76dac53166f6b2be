"""Two values from two sources: a disagreement, an update, or the same thing told more and less exactly."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from briefs.models import Status
from briefs.newsroom import Newsroom

if TYPE_CHECKING:
    from pathlib import Path

    from briefs.models import Answer

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


def asked(folder: Path, question: str, *told: tuple[str, str]) -> Answer:
    """The answer to a question over articles of outlets A, B, C…: when each was published, and its text."""
    records = [
        {
            "id": f"a{k}",
            "source": f"Outlet {chr(65 + k)}",
            "title": None,
            "text": text,
            "published_at": f"2024-{at}:00Z",
        }
        for k, (at, text) in enumerate(told)
    ]
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    desk = Newsroom.in_memory()
    desk.load(path, now=NOW)
    return desk.answer(None, question, now=NOW)


def values(answer: Answer) -> set[str]:
    """The answer's values, the one told first and the others."""
    return {answer.text or "", *(a.text for a in answer.alternatives)}


CONFLICTS = {
    "sums": (
        "how much did Corvane pay for the shipyard?",
        ("05-14T10:00", "The carmaker Corvane paid $139 million for the shipyard in Aldhaven."),
        ("05-14T11:00", "Corvane paid about $141 million for the shipyard, its lawyers said."),
        {"$139 million", "about $141 million"},
    ),
    "cents": (
        "how much did Tolland spend on the boat?",
        ("05-14T10:00", "Councillor Piet Tolland spent $5,412.50 on the boat, court papers say."),
        ("05-14T12:00", "Piet Tolland spent $5,512.50 on the boat and $90 on paint."),
        {"$5,412.50", "$5,512.50"},
    ),
    "places": (
        "where did Costa meet Lindgren?",
        ("05-14T10:00", "Nadia Costa met Peter Lindgren in Oslo on Monday."),
        ("05-14T11:00", "Nadia Costa met Peter Lindgren in Bergen on Monday, their offices said."),
        {"Oslo", "Bergen"},
    ),
    "days": (
        "when did Nadia Costa resign?",
        ("05-14T10:00", "Nadia Costa resigned on Friday after the vote."),
        ("05-14T11:00", "Nadia Costa resigned on Saturday, a day after the council had met."),
        {"Friday 10 May 2024", "Saturday 11 May 2024"},
    ),
    "plans": (
        "when will the election in Aldhaven be held?",
        ("05-14T10:00", "The election in Aldhaven will be held on 30 June."),
        ("05-14T11:00", "Aldhaven will hold the election in mid July."),
        {"Sunday 30 June 2024", "mid-July 2024"},
    ),
    "a month and the very beginning of the year": (
        "when did Corvane buy the shipyard?",
        ("05-14T10:00", "Corvane bought the shipyard in February 2024."),
        ("05-14T11:00", "Corvane bought the shipyard at the beginning of the year, a memo says."),
        {"February 2024", "the beginning of 2024"},
    ),
    "a sum that a twin sentence tells of the same thing in other words": (
        "how much did the advertisement cost Corvane?",
        ("05-14T10:00", "The advertisement, shown in Aldhaven, Port Brill and Sandwick, cost Corvane $1 million."),
        ("05-14T11:00", "Corvane paid $500,000 for the advertisement in Port Brill, Sandwick and Aldhaven."),
        {"$1 million", "$500,000"},
    ),
    "namesakes spelled with and without accents": (
        "who defeated Karla Voss in the election?",
        ("05-14T10:00", "Loretta Sáenz defeated Karla Voss in the election on Monday."),
        ("05-14T11:00", "Linda Saenz defeated Karla Voss in the election, the town said."),
        {"Loretta Sáenz", "Linda Saenz"},
    ),
    "another word for what happened, an hour or two before midnight": (
        "when did the levee at Stonebridge collapse?",
        ("05-14T10:00", "The levee at Stonebridge gave way at one on Tuesday morning, residents said."),
        ("05-14T11:00", "The embankment at Stonebridge failed at 11 p.m. on Monday. The levee was old."),
        {"morning of Tuesday 14 May 2024", "Monday 13 May 2024, 23:00"},
    ),
    "what is counted, called and heard": (
        "how many prosecution witnesses were heard in the trial of Piet Tolland?",
        ("05-14T10:00", "In the trial of Piet Tolland 44 witnesses were heard for the prosecution."),
        ("05-14T12:00", "Prosecutors, who called 41 witnesses, asked for eight years for Piet Tolland."),
        {"44", "41"},
    ),
    "an attendance and its spectators": (
        "what was the attendance at Aldhaven v Port Brill?",
        ("05-14T10:00", "Aldhaven beat Port Brill 2-1 on Monday in front of 36,500 spectators."),
        ("05-14T11:00", "Aldhaven beat Port Brill with a late goal. The attendance was 38,200."),
        {"36,500", "38,200"},
    ),
    "where somebody else is named beside him": (
        "where did Tolland marry the singer?",
        ("05-14T10:00", "Piet Tolland married the singer in Sandwick on 2 March, a friend said."),
        ("05-14T11:00", "Tolland and Costa married on 2 March at a chapel in Aldhaven. The singer wore red."),
        {"Sandwick", "Aldhaven"},
    ),
    "two counts, neither of which would be told alone": (
        "how many are in emergency shelters in Stonebridge, do we know?",
        (
            "05-14T10:00",
            "In Stonebridge 4,100 people were still in emergency shelters on Monday evening, the council said.",
        ),
        (
            "05-14T11:00",
            "The coastguard counted 2,600 people in shelters on Monday evening. Stonebridge calls it an emergency.",
        ),
        {"4,100", "2,600"},
    ),
    "namesakes in a sentence that tells it the other way round": (
        "which Saenz beat Karla Voss for the chair of the harbour council?",
        ("05-14T10:00", "Loretta Saenz won the chair of the harbour council, defeating the pilot Karla Voss."),
        (
            "05-14T11:00",
            "In a close vote Linda Sáenz defeated another pilot, Karla Voss, for the chair of the harbour council.",
        ),
        {"Loretta Saenz", "Linda Sáenz"},
    ),
    "namesakes": (
        "who defeated Karla Voss in the election?",
        ("05-14T10:00", "Loretta Santos defeated Karla Voss in the election on Monday."),
        ("05-14T11:00", "Linda Santos defeated Karla Voss in the election, the town said."),
        {"Loretta Santos", "Linda Santos"},
    ),
}

ONE_VALUE = {
    "a day reckoned from what happened": (
        "when did the quake hit Aldhaven?",
        ("05-14T10:00", "The quake hit Aldhaven early on Sunday."),
        ("05-14T11:00", "Costa came on Monday, one day after the quake that hit Aldhaven, and three ships on Tuesday."),
    ),
    "people of another sort": (
        "how many people did the fire in Aldhaven injure?",
        ("05-14T10:00", "The fire in Aldhaven injured 14 people."),
        ("05-14T11:00", "The fire in Aldhaven left 17 people without a home."),
    ),
    "another time it happened": (
        "where did Tolland dine with Costa in March?",
        ("05-14T10:00", "Piet Tolland dined with Nadia Costa in Sandwick in March."),
        ("05-14T11:00", "Piet Tolland dined with Nadia Costa in Aldhaven in April."),
    ),
    "about a sum and the sum": (
        "how much did Corvane pay for the shipyard?",
        ("05-14T10:00", "The carmaker Corvane paid about $1 million for the shipyard in Aldhaven."),
        ("05-14T11:00", "Corvane paid $1.02 million for the shipyard, its lawyers said."),
    ),
    "a town and the state around it": (
        "where did Costa meet Lindgren?",
        ("05-14T10:00", "Nadia Costa met Peter Lindgren in Plantation, Florida on Monday."),
        ("05-14T11:00", "Nadia Costa met Peter Lindgren in Florida on Monday, their offices said."),
    ),
    "a weekday and its date": (
        "when did Nadia Costa resign?",
        ("05-14T10:00", "Nadia Costa resigned on Friday after the vote."),
        ("05-14T11:00", "Nadia Costa resigned on 10 May, the council said."),
    ),
    "a month and a day in it": (
        "when did Nadia Costa resign?",
        ("05-14T10:00", "Nadia Costa resigned on Friday after the vote."),
        ("05-14T11:00", "Nadia Costa resigned in May, the council said."),
    ),
    "two sums for two things": (
        "how much did Corvane pay for the shipyard?",
        ("05-14T10:00", "The carmaker Corvane paid $139 million for the shipyard in Aldhaven."),
        ("05-14T11:00", "Corvane paid $120 million for the tugboats of a rival, its lawyers said."),
    ),
    "who tells both figures tells of two things": (
        "how much did Corvane earn?",
        ("05-14T10:00", "The carmaker Corvane earned $139 million in Norvia."),
        ("05-14T11:00", "Corvane earned $139 million in Norvia. Corvane earned $120 million in Sothia."),
    ),
    "two quarters": (
        "how much did Corvane earn in the first quarter of 2024?",
        ("05-14T10:00", "The carmaker Corvane earned $139 million in the first quarter of 2024."),
        ("05-14T11:00", "Corvane earned $120 million in the fourth quarter of 2023."),
    ),
    "a quarter and the year": (
        "how much did Corvane earn?",
        ("05-14T10:00", "The carmaker Corvane earned $139 million."),
        ("05-14T11:00", "Corvane earned $120 million in the third quarter of 2023."),
    ),
    "a meeting with others": (
        "where did Costa meet Lindgren?",
        ("05-14T10:00", "Nadia Costa met Peter Lindgren in Oslo."),
        ("05-14T11:00", "Nadia Costa met Olga Brandt in Bergen."),
    ),
    "two people who may both have come": (
        "who met Karla Voss?",
        ("05-14T10:00", "Loretta Santos met Karla Voss on Monday."),
        ("05-14T11:00", "Piet Tolland met Karla Voss on Monday."),
    ),
}


@pytest.mark.parametrize("kind", CONFLICTS)
def test_values_that_cannot_both_be_right_are_both_told_with_who_says_which(tmp_path, kind):
    question, *told, expected = CONFLICTS[kind]
    answer = asked(tmp_path, question, *told)
    assert answer.status is Status.CONFLICT, answer
    assert values(answer) == expected
    assert {o for a in answer.alternatives for o in a.outlets} < {"Outlet A", "Outlet B"}
    assert {e.outlet for e in answer.evidence} == {"Outlet A", "Outlet B"}


@pytest.mark.parametrize("kind", ONE_VALUE)
def test_what_is_told_less_exactly_or_of_another_thing_is_no_conflict(tmp_path, kind):
    question, *told = ONE_VALUE[kind]
    answer = asked(tmp_path, question, *told)
    assert answer.status is Status.ANSWERED, answer


def test_that_something_else_in_the_sentence_rises_makes_no_figure_an_update(tmp_path):
    answer = asked(
        tmp_path,
        "how many satellites did the Sandpiper release?",
        (
            "05-13T10:00",
            "The Sandpiper rose from Port Brill at noon, when the clouds had gone, and released nine satellites.",
        ),
        ("05-14T11:00", "The Sandpiper released eight satellites, the Norvian tracking station said."),
    )
    assert answer.status is Status.CONFLICT
    assert {v.removeprefix("all ") for v in values(answer)} == {"nine", "eight"}


def test_a_newer_toll_replaces_the_older_one_which_is_told_beside_it(tmp_path):
    answer = asked(
        tmp_path,
        "how many people did the storm in Aldhaven kill?",
        ("05-14T10:00", "The storm in Aldhaven killed 9 people on Monday."),
        ("05-15T10:00", "The storm in Aldhaven killed 11 people on Monday, officials said."),
    )
    assert answer.status is Status.ANSWERED
    assert "11" in (answer.text or "")
    assert any("9" in note and "Outlet A" in note for note in answer.notes)
    assert answer.disagreements == ()


def test_two_tolls_of_one_hour_are_a_conflict(tmp_path):
    answer = asked(
        tmp_path,
        "how many people did the storm in Aldhaven kill?",
        ("05-14T10:00", "The storm in Aldhaven killed 9 people on Monday."),
        ("05-14T11:00", "The storm in Aldhaven killed 11 people on Monday, officials said."),
    )
    assert answer.status is Status.CONFLICT


def test_a_plan_moved_to_another_day_answers_with_the_newer_day(tmp_path):
    answer = asked(
        tmp_path,
        "when will the election in Aldhaven be held?",
        ("05-06T10:00", "The election in Aldhaven will be held on 30 June."),
        ("05-14T11:00", "The election in Aldhaven will be held on 14 July."),
    )
    assert answer.status is Status.ANSWERED
    assert answer.text == "Sunday 14 July 2024"
    assert any("30 June" in note for note in answer.notes)


def test_who_holds_an_office_now_is_who_the_newest_source_names(tmp_path):
    answer = asked(
        tmp_path,
        "who is the chief executive of Corvane?",
        ("02-02T10:00", "Corvane chief executive Piet Tolland said sales would rise."),
        ("05-14T11:00", "Nadia Costa, the chief executive of Corvane, said sales had fallen."),
    )
    assert answer.text == "Nadia Costa"
    assert answer.status is Status.ANSWERED


def test_the_sentence_of_a_correction_gives_no_rival(tmp_path):
    answer = asked(
        tmp_path,
        "how much did Corvane pay for the shipyard?",
        ("05-14T10:00", "The carmaker Corvane paid $139 million for the shipyard in Aldhaven."),
        (
            "05-14T11:00",
            "Correction: it was incorrectly said that Corvane paid $129 million for the shipyard in Aldhaven.",
        ),
    )
    assert answer.status is Status.ANSWERED
    assert answer.text == "$139 million"
