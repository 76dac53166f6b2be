"""Figures: with their hedge and unit, of the thing asked for, and of the fact they belong to."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefs.answers.measures import measure
from briefs.answers.quantities import Sort, key_of, quantities
from briefs.answers.questions import understand
from briefs.answers.replying import Inquiry
from briefs.facts import figures
from briefs.language import pipeline
from briefs.language.words import stem
from briefs.newsroom import Newsroom

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def best(tmp_path_factory):
    """What stands first among the figures for a question over one text, whether it is told or not."""
    folder, nlp = tmp_path_factory.mktemp("amounts"), pipeline.load()

    def first(text: str, question: str) -> str | None:
        record = {"id": "a", "source": "Outlet A", "title": None, "text": text, "published_at": "2024-05-14T10:00:00Z"}
        path = folder / "articles.jsonl"
        path.write_text(json.dumps(record) + "\n", encoding="utf-8")
        desk = Newsroom.in_memory()
        desk.load(path, now=NOW)
        articles, readings = desk.store.articles(["a"]), desk.store.readings(["a"])
        inquiry = Inquiry(question, nlp=nlp, now=NOW, articles=articles, readings=readings, considered=1)
        found = inquiry.found(inquiry.question.asks[0])
        return found[0].text if found else None

    return first


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The motion passed by 61 to 34 on Monday.", [("61 to 34", Sort.SCORE)]),
        ("Lodra won 88-79 at home.", [("88-79", Sort.SCORE)]),
        ("It will cut 1,200 to 1,500 posts.", [("1,200 to 1,500", Sort.COUNT)]),
        ("He faces between 12 and 18 months in jail.", [("between 12 and 18 months", Sort.DURATION)]),
        ("She owes over 3 million euros.", [("over 3 million euros", Sort.MONEY)]),
        ("Sales rose from $4 million to $5 million.", [("$4 million", Sort.MONEY), ("$5 million", Sort.MONEY)]),
        ("Profit rose 8 percent to $1bn.", [("8 percent", Sort.SHARE), ("$1bn", Sort.MONEY)]),
        ("All seven councillors and a dozen clerks left.", [("All seven", Sort.COUNT), ("a dozen", Sort.COUNT)]),
        ("Mara Holt, 43, owns half of the firm.", [("43", Sort.AGE), ("half", Sort.SHARE)]),
        ("Its value doubled within a month.", [("doubled", Sort.CHANGE), ("a month", Sort.DURATION)]),
        (
            "The wall is just under three hundred and fifty metres long.",
            [("just under three hundred and fifty metres", Sort.LENGTH)],
        ),
        (
            "It earned 12 million euros in May on sales of 84 million.",
            [("12 million euros", Sort.MONEY), ("84 million", Sort.MONEY)],
        ),
        ("In 2019, on 4 May at 10:30, no one won the 1990s quiz.", [("4", Sort.COUNT)]),
    ],
)
def test_figures_are_taken_whole_and_years_are_none(text, told):
    assert [(q.text, q.sort) for q in quantities(text)] == told


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("84 grand", "$84,000"),
        ("$84k", "$84,000"),
        ("twenty-five people", "25 people"),
        ("a dozen", "12"),
        ("3 bn euros", "€3 billion"),
        ("five hundred and eighty-four days", "584 days"),
        ("six thousand one hundred people", "6,100 people"),
    ],
)
def test_the_same_figure_is_the_same_however_it_is_spelled(one, two):
    assert key_of(quantities(one)[0]) == key_of(quantities(two)[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("between 46 and 57", [46, 57]),
        ("one hundred and ten of two hundred", [110, 200]),
        ("10,000 m2", [10_000]),
        ("$2.5m", [2_500_000]),
        ("thousands", []),
    ],
)
def test_numbers_are_read_by_their_words_and_what_is_no_number_is_none(text, told):
    assert figures.numbers(text) == told


def test_a_range_shares_the_scale_of_its_second_number_only_where_that_has_one():
    assert (figures.figure("2 to 3 million").low, figures.figure("32.8 to 82.0 ft").low) == (2_000_000, 32.8)


def test_a_list_that_leaves_the_noun_out_counts_the_same_thing():
    found = quantities("The plan costs 430 jobs in Arden, 370 in Brindle and 40 in Corby.")
    assert [q.things for q in found] == [("job",)] * 3


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("how old is the minister?", Sort.AGE),
        ("how far is the camp from the border", Sort.LENGTH),
        ("what percentage of voters backed it?", Sort.SHARE),
        ("how much of the bank does the state own?", Sort.SHARE),
        ("what was the vote on the budget", Sort.SCORE),
        ("how much did the mayor spend?", Sort.MONEY),
        ("how long did the siege last?", Sort.DURATION),
        ("how many weeks was she away?", Sort.DURATION),
        ("how many people were hurt", Sort.COUNT),
        ("by how much did rents go up?", Sort.SHARE),
    ],
)
def test_a_question_asks_for_one_sort_of_quantity_before_all_others(question, sort):
    understood = understand(pipeline.load(), question)
    sorts = measure(understood, understood.asks[0]).sorts
    assert max(sorts, key=lambda s: sorts[s]) is sort


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (
            "The shipyard Norvik will cut 430 jobs in Arden, 370 in Brindle and 40 in Corby, its chief said.",
            "how many Norvik jobs are going in Brindle",
            "370",
        ),
        (
            "Norvik plans to shut about 110 of its dealerships and 14 plants.",
            "how many dealers is Norvik closing?",
            "about 110",
        ),
        (
            "For the final quarter of 2023 Norvik made a profit of $8 million. Norvik posted a profit of $27 million for 2023.",
            "Norvik profit for 2023?",
            "$27 million",
        ),
        (
            "The state bought 12 percent of Norvik in 2020. Norvik's founder, who sold 5 percent, owns 31 percent of Norvik.",
            "how much of Norvik does its founder own?",
            "31 percent",
        ),
        ("Council leader Ines Falk beat Jon Berg by 34 votes to 21, and 5 members stayed away.", "what was the vote when Falk beat Berg", "34 votes to 21"),
        ("Ines Falk, 52, has led the council for eleven years.", "how old is Ines Falk?", "52"),
        ("Ines Falk, 52, has led the council for eleven years.", "how long has Falk led the council?", "eleven years"),
        (
            "Lodra paid $400 for chairs, $2,300 for lamps and $90 for a rug, the audit said.",
            "how much did Lodra pay for lamps",
            "$2,300",
        ),
        ("The quake killed 12 villagers and injured about 40.", "how many people did the quake kill?", "12"),
        ("The council of Arden will close two of its five libraries.", "how many libraries will Arden close?", "two"),
        ("Arden has a budget gap of 3.2 million euros and five libraries.", "how big is the budget gap of Arden", "3.2 million euros"),
        ("Ticket sales rose 8 percent to $1 billion last year.", "by how much did ticket sales rise?", "8 percent"),
    ],
)  # fmt: skip
def test_the_figure_of_the_thing_asked_for_stands_first(best, text, question, told):
    assert best(text, question) == told


@pytest.mark.parametrize("question", ["how long was the meeting?", "how long did the meeting last?"])
@pytest.mark.parametrize(
    "text",
    [
        "For the first time in over nine years, the mayors of Arden and Lodra met.",
        "It was the first meeting of the mayors of Arden and Lodra since 2015.",
    ],
)
def test_how_long_ago_the_last_was_is_not_how_long_it_took(best, text, question):
    assert best(text, question) is None


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("how many pilots are on the ferry?", "pilots"),
        ("how many people are there?", "people"),
        ("how many died in the flood?", "people"),
        ("how many ferries did Arden buy?", "ferries"),
    ],
)
def test_what_is_to_be_counted_is_known(question, counted):
    understood = understand(pipeline.load(), question)
    assert measure(understood, understood.asks[0]).nouns[-1] == stem(counted)


def test_a_recommended_figure_never_answers_what_happened(best):
    text = "Prosecutors recommended that Jon Berg receive a sentence of 46 to 57 months in prison. He faces up to five years."
    assert best(text, "how many months did Jon Berg get?") is None


def test_a_figure_of_another_year_is_no_answer(best):
    assert best("The price of bread stayed at $2 from 1974 to 1979.", "what was the price of bread in 1970?") is None


def test_what_would_be_is_not_answered_by_what_was(best):
    text = "Norvik bought 20 percent of Lodra in 2019. The deal would give Norvik 52 percent of Lodra."
    assert best(text, "how much of Lodra would Norvik own?") == "52 percent"


@pytest.mark.parametrize(
    ("text", "question", "first"),
    [
        (
            "An earthquake near Tirana killed 23 people. The fire brigade put the number of injured at 140.",
            "how many people were injured in the earthquake?",
            "140",
        ),
        (
            "Norvia will pay 47 euros for each Pentor share. Norvia has agreed to buy Pentor for 2 billion euros.",
            "how much is Norvia paying for Pentor?",
            "2 billion euros",
        ),
        (
            "Norvia will pay 47 euros for each Pentor share, 28 percent more than before.",
            "price per share Norvia Pentor",
            "47 euros",
        ),
        ("At least four people have died in the flood near Tolm.", "how many died in the flood?", "At least four"),
        ("The death toll of the Tolm valley flood climbed to nine on Monday.", "death toll Tolm valley flood", "nine"),
        ("Lodra came from behind to beat Tolm 3-2 on Sunday.", "what was the score Lodra vs Tolm", "3-2"),
        (
            "Lodra knocked Tolm out of the Shield on Sunday in front of 36,500 spectators.",
            "attendance at Lodra v Tolm?",
            "36,500",
        ),
        ("Adara has now scored eleven times for Lodra.", "how many goals has Adara scored for Lodra?", "eleven times"),
        (
            "Adara signed a contract that runs until June 2030.",
            "how long does Adara's contract run?",
            "until June 2030",
        ),
        ("Turnout was 57 percent in Tolm, said the board.", "turnout in Tolm", "57 percent"),
        ("The river Lodra peaked at 6.8 metres in Tolm.", "how high did the Lodra get in Tolm?", "6.8 metres"),
        (
            "About 4,100 people were in shelters in Tolm.",
            "how many are in shelters in Tolm, do we know?",
            "About 4,100",
        ),
        (
            "The drivers of Norvia got 4 percent more pay.",
            "how big a pay rise did the drivers of Norvia get?",
            "4 percent",
        ),
    ],
)
def test_fragments_rates_and_numbers_of(best, text, question, first):
    assert best(text, question) == first


def test_a_figure_of_now_is_none_of_a_year_long_past(best):
    assert best("The flood in Tolm killed nine people.", "how many died in the Tolm flood of November 2000?") is None
