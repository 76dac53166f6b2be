"""The bench measures what the code does today: every step of it runs, on little."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

BENCH = Path(__file__).parent / "bench" / "__main__.py"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "step", ["reading", "composing", "ranking", "summarising", "answering", "joining", "polling", "interacting"]
)
def test_each_step_prints_its_budget(bench, step, capsys):
    getattr(bench, step)(20)
    assert "budget" in capsys.readouterr().out


def test_polling_says_whether_ten_times_as_many_were_measured(bench, capsys, monkeypatch):
    monkeypatch.setattr(bench, "LONGEST_BENCH", 0.0)
    bench.polling(3)
    assert "polling 30 feeds" in (told := capsys.readouterr().out)
    assert "extrapolated" in told
