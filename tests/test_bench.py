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


JUDGED = {  # step: lines of the table
    "reading": 1,
    "composing": 2,
    "ranking": 0,
    "summarising": None,  # where there is something to compare with
    "answering": 2,
    "joining": 1,
    "polling": 1,
    "posting_to_many": 1,
    "interacting": 2,
}


@pytest.mark.parametrize("step", JUDGED)
def test_each_step_prints_its_budget_and_says_whether_it_was_held(bench, step, capsys):
    bench.taken()
    bench.STEPS[step](20)
    assert "budget" in capsys.readouterr().out
    assert JUDGED[step] in (None, len(bench.taken()))


def test_every_step_is_run_here_but_those_that_need_a_server_of_their_own(bench):
    assert bench.STEPS.keys() - JUDGED.keys() == {"answering_from_postgresql", "joining_in_postgresql"}


def test_the_summary_says_what_was_missed_and_the_exit_status_too(bench, capsys, monkeypatch):
    monkeypatch.setitem(bench.STEPS, "quick", lambda: bench.judge("flying", "3 m", "5 m", held=False))
    monkeypatch.setitem(bench.STEPS, "slow", lambda: bench.judge("walking far", "9 km", "5 km", held=True))
    assert bench.main(["slow"]) == 0
    assert bench.main(["slow", "quick"]) == 1
    told = capsys.readouterr().out
    assert "held    walking far  9 km  budget 5 km\nMISSED  flying       3 m   budget 5 m\n" in told


def test_a_step_that_is_not_there_is_told(bench, capsys):
    assert bench.main(["flying"]) == 2
    assert "There is no flying; the steps are reading, composing" in capsys.readouterr().err


def test_polling_says_whether_ten_times_as_many_were_measured(bench, capsys, monkeypatch):
    monkeypatch.setattr(bench, "LONGEST_BENCH", 0.0)
    bench.polling(3)
    assert "polling 30 feeds" in (told := capsys.readouterr().out)
    assert "extrapolated" in told
