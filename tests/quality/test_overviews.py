"""Timelines and agendas of our own articles: what a reader wants of each (overviews.txt), with floors that never fall silently."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefs.newsroom import Newsroom

if TYPE_CHECKING:
    from briefs.models import Moment, Plan

HERE = Path(__file__).parent
SETS = {
    "samples": (HERE.parents[1] / "briefs/samples/articles.jsonl", datetime(2025, 8, 2, 9, tzinfo=UTC)),
    "week": (HERE / "week/articles.jsonl", datetime(2026, 5, 11, 9, tzinfo=UTC)),
}
FLOORS = {"timeline": (0.85, 0.80), "agenda": (0.80, 0.75)}  # of what is wanted, told; of what is told, wanted or welcome


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
def desks():
    made = {}
    for name, (path, now) in SETS.items():
        made[name] = Newsroom.in_memory(clock=lambda now=now: now)
        assert made[name].load(path).problems == ()
    yield made
    for desk in made.values():
        desk.close()


def timeline(desk: Newsroom, about: str) -> tuple[Moment, ...]:
    article = about.removeprefix("story ")
    if article != about:
        (story,) = desk.store.stories([article])
        about = story.id
    return desk.timeline(None, about).moments


def told(desk: Newsroom, want: Wanted) -> list[tuple[str, str, str]]:
    """Each moment or plan: when, told as what, in which words."""
    if want.kind == "timeline":
        return [(m.when.value, m.modality.value, m.evidence.text) for m in timeline(desk, want.about)]
    plans: tuple[Plan, ...] = desk.agenda(None, want.about or None).plans
    return [(p.when.value, p.modality.value, f"{p.what} | {p.evidence.text}") for p in plans]


def scored(desks: dict[str, Newsroom]) -> dict[str, Score]:
    scores = {kind: Score() for kind in FLOORS}
    for want in wanted():
        scores[want.kind].add(want, told(desks[want.articles], want))
    return scores


def test_timelines_and_agendas_tell_what_a_reader_wants(desks):
    for kind, score in scored(desks).items():
        recall, precision = FLOORS[kind]
        report = "\n".join([f"{kind}: {score.told}/{score.wanted} told, {score.good}/{score.given} good", *score.faults])
        assert score.told / score.wanted >= recall, report
        assert score.good / score.given >= precision, report


def test_what_is_over_or_was_never_told_is_in_no_overview(desks):
    for want in wanted():
        for pattern in want.never:
            for _, _, text in told(desks[want.articles], want):
                assert re.search(pattern, text) is None, (want.about, pattern, text)
