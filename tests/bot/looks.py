"""Timelines, agendas and connections of our own making, over the articles of ``simulated``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simulated import ARTICLES

from briefs.models import (
    Agenda,
    Connection,
    Connections,
    Entity,
    EntityKind,
    Evidence,
    Grain,
    Modality,
    Moment,
    Plan,
    Timeline,
    When,
)

BY_ID = {article["id"]: article for article in ARTICLES}


def day(date, **options):
    """Return a day as an article tells it."""
    first = datetime.fromisoformat(date).replace(tzinfo=UTC)
    return When(date, 0, 0, Grain.DAY, first, first + timedelta(days=1), **options)


def minute(instant):
    """Return an instant to the minute: "2026-03-05T08:30Z"."""
    first = datetime.fromisoformat(instant.removesuffix("Z")).replace(tzinfo=UTC)
    return When(instant, 0, 0, Grain.MINUTE, first, first + timedelta(minutes=1))


def evidence(text, article_id="bugle", **options):
    """Return words as evidence; where they stand in the article, with their place in it."""
    article = BY_ID[article_id]
    start = max(article["text"].find(text), 0)
    told = {"outlet": article["source"], "title": article["title"], "url": article["url"]} | options
    published = datetime.fromisoformat(article["published_at"])
    return Evidence(article_id, start, start + len(text), text, published_at=published, **told)


def moment(text, when, *, article_id="bugle", modality=Modality.HAPPENED, sources=1, more=(), **options):
    """Return a moment."""
    return Moment(when, evidence(text, article_id, **options), modality, sources, sources, more)


def plan(text, when, *, article_id="bugle", modality=Modality.PLANNED, sources=1, others=(), **options):
    """Return a plan."""
    return Plan(when, text, evidence(text, article_id, **options), modality, sources, sources, (), others)


def link(agent, relation, patient, *, when=None, mutual=False, modality=Modality.HAPPENED, sources=1, kind="meet"):
    """Return a connection."""
    told = (evidence(f"{agent} {relation} {patient}."),)
    one, other = (Entity(name, EntityKind.PERSON) for name in (agent, patient))
    return Connection(one, relation, other, kind, mutual, modality, when, told, sources, sources)


MEETING = "Foreign minister Ada Berg met her counterpart Jon Vik in Oslo on Monday."
FERRY = "The two ministers agreed to reopen the ferry line between Skagen and Larvik in June."
ALSO = "Ada Berg met Jon Vik in Bergen on Monday to talk about the ferry."
STORM = "It was closed two years ago after a storm damaged the quay in Larvik."
SHORT = Timeline(
    "Ada Berg",
    (
        moment(STORM, When("2024", 0, 0, Grain.YEAR), article_id="courier"),
        moment(MEETING, day("2026-03-02"), sources=2, more=(evidence(ALSO, "courier"),)),
        moment(FERRY, When("2026-06", 0, 0, Grain.MONTH), modality=Modality.PLANNED),
    ),
    2,
)
LONG = Timeline(
    "Jon Vik",
    tuple(
        moment(f"Vik said {number} things about the ferry and its quay.", day(f"2026-02-{number:02}"))
        for number in range(1, 29)
    ),
    28,
)
PLANNED = Agenda(
    None,
    (
        plan(
            "the ferry is to sail",
            minute("2026-03-05T08:30Z"),
            others=((day("2026-03-06"), evidence(ALSO, "courier")),),
        ),
        plan("the quay will reopen", day("2026-06-01"), modality=Modality.POSSIBLE),
        plan("the second ferry", day("2026-07-01"), modality=Modality.CANCELLED),
    ),
    2,
)
MET = Connections(
    None,
    (
        link("Ada Berg", "met", "Jon Vik", when=day("2026-03-02"), mutual=True, sources=2),
        link("Harbour Lines", "sued", "Larvik", kind="sue"),
        link("Jon Vik", "is to visit", "Ada Berg", when=day("2026-04-01"), modality=Modality.PLANNED, kind="visit"),
    ),
    2,
)
