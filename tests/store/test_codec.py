"""Whatever a dataclass of the flow holds, it comes back equal."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from examples import NOON, answer, briefing, reading
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.errors import StoreError
from briefs.models import Answer, Briefing, Claim, Entity, EntityKind, Reading, Sentence
from briefs.store import codec

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-3, minutes=-30))])
st.register_type_strategy(datetime, st.datetimes(timezones=ZONES, allow_imaginary=False))


@pytest.mark.parametrize("kind", [Reading, Briefing, Answer, Claim])
def test_any_value_comes_back_equal(kind):
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(st.from_type(kind))
    def check(value):
        assert codec.unpack(kind, codec.pack(value)) == value

    check()


def test_the_examples_come_back_equal():
    for value in (reading(), briefing(), answer()):
        assert codec.unpack(type(value), codec.pack(value)) == value


def test_a_lone_surrogate_comes_back():
    entity = Entity("half \ud83d a pair\0", EntityKind.OTHER)
    assert codec.unpack(Entity, codec.pack(entity)) == entity


def test_the_same_value_gives_the_same_bytes():
    assert codec.pack(reading()) == codec.pack(reading())


def test_defaults_take_no_room():
    assert codec.dumps(Sentence, [Sentence("a1", 0, 5)]) == '{"article_id":["a1"],"start":[0],"end":[5]}'


def test_what_is_said_often_stands_once():
    mayor, port = Entity("Ines Moreau", EntityKind.PERSON), Entity("Port Aline", EntityKind.PLACE)
    entities = [mayor, port, mayor, mayor, mayor, port]
    stored = codec.dumps(Entity, entities)
    assert stored.count("Moreau") == stored.count("Aline") == 1
    assert codec.loads(Entity, stored, 6) == tuple(entities)


def test_a_record_written_before_a_field_existed_takes_its_default():
    stored = '{"article_id": ["a1"], "anchor": [[0], []], "sentences": [[0], []]}'
    assert codec.loads(Reading, stored, 1) == (Reading("a1", None, ()),)


def test_damaged_bytes_are_our_error():
    for damaged in (b"", b"\x00\x01", zlib.compress(b"{}"), zlib.compress(b"nonsense")):
        with pytest.raises(StoreError, match="A stored reading is damaged"):
            codec.unpack(Reading, damaged)


def test_a_time_keeps_its_moment():
    assert codec.unpack(Reading, codec.pack(reading())).anchor == NOON


def test_a_type_that_cannot_be_stored_is_refused():
    @dataclass
    class Odd:
        things: dict[str, int]

    with pytest.raises(TypeError, match="cannot be stored"):
        codec.dumps(Odd, [Odd({})])
