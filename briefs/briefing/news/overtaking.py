"""Which of two facts of one story is past: a plan that came true or was called off, a road that opened again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.briefing.news.lines import content
from briefs.briefing.news.matters import (
    event,
    is_linked,
    is_newer,
    one_matter,
    one_time,
    overlapping,
    parties,
    same_verb,
    sides,
)
from briefs.briefing.news.statements import AHEAD, is_ahead, is_event
from briefs.facts.disputes import is_day
from briefs.facts.frames import OTHER, noun_frame
from briefs.facts.frames import synonyms as event_words
from briefs.language.words import word_set
from briefs.models import Modality

if TYPE_CHECKING:
    from briefs.briefing.news.lines import Line
    from briefs.models import Fact

OVER = timedelta(days=1)  # before the plan was told, from which what happened is another event
STATEFUL = word_set("start end win lose grow fall hold announce compete give operate show use help continue happen")
_UNDONE = {
    ("close", "open"), ("open", "close"), ("arrest", "acquit"), ("acquit", "arrest"), ("charge", "acquit"), ("convict", "acquit"),
    ("disappear", "discover"), ("disappear", "rescue"), ("search", "discover"), ("abduct", "acquit"), ("abduct", "rescue"),
    ("ban", "approve"), ("oppose", "approve"), ("oppose", "agree"), ("start", "end"), ("walk_out", "end"), ("walk_out", "agree"),
    ("destroy", "repair"), ("infect", "recover"),
}  # fmt: skip
_BEGUN = frozenset({"start", "walk_out", "continue"})
_UNDOABLE = frozenset(done for done, _ in _UNDONE)
_SITTINGS = frozenset({"meet", "vote", "discuss", "rule", "try"})  # what they end with is told in other words
_ATTEMPT = content("attempt try chance date countdown window effort")
_TO_BE_NAMED = content("successor replacement winner host")  # who that is is told by a name of which nothing was known
_STOPPED = frozenset({"delay", "cancel", "ban", "veto"})  # what these say of an event, its own frame's words name


def is_open(fact: Fact) -> bool:
    """Whether something newer may supersede a fact: a plan, what was stopped or denied, what can be undone."""
    return (
        fact.negated
        or is_ahead(fact)
        or fact.modality is Modality.CANCELLED
        or fact.kind in _STOPPED | _BEGUN
        or event(fact) in _UNDOABLE
    )


def supersedes(new: Fact, line: Line, old: Fact, before: Line) -> bool:
    """Whether a newer sentence tells that what an older one told has come true, was called off or has changed."""
    if not is_newer(line.article, before.article) or _was_over(new, before):
        return False
    if new.negated:
        return _is_off(new, old)
    if new.modality is Modality.HAPPENED and new.kind not in _STOPPED and _is_yet_to_come(old, line):
        return False
    return (
        is_due(new, line, old) or _came_true(new, old) or _stopped(new, old) or _went_on(new, old) or _undid(new, old)
    )


def _named(plan: Fact) -> frozenset[str]:
    """The kinds of events that the nouns of a plan name: "will give her verdict", "the vote is set for Monday"."""
    frames = (noun_frame(a.head) for a in plan.arguments if a.role in ("patient", "topic"))
    return frozenset(frame.name for frame in frames if frame is not None)


def is_due(new: Fact, line: Line, old: Fact) -> bool:
    """Whether what was planned for a day is told of that day: the next try on Wednesday, put off on Wednesday."""
    planned = is_ahead(old) and old.when is not None and is_day(old.when)
    if not planned or new.modality in AHEAD or one_time(new, old) is not True:
        return False
    if parties(old) & _ATTEMPT or (old.kind in _SITTINGS and parties(old) & line.content):
        return is_event(new)
    if (old.kind == "plan" and _is_about(old, new)) or event(new) in _named(old):
        return True
    if is_event(old) and old.kind != OTHER and any(event(fact) == event(old) for fact in line.facts):
        return True
    return (same_verb(new, old) or one_matter(new, old)) and is_linked(new, old)


def _is_yet_to_come(old: Fact, line: Line) -> bool:
    """Whether a plan is for a day after the newer article: nothing has come of it."""
    first = old.when.first if old.when is not None else None
    return first is not None and first.date() > line.article.shown_at.date()


def _is_off(new: Fact, old: Fact) -> bool:
    """Whether what was planned or possible is told as not to come: "will not resign" after "may resign"."""
    ahead = new.modality in AHEAD and old.modality in AHEAD and not old.negated
    return ahead and one_matter(new, old) and is_linked(new, old)


def _was_over(new: Fact, before: Line) -> bool:
    return new.when is not None and new.when.last is not None and new.when.last < before.article.shown_at - OVER


def _came_true(new: Fact, old: Fact) -> bool:
    """Whether "will lift off" or "was scrubbed" became "lifted off" or "was called off"."""
    done = new.modality is Modality.HAPPENED and (old.negated or old.modality in {*AHEAD, Modality.CANCELLED})
    off = new.modality is Modality.CANCELLED and old.modality in AHEAD and not old.negated
    if done and event(new) == event(old) and parties(old) & _TO_BE_NAMED:
        return True
    if not (done or off) or not one_matter(new, old) or not is_linked(new, old):
        return False
    return is_event(new) or new.kind in STATEFUL or _alike(new, old)


def _alike(a: Fact, b: Fact) -> bool:
    """Whether two facts have one verb, one agent and one patient: "is to take the stand" and "took the stand"."""
    mine, other = sides(a), sides(b)
    return a.predicate.lemma == b.predicate.lemma and all(mine[s] and overlapping(mine[s], other[s]) for s in mine)


def _stopped(new: Fact, old: Fact) -> bool:
    """Whether a planned strike, or one that began, "was called off"."""
    if new.kind not in _STOPPED or new.modality is not Modality.HAPPENED:
        return False
    begun = old.modality is Modality.HAPPENED and old.kind in _BEGUN and (is_linked(new, old) or _is_about(new, old))
    return begun or (old.modality in AHEAD and is_event(old) and _is_about(new, old))


def _went_on(new: Fact, old: Fact) -> bool:
    """Whether a launch that was delayed "lifted off"."""
    stopped = old.kind in _STOPPED and old.modality is Modality.HAPPENED
    return (
        stopped
        and new.modality is Modality.HAPPENED
        and is_event(new)
        and new.kind not in _STOPPED
        and _is_about(old, new)
    )


def _is_about(stop: Fact, other: Fact) -> bool:
    """Whether what is stopped is the other event: its words name it."""
    own = frozenset().union(*(content(a.head) for a in stop.arguments if a.role == "patient"))
    words = content(other.predicate.lemma).union(*(content(word) for word in event_words(other.kind)))
    return bool(own & words)


def _undid(new: Fact, old: Fact) -> bool:
    """Whether a bridge that was closed "reopened"."""
    both = new.modality is old.modality is Modality.HAPPENED
    return both and (event(old), event(new)) in _UNDONE and bool(parties(new) & parties(old))
