"""What was told weeks ago is still to come, among hundreds of newer articles; what was called off since is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from briefs import newsroom
from briefs.models import Modality
from briefs.newsroom import Newsroom
from briefs.store.schema import plans as kept

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
LAUNCH = "A new crew of two pilots will fly to the Marrow Station in November, the Lund Space Agency said on Monday."
NEWER = [f"Ada Berg opened hall {number} of the fair in Oslo on Saturday." for number in range(6)]


@pytest.fixture
def desk(monkeypatch):
    """A desk whose overviews look at the newest five articles."""
    monkeypatch.setattr(newsroom, "OVERLOOKED", 5)
    made = Newsroom.in_memory(clock=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def told(tmp_path, desk):
    """The agenda of a server that read these articles, so many days ago each, and six newer ones."""

    def agenda(*articles, guild=1, asked=1, about=None):
        newer = [(number / 100, text) for number, text in enumerate(NEWER)]
        path = tmp_path / f"{guild}.jsonl"
        path.write_text("\n".join(_records(guild, [*articles, *newer])), encoding="utf-8")
        desk.load(path, guild_id=guild)
        return desk.agenda(asked, about).plans

    return agenda


def _records(guild, articles):
    for number, (days, text) in enumerate(articles):
        at = (NOW - timedelta(days=days)).isoformat()
        yield json.dumps({"id": f"g{guild}a{number}", "source": f"Outlet {number}", "text": text, "published_at": at})


@pytest.mark.parametrize("about", [None, "Lund Space Agency"])
def test_a_plan_of_weeks_ago_is_on_the_agenda(told, about):
    (plan,) = told((40, LAUNCH), about=about)
    assert (plan.when.value, plan.evidence.article_id) == ("2026-11", "g1a0")


def test_a_plan_of_weeks_ago_that_is_over_is_not(told):
    assert not told((40, LAUNCH.replace("November", "August")))


def test_another_server_does_not_see_it(told):
    assert not told((40, LAUNCH), asked=2)


def test_a_plan_that_its_story_called_off_weeks_ago_is_told_as_called_off(told):
    off = "The Lund Space Agency cancelled the November flight of the new crew of two pilots to the Marrow Station on Friday."
    plans = told((40, LAUNCH), (36, off))
    assert [plan.modality for plan in plans] == [Modality.CANCELLED]


def test_a_plan_that_came_true_since_is_not_told(told):
    flown = "A new crew of two pilots flew to the Marrow Station on 10 September, the Lund Space Agency said."
    plan = LAUNCH.replace("November", "September")
    assert told((40, plan), guild=2, asked=2)
    assert not told((40, plan), (9, flown))


def test_articles_read_before_plans_were_kept_are_looked_through_later(told, desk):
    told((40, LAUNCH))
    with desk.store._database.writing() as connection:
        connection.execute(delete(kept))
    assert not desk.agenda(1).plans
    desk._ahead.catch_up()
    (plan,) = desk.agenda(1).plans
    assert plan.evidence.article_id == "g1a0"
