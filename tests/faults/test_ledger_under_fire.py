"""The real program is killed again and again, while Discord fails: every briefing stands once, every article is told once.

A ledger that is wrong on purpose is found out. ``python -m tests.faults`` does the same for as long as one likes.
"""

from __future__ import annotations

import random

import pytest
from discord_on_loopback import Loopback

from faults import press
from faults.nursery import Nursery
from faults.trial import Plan, Trial

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    with Nursery(tmp_path_factory.mktemp("nursery")) as started:
        yield started


@pytest.fixture(scope="module")
def discord(tmp_path_factory):
    with Loopback(tmp_path_factory.mktemp("discord")) as started:
        yield started


@pytest.fixture
def outlet():
    with press.Outlet() as opened:
        yield opened


def tried(plan, folder, discord, nursery, outlet):
    """Run a trial over an empty SQLite database; its report."""
    return Trial(plan, folder, discord, nursery, outlet).run()


def test_over_a_dozen_kills_nothing_is_told_twice_and_nothing_is_lost(tmp_path, discord, nursery, outlet):
    database = f"sqlite:///{tmp_path}/debrief.db"
    about = {"seed": random.randrange(10**6), "workers": 0, "seconds": 300, "patience": 300}  # of the slowest machine
    plan = Plan(12, database, guilds=1, channels=3, **about)
    report = tried(plan, tmp_path, discord, nursery, outlet)
    print(f"seed {plan.seed}\n{report}")
    found = report.verdict
    assert report.kills.total() >= 12
    assert found.twice == []
    assert found.lost == []
    assert found.told_by_next == []
    assert found.once == found.due >= 9
    assert report.together == 0
    assert report.broken_rules == []
    assert report.errors == []


@pytest.mark.parametrize(
    ("broken", "step", "found"),
    [
        ("record first", "recorded", "lost"),
        ("send first", "sent", "twice"),
        ("never reconcile", "claimed", "lost"),
        ("forget nonces", "sent", "twice"),
    ],
)
def test_a_ledger_that_is_wrong_on_purpose_is_found_out(broken, step, found, tmp_path, discord, nursery, outlet):
    database = f"sqlite:///{tmp_path}/debrief.db"
    patience = 5 if broken == "never reconcile" else 120  # the others come to an end
    about = {"losses": False, "workers": 0, "patience": patience, "calm": 0, "seconds": 300}
    plan = Plan(1, database, guilds=1, channels=1, steps=(step,), broken=broken, **about)
    report = tried(plan, tmp_path, discord, nursery, outlet)
    assert report.kills[step] >= 1
    assert getattr(report.verdict, found) != []
    assert not report.verdict.good
