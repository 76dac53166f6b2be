"""Who and what an article names, and that one thing bears one name throughout and over several articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefs.language import names, pipeline
from briefs.models import Article, Block, BlockKind, EntityKind

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


@pytest.fixture(scope="module")
def read(nlp):
    """Give the text and mentions of an article of paragraphs; one that begins with "# " is its headline."""

    def _read(*paragraphs, name="a"):
        blocks, text = [], ""
        for paragraph in paragraphs:
            kind = BlockKind.HEADLINE if paragraph.startswith("# ") else BlockKind.PROSE
            words = paragraph.removeprefix("# ")
            text += "\n\n" if text else ""
            blocks.append(Block(len(text), len(text) + len(words), kind))
            text += words
        article = Article(name, text, tuple(blocks), NOW)
        return text, names.find(pipeline.parse(nlp, article))

    return _read


def meant(found, words):
    """The names of what ``words`` mean, at each place where they are a mention."""
    text, mentions = found
    return [mention.entity.name for mention in mentions if text[mention.start : mention.end] == words]


def kind(found, name):
    _, mentions = found
    return next(mention.entity.kind for mention in mentions if mention.entity.name == name)


# ------------------------------------------------------------------------------------------------------- one article
def test_a_surname_is_the_person_named_in_full(read):
    found = read("Mara Lindqvist opened the session. Lindqvist spoke first. Nobody interrupted Lindqvist.")
    assert meant(found, "Lindqvist") == ["Mara Lindqvist"] * 2
    assert kind(found, "Mara Lindqvist") is EntityKind.PERSON


DESCRIBED = [
    ("Blue Sky Airlines ordered twelve jets on Monday. The airline signed the agreement in Paris.", "The airline"),
    ("Blue Sky Airlines ordered twelve jets on Monday. The company signed the agreement in Paris.", "The company"),
    ("Blue Sky Airlines, a Danish carrier, grew. On Monday the carrier bought a jet.", "the carrier"),
    ("The Clean Water Act passed in May. The measure bans dumping.", "The measure"),
    ("Hurricane Ida struck on Monday. The storm killed twelve people.", "The storm"),
    ("Hurricane Ida struck on Monday. It killed twelve people.", "It"),
]


@pytest.mark.parametrize(("text", "words"), DESCRIBED)
def test_a_thing_is_meant_by_what_it_may_be_called(read, text, words):
    assert len(meant(read(text), words)) == 1


OPEN = [
    ("Blue Sky Airlines met North Star Airlines. The airline signed the agreement.", "The airline"),
    ("The airline signed the agreement. Blue Sky Airlines grew.", "The airline"),
    ("Blue Sky Airlines grew. It bought a company in Oslo. The company makes engines.", "The company"),
    ("Blue Sky Airlines grew. It is clear that prices rose.", "It"),
]


@pytest.mark.parametrize(("text", "words"), OPEN)
def test_what_could_be_another_thing_is_left_open(read, text, words):
    assert meant(read(text), words) == []


def test_an_acronym_in_brackets_proves_a_long_name(read):
    found = read("The Council for Sea and Shore Rescue (CSSR) sent a boat. The CSSR found nobody.")
    assert meant(found, "CSSR") == ["Council for Sea and Shore Rescue"] * 2
    found = read("Nordic Aeronautic Defence and Glass Company NADG N.V. (NADG) won.")
    assert len({mention.entity.name for mention in found[1]}) == 1


def test_a_minister_s_field_is_no_name(read):
    found = read("Former Secretary of State Hilda Crane left. The Department of State said so.")
    assert [mention.entity.name for mention in found[1]] == ["Hilda Crane", "Department of State"]
    assert kind(found, "Department of State") is EntityKind.ORGANISATION


def test_a_dash_ends_a_name(read):
    found = read("Mara Pelt ― Henrik Trent told her so ― left the party on Monday.")
    assert not any("―" in mention.entity.name for mention in found[1])


def test_the_pronoun_before_a_name_means_the_one_the_sentence_is_about(read):
    found = read(
        "President Mark Obala spoke on Monday.",
        "Before his meeting with the council, Daniel Sandor ignored three questions about Mr. Obala.",
    )
    assert meant(found, "his") == ["Daniel Sandor"]


def test_the_first_word_of_a_firm_s_name_is_the_firm(read):
    found = read("The mine was sold to Ceres Capital Management. Ceres has agreed to take on the debt.")
    assert meant(found, "Ceres") == ["Ceres Capital Management"]


def test_a_surname_in_the_headline_is_the_person_of_the_text(read):
    found = read("# Okafor Wins Second Term in Close Vote", "Daniel Okafor won a second term on Sunday.")
    assert meant(found, "Okafor") == ["Daniel Okafor"]


def test_titles_are_no_part_of_a_name(read):
    found = read("Transport Secretary Hugh Pemberton met Senator Ada Quill and Dr. Iris Vale on Monday.")
    _, mentions = found
    assert {mention.entity.name for mention in mentions} >= {"Hugh Pemberton", "Ada Quill", "Iris Vale"}
    assert not meant(found, "Transport")


@pytest.mark.parametrize(("robin", "kim", "she"), [("woman", "man", "Robin Halden"), ("man", "woman", "Kim Olsen")])
def test_a_title_tells_whom_a_pronoun_means(read, robin, kim, she):
    found = read(f"Chair{robin} Robin Halden met Chair{kim} Kim Olsen in Oslo. She left early.")
    assert meant(found, "She") == [she]


def test_a_possessive_is_no_part_of_a_name(read):
    assert meant(read("Mara Lindqvist's lawyer called. Norway’s army came."), "Norway") == ["Norway"]


def test_two_persons_of_one_surname_stay_apart(read):
    found = read(
        "Igor Belov, a farmer, sued the city. Belov lost his case in May.",
        "Vera Belov, a singer, opened the festival. Belov sang for two hours.",
    )
    assert meant(found, "Belov") == ["Igor Belov", "Vera Belov"]


def test_mr_and_mrs_tell_two_of_one_surname_apart(read):
    found = read(
        "Peter Marsh and his wife, Helen Marsh, bought the mill. Mr. Marsh runs it. Mrs. Marsh keeps the books."
    )
    assert meant(found, "Marsh") == ["Peter Marsh", "Helen Marsh"]


def test_an_acronym_is_the_name_it_abbreviates(read):
    found = read("The Baltic Energy Council (BEC) met in Riga. The BEC will vote in June.")
    assert meant(found, "BEC") == ["Baltic Energy Council"] * 2
    assert kind(found, "Baltic Energy Council") is EntityKind.ORGANISATION


def test_a_country_is_one_place_however_it_is_written(read):
    found = read("The United States sent a team. The U.S. paid for it.")
    assert meant(found, "U.S.") == ["United States"]


def test_the_noun_beside_a_name_says_what_it_is(read):
    found = read("The space agency Aurosat launched the rocket Hopewing 3 from the island of Sarn.")
    assert kind(found, "Aurosat") is EntityKind.ORGANISATION


def test_a_station_in_space_is_a_craft(read):
    found = read("The crew reached the Harmony Space Station on Monday. The space station needs repairs.")
    assert kind(found, "Harmony Space Station") is EntityKind.CRAFT
    assert meant(found, "The space station") == ["Harmony Space Station"]


def test_an_apposition_describes_a_person_and_stands_for_him_later(read):
    found = read(
        "Tomas Reiter, the director of the Alpine rail agency Transalp, met Hanna Vogt on Monday.",
        "The Transalp chief said the tunnel would open in May.",
    )
    assert meant(found, "The Transalp chief") == ["Tomas Reiter"]


def test_a_description_before_the_name_is_that_person_too(read):
    found = read("Norway's finance minister, Liv Aasen, resigned. The finance minister gave no reason.")
    assert meant(found, "Norway's finance minister") == ["Liv Aasen"]
    assert meant(found, "The finance minister") == ["Liv Aasen"]


def test_a_description_that_fits_two_persons_is_left_alone(read):
    found = read("Senator Ada Quill met Senator Joel Crane. The senator left early.")
    assert meant(found, "The senator") == []


def test_another_agency_is_not_the_one_described(read):
    found = read("Canada's space agency Norstar signed. It will fly from the U.S. space agency's old pad.")
    assert meant(found, "the U.S. space agency") == []


def test_he_is_the_one_who_speaks(read):
    found = read("Tomas Reiter met Paul Marsh on Monday. Reiter said he would return. “I am glad,” he added.")
    assert meant(found, "he") == ["Tomas Reiter"] * 2


def test_she_is_not_the_man_named_last(read):
    found = read("Helen Marsh spoke to Peter Quill. She left at noon.")
    assert meant(found, "She") == ["Helen Marsh"]


def test_a_pronoun_that_could_be_two_persons_is_left_alone(read):
    found = read("The report names Tomas Reiter and Paul Marsh. A lawyer said he was not at home.")
    assert meant(found, "he") == []


def test_the_one_joined_by_and_is_not_the_pronoun(read):
    found = read("Tomas Reiter met Paul Marsh. Reiter said he and Marsh would report to the council.")
    assert meant(found, "he") == ["Tomas Reiter"]


def test_weekdays_and_months_are_no_names(read):
    _, mentions = read("On Monday, Hanna Vogt left. In March she came back.")
    assert {mention.entity.name for mention in mentions} == {"Hanna Vogt"}


def test_every_mention_is_a_range_of_the_article(read):
    text, mentions = read("“Rain,” said Hanna Vogt, the mayor of Linz.", "Vogt’s office in Linz did not reply.")
    assert mentions == tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.form)))
    for mention in mentions:
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end] != ""


def test_an_article_without_names_has_no_mentions(read):
    assert read("it rained all day and nobody came.")[1] == ()
    assert names.find(()) == ()


# --------------------------------------------------------------------------------------------------- several articles
@pytest.fixture(scope="module")
def story(read):
    texts = {
        "one": ("Mara Lindqvist, the head of the ferry company Nordlink, met Prime Minister Tomas Reiter in Oslo.",),
        "two": ("Lindqvist left Oslo on Friday. Reiter stayed.",),
        "three": ("Nordlink Inc. lost money. Its chief, Mara Lindqvist, blamed the U.S. and the BEC.",),
        "four": ("The Baltic Energy Council (BEC) met in the United States. Dmitri Halonen spoke.",),
        "five": ("Dmitry Halonen will visit Kirsi Halonen. Halonen declined to comment.",),
        "six": ("A man named Halonen was seen in Turku.",),
    }
    found = {name: read(*paragraphs, name=name) for name, paragraphs in texts.items()}
    return found, names.unify({name: mentions for name, (_, mentions) in found.items()})


def joined(story, article, words):
    found, all_names = story
    text, mentions = found[article]
    return [all_names.of(article, m.entity).name for m in mentions if text[m.start : m.end] == words]


def test_a_surname_in_one_article_is_the_full_name_of_another(story):
    assert joined(story, "two", "Lindqvist") == ["Mara Lindqvist"]
    assert joined(story, "two", "Reiter") == ["Tomas Reiter"]


def test_a_surname_two_persons_bear_is_neither(story):
    assert joined(story, "six", "Halonen") == ["Halonen"]


def test_two_spellings_of_a_given_name_are_one_person(story):
    assert joined(story, "four", "Dmitri Halonen") == joined(story, "five", "Dmitry Halonen")


def test_an_acronym_spelled_out_elsewhere_is_joined(story):
    assert joined(story, "three", "BEC") == ["Baltic Energy Council"]


def test_an_acronym_of_two_long_names_is_neither(read):
    texts = {
        "one": "The Coastal Rescue Federation (CRF) met in Oslo.",
        "two": "The Central River Fund (CRF) lost money.",
        "three": "The CRF declined to comment.",
    }
    found = {name: read(text, name=name)[1] for name, text in texts.items()}
    (mention,) = found["three"]
    assert names.unify(found).of("three", mention.entity).name == "CRF"


def test_a_company_is_one_with_and_without_its_form(story):
    assert joined(story, "three", "Nordlink Inc.") == joined(story, "one", "Nordlink")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lindqvist", "Mara Lindqvist"),
        ("Mara", "Mara Lindqvist"),
        ("mara lindqvist's", "Mara Lindqvist"),
        ("lindquist", "Mara Lindqvist"),
        ("nordlink head", "Mara Lindqvist"),
        ("the Nordlink boss", "Mara Lindqvist"),
        ("prime minister reiter", "Tomas Reiter"),
        ("usa", "United States"),
        ("the us", "the us"),
        ("US", "United States"),
        ("bec", "Baltic Energy Council"),
        ("baltic energy council", "Baltic Energy Council"),
    ],
)
def test_typed_words_find_what_they_mean(story, typed, expected):
    _, all_names = story
    found = all_names.lookup(typed)
    assert (found[0].name if found else typed) == expected


@pytest.mark.parametrize("typed", ["", "   ", "?", "xyzzy", "the head of Mars"])
def test_typed_words_that_mean_nothing_find_nothing(story, typed):
    assert story[1].lookup(typed) == ()


def test_the_same_articles_give_the_same_names(story):
    found, all_names = story
    again = names.unify({name: mentions for name, (_, mentions) in found.items()})
    assert again.entities == all_names.entities


def test_nothing_to_join_is_no_names():
    assert names.unify({}).entities == ()
