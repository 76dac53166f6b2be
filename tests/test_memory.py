"""Memory is given back where the C library is glibc; elsewhere nothing happens, and nothing fails."""

from __future__ import annotations

import ctypes

import pytest

from briefs import memory


@pytest.mark.parametrize("step", [memory.keep_few_arenas, memory.give_back])
@pytest.mark.parametrize(
    "problem", [TypeError("argument of type 'NoneType' is not iterable"), AttributeError("mallopt")]
)
def test_another_system_fails_at_nothing(monkeypatch, step, problem):
    def library(_name):
        raise problem

    monkeypatch.setattr(ctypes, "CDLL", library)
    step()
