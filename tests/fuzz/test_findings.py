"""Every input that once broke a promise keeps it now, within its limits; and the frame that looks for such inputs finds them."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest

from fuzz.kept import FINDINGS, LARGEST, keep, smallest
from fuzz.target import load, names
from fuzz.watch import MEGABYTES, SECONDS, watched

KEPT = sorted(path for path in FINDINGS.glob("*/*") if path.is_file())


@cache
def ready(name):
    """A target, with all it needs loaded: that is no input's fault."""
    target = load(name)
    for seed in list(target.seeds())[:3]:
        target.one_input(seed)
    return target


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}-{path.name}" for path in KEPT])
def test_what_once_broke_a_promise_keeps_it(path):
    outcome = watched(ready(path.parent.name).one_input, path.read_bytes())
    assert outcome.failure is None, outcome


def test_what_is_kept_is_small_and_of_a_target_that_exists():
    assert {path.parent.name for path in KEPT} <= set(names())
    assert [path for path in KEPT if path.stat().st_size > LARGEST] == []


@pytest.mark.parametrize("name", names())
def test_every_way_in_reads_its_seeds_and_some_inputs_made_of_them(name):
    target = ready(name)
    rng = Random(7)
    seeds = list(target.seeds())
    for data in rng.sample(seeds, min(4, len(seeds))):
        outcome = watched(target.one_input, target.mutated(data, rng, 20_000))
        assert outcome.failure is None, outcome


def test_an_exception_is_found_and_told_apart_by_its_place():
    def breaks(data):
        if b"!" in data:
            raise KeyError(data)

    failure = watched(breaks, b"a!").failure
    assert failure.kind == "KeyError"
    assert failure.where.startswith("test_findings.py:")
    assert watched(breaks, b"a").failure is None


def test_what_takes_too_long_is_stopped_even_where_every_exception_is_caught():
    def hangs(_):
        while True:
            with suppress(Exception):  # as a library might
                sum(range(10_000))

    start = time.process_time()
    assert watched(hangs, b"", slack=0.03).failure.kind == "slow"
    assert time.process_time() - start < SECONDS


def test_what_fills_the_memory_is_found():
    held = watched(lambda _: bytearray(int(0.6 * MEGABYTES * 1e6)), b"", slack=0.5)  # a tenth of the time it has
    assert held.failure is None or held.failure.kind == "memory"
    if held.megabytes:  # where it can be measured
        assert held.failure.kind == "memory"


def test_a_finding_is_made_small_and_kept_under_what_it_broke(tmp_path):
    data = smallest(b"x" * 5_000 + b"<b>" + b"y" * 5_000, lambda data: b"<b>" in data)
    assert data == b"<b>"
    path = keep(tmp_path / "pages", "KeyError", data)
    assert path.read_bytes() == b"<b>"
    assert path.name.startswith("keyerror-")


A_RUN = """
import sys
from pathlib import Path
from types import SimpleNamespace
sys.path[:0] = {paths!r}
from fuzz import running

def one_input(data):
    if data.startswith({breaks!r}):
        raise KeyError(data)

running.load = lambda _name: SimpleNamespace(
    one_input=one_input, seeds=lambda: [b"good"], mutated=lambda data, rng, most: rng.choice((b"good", b"bad"))
)
sys.exit(running.{way}(running.Run("any", Path("findings"), Path("corpus"), 0.5, 1)))
"""


@pytest.mark.parametrize(("breaks", "status"), [(b"bad", 1), (b"worse", 0)])
@pytest.mark.parametrize("way", ["by_chance", "by_coverage"])
def test_a_run_says_what_it_did_and_ends_with_1_where_something_was_found(way, breaks, status, tmp_path):
    if way == "by_coverage" and find_spec("atheris") is None:
        pytest.skip("atheris, which leads inputs by the code they reach, is not on this machine.")
    tests = Path(__file__).parents[1]
    code = A_RUN.format(paths=[str(tests), str(tests.parent)], way=way, breaks=breaks)
    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == status, ended.stderr
    assert f"{status} findings" in ended.stderr.splitlines()[-1]
    assert len(list(tmp_path.glob("findings/keyerror-*"))) == status
