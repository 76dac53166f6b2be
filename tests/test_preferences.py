"""Settings and topics as people write them, and as they are stored."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.errors import SettingError
from briefs.preferences import (
    SETTINGS,
    Chosen,
    Preferences,
    Sort,
    Topic,
    TopicKind,
    effective,
    language_name,
    parse,
    parse_topic,
    topic,
    written,
)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("stories", " 7 ", 7),
        ("sentences", "1", 1),
        ("words", "120", 120),
        ("words", "None", None),
        ("sort", "Newest", Sort.NEWEST),
        ("opinion", "yes", True),
        ("says_unmoved", "No", False),
        ("dates", "reader", None),
        ("dates", "de", "de"),
        ("dates", "pt_br", "pt-BR"),
        ("dates", "zh-TW", "zh-Hant-TW"),
    ],
)
def test_a_setting_is_read_as_it_is_written_and_written_as_it_is_read(name, text, value):
    assert parse(name, text) == value
    assert parse(name, written(name, value)) == value


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("stories", "21", "The number of stories must be a whole number from 1 to 20, not “21”"),
        ("stories", "٣", "from 1 to 20"),
        ("words", "9", "from 10 to 1000, or “none”"),
        ("sort", "beauty", "importance, newest or sources"),
        ("opinion", "perhaps", "must be yes or no"),
        ("dates", "root", "I know no language “root”"),
        ("dates", "de-", "such as de or pt-BR, or “reader”"),
        ("colour", "red", "There is no setting “colour”"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_write(name, text, sentence):
    with pytest.raises(SettingError, match=sentence) as refused:
        parse(name, text)
    assert refused.value.setting == name


@given(st.sampled_from(SETTINGS), st.text(max_size=30))
def test_whatever_is_written_gives_a_value_or_a_sentence(name, text):
    with contextlib.suppress(SettingError):
        assert parse(name, written(name, parse(name, text))) == parse(name, text)


def test_every_setting_but_the_topics_can_be_chosen():
    assert {"topics", *SETTINGS} == set(Preferences.__slots__)


def test_the_narrower_choice_holds_and_what_is_damaged_leaves_the_wider():
    server = Chosen({"stories": "7", "sort": "newest", "words": "80"})
    channel = Chosen({"stories": "lots", "words": "none", "shape": "round"})

    found, problems = effective(Preferences(stories=4, words=50), server, channel)

    assert found == Preferences(stories=7, sort=Sort.NEWEST, words=None)
    assert [problem.partition(" must")[0] for problem in problems] == [
        "The number of stories",
        f"There is no setting “shape”; choose one of {', '.join(SETTINGS)}.",
    ]


def test_a_channels_topic_takes_the_place_of_its_servers():
    server = Chosen(topics=(Topic(TopicKind.WORD, "Flood", 0), Topic(TopicKind.NAME, "flood", 0)))
    channel = Chosen(topics=(Topic(TopicKind.WORD, "flood", 3),))

    topics = effective(Preferences(), server, channel)[0].topics

    assert topics == (Topic(TopicKind.WORD, "flood", 3), Topic(TopicKind.NAME, "flood", 0))


@pytest.mark.parametrize(
    ("text", "kind", "plain"),
    [
        ("flood", TopicKind.WORD, "flood"),
        (" climate   change. ", TopicKind.WORD, "climate change"),
        ("name: The Who", TopicKind.NAME, "The Who"),
        ("Outlet:bugle.example", TopicKind.OUTLET, "bugle.example"),
        ("shape:round", TopicKind.WORD, "shape:round"),
    ],
)
def test_a_topic_is_read_with_what_it_is_looked_for_in(text, kind, plain):
    assert parse_topic(text, 2) == Topic(kind, plain, 2)


@pytest.mark.parametrize("text", ["", "…", "the", "what they are", "x" * 81, "name:  "])
def test_what_would_be_found_nowhere_or_everywhere_is_no_topic(text):
    with pytest.raises(SettingError):
        parse_topic(text, 2)


@pytest.mark.parametrize("weight", [-0.1, 11, float("nan"), float("inf")])
def test_a_weight_is_a_number_from_nought_to_ten(weight):
    with pytest.raises(SettingError, match="from 0 to 10"):
        topic(TopicKind.WORD, "flood", weight)


def test_a_language_has_a_name():
    assert language_name("pt-BR") == "Portuguese (Brazil)"
