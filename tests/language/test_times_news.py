"""More of what news prose says of times, read on Friday 1 August 2025: rows, plans, sets, fiscal years."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from briefs.language.pipeline import Passage, load
from briefs.language.times import describe, find
from briefs.models import BlockKind, Grain

if TYPE_CHECKING:
    from spacy.language import Language

ANCHOR = datetime(2025, 8, 1, 16, 13, tzinfo=UTC)  # a Friday


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def shown(nlp, text):
    whens = find([Passage("a1", 0, BlockKind.PROSE, 0, nlp(text))], ANCHOR)
    return [f"{text[when.start : when.end]}={when.value}" for when in whens]


ROWS = [
    ("Stocks rose for a third straight day.", ["a third straight day=2025-08-01"]),
    (
        "Shares fell for a second consecutive day on Tuesday.",
        ["a second consecutive day on Tuesday=2025-07-29"],
    ),
    ("The index gained for the fourth week in a row.", ["the fourth week in a row=2025-W31"]),
    ("Sales fell for the third month running.", ["the third month running=2025-08"]),
]
PLANS = [
    ("The queen has summoned the ambassador on Monday.", ["Monday=2025-08-04"]),
    ("She has invited three mayors to her office on Tuesday morning.", ["Tuesday morning=2025-08-05TMO"]),
    ("The union called a strike for Tuesday.", ["Tuesday=2025-08-05"]),
    ("The show was postponed from May 3 to October 9.", ["May 3=2025-05-03", "October 9=2025-10-09"]),
    ("The firm reports its results on Aug. 14.", ["Aug. 14=2025-08-14"]),
    ("The team plays again in two weeks' time.", ["two weeks' time=2025-08-15"]),
]
CALLED_OFF = [
    ("The concert on 3 August was cancelled.", ["3 August=2025-08-03"]),
    ("The band has cancelled its concert in Oslo on 3 September.", ["3 September=2025-09-03"]),
    ("The summit of 3 August was called off.", ["3 August=2025-08-03"]),
    ("The match on August 5 was abandoned because of the strike.", ["August 5=2025-08-05"]),
    ("The trip in November was scrapped.", ["November=2025-11"]),
    ("The November launch was scrubbed.", ["November=2025-11"]),
    ("The minister moved the vote from 5 August to 3 September.", ["5 August=2025-08-05", "3 September=2025-09-03"]),
    ("The band announced a concert on 3 September.", ["3 September=2025-09-03"]),
    ("The club sold 3,000 tickets for the concert on 3 September.", ["3 September=2025-09-03"]),
]
LONG_CALLED_OFF = [
    ("The programme was cancelled in October.", ["October=2024-10"]),
    ("The concert on 3 June was cancelled.", ["3 June=2025-06-03"]),
    ("The president suspended the minister on 2 December.", ["2 December=2024-12-02"]),
    ("Last year's match on 3 August was cancelled.", ["Last year=2024", "3 August=2024-08-03"]),
    ("The king was shot on 3 August.", ["3 August=2024-08-03"]),
]
VAGUE = [
    ("At one point he lost the map.", ["one point=PAST_REF"]),
    ("The family lives there to this day.", ["this day=PRESENT_REF"]),
    ("The ongoing drought has emptied the lake.", ["ongoing=PRESENT_REF"]),
    (
        "The offer ends on August 10; if nobody has signed by that time, the mill closes.",
        ["August 10=2025-08-10", "that time=2025-08-10"],
    ),
]
SETS = [
    ("Question time takes place on a Thursday.", ["Thursday=XXXX-WXX-4"]),
    ("The council votes every other week.", ["every other week=P2W"]),
    ("The review takes place every spring.", ["every spring=XXXX-SP"]),
    ("The fair is held every March.", ["every March=XXXX-03"]),
]
FISCAL = [
    ("Profit rose in fiscal 2024.", ["fiscal 2024=FY2024"]),
    ("Revenue fell in fiscal year 2025.", ["fiscal year 2025=FY2025"]),
]


@pytest.mark.parametrize(("text", "expected"), [*ROWS, *PLANS, *CALLED_OFF, *LONG_CALLED_OFF, *VAGUE, *SETS, *FISCAL])
def test_time_of_news_prose_is_resolved(nlp, text, expected):
    assert shown(nlp, text) == expected


def test_a_day_that_a_noun_takes_is_a_certain_one(nlp):
    """ "On a Thursday" is any; "a Thursday interview" is that of the week."""
    assert shown(nlp, "She denied it in a Thursday interview.") == ["Thursday=2025-07-31"]


def test_what_comes_again_is_a_set_without_instants(nlp):
    whens = find([Passage("a1", 0, BlockKind.PROSE, 0, nlp("The fair is held every March."))], ANCHOR)
    assert [(w.grain, w.first, describe(w)) for w in whens] == [(Grain.SET, None, "every March")]


def test_a_fiscal_year_is_said_to_be_one(nlp):
    whens = find([Passage("a1", 0, BlockKind.PROSE, 0, nlp("Profit rose in fiscal 2024."))], ANCHOR)
    assert [describe(w) for w in whens] == ["fiscal year 2024"]
