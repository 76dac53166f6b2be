"""The links of ``connections.txt``, whose form is told at its top, and how far what is drawn is right and complete."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Entry
from briefs.newsroom import Newsroom, read
from briefs.overviews import connections
from briefs.sources import pages

if TYPE_CHECKING:
    from briefs.models import Connection, Connections

HERE = Path(__file__).parent
FILES = {"samples": HERE.parents[1] / "briefs" / "samples" / "articles.jsonl", "week": HERE / "week" / "articles.jsonl"}
NOW = {"samples": datetime(2025, 8, 2, 9, tzinfo=UTC)}
LATER = datetime(2026, 5, 11, 8, tzinfo=UTC)
WRITTEN = datetime(2026, 5, 6, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Link:
    """A link as it is written: ``words`` is a pattern; of a mutual one either may stand first."""

    agent: str
    words: str
    patient: str
    mutual: bool
    wanted: bool

    def drawn_as(self, link: Connection) -> bool:
        if re.fullmatch(self.words, link.relation) is None:
            return False
        ways = [(link.agent, link.patient), (link.patient, link.agent)] if self.mutual else [(link.agent, link.patient)]
        return any(_is(one, self.agent) and _is(other, self.patient) for one, other in ways)


def _is(entity, name):
    return name in (entity.name, *entity.names)


@dataclass
class Case:
    """A set of articles, or an article of a few sentences, and what is wanted of it."""

    section: str
    text: str = ""  # none: the section's file
    links: list[Link] = field(default_factory=list)

    def missing(self, drawn: Connections) -> list[Link]:
        return [link for link in self.links if link.wanted and not any(link.drawn_as(d) for d in drawn.links)]

    def wrong(self, drawn: Connections) -> list[Connection]:
        return [d for d in drawn.links if not any(link.drawn_as(d) for link in self.links)]


def cases() -> list[Case]:
    """Everything written down, in its order."""
    found: list[Case] = []
    section = ""
    for line in (HERE / "connections.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            section = line[3:]
            if section in FILES:
                found.append(Case(section))
        elif line.startswith("> "):
            found.append(Case(section, line[2:]))
        elif line.strip() and not line.startswith("#"):
            found[-1].links.append(_link(line))
    return found


def _link(line: str) -> Link:
    told = line.removeprefix("? ")
    rest, mutual, patient = told.rpartition(" <> ")
    if not mutual:
        rest, _, patient = told.rpartition(" | ")
    agent, _, words = rest.partition(" | ")
    return Link(agent, words, patient, bool(mutual), wanted=told == line)


def draw(all_cases: list[Case]) -> list[Connections]:
    """What is drawn of each case."""
    own = [case for case in all_cases if case.text]
    articles = [
        pages.extract(Entry(guid=f"own-{i}", content=case.text, published_at=WRITTEN), first_seen_at=WRITTEN)
        for i, case in enumerate(own)
    ]
    drawn = {
        id(case): connections({article.id: article}, {article.id: reading}, name=None, now=LATER)
        for case, article, reading in zip(own, articles, read(articles, DEFAULT_PIPELINE), strict=True)
    }
    return [drawn[id(case)] if case.text else _of_file(case.section) for case in all_cases]


def _of_file(section: str) -> Connections:
    now = NOW.get(section, LATER)
    desk = Newsroom.in_memory()
    try:
        desk.load(FILES[section], now=now)
        return desk.connections(None, now=now)
    finally:
        desk.close()


def told(link: Connection) -> str:
    """A link on one line."""
    return f"{link.agent.name} | {link.relation} | {link.patient.name}"
