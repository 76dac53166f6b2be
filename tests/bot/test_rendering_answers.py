"""An answer as a message: it fits Discord's limits whatever it holds, and says what helps where nothing answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.components import validate_message_state

from bot import rendering
from bot.rendering.answers import ANSWER_MEANT
from briefs.answers.beside import Hints, Meant, Outside
from briefs.models import Alternative, Answer, Disagreement, Evidence, Status

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG = "*" * 3_000
V2 = discord.MessageFlags(components_v2=True).value


def texts(view):
    return "\n".join(part.content for part in view.walk_children() if isinstance(part, discord.ui.TextDisplay))


def buttons(view):
    return [part for part in view.walk_children() if isinstance(part, discord.ui.Button)]


def full(status):
    """Return an answer in which everything is as long as can be."""
    values = tuple(Alternative(LONG, (LONG, LONG, LONG)) for _ in range(9))
    return Answer(
        LONG,
        status,
        LONG,
        LONG,
        alternatives=values,
        disagreements=tuple(Disagreement(LONG, values) for _ in range(9)),
        notes=(LONG,) * 9,
        evidence=tuple(Evidence("a", 0, 1, LONG, LONG, url="https://a.example/" + "x" * 480) for _ in range(9)),
        sources=9,
        independent=9,
        as_of=NOON,
        considered=10**6,
        understood=LONG,
        about=LONG,
    )


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("private", [True, False])
def test_the_fullest_answer_fits_one_message_and_keeps_its_quotation(status, private):
    hints = Hints(tuple(Meant(0, 299, "N" * 69 + str(k)) for k in range(3)), Outside.OPINION, NOON)
    view = rendering.answer_message(
        full(status), answer_id=10**17, hints=hints, private=private, shown_by=None if private else 10**18
    )

    assert len(texts(view)) <= rendering.TEXT_LIMIT
    assert "> “" in texts(view)
    assert "as of <t:" in texts(view)
    assert all(len(button.custom_id) <= 100 and len(button.label) <= 80 for button in buttons(view))
    validate_message_state(view.to_components(), flags=V2, content=None, embeds=[])


@given(st.text(min_size=1, max_size=120))
def test_a_name_that_no_id_can_carry_is_not_offered(name):
    answer = Answer("who?", Status.UNKNOWN, None, "None says.")
    view = rendering.answer_message(answer, answer_id=7, hints=Hints((Meant(3, 12, name),)))

    for button in buttons(view)[:-1]:
        assert ANSWER_MEANT.fullmatch(button.custom_id)["name"] == name
        assert button.label


def test_an_answer_of_a_story_says_which():
    answer = Answer(
        "when?", Status.ANSWERED, "Monday", "Monday.", understood="when Berg met Vik", about="Berg meets Vik"
    )

    assert texts(rendering.answer_message(answer, answer_id=1)).splitlines()[:2] == [
        "-# when? → when Berg met Vik",
        "-# About: Berg meets Vik",
    ]


def test_what_was_searched_in_vain_is_told_with_its_age():
    answer = Answer("who?", Status.UNKNOWN, None, "None says.", considered=12, as_of=NOON)
    text = texts(rendering.answer_message(answer, answer_id=1, hints=Hints(since=NOON - timedelta(days=9))))

    assert "12 articles searched back to <t:1771675200:D> · as of <t:1772452800:D>" in text
    assert "`/feeds add`" in text
