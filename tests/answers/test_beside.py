"""What helps beside "unknown": honest words for what no source can tell, and names that look alike."""

from __future__ import annotations

import pytest

from briefs.answers.beside import Outside, alike, outside
from briefs.language import pipeline

NAMES = ("Dmitry Bakanov", "Sean Duffy", "Skagen", "European Union", "Ann Lee")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Should we buy shares of Alvero?", Outside.OPINION),
        ("what do you think of the minister?", Outside.OPINION),
        ("Who is the best goalkeeper?", Outside.OPINION),
        ("Is Olga Brandt a good minister?", Outside.OPINION),
        ("Will Norvia win the cup?", Outside.FORECAST),
        ("Who will win the election?", Outside.FORECAST),
        ("How likely is a strike?", Outside.FORECAST),
        ("Who won the cup?", None),
        ("When was the launch?", None),
        ("Did the minister say who should resign?", None),
    ],
)
def test_an_opinion_and_a_forecast_are_told_from_a_question_of_fact(question, kind):
    assert outside(question) is kind


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("who met Bakanof?", "Dmitry Bakanov"),
        ("who met dmitri bakanov?", "Dmitry Bakanov"),
        ("what did Sean Dufy say?", None),  # too short to tell
        ("what did Sean Duffey say?", "Sean Duffy"),
        ("who met Bakanov?", None),
        ("who went to Skagenn?", "Skagen"),
        ("who met the president of Lunara?", None),
        ("🚀?", None),
        ("من قابل؟", None),
    ],
)
def test_a_name_misspelt_finds_the_one_that_the_sources_know(question, name):
    found = alike(pipeline.load(), question, NAMES)

    assert next((each.name for each in found), None) == name
    assert all(question[each.start : each.end].strip() for each in found)
