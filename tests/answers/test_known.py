"""Names in questions, however people type them."""

from __future__ import annotations

import pytest

from briefs.answers.english import english
from briefs.answers.known import recognised
from briefs.answers.questions import understand
from briefs.language import pipeline
from briefs.language.names import unify
from briefs.models import Entity, EntityKind, Mention

PEOPLE = (
    Entity("Marta Gattel", EntityKind.PERSON, ("Gattel", "director of Norvexa")),
    Entity("Steven Rigg", EntityKind.PERSON, ("Rigg",)),
    Entity("Ana Cook", EntityKind.PERSON, ("Cook",)),
)
THINGS = (
    Entity("Norvexa", EntityKind.ORGANISATION),
    Entity("Brindle Harbour", EntityKind.PLACE),
    Entity("Central Orbital Agency", EntityKind.ORGANISATION, ("COA",)),
    Entity("Long", EntityKind.ORGANISATION),
    Entity("Norvian Art Fund", EntityKind.ORGANISATION),
)


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


@pytest.fixture(scope="module")
def names():
    mentions = [Mention(10 * i, 10 * i + 5, "name", entity) for i, entity in enumerate((*PEOPLE, *THINGS))]
    return unify({"a1": tuple(mentions)})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who met gattel", "who met Gattel"),
        ("who met gattell in brindle harbour", "who met Gattel in Brindle Harbour"),
        ("who sued norvexxa", "who sued Norvexa"),
        ("when did the norvexa chief resign", "when did Marta Gattel resign"),
        ("who is the norvexa chief", "who is the Norvexa chief"),
        ("who replaced cook", "who replaced Cook"),
        ("who is the govenor of brindle harbour", "who is the governor of Brindle Harbour"),
        ("are they freinds of gattel", "are they friends of Gattel"),
        ("who sued tidewell", "who sued tidewell"),
        ("who is the cook of the school", "who is the cook of the school"),
        ("how long did rigg wait", "how long did Rigg wait"),
        ("what did the coa say", "what did the COA say"),
        ("who joined the naf", "who joined the Norvian Art Fund"),
        ("Who would Gattel meet", "Who would Gattel meet"),
    ],
)
def test_a_name_is_spelled_as_the_articles_spell_it(nlp, names, typed, meant):
    assert recognised(typed, names, english(nlp)).text == meant


def test_a_name_is_a_key_and_a_short_one_tells_its_full_words(nlp, names):
    keys = {key.stem: key for key in understand(nlp, "what did the coa say about gattell", names=names).keys}
    assert keys["gattel"].is_name
    assert keys["coa"].full == {"central", "orbit", "agenc"}


def test_words_are_told_from_slips_where_the_pipeline_is_wrapped(nlp):
    from functools import lru_cache

    wrapped = lru_cache(maxsize=2)(nlp)
    assert english(wrapped).is_word("courts")
    assert not english(wrapped).is_word("gattel")


def test_a_name_misspelt_is_understood_every_time_it_is_asked(nlp, names):
    nlp("who met gatel")  # what the pipeline has read since it was loaded makes no word of a slip
    assert recognised("who met gatel", names, english(nlp)).text == "who met Gattel"
