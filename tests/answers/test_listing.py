"""Where all are asked for, each of them is told with its day, the newest first."""

from __future__ import annotations

import pytest
from asked_of import NOW, desk_of

TEXTS = (
    "Olga Brandt met Peter Lindgren in Oslo on Monday.",
    "Olga Brandt met with Nadia Costa in Tarvo on Tuesday.",
    "Energy Minister Karl Weiss resigned on Wednesday over a dam.",
    "Energy Minister Paul Varga resigned on Thursday over a licence.",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return desk_of(tmp_path_factory.mktemp("listing"), *TEXTS)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("who did Brandt meet?", "Nadia Costa", "Peter Lindgren"),
        ("name all the energy ministers who resigned", "Paul Varga", "Karl Weiss"),
    ],
)
def test_all_who_are_asked_for_are_told_the_newest_first(desk, question, first, second):
    told, *others = desk.answer(None, question, now=NOW).text.split("; ")
    assert told.startswith(first)
    assert [other.startswith(second) for other in others] == [True]


def test_one_meeting_asked_for_is_told_alone(desk):
    assert desk.answer(None, "who did Brandt meet in Oslo?", now=NOW).text == "Peter Lindgren"


def test_two_at_one_meeting_are_no_list(tmp_path):
    desk = desk_of(tmp_path, "Olga Brandt met Peter Lindgren and Ines Falk in Oslo on Monday.", TEXTS[2])
    assert desk.answer(None, "who did Brandt meet?", now=NOW).text == "Peter Lindgren and Ines Falk"
