"""Timelines and agendas of our own articles: what a reader wants of each (overviews.txt), with floors that never fall silently."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from weekly import GUILD

from briefs.models import Modality, Moment, Plan, Timeline
from briefs.newsroom import Newsroom
from briefs.overviews import agenda as agenda_of
from briefs.overviews import timeline as timeline_of
from briefs.preferences import TopicKind
from briefs.store import EVERYONE

if TYPE_CHECKING:
    from briefs.models import Agenda

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "briefs/samples/articles.jsonl"
NOW = {"samples": datetime(2025, 8, 2, 9, tzinfo=UTC), "week": datetime(2026, 5, 11, 9, tzinfo=UTC)}
FLOORS = {
    "timeline": (0.92, 0.93),
    "agenda": (0.90, 0.95),
}  # of what is wanted, told; of what is told, wanted or welcome


@dataclass
class Line:
    """One moment or plan that is wanted or welcome."""

    dates: tuple[str, ...]
    modality: str
    patterns: tuple[str, ...]
    welcome: bool

    def fits(self, value: str, modality: str, text: str) -> bool:
        dated = any(value.startswith(date) for date in self.dates)
        return dated and modality == self.modality and all(re.search(pattern, text) for pattern in self.patterns)


@dataclass
class Wanted:
    """What is wanted of one timeline or agenda."""

    kind: str
    articles: str
    about: str
    lines: list[Line] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


def wanted() -> list[Wanted]:
    """The expected timelines and agendas."""
    found: list[Wanted] = []
    for line in (HERE / "overviews.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            kind, articles, *about = line[3:].split(" ", 2)
            found.append(Wanted(kind, articles, " ".join(about)))
        elif line.startswith("! "):
            found[-1].never.append(line[2:])
        elif line.strip() and not line.startswith("#"):
            dates, modality, patterns = (part.strip() for part in line.removeprefix("~ ").split("|", 2))
            found[-1].lines.append(
                Line(tuple(dates.split(" or ")), modality, tuple(patterns.split("; ")), line.startswith("~ "))
            )
    return found


@dataclass
class Score:
    """How much of what is wanted was told, and how much of what was told is wanted or welcome."""

    wanted: int = 0
    told: int = 0
    given: int = 0
    good: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, want: Wanted, given: list[tuple[str, str, str]]) -> None:
        self.wanted += sum(not line.welcome for line in want.lines)
        self.given += len(given)
        where = f"{want.kind} {want.articles} {want.about}"
        for line in want.lines:
            if any(line.fits(*each) for each in given):
                self.told += not line.welcome
            elif not line.welcome:
                self.faults.append(f"{where}: missing {line.dates} {line.modality} {line.patterns}")
        for each in given:
            if any(line.fits(*each) for line in want.lines):
                self.good += 1
            else:
                self.faults.append(f"{where}: unwanted {each}")


@pytest.fixture(scope="module")
def desks(week):
    """The samples, and the week as it was collected."""
    samples = Newsroom.in_memory()
    assert samples.load(SAMPLES, now=NOW["samples"]).problems == ()
    yield {"samples": samples, "week": week.desk}
    samples.close()


def timeline(desk: Newsroom, about: str, now: datetime) -> tuple[Moment, ...]:
    article = about.removeprefix("story ")
    if article != about:
        (story,) = desk.store.stories([desk.store.current([article])[article].id])
        about = story.id
    return desk.timeline(None, about, now=now).moments


def told(desk: Newsroom, want: Wanted) -> list[tuple[str, str, str]]:
    """Each moment or plan: when, told as what, in which words."""
    now = NOW[want.articles]
    if want.kind == "timeline":
        return [(m.when.value, m.modality.value, m.evidence.text) for m in timeline(desk, want.about, now)]
    plans: tuple[Plan, ...] = desk.agenda(None, want.about or None, now=now).plans
    return [(p.when.value, p.modality.value, f"{p.what} | {p.evidence.text}") for p in plans]


def scored(desks: dict[str, Newsroom]) -> dict[str, Score]:
    scores = {kind: Score() for kind in FLOORS}
    for want in wanted():
        scores[want.kind].add(want, told(desks[want.articles], want))
    return scores


def test_timelines_and_agendas_tell_what_a_reader_wants(desks):
    for kind, score in scored(desks).items():
        recall, precision = FLOORS[kind]
        report = "\n".join(
            [f"{kind}: {score.told}/{score.wanted} told, {score.good}/{score.given} good", *score.faults]
        )
        assert score.told / score.wanted >= recall, report
        assert score.good / score.given >= precision, report


def test_what_is_over_or_was_never_told_is_in_no_overview(desks):
    for want in wanted():
        for pattern in want.never:
            for _, _, text in told(desks[want.articles], want):
                assert re.search(pattern, text) is None, (want.about, pattern, text)


def overviews(desk: Newsroom, now: datetime) -> list[Timeline | Agenda]:
    """The timeline of every story and of many names, and the agenda of everything."""
    names = desk.known(EVERYONE, TopicKind.NAME)[:20] or desk.known(GUILD, TopicKind.NAME)[:20]
    about = [*(story.id for story in desk.stories()), *names]
    return [*(desk.timeline(None, each, now=now) for each in about), desk.agenda(None, now=now)]


def test_every_word_shown_is_verbatim_and_nothing_planned_is_told_as_done(desks):
    for name, desk in desks.items():
        texts = desk.store.articles(desk.store.visible(None))
        for found in overviews(desk, NOW[name]):
            for each in found.moments if isinstance(found, Timeline) else found.plans:
                for evidence in (each.evidence, *each.more):
                    assert evidence.text == texts[evidence.article_id].text[evidence.start : evidence.end]
                assert each.when.first is not None
                assert each.when.last is not None
                if each.modality is Modality.HAPPENED:
                    assert isinstance(each, Moment)
                    assert each.when.first.date() <= texts[each.evidence.article_id].shown_at.date()
                else:
                    assert each.when.last > NOW[name]


def test_moments_stand_in_order_and_few_enough_to_read(desks):
    for name, desk in desks.items():
        for found in overviews(desk, NOW[name]):
            if isinstance(found, Timeline):
                assert len(found.moments) <= 15
                done = [m.when.first for m in found.moments if m.modality is Modality.HAPPENED]
                assert done == sorted(done)


def test_the_same_articles_in_any_order_give_the_same(desks):
    for name, desk in desks.items():
        ids = list(desk.store.visible(None))
        given = [(desk.store.articles(order), desk.store.readings(order)) for order in (ids, ids[::-1], sorted(ids))]
        made = {str(timeline_of(*each, subject="All", name=None, now=NOW[name])) for each in given}
        planned = {str(agenda_of(*each, name=None, now=NOW[name])) for each in given}
        assert (len(made), len(planned)) == (1, 1)
