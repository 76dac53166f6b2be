"""Who did it to whom: every pair once, newest first, whatever the verb."""

from __future__ import annotations

import pytest
from asked_of import NOW, desk_of

from briefs.models import Status


@pytest.mark.parametrize(
    ("text", "question", "pairs"),
    [
        (
            "Nadia Costa met Peter Lindgren on Monday. Ines Falk met Olaf Lund in Oslo on Tuesday.",
            "who met whom?",
            ["Ines Falk and Olaf Lund, Tuesday 14 May 2024", "Nadia Costa and Peter Lindgren, Monday 13 May 2024"],
        ),
        (
            "Norvia sued Belmar on Monday over a patent. Alvero sued Brixton on Tuesday.",
            "who sued whom?",
            ["Alvero and Brixton, Tuesday 14 May 2024", "Norvia and Belmar, Monday 13 May 2024"],
        ),
        (
            "Alvero bought Brixton in March. Norvia acquired Belmar in April.",
            "who bought whom?",
            ["Norvia and Belmar, April 2024", "Alvero and Brixton, March 2024"],
        ),
        (
            "Olga Brandt visited Lisbon on Monday. Peter Lindgren visited Oslo on Sunday.",
            "who visited whom?",
            ["Olga Brandt and Lisbon, Monday 13 May 2024", "Peter Lindgren and Oslo, Sunday 12 May 2024"],
        ),
    ],
)
def test_every_pair_is_told_newest_first(tmp_path, text, question, pairs):
    assert desk_of(tmp_path, text).answer(None, question, now=NOW).text == "; ".join(pairs)


def test_who_only_plans_to_meet_has_not_met(tmp_path):
    desk = desk_of(tmp_path, "Nadia Costa will meet Peter Lindgren on 3 June.")
    assert desk.answer(None, "who met whom?", now=NOW).status is Status.UNKNOWN
