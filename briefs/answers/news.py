"""What is new with a name, what became of something: the newest events in which it takes part, each once.

    question ─about─▶ stems ─_parts─▶ facts in which it takes part ─merge─▶ events ─weigh─▶ the newest and most telling sentences

Being named is not taking part: "NASA's acting administrator travelled" tells of the administrator. What somebody did or
underwent goes before what he said, what is new before what is only recalled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.answers import matching, wording
from briefs.answers.candidates.who import PARTICIPANTS
from briefs.facts import claims as claiming
from briefs.facts import frames
from briefs.language.words import stem, stems, word_set
from briefs.models import Answer, Grain, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from briefs.answers.ground import Line
    from briefs.answers.matching import Match
    from briefs.models import Argument, Fact

COVER = 0.6  # of the question, that a sentence carries in which nothing is done to or by it
WEIGHED = 80  # facts compared at most
RECALLED = timedelta(days=8)  # before its article, from which an event is background and no news
ROOM = 850  # characters of all sentences told
LONG = 320  # characters of a sentence that is hard to read in chat
_CUES = word_set(
    "new news latest update updates happen happened happening become became going up recent recently today now do does did done"
)
_SAID = frozenset(
    {
        "say",
        "write",
        "promise",
        "threaten",
        "announce",
        "believe",
        "praise",
        "criticise",
        "ask",
        "deny",
        "propose",
        "discuss",
    }
)
_STATE = frozenset(
    {"be", "have", "own", "hold_office", "live", "work", "happen", "show", "use", "continue", "like", "hate", "fear", "want", "know",
     "perceive", "name_as", "expect"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """A fact in which the one asked about takes part; ``weight`` is how telling it is as news."""

    fact: Fact
    line: Line
    weight: float


def answer(desk: wording.Desk, matches: Sequence[Match]) -> Answer:
    """What the newest sources tell of a name: the events it took part in, the most telling first."""
    return _listed(desk, _told(desk, matches)) or wording.unknown(desk, matches)


def of_all(desk: wording.Desk) -> Answer:
    """What happened in a story, whoever took part: the most telling events of its articles."""
    lines = [line for line in desk.ground.lines if not line.headline]
    parts = [
        _Part(fact, line, 2 + _weight(fact, line, max(each.at for each in lines)))
        for line in lines
        for fact in line.facts
    ]
    return _listed(desk, _chosen(_events(desk, _heaviest(parts)) or lines)) or wording.unknown(desk, ())


def _listed(desk: wording.Desk, lines: Sequence[Line]) -> Answer | None:
    """Some sentences as an answer, each with its day where they are several."""
    if not lines:
        return None
    found = Answer(
        question=desk.question.text,
        status=Status.ANSWERED,
        text=lines[0].text,
        statement="\n".join(f"{line.at.day} {line.at:%B}: {line.text}" for line in lines)
        if len(lines) > 1
        else lines[0].text,
        evidence=tuple(line.evidence() for line in lines),
    )
    return wording.supported(desk, found, None, {line.article.id for line in lines})


def _told(desk: wording.Desk, matches: Sequence[Match]) -> list[Line]:
    """The sentences to tell: one for each event, then those that only name it."""
    parts = _heaviest(_parts(desk))
    named = sorted(
        (m.line for m in matches if m.coverage >= COVER and not m.line.headline),
        key=lambda line: (-line.at.timestamp(), line.index),
    )
    return _chosen([*_events(desk, parts), *(() if parts else named)])


def _heaviest(parts: Iterable[_Part]) -> list[_Part]:
    return sorted(parts, key=lambda p: (-p.weight, p.line.article.id, p.fact.start))[:WEIGHED]


def _chosen(lines: Iterable[Line]) -> list[Line]:
    """The first sentences that fit a message, none of which repeats another."""
    chosen: list[Line] = []
    for line in lines:
        fits = sum(len(one.text) for one in chosen) + len(line.text) <= ROOM
        if (fits or not chosen) and not any(_repeats(line, other) for other in chosen):
            chosen.append(line)
        if len(chosen) == wording.EVIDENCE:
            break
    return chosen


def _events(desk: wording.Desk, parts: Sequence[_Part]) -> list[Line]:
    """The best sentence of each event, the most telling event first; more sources make an event more telling."""
    best = {(p.fact.article_id, p.fact.predicate.start, p.fact.kind): p for p in reversed(parts)}
    events = []
    for claim in claiming.merge([p.fact for p in parts], desk.ground.names, desk.ground.articles):
        own = [best[key] for f in claim.facts if (key := (f.article_id, f.predicate.start, f.kind)) in best]
        if own:
            top = max(own, key=lambda p: p.weight)
            events.append((top.weight + min(0.6, 0.2 * (claim.independent - 1)), top.line))
    events.sort(key=lambda event: (-event[0], -event[1].at.timestamp(), event[1].article.id, event[1].start))
    return [line for _, line in events]


def _repeats(line: Line, other: Line) -> bool:
    return len(stems(line.text) & stems(other.text)) >= 0.5 * min(len(stems(line.text)), len(stems(other.text)))


def _parts(desk: wording.Desk) -> Iterator[_Part]:
    target = frozenset(key.stem for key in desk.question.keys if key.word not in _CUES) or matching.key_stems(
        desk.question
    )
    asked = frozenset(key.frame for key in desk.question.keys if key.frame and not key.is_name)
    lines = [line for line in desk.ground.lines if not line.headline and target and target <= line.bag]
    newest = max((line.at for line in lines), default=desk.now)
    for line in lines:
        for fact in line.facts:
            if share := _share(desk, fact, target, asked):
                yield _Part(fact, line, 2 * share + _weight(fact, line, newest))


def _weight(fact: Fact, line: Line, newest: datetime) -> float:
    """How much a fact tells as news: less the older and the further down it stands, and in a sentence that is long."""
    days = (newest - line.at) / timedelta(days=1)
    length = 0.3 * (len(line.text) > LONG)
    return _telling(fact, line) - min(1.5, 0.4 * days) - 0.02 * line.index - length


def _share(desk: wording.Desk, fact: Fact, target: frozenset[str], asked: frozenset[str]) -> float:
    """How far a fact is about what was asked: 1 it does or undergoes it, less where it only belongs to who does."""
    if fact.kind in asked and fact.modality is Modality.HAPPENED:
        return 0.9  # "the launch": that it lifted off
    best = 0.0
    for argument in fact.arguments:
        role = 1.0 if argument.role == "agent" else 0.9 if argument.role in PARTICIPANTS else 0.0
        best = max(best, role * _is_head(desk, fact, argument, target))
    return best


def _is_head(desk: wording.Desk, fact: Fact, argument: Argument, target: frozenset[str]) -> float:
    """Whether an argument is the thing itself (1), or only holds its name ("NASA's administrator", 0.3)."""
    name = desk.ground.names.of(fact.article_id, argument.entity).name if argument.entity is not None else ""
    if target <= stems(name) or (
        stem(argument.head.lower()) in target and target <= stems(argument.text) | stems(name)
    ):
        return 1.0
    return 0.3 if target <= stems(argument.text) else 0.0


def _telling(fact: Fact, line: Line) -> float:
    """How much of an event a fact tells: deeds before words, what happened before plans, news before what is recalled."""
    told = {Modality.HAPPENED: 1.0, Modality.PLANNED: 0.7, Modality.CANCELLED: 0.8, Modality.POSSIBLE: 0.2}[
        fact.modality
    ]
    kind = -0.9 if fact.kind in _STATE else -0.5 if fact.kind in _SAID else -0.2 if fact.kind == frames.OTHER else 0.0
    when = fact.when
    recalled = when is not None and when.last is not None and when.last < line.at - RECALLED
    old = recalled or (when is not None and when.grain is Grain.DURATION)  # "have worked together for decades"
    return told + kind - 1.5 * old - 0.4 * fact.negated + 0.2 * (when is not None and not old)
