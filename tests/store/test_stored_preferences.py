"""What channels chose outlives a restart, and each server has its own."""

from __future__ import annotations

import pytest
from examples import NOON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.errors import StoreError
from briefs.newsroom import Newsroom
from briefs.preferences import EVERY_CHANNEL, SETTINGS, Chosen, Preferences, Sort, Topic, TopicKind, effective
from briefs.store.schema import topics

FLOOD = Topic(TopicKind.WORD, "flood", 3)
NAMES = st.sampled_from(SETTINGS)
VALUES = st.sampled_from(["3", "7", "120", "none", "newest", "sources", "yes", "no", "de", "reader", "twelve", ""])
SERVERS, CHANNELS = st.sampled_from([1, 2]), st.sampled_from([EVERY_CHANNEL, 10, 20])
TOPICS = st.builds(
    Topic, st.sampled_from(TopicKind), st.sampled_from(["flood", "Flood", "Ada Berg"]), st.sampled_from([0.0, 0.5, 3.0])
)
CHOICES = st.lists(
    st.one_of(
        st.tuples(st.just("choose"), SERVERS, CHANNELS, NAMES, st.none() | VALUES),
        st.tuples(st.just("set_topic"), SERVERS, CHANNELS, TOPICS),
        st.tuples(st.just("remove_topic"), SERVERS, CHANNELS, TOPICS),
    ),
    max_size=12,
)


def test_what_a_channel_chose_comes_back_and_can_be_taken_back(store):
    store.choose(1, 10, "stories", "7")
    store.choose(1, 10, "stories", "8")
    store.choose(1, 10, "dates", "de")
    store.choose(1, 10, "dates", None)
    store.set_topic(1, 10, FLOOD, added_by=100, now=NOON)

    assert store.chosen(1, 10) == Chosen({"stories": "8"}, (FLOOD,))
    assert store.chosen(1, 20) == store.chosen(2, 10) == store.chosen(1, EVERY_CHANNEL) == Chosen()


def test_a_topic_is_one_however_it_is_capitalised(store):
    muted = Topic(TopicKind.WORD, "FLOOD", 0)
    store.set_topic(1, 10, FLOOD, now=NOON)
    store.set_topic(1, 10, muted, now=NOON)
    assert store.chosen(1, 10).topics == (muted,)

    assert store.remove_topic(1, 10, FLOOD)
    assert not store.remove_topic(1, 10, FLOOD)
    assert store.chosen(1, 10) == Chosen()


def test_a_word_and_a_name_are_two_topics(store):
    name = Topic(TopicKind.NAME, "flood", 0)
    store.set_topic(1, 10, FLOOD, now=NOON)
    store.set_topic(1, 10, name, now=NOON)

    assert set(store.chosen(1, 10).topics) == {FLOOD, name}


def test_a_server_that_is_forgotten_leaves_no_choice_behind(store):
    for server in (1, 2):
        store.choose(server, EVERY_CHANNEL, "stories", "7")
        store.set_topic(server, 10, FLOOD, now=NOON)
    store.forget_guild(1)

    assert store.chosen(1, EVERY_CHANNEL) == store.chosen(1, 10) == Chosen()
    assert store.chosen(2, 10).topics == (FLOOD,)


@pytest.mark.parametrize("damage", [{"kind": "smell"}, {"weight": -1.0}, {"text": "…"}])
def test_a_damaged_topic_is_passed_over(store, damage):
    store.set_topic(1, 10, FLOOD, now=NOON)
    row = {"guild_id": 1, "channel_id": 10, "kind": "word", "text": "storm", "weight": 2.0, "added_at": NOON}
    with store._database.writing() as connection:
        connection.execute(topics.insert().values(**(row | damage)))

    assert store.chosen(1, 10).topics == (FLOOD,)


def test_a_channels_choice_holds_before_its_servers_and_that_before_the_operators(store):
    desk = Newsroom(store)
    store.choose(1, EVERY_CHANNEL, "stories", "7")
    store.choose(1, EVERY_CHANNEL, "sort", "newest")
    store.choose(1, 10, "stories", "2")
    store.choose(1, 10, "words", "plenty")

    assert desk.preferences(1, 10) == Preferences(stories=2, sort=Sort.NEWEST)
    assert desk.preferences(1, 20) == desk.preferences(1) == Preferences(stories=7, sort=Sort.NEWEST)
    assert desk.preferences(2, 10) == desk.preferences() == Preferences()


@given(CHOICES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_one_server_chooses_reaches_another(memory_store, choices):
    desk, lonely = Newsroom(memory_store), 3  # what server 1 chooses, and nothing else, this one chooses too
    for server in (1, 2, lonely):
        memory_store.forget_guild(server)
    for name, server, channel, *rest in choices:
        for each in (1, lonely) if server == 1 else (2,):
            getattr(memory_store, name)(each, channel, *rest, **({"now": NOON} if name == "set_topic" else {}))

    for channel in (None, 10, 20):
        assert desk.preferences(1, channel) == desk.preferences(lonely, channel)
        assert desk.preferences(4, channel) == Preferences()


@given(st.dictionaries(st.text(max_size=10) | NAMES, st.text(max_size=20)))
def test_whatever_is_stored_gives_preferences(stored):
    found, problems = effective(Preferences(), Chosen(stored))

    assert (found == Preferences()) or len(problems) < len(stored)
    assert 1 <= found.stories <= 20


def test_an_id_that_discord_cannot_give_is_refused_in_words(store):
    with pytest.raises(StoreError):
        store.set_setting(2**63, "images", "no")
