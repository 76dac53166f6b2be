"""What a time expression in a sentence means, read on Friday 1 August 2025."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from briefs.language.pipeline import Passage, load
from briefs.language.times import find
from briefs.models import BlockKind, Grain

if TYPE_CHECKING:
    from spacy.language import Language

ANCHOR = datetime(2025, 8, 1, 16, 13, tzinfo=UTC)  # a Friday


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def read(nlp, text, anchor=ANCHOR, start=0):
    return find([Passage("a1", start, BlockKind.PROSE, 0, nlp(text))], anchor)


def shown(text, whens):
    return [f"{text[when.start : when.end]}={when.value}" for when in whens]


NAMED = [
    ("The race, originally planned for May 3, was moved to Nov. 15.", ["May 3=2025-05-03", "Nov. 15=2025-11-15"]),
    ("An earthquake hit at 2:15 local time on Thursday.", ["2:15 local time on Thursday=2025-07-31T02:15"]),
    ("The reef will be closed through mid-May.", ["mid-May=2026-05"]),
    ("The bank will decide on Sept. 16-17.", ["Sept. 16=2025-09-16", "17=2025-09-17"]),
    ("This morning, 41 years later, police made an arrest.", ["This morning=2025-08-01TMO", "41 years later=P41Y"]),
    ("He moved there in 1972. That summer he met his wife.", ["1972=1972", "That summer=1972-SU"]),
    ("The bomb went off at 0830 UTC.", ["0830 UTC=2025-08-01T08:30Z"]),
    ("He spoke on Tuesday. The next day he withdrew.", ["Tuesday=2025-07-29", "The next day=2025-07-30"]),
    ("Exports fell last month from the previous year.", ["last month=2025-07", "the previous year=2024"]),
    ("The following week, the bank will cut rates.", ["The following week=2025-W32"]),
    ("The June 19 vote was called off.", ["June 19=2025-06-19"]),
    ("They were pushing for a delay of the August 19 vote.", ["August 19=2025-08-19"]),
    ("No one has been charged in the Sept. 11 attacks.", ["Sept. 11=2001-09-11"]),
    ("Reports over the past week have raised fears.", ["the past week=P1W"]),
    (
        "Sales fell in May, compared with the same month a year ago.",
        ["May=2025-05", "the same month a year ago=2024-05"],
    ),
    ("Rescuers arrived on Sunday and left later in the day.", ["Sunday=2025-07-27", "later in the day=2025-07-27"]),
    ("It took two-and-a-half months.", ["two-and-a-half months=P2.5M"]),
    ("Monday of next week is a holiday.", ["Monday of next week=2025-08-04"]),
    ("The talks lasted between 10 and 12 hours.", ["10=PT10H", "12 hours=PT12H"]),
    ("Delegates from both parties met Thursday in Geneva.", ["Thursday=2025-07-31"]),
    ("Delegates from both parties will meet Thursday in Geneva.", ["Thursday=2025-08-07"]),
    ("The vote is scheduled for Friday.", ["Friday=2025-08-01"]),
    ("The vote is scheduled for Monday.", ["Monday=2025-08-04"]),
    ("The tentative March date was criticised by farmers.", ["March=2026-03"]),
    ("The report was due in October.", ["October=2025-10"]),
    ("The strike, due to begin on Tuesday, would close the port.", ["Tuesday=2025-08-05"]),
    (
        "The minister said on Wednesday that talks would resume on Sunday.",
        ["Wednesday=2025-07-30", "Sunday=2025-08-03"],
    ),
    ("She resigned last Monday.", ["last Monday=2025-07-28"]),
    ("The court will hear the case next Tuesday.", ["next Tuesday=2025-08-05"]),
    ("The bank raised rates this week.", ["this week=2025-W31"]),
    ("A storm is expected to reach the coast this weekend.", ["this weekend=2025-W31-WE"]),
    ("The mayor was re-elected in November.", ["November=2024-11"]),
    ("The mayor will stand again in November.", ["November=2025-11"]),
    ("He invited the ministers to attend the November launch of the satellite.", ["November=2025-11"]),
    ("The probe, scheduled for launch in March, costs $2 billion.", ["March=2026-03"]),
    ("The treaty was signed on 12 May 2019.", ["12 May 2019=2019-05-12"]),
    ("It opened on the 31st of July.", ["the 31st of July=2025-07-31"]),
    ("The fire broke out on July 4, 2023, in a warehouse.", ["July 4, 2023=2023-07-04"]),
    ("The hearing on Sept. 9 will be public.", ["Sept. 9=2025-09-09"]),
    ("Filed 2025-07-31 by the clerk.", ["2025-07-31=2025-07-31"]),
    ("The report, dated 7/31/2025, runs to 90 pages.", ["7/31/2025=2025-07-31"]),
    ("Police arrested two men on Tuesday night.", ["Tuesday night=2025-07-29TNI"]),
    ("The plane landed at 4:13 p.m. Friday.", ["4:13 p.m. Friday=2025-08-01T16:13"]),
    ("The quake struck at 03:20 UTC on Saturday.", ["03:20 UTC on Saturday=2025-07-26T03:20Z"]),
    ("The quake struck at 9:15 p.m. EDT Thursday.", ["9:15 p.m. EDT Thursday=2025-08-01T01:15Z"]),
    ("Voting ended at 8 p.m. ET on Wednesday.", ["8 p.m. ET on Wednesday=2025-07-31T00:00Z"]),
    ("Profit fell 3% in the third quarter of 2024.", ["the third quarter of 2024=2024-Q3"]),
    ("Sales rose in the second quarter.", ["the second quarter=2025-Q2"]),
    ("The company expects losses in the fourth quarter.", ["the fourth quarter=2025-Q4"]),
    ("Output shrank in the first half of last year.", ["the first half of last year=2024-H1"]),
    ("The bridge will reopen in the summer of 2027.", ["the summer of 2027=2027-SU"]),
    ("The ferry will run to the end of the decade.", ["the end of the decade=202"]),
    ("The band was formed in the late 1980s.", ["the late 1980s=198"]),
    ("The church dates from the 14th century.", ["the 14th century=13"]),
    ("Construction began in 2018 and will end in 2030.", ["2018=2018", "2030=2030"]),
    ("The factory closed in early 2016.", ["early 2016=2016"]),
    ("The deal is expected by mid-October.", ["mid-October=2025-10"]),
    ("The bridge had been shut for more than seven years.", ["more than seven years=P7Y"]),
    ("A two-day summit opened on Monday.", ["two-day=P2D", "Monday=2025-07-28"]),
    ("The pair worked together for decades.", ["decades=PXE"]),
    ("He spent several years in prison.", ["several years=PXY"]),
    ("The ferry sank two weeks ago.", ["two weeks ago=2025-07-18"]),
    ("The firm was founded 12 years ago.", ["12 years ago=2013"]),
    ("The shuttle will return in two days.", ["two days=2025-08-03"]),
    ("The trial opens the day after tomorrow.", ["the day after tomorrow=2025-08-03"]),
    (
        "On 3 June 2024 the dam burst; two days later the army arrived.",
        ["3 June 2024=2024-06-03", "two days later=2024-06-05"],
    ),
    ("Prices rose 4% from a year earlier.", ["a year earlier=2024"]),
    ("The committee meets every Tuesday.", ["every Tuesday=XXXX-WXX-2"]),
    ("The plant builds 40 trains a year.", ["a year=P1Y"]),
    ("The two towns were once rivals.", ["once=PAST_REF"]),
    ("Officials are now reviewing the plan.", ["now=PRESENT_REF"]),
    ("He will brief reporters later today.", ["later today=2025-08-01"]),
    ("The museum, closed since February, will reopen in September.", ["February=2025-02", "September=2025-09"]),
    ("The company was sold last October to a rival.", ["last October=2024-10"]),
    ("The election takes place on October 12.", ["October 12=2025-10-12"]),
    ("The festival runs from 3 to 5 October.", ["3=2025-10-03", "5 October=2025-10-05"]),
    ("The conference ran from July 3-5, 2024.", ["July 3=2024-07-03", "5, 2024=2024-07-05"]),
    ("Between April and June 2012, exports doubled.", ["April=2012-04", "June 2012=2012-06"]),
    ("The comet returns next spring.", ["next spring=2026-SP"]),
    ("Shops will close on Christmas Day.", ["Christmas Day=2025-12-25"]),
    ("The regatta was put off by fog until Friday, when the boats set sail.", ["Friday=2025-08-01"]),
    ("The concert has been postponed until Tuesday.", ["Tuesday=2025-08-05"]),
    ("Speaking on Monday, the envoy rejected the offer.", ["Monday=2025-07-28"]),
    ("The envoy arrived in Cairo yesterday morning.", ["yesterday morning=2025-07-31TMO"]),
    ("Rescuers worked through last night.", ["last night=2025-07-31TNI"]),
    ("The shop opens tonight.", ["tonight=2025-08-01TNI"]),
    ("The program has run since 1998.", ["1998=1998"]),
    ("Talks resume tomorrow at noon.", ["tomorrow at noon=2025-08-02T12:00"]),
    ("The union plans to strike from Wednesday.", ["Wednesday=2025-08-06"]),
    ("The parliament is to vote on Thursday.", ["Thursday=2025-08-07"]),
    ("Ministers agreed on Tuesday to meet again in January.", ["Tuesday=2025-07-29", "January=2026-01"]),
    ("The airline, which collapsed in March, owed millions.", ["March=2025-03"]),
    ("The deadline is 15 August.", ["15 August=2025-08-15"]),
    ("Tens of thousands marched in May against the reform.", ["May=2025-05"]),
    ("May was the hottest month on record.", ["May=2025-05"]),
    ("The 2024 elections were peaceful.", ["2024=2024"]),
    ("The crew spent 200 days in space.", ["200 days=P200D"]),
    ("In the coming weeks the rules will change.", ["the coming weeks=PXW"]),
    ("In recent years the lake has shrunk.", ["recent years=PXY"]),
    ("He has led the agency for the past three years.", ["the past three years=P3Y"]),
    ("The first Monday of September is a holiday.", ["The first Monday of September=2025-09-01"]),
    ("The second Tuesday in November will be polling day.", ["The second Tuesday in November=2025-11-11"]),
    ("The stock hit a 52-week high.", ["52-week=P52W"]),
    ("The storm passed half an hour later.", ["half an hour=PT30M"]),
    ("It was the worst flood in half a century.", ["half a century=P50Y"]),
    ("The figures were released late Thursday.", ["late Thursday=2025-07-31"]),
    ("Early on Wednesday a blast shook the city.", ["Early on Wednesday=2025-07-30"]),
    ("The crew will splash down at 5:30 a.m. on Sunday, August 3.", ["5:30 a.m. on Sunday, August 3=2025-08-03T05:30"]),
    ("The army seized power in a coup on Aug. 1, 2020.", ["Aug. 1, 2020=2020-08-01"]),
    ("The rover landed on Mars in February 2021 and later found water.", ["February 2021=2021-02"]),
    ("Apollo 11 flew in 1969.", ["1969=1969"]),
    ("He ran 100 metres in 9.8 seconds.", ["9.8 seconds=PT9.8S"]),
    ("A spokesman said the talks, which ended Sunday, had failed.", ["Sunday=2025-07-27"]),
    (
        "The exhibition will open next month and close at the end of the year.",
        ["next month=2025-09", "the end of the year=2025"],
    ),
    ("The tax was scrapped at the end of last year.", ["the end of last year=2024"]),
    ("The ceasefire expires on Aug. 8.", ["Aug. 8=2025-08-08"]),
    ("The president was due to fly to Lima on Thursday but cancelled.", ["Thursday=2025-07-31"]),
    ("The president is due to fly to Lima on Thursday.", ["Thursday=2025-08-07"]),
    ("Officials hope to finish the tunnel by 2031.", ["2031=2031"]),
    ("By Wednesday, 40 people had died.", ["Wednesday=2025-07-30"]),
    ("The new rules apply from January 1.", ["January 1=2026-01-01"]),
    ("The ministers flew to Rome to sign the pact on Wednesday.", ["Wednesday=2025-07-30"]),
    ("The suspect failed to appear in court on Tuesday.", ["Tuesday=2025-07-29"]),
]

NOT_NAMED = [
    "Call the helpline on 0800 555 111.",
    "A zero-day flaw was found.",
    "The midnight rules were dropped.",
    "The anniversary of the Women's March passed quietly.",
    "She wrote for USA Today.",
    'She hosts a programme called "This Week" on local radio.',
    "The next day the rebels left.",
    "The paper is the state's largest daily.",
    "The rule was broken once by a judge and once by a clerk.",
    "The ministry may publish the figures.",
    "Investors fear a fall in prices.",
    "The sun rose over the bay.",
    "A second round of talks failed.",
    "She scored in the first half.",
    "The 25-year-old was unhurt.",
    "They sold 2,000 cars and 1500 bikes.",
    "The $2,000 prize went to Ms. May.",
    "Theresa May and April Jones attended.",
    "Troops will march on the capital.",
    "A car bomb killed six on the eve of the vote.",
    "It won the match 21:15 and played 4-3-3.",
    "Flight 1549 left Gate 12.",
    "The Boeing 747 and the 1,200-seat hall were new.",
    "See Luke 3:16 for the text.",
]

UNDATED = [
    ("The envoys met on Thursday.", ["Thursday=XXXX-WXX-4"]),
    ("The satellite was launched in November.", ["November=XXXX-11"]),
    ("The deadline is 15 August.", ["15 August=XXXX-08-15"]),
    ("Sales rose in the third quarter.", ["the third quarter=XXXX-Q3"]),
    ("The fire broke out on July 4, 2023.", ["July 4, 2023=2023-07-04"]),
    ("They had not met for seven years.", ["seven years=P7Y"]),
    ("The mayor resigned yesterday.", []),
    ("The mayor resigned last week, two days before the vote.", ["two days=P2D"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[text for text, _ in NAMED])
def test_time_in_a_sentence_is_resolved_against_the_day_of_publication(nlp, text, expected):
    assert shown(text, read(nlp, text)) == expected


@pytest.mark.parametrize("text", NOT_NAMED)
def test_sentence_without_a_time_gives_none(nlp, text):
    assert shown(text, read(nlp, text)) == []


@pytest.mark.parametrize(("text", "expected"), UNDATED, ids=[text for text, _ in UNDATED])
def test_without_an_anchor_nothing_relative_is_given_a_date(nlp, text, expected):
    whens = read(nlp, text, anchor=None)
    assert shown(text, whens) == expected
    assert all(when.first is None for when in whens if when.value.startswith(("X", "P")))


def test_offsets_count_from_the_start_of_the_passage_in_the_article(nlp):
    text = "The envoys met Thursday."
    (when,) = read(nlp, text, start=100)
    assert (when.start, when.end) == (100 + text.index("Thursday"), 100 + text.index("Thursday") + len("Thursday"))


def test_day_carries_its_first_instant_and_the_first_after_it(nlp):
    (when,) = read(nlp, "The envoys met Thursday.")
    assert when.grain is Grain.DAY
    assert (when.first, when.last) == (datetime(2025, 7, 31, tzinfo=UTC), datetime(2025, 8, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("The deal is expected in early 2026.", "start"),
        ("The deal is expected by mid-October.", "mid"),
        ("The mill will run to the end of the decade.", "end"),
        ("The museum has been closed since 2018.", "since"),
        ("The bridge will not open before 2027.", "before"),
        ("The shop will stay open until Sunday.", "until"),
        ("No one had lived there for over nine years.", "about"),
        ("The deal was signed in 2018.", None),
        ("The probe will launch no earlier than September 2026.", "after"),
        ("Bids are due no later than Tuesday.", "until"),
    ],
)
def test_modifier_keeps_what_the_value_cannot_say(nlp, text, modifier):
    (when,) = read(nlp, text)
    assert when.modifier == modifier


def test_recurring_time_is_a_set_without_instants(nlp):
    (when,) = read(nlp, "The committee meets every Tuesday.")
    assert (when.grain, when.first) == (Grain.SET, None)


def test_headline_in_the_present_tells_of_the_nearest_day(nlp):
    passage = Passage("a1", 0, BlockKind.HEADLINE, 0, nlp("Envoys meet Thursday in Geneva"))
    (when,) = find([passage], ANCHOR)
    assert when.value == "2025-07-31"


def test_two_passages_of_an_article_are_read_in_order(nlp):
    first, second = "Voters went to the polls on Sunday.", "The count ended on Monday."
    passages = [Passage("a1", 0, BlockKind.PROSE, 0, nlp(first)), Passage("a1", 40, BlockKind.PROSE, 1, nlp(second))]
    assert [when.value for when in find(passages, ANCHOR)] == ["2025-07-27", "2025-07-28"]
