"""What an update tells beside what changed: what comes next, how many are hurt or safe, the sum, the reason; no colour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from days import FRIDAY, THURSDAY
from test_updates import article, developments, everything, read

from briefs.briefing.news import news
from briefs.models import ChangeKind

FIRE = (
    "Paper mill burns in Tarn",
    THURSDAY,
    (
        "A fire broke out in the paper mill of Tarn on Wednesday night.\n"
        "Some 300 people had to leave their homes by the river, the fire chief said."
    ),
)
OPENING = "Police arrested a welder, Olaf Brem, on Friday on suspicion of having set the paper mill of Tarn on fire."


def arrested(*details):
    return ("Welder arrested after mill fire", FRIDAY, "\n".join((OPENING, *details)))


def told(*details):
    return [sentence for _, sentence, _ in developments(FIRE, arrested(*details))]


@pytest.mark.parametrize(
    "detail",
    [
        "A judge will hear the welder on Monday.",
        "All 300 people are back in their homes.",
        "Twelve firemen were hurt in the night.",
        "Nobody was hurt by the collapse of the chimney.",
        "The damage was put at 40 million crowns.",
        "The chimney fell because its bolts had melted in the heat.",
        "The owners will rebuild the hall.",
    ],
)
def test_what_a_reader_asks_next_stands_beside_the_change(detail):
    assert told(detail) == [OPENING, detail]


@pytest.mark.parametrize(
    "colour",
    [
        "Buses were full and the ring road was jammed for 30 kilometres.",
        "The clock above the gate stopped at 21:14.",
        "Ducks swam through the yard of the burnt hall.",
        "The vote of the works council was unanimous.",
        '"We will all miss the smell of paper," said a neighbour, Ines Till.',
    ],
)
def test_colour_is_no_detail(colour):
    assert told(colour) == [OPENING]


def test_details_alone_are_no_news():
    again = ("Paper mill burnt in Tarn", FRIDAY, f"{FIRE[2].split(chr(10))[0]}\nTwelve firemen drank 40 litres of tea.")
    assert developments(FIRE, again) == []


def test_what_comes_next_stands_before_a_sum():
    later, damage = "A judge will hear the welder on Monday.", "The damage was put at 40 million crowns."
    assert told(damage, later) == [OPENING, later, damage]


def test_a_plan_is_no_detail_where_what_came_of_it_is_told_too():
    plan = "A judge will hear the welder, Olaf Brem, on Saturday."
    heard = (
        "Welder confesses",
        FRIDAY + timedelta(days=1, hours=4),
        "A judge heard the welder, Olaf Brem, on Saturday, and he confessed.",
    )
    assert plan in [sentence for _, sentence, _ in developments(FIRE, arrested(plan))]
    assert plan not in [sentence for _, sentence, _ in developments(FIRE, arrested(plan), heard)]


def test_two_outlets_that_tell_one_change_in_other_words_are_told_once():
    known = (
        "Ferry crews to strike",
        THURSDAY,
        "The ferry crews of Tarn will go on strike on Friday for higher wages, their union said.",
    )
    first = (
        "Ferry strike empties harbour",
        FRIDAY,
        "A strike for higher wages stopped nearly all ferries in Tarn on Friday.",
    )
    second = (
        "Harbour of Tarn empty",
        FRIDAY + timedelta(hours=1),
        "The strike of the crews began at dawn and brought the ferries of Tarn to a halt on Friday.",
    )
    assert len(developments(known, first, second)) == 1


def test_a_plain_sentence_stands_before_the_press_release_of_who_did_it():
    known = article("Gazette", ("Corran to fly Lark 3", THURSDAY, "Corran Rockets will launch the Lark 3 on Friday."))
    boast = article(
        "Corran Rockets",
        (
            "Corran Rockets launches Lark 3",
            FRIDAY + timedelta(hours=1),
            "Corran Rockets, a leading provider of launches, today announced the successful launch of the Lark 3.",
        ),
    )
    plain = article(
        "Courier", ("Lark 3 in orbit", FRIDAY, "Corran Rockets launched the Lark 3 from its pad in Belmar on Friday.")
    )
    members = (known, boast, plain)
    first, *_ = news(members, read(*members), everything(known)).developments
    assert first.sentence.article_id == "Courier"
    assert first.kind is ChangeKind.STATE
