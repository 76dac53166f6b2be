"""The desk's timelines and agendas: of what a server sees, of nothing after their time, of a story, a name or a topic."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, select, update

from briefs.newsroom import Newsroom
from briefs.store.schema import readings

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
TEXTS = {
    1: ("Ada Berg resigned as mayor of Lund on Tuesday.", "Ada Berg, once mayor of Lund, will visit Oslo on 22 May."),
    2: ("Jon Vik opened the old mill of Lund on Wednesday. Jon Vik will visit Rome on 23 May.",),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with two servers that read different sources."""
    made = Newsroom.in_memory(clock=lambda: NOW)
    for guild, texts in TEXTS.items():
        records = [
            {
                "id": f"g{guild}a{k}",
                "source": f"Outlet {k}",
                "text": text,
                "published_at": f"2026-05-{13 + k}T18:00:00Z",
            }
            for k, text in enumerate(texts)
        ]
        path = tmp_path_factory.mktemp("scope") / "articles.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        made.load(path, guild_id=guild)
    yield made
    made.close()


def sources(found):
    shown = found.moments if hasattr(found, "moments") else found.plans
    return {evidence.article_id for each in shown for evidence in (each.evidence, *each.more)}


def test_a_server_sees_its_own_sources_only(desk):
    for about in ("Lund", "Berg", "Vik"):
        assert all(key.startswith("g1") for key in sources(desk.timeline(1, about)))
        assert all(key.startswith("g2") for key in sources(desk.timeline(2, about)))
    assert sources(desk.agenda(1)) == {"g1a1"}
    assert sources(desk.agenda(2)) == {"g2a0"}
    assert not desk.timeline(2, "Berg").moments


def test_anothers_story_has_no_moments_here(desk):
    (story,) = desk.store.stories(["g1a0"])
    assert desk.timeline(1, story.id).moments
    assert not desk.timeline(2, story.id).moments


def test_the_agenda_of_a_story_holds_its_plans_alone_and_nothing_where_it_is_anothers(desk):
    (visiting,), (rome,) = desk.store.stories(["g1a1"]), desk.store.stories(["g2a0"])
    assert visiting.id != rome.id
    found = desk.agenda(1, visiting.id)
    assert sources(found) == {"g1a1"}
    assert (found.subject, found.considered) == (desk.headline(visiting.article_ids), len(visiting.article_ids))
    assert sources(desk.agenda(None, rome.id)) == {"g2a0"}
    assert not desk.agenda(2, visiting.id).plans


def test_what_is_not_published_yet_is_not_told(desk):
    early = datetime(2026, 5, 13, 20, tzinfo=UTC)
    assert [m.when.value for m in desk.timeline(1, "Berg", now=early).moments] == ["2026-05-12"]
    assert not desk.agenda(1, now=early).plans


def test_the_articles_that_were_asked_of_are_counted(desk):
    assert desk.timeline(1, "Berg").considered == 2
    assert desk.agenda(None).considered == 3


def test_asked_again_it_says_the_same_from_memory(desk):
    first = desk.timeline(1, "Berg")
    assert first == desk.timeline(1, "Berg")


def test_an_overview_of_what_was_looked_through_before_reads_nothing(desk):
    told = desk.agenda(None), desk.connections(None)
    fresh = Newsroom(desk.store, clock=lambda: NOW)
    assert fresh.look_around()
    assert not fresh.look_around()
    with desk.store._database.writing() as connection:
        kept = connection.execute(select(readings)).all()
        connection.execute(update(readings).values(data=b"damaged"))
    assert (fresh.agenda(None), fresh.connections(None)) == told
    with desk.store._database.writing() as connection:
        connection.execute(delete(readings))
        connection.execute(insert(readings), [row._asdict() for row in kept])
