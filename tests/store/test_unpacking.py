"""Stored readings are unpacked one by one."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from briefs.errors import StoreError
from briefs.models import Reading
from briefs.store import codec
from briefs.store.unpacking import Packed, Readings

READING = Reading("a1", datetime(2026, 3, 4, 8, tzinfo=UTC), ())
DAMAGED = Packed(b"no reading", None)


def test_a_reading_is_unpacked_once_and_others_not_at_all():
    found = Readings({"a1": Packed(codec.pack(READING), codec.pack_text("bridg")), "a2": DAMAGED})

    assert found["a1"].outline == "bridg"
    assert found["a1"] is found["a1"]
    assert (list(found), "a2" in found, "a3" in found) == (["a1", "a2"], True, False)
    with pytest.raises(StoreError, match="damaged"):
        found["a2"]


def test_readings_go_to_another_process_as_they_are_stored():
    found = Readings({"a1": Packed(codec.pack(READING), None)})

    assert pickle.loads(pickle.dumps(found)) == {"a1": READING}
