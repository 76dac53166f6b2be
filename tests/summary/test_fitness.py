"""Which sentences may be briefed, which stand alone, and how fit they are; every sentence here is our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import newsroom
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, Block, BlockKind
from briefs.summary.fitness import DEPENDENT, fitness, opening, reads_right_for, refusal, stands_alone, usable

FLAWLESS = (
    "The harbour town of Tolvik opened its new bridge on Friday after nine years of work.",
    "Liv Aasen, who leads the transport ministry, said that her staff had checked every ferry.",
    "In her first speech as minister, Liv Aasen promised new lifeboats for the western coast.",
    "A fisherman found the missing boat near Lund and told the police about his find.",
    "For his part, Prime Minister Per Holt called the offer too small for a country of islands.",
    '"We will train every crew before the summer," said Mara Lindqvist, the director of Nordlink.',
    "“I saw the wave come over the wall,” the baker Ida Brekke told reporters in Tolvik.",
    "Johnson died at Sandholm Medical Center in Brindle.",
    "This week’s summit of the island states begins in Brindle with a dinner.",
    "There were 14 people aboard the ferry Petrel when it struck a rock off Lund.",
    "iPhones were among the goods that thieves took from a shop in Brindle.",
    "The United Islands and the US signed a treaty on fishing in World War I waters.",
    "Nordlink said those injured in the fire had been taken to two hospitals.",
    "To those who lost their homes in the flood, Holt promised new ones.",
    "To this day, no ferry sails to the smallest of the western islands.",
    "Hours before his departure, Prime Minister Per Holt signed the treaty in Lund.",
    "“Nobody was hurt,” said Father Nils Moe of Our Lady of the Harbour in Lund.",
    "The ministry may close harbours for a winter but it cannot sell those harbours, a court in Lund said.",
    "The ministry should close the old harbour, inspectors in Lund said on Monday.",
    "Because of the storm, the ferry Petrel stayed in the harbour of Lund.",
    "Holt met the owners of Nordlink in Lund, and Nordlink promised the owners of boats in Lund a new harbour.",
    "The former chief inspector, Nils Dahl, will lead the harbour of Lund.",
    "A gang of four thieves, two of them dressed as sailors, robbed a shop in Lund.",
    "Another 600 people left the flooded islands on Monday, Nordlink said.",
    "As he prepared to visit the islands, Prime Minister Per Holt promised new ferries.",
    "Per Holt will visit the islands of the western coast in May, he said on Monday.",
    "A storm has continued, with waves of nine metres off Lund, inspectors say.",
    "It took rescuers in Lund less than an hour to reach the ferry Petrel.",
    "It is unclear whether the ferry Petrel will ever sail again.",
    "A guard in Lund who meant to fire into the air did so into the wall of the harbour.",
    "Then-governor Nils Dahl signed the treaty in Lund in 1998.",
    "Earlier this week, Nordlink called off eleven sailings along the coast.",
    "The ministry rejected three of the 40 complaints that ferry passengers had sent.",
    "The ferry company Nordlink has bought eleven new boats for 90 million crowns, it said on Monday.",
    "Nobody was hurt.",
    "No one was seriously injured, Nordlink said.",
)


@pytest.mark.parametrize("text", FLAWLESS)
def test_plain_news_is_flawless(text):
    assert fitness(text).reasons == ()
    assert fitness(text).value == 1
    assert opening(text) == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("“We will pay for every lifeboat that this coast needs.”", "speaker"),
        ('"It was the worst night of the whole winter on this coast."', "speaker"),
        ("« Nous payerons chaque bateau de sauvetage de la côte. »", "speaker"),
        ("We urge the ministry to close the old harbour before the winter.", "voice"),
        ("For most of the year I live on the smallest island of the county.", "voice"),
        ("Nobody told us that the ferry would leave an hour early on Monday.", "voice"),
        ("With four children you should book a cabin on the night ferry.", "reader"),
        ("Here are five things that travellers to the western islands ask.", "reader"),
        ("Examples of the claim can be found here and on two other sites.", "reader"),
        ("Stay tuned for the results of the second round from Brindle.", "promotion"),
        ("Read more about the flood in the special report by our desk.", "promotion"),
        ("Lesen Sie auch den Bericht über die Flut in der Stadt.", "promotion"),
        ("All timetables are on www.nordlink.example from Monday morning.", "promotion"),
        ("Pictured: the ferry Petrel enters the harbour of Lund on Monday.", "caption"),
        ("The ferry Petrel (pictured) enters the harbour of Lund on Monday.", "caption"),
        ("Ida Brekke, Per Holt and Liv Aasen, left to right, open the bridge.", "caption"),
        ("The ferry Petrel lies in the harbour of Lund (File photo).", "caption"),
        ("The ferry Petrel is seen in this file picture of the harbour.", "caption"),
        ("Anna Moe and Per Lie contributed to this report from the coast.", "editor"),
        ("Nils Dahl is a senior writer who covers harbours and ferries.", "editor"),
        ("An earlier version of this story gave a wrong name for the ferry.", "editor"),
        ("Correction: The ferry Petrel carries 140 passengers and not 410.", "editor"),
        ("Skarvik 2-1 Holmen, Lund 0-0 Brindle, Tolvik 3-2 Sandholm, Moss 1-1 Haldane.", "list"),
        ("Nordlink Ferry Petrel Strikes Rock Off Lund And Sinks Within Minutes.", "list"),
        ("The minister said that the new lifeboats for the coast would…", "cut off"),
        ("Because the ferry left the harbour of Lund without its captain.", "fragment"),
        ("and then the ferry left the harbour of Lund without its captain.", "cut off"),
        ("Will the ferries of Nordlink ever sail again along the coast?", "question"),
        ("The minister said “we will pay for every lifeboat on the coast.", "half"),
    ],
)
def test_what_is_no_news_is_refused_with_a_reason(text, why):
    assert why in refusal(text, "en")
    assert not usable(text)
    assert fitness(text).value == 0
    assert fitness(text).reasons == (refusal(text, "en"),)


@pytest.mark.parametrize(
    "text",
    [
        "Some have been repaired with money from the insurance of the harbour.",
        "Two of his ferries lay in the harbour of Lund with broken engines.",
        "In the last weeks of the strike, he was helped by the unions of two islands.",
        "The other two ferries sailed back to the harbour of Lund.",
        "The trio will meet the owners of the ferry again on Monday.",
        "The unlikely pair will sail around the islands in May.",
        "Holt said in Lund that those islands would get ferries.",
        "The owners of that harbour, a bank in Lund, want to sell it.",
        "While two of them reached the shore, the third boat sank off Lund.",
        "The latter is the largest of the western islands.",
        "At another point, Holt asked the owners for the papers of the ship.",
        "Aasen, however, did not think that the old harbour was safe.",
        "By doing so, the ministry broke a promise to the islands.",
        "Ministers from six countries signed these papers in Lund on Monday.",
        "To that end, the ministry bought nine lifeboats for the islands.",
        "Now they will sail to the western islands only on Mondays.",
        "The next one will be held in the harbour of Lund.",
        "Despite that, the harbour of Lund stayed open through the winter.",
        "Asked about the strike, Aasen said that ferries would sail on Monday.",
        "The inspectors of the harbour added nothing to that report on Monday.",
        "It may close harbours for a winter and fine their owners.",
        "It was not clear in the evening which was the older of the boats.",
        "Eleven sailings along the coast were called off, it said on Monday.",
        "“She saw the wave before anybody else,” said the baker Ida Brekke.",
        "The director of Nordlink said on Monday that she knew nothing of it.",
    ],
)
def test_what_points_back_is_for_behind_its_neighbour_only(text):
    assert not stands_alone(text)
    assert 0 < fitness(text).value <= DEPENDENT
    assert "points back" in fitness(text).reasons[0]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("The bill was signed by President Nils Dahl in Lund.", "'The bill'"),
        ("During the talks, Aasen and Holt agreed on a price for the boats.", "'During the talks'"),
        ("Following the meeting, Aasen told reporters that ferries would sail.", "'Following the meeting'"),
        ("Aasen also promised free ferries for the schools of the islands.", "adds"),
        ("Holt then walked to the harbour and spoke with the unions.", "adds"),
        ("Nordlink called off its sailings shortly afterwards.", "adds"),
        ("Prime Minister Per Holt accepted her resignation with thanks.", "formality"),
        ("Nordlink's director, Mara Lindqvist, did not comment.", "formality"),
        ("An earlier count had put the missing boats at nine.", "thought before"),
        ("In a surprising move, Nordlink gave all its captains a free boat.", "praises"),
        ("What a night it was for the captain of the Petrel in Lund!", "exclaims"),
        ("Nordlink, a leading provider of ferries, sails to forty islands.", "advertises"),
        ("Nordlink is proud to announce the launch of its ferry Petrel.", "advertises"),
        ("Harbours stay closed on Monday.", "says little"),
        ("LUND (Wire) — The ferry Petrel struck a rock off the coast.", "place line"),
        ("Why it matters: The islands have no other way to the hospital.", "label"),
        ("Ferry strikes rock off island A Nordlink ferry has struck a rock off the coast.", "headline"),
        ("Ferry runs aground March 3, 2026 Nordlink said that nobody was hurt.", "headline"),
        ("Nordlink calls off all sailings Nordlink has called off its sailings until Monday.", "headline"),
        ("Ferry Petrel strikes rock off Lund Divers searched the ferry that struck a rock off Lund.", "headline"),
        ("The ministry should close the old harbour before the winter.", "opinion"),
    ],
)
def test_lesser_flaws_cost_some_fitness(text, flaw):
    assert usable(text)
    assert stands_alone(text)
    assert DEPENDENT < fitness(text).value < 1
    assert any(flaw in reason for reason in fitness(text).reasons)


@pytest.mark.parametrize(
    "text",
    [
        "The bill of the island party was signed in Lund on Monday.",
        "The bill, known as the Harbour Act, was signed in Lund on Monday.",
        "The suspect, Jon Dahl, was arrested on a ferry near Lund on Monday.",
        "The government of the islands called off the sailings on Monday.",
    ],
)
def test_what_says_which_is_meant_needs_nothing_before_it(text):
    assert fitness(text).value == 1


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("LUND (Wire) — ", "The ferry Petrel struck a rock off the coast."),
        ("SOUTH BRINDLE, March 3 (Wire) - ", "The ferry Petrel struck a rock."),
        ("New Lund – ", "In his first speech as premier, Per Holt promised boats."),
        ("(Wire) ", "The ferry Petrel struck a rock off the coast of Lund."),
        ("(Wire)", "The ferry Petrel struck a rock off the coast of Lund."),
        ("LUND: ", "The ferry Petrel struck a rock off the coast."),
        ("UPDATE: ", "The ferry Petrel struck a rock off the coast."),
        ("UPDATE - May 30, 5:20 p.m.: ", "The ferry Petrel struck a rock."),
        ("10:42 a.m. ", "The ferry Petrel struck a rock off the coast."),
        ("14.05 GMT - ", "“The ferry is safe,” Mara Lindqvist of Nordlink said."),
        ("• ", "The ferry Petrel struck a rock off the coast."),
    ],
)
def test_a_place_line_a_time_or_a_label_stands_before_the_sentence(before, text):
    whole = before + text

    assert whole[opening(whole) :] == text
    assert fitness(whole).value < 1
    assert opening(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "Mara Lindqvist – the director of Nordlink – promised new lifeboats.",
        "Sen. Nils Dahl — Lund’s oldest member of parliament — left his party.",
        "The NLK (EXCH: NLK) Ferry Company has struck a rock off the coast.",
        "Nordlink (founded in 1961) operates forty ferries on the coast.",
        "Ten-year-old Ida Brekke won the race around the island of Moss.",
    ],
)
def test_dashes_and_brackets_inside_a_sentence_cut_nothing_off(text):
    assert opening(text) == 0


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The ferry Petrel struck a rock off Lund yesterday morning.", 1),
        ("Inspectors will look at the ferry Petrel tonight in Lund.", 1),
        ("The ferry Petrel struck a rock off Lund on Friday.", 6),
        ("Two ferries struck rocks near Lund over the weekend.", 6),
        ("Nordlink will sell three of its ferries next month.", 28),
        ("The ferry Petrel struck a rock off Lund on 3 March 2026.", None),
        ("Holt said “today is a good day for the islands” in Lund.", None),
    ],
)
def test_relative_days_are_read_right_for_a_while(text, days):
    assert reads_right_for(text) == (None if days is None else timedelta(days=days))


def test_a_pronoun_whose_name_stands_elsewhere_in_the_article_is_found_by_what_was_read():
    text = (
        "Minister Liv Aasen visited the harbour of Lund on Monday. "
        "Since the start of the Nordlink strike, she has met the owners twice."
    )
    article = Article("a", text, (Block(0, len(text), BlockKind.PROSE),), datetime(2026, 3, 2, tzinfo=UTC))
    (reading,) = newsroom.read([article], DEFAULT_PIPELINE)
    first, second = reading.sentences

    assert stands_alone(text[first.start : first.end], "en", reading.mentions, first.start)
    assert stands_alone(text[second.start : second.end])  # Nordlink might be a woman
    assert not stands_alone(text[second.start : second.end], "en", reading.mentions, second.start)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das Ministerium hat I Wir-Boote und US-Boote für die Küste gekauft.", "de"),
        ("Le ministère a acheté des bateaux, tu sais, pour la côte ouest.", "fr"),
        ("渡轮今天上午在港口附近触礁，没有人受伤。", "zh"),
    ],
)
def test_the_rules_of_english_are_not_for_other_languages(text, language):
    assert usable(text, language)
    assert fitness(text, language).value == 1


@given(st.text(max_size=120), st.sampled_from(["en", "und", "de", "zh"]))
def test_any_text_has_a_fitness_that_agrees_with_the_other_answers(text, language):
    fit = fitness(text, language)

    assert (fit.value > 0) == usable(text, language)
    assert (fit.value == 1) == (not fit.reasons)
    assert fit.value == 0 or (fit.value > DEPENDENT) == stands_alone(text, language)
    assert 0 <= opening(text) <= len(text)
