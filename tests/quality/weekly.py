"""The week of ``week/``: its articles, collected day by day and briefed each morning, and what an editor wanted of that.

A line of ``articles.jsonl`` names the event that its article is about (none for what is no news); one of ``edits.jsonl`` is
what an outlet made of its article later. The form of ``expected.txt`` is told at its top.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from briefs.collecting.taking import new_version
from briefs.models import Entry
from briefs.newsroom import Newsroom
from briefs.sources import pages

if TYPE_CHECKING:
    from briefs.models import Briefing, Item

WEEK = Path(__file__).with_name("week")
GUILD, CHANNEL = 1, 10
STORIES, SENTENCES = 5, 3

Patterns = tuple[str, ...]


# ------------------------------------------------------------------------------------------------------ what is wanted
@dataclass
class Wanted:
    """What is wanted of one story on one morning; patterns by their aspect, a list for each line of it."""

    event: str
    kind: str  # new, update, either
    sources: int | None
    independent: int | None
    aspects: dict[str, list[Patterns]] = field(default_factory=dict)

    def all(self, aspect: str) -> Patterns:
        return tuple(pattern for line in self.aspects.get(aspect, ()) for pattern in line)


@dataclass
class Morning:
    """What is wanted of one briefing."""

    at: datetime
    stories: tuple[Wanted, ...] = ()
    first: str | None = None
    not_back: frozenset[str] = frozenset()


def mornings() -> list[Morning]:
    """The expected briefings, in order."""
    found: list[Morning] = []
    for line in (WEEK / "expected.txt").read_text("utf-8").splitlines():
        told = line.strip()
        if not told or told.startswith("#"):
            continue
        if told.startswith("== "):
            date, _, events = told[3:].partition(" | ")
            found.append(Morning(datetime.fromisoformat(date).replace(hour=8, tzinfo=UTC)))
            named = events.split()
        elif told.startswith("first: "):
            found[-1].first = told.removeprefix("first: ")
        elif told.startswith("not back: "):
            found[-1].not_back = frozenset(told.removeprefix("not back: ").split())
        elif line.startswith(" "):
            aspect, _, patterns = told.partition(": ")
            found[-1].stories[-1].aspects.setdefault(aspect, []).append(tuple(patterns.split("; ")))
        else:
            found[-1].stories += (_wanted(told),)
            assert found[-1].stories[-1].event in named, line
    return found


def _wanted(line: str) -> Wanted:
    event, kind, *counts = line.split(" | ")
    sources, independent = (re.search(rf"(\d+) {what}", counts[0] if counts else "") for what in ("sour", "indep"))
    return Wanted(event, kind, sources and int(sources[1]), independent and int(independent[1]))


def matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


# ------------------------------------------------------------------------------------------------------- what was made
def records(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (WEEK / name).read_text("utf-8").splitlines()]


EVENTS = {record["id"]: record["event"] for record in records("articles.jsonl")}


def event(item: Item) -> str:
    """The event that most articles of a story are about; the first article's id where they are no news."""
    told = Counter(EVENTS[root(i)] for i in item.article_ids if EVENTS[root(i)])
    return told.most_common(1)[0][0] if told else root(item.article_ids[0])


def root(article_id: str) -> str:
    return article_id.partition("~")[0]


def _at(record: dict[str, str], key: str) -> datetime:
    return datetime.fromisoformat(record[key])


class Week:
    """A desk that collects the week, and the briefings its channel got."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, tzinfo=UTC)
        self.desk = Newsroom.in_memory(clock=lambda: self.now)
        self.briefings: list[Briefing] = []
        for morning in mornings():
            self._collect(morning.at - timedelta(days=1))
            self.briefings.append(self._posted())

    def _collect(self, since: datetime) -> None:
        """The articles and edits of a day, as polls every six hours would bring them."""
        for hours in range(6, 25, 6):
            before, self.now = since + timedelta(hours=hours - 6), since + timedelta(hours=hours)
            self._load([each for each in records("articles.jsonl") if before <= _at(each, "published_at") < self.now])
            for edit in records("edits.jsonl"):
                if before <= _at(edit, "edited_at") < self.now:
                    self._edit(edit)

    def _load(self, come: list[dict[str, str]]) -> None:
        if come:
            with TemporaryDirectory() as folder:
                file = Path(folder) / "articles.jsonl"
                file.write_text("\n".join(map(json.dumps, come)), "utf-8")
                assert self.desk.load(file, guild_id=GUILD).problems == ()

    def _edit(self, edit: dict[str, str]) -> None:
        """Take an edited article as collecting takes one: as the next version of the stored one."""
        (current,) = self.desk.store.articles([edit["id"]]).values()
        entry = Entry(edit["id"], edit["text"], url=edit["url"], title=edit["title"], outlet=edit["source"])
        version = new_version(pages.extract(entry, first_seen_at=self.now), current)
        assert version is not None
        self.desk._take([version], feed_id=None)

    def _posted(self) -> Briefing:
        """This morning's briefing, posted to the channel."""
        made = self.desk.compose(GUILD, channel_id=CHANNEL, max_stories=STORIES)
        self.desk.verify(made)
        place = {"guild_id": GUILD, "channel_id": CHANNEL}
        run = f"{CHANNEL}/{self.now:%Y-%m-%d}/08:00"
        saved = self.desk.store.save_briefing(made, **place)
        post = self.desk.store.claim(run, 0, briefing_id=saved, nonce=run, now=self.now, **place)
        assert post is not None
        self.desk.store.record_sent(post.id, 1_000 + post.id)
        return made
