"""Which facts are of one matter, and which of two supersedes the other: a plan that came true, a road that opened again.

Within one story the same kind of event with somebody or something in common is the same event; over all stories it would
not be (there ``facts.claims`` is stricter).
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.briefing.lines import content, meant
from briefs.facts.claims import overlap
from briefs.facts.disputes import is_day
from briefs.facts.frames import MUTUAL, OTHER, noun_frame
from briefs.facts.frames import synonyms as event_words
from briefs.language.words import word_set
from briefs.models import Modality

if TYPE_CHECKING:
    from briefs.briefing.lines import Line
    from briefs.models import Argument, Article, Fact, Role

RECALLED = timedelta(days=3)  # before its article, from which an event is background
OVER = timedelta(days=1)  # before the plan was told, from which what happened is another event
AHEAD = frozenset({Modality.PLANNED, Modality.POSSIBLE})
NO_EVENT = word_set(
    "say write announce discuss be have own hold_office name_as plan hold get do believe want fear like hate know perceive work "
    "connect live continue happen cost use show help operate give make need expect try learn teach grow fall"
)
STATEFUL = word_set("start end win lose grow fall hold announce compete give operate show use help continue happen")
_ALIKE = {
    **dict.fromkeys(("travel", "arrive", "attend"), "visit"),
    **dict.fromkeys(("invade", "hijack"), "attack"),
    **dict.fromkeys(("burn", "collapse"), "destroy"),
    "kill": "die",
    "sentence": "convict",
    "seize": "arrest",
    "free": "acquit",
    "found": "start",
    "begin_service": "start",
}
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
_STOPPED = frozenset({"delay", "cancel", "ban", "veto"})  # what these say of an event, its own frame's words name
_NAMED = re.compile(
    r"(?:\b(?:the|an?|its|his|her|their|this|that|these|those|no|any|of|for|after|before|from|during|since|to|into|with|by|on|over|first|"
    r"last|next|new|another)|['’]s)\s+(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
SAID = word_set("say announce show know believe write discover")
_SAYING = re.compile(
    r"\b(?:said|says|saying|announced|confirmed|reported|wrote|told \w+|showed|found) that\b", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"\b(?:(?:which|who|whom|whose|that|where|if|whether|because|although|though|while|when|since|after|before|until|unless|as)\b"
    r"(?:\s[\w’'-]+){0,7}|(?:for|of|by|without|despite|from)\b(?:\s(?:be|have|been|being|having))*)\s*$",
    re.IGNORECASE,
)
_GOING = re.compile(r"\b(?:am|is|are|was|were|be|been|being|keeps?|kept)\s(?:\w+\s)?$", re.IGNORECASE)
_OWNERS = ("'s", "’s", "s'", "s’", "its", "his", "her", "their", "our", "my")
_AIMED = re.compile(r"\bto(?:\s(?:be|have|been))*\s*$", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_TAKING_PART: frozenset[Role] = frozenset({"agent", "patient", "recipient", "co_agent", "topic"})


def is_newer(article: Article, other: Article) -> bool:
    """Whether an article was published after another; of two dated alike the one that arrived later is newer."""
    if article.root == other.root:
        return article.version > other.version
    return (article.shown_at, article.first_seen_at) > (other.shown_at, other.first_seen_at)


def event(fact: Fact) -> str:
    """What a fact is an event of: its frame, frames that tell one event from two sides as one; else its own verb."""
    return _ALIKE.get(fact.kind, fact.kind) if fact.kind != OTHER else f"{OTHER} {fact.predicate.lemma}"


@lru_cache(maxsize=16_384)
def verb(fact: Fact) -> frozenset[str]:
    """The words of its verb, by their families."""
    return content(fact.predicate.lemma)


def is_open(fact: Fact) -> bool:
    """Whether something newer may supersede a fact: a plan, what was stopped or denied, what can be undone."""
    return (
        fact.negated
        or is_ahead(fact)
        or fact.modality is Modality.CANCELLED
        or fact.kind in _STOPPED | _BEGUN
        or event(fact) in _UNDOABLE
    )


def is_event(fact: Fact) -> bool:
    """Whether a fact tells that something happens, and not what something is or what somebody says."""
    return fact.kind not in NO_EVENT and (fact.kind != OTHER or len(parties(fact)) > 0)


def is_told(fact: Fact, line: Line) -> bool:
    """Whether a sentence tells the event and does not only name it: "lifted off", but not "after the launch"."""
    text, start = line.article.text, fact.predicate.start
    word = text[start : fact.predicate.end].lower()
    if word.endswith("ed") or (" " in fact.predicate.lemma and " " in word) or _has_subject(fact):
        return True
    if word.endswith("ing") and not _GOING.search(text[:start][-24:]):
        return False
    noun = word in event_words(fact.kind) or noun_frame(word) is not None
    return not noun or _NAMED.search(text[max(fact.start, start - 40) : start]) is None


def _has_subject(fact: Fact) -> bool:
    """Whether somebody or something stands right before the predicate, and not as its owner."""
    beside = (a for a in fact.arguments if a.role in ("agent", "patient") and 0 <= fact.predicate.start - a.end <= 1)
    return any(not a.text.lower().endswith(_OWNERS) for a in beside)


def is_main(fact: Fact, line: Line) -> bool:
    """Whether a sentence states the event itself, and not beside its statement: in no clause of time, reason or condition."""
    text, at = line.article.text, fact.predicate.start
    if any(m.start() <= at - line.start < m.end() for m in _QUOTED.finditer(line.text)):
        return False
    for other in line.facts:
        if (
            other.predicate.start != at
            and other.kind not in SAID
            and any(_holds(a, fact, text) for a in other.arguments)
        ):
            return False
    before = _SAYING.sub(" ", re.split(r"[,;:—–“\"]", text[line.start : at])[-1])
    aimed = fact.modality is not Modality.HAPPENED and _AIMED.search(before) is not None
    return not aimed and _SUBORDINATE.search(before) is None


def _holds(argument: Argument, fact: Fact, text: str) -> bool:
    """Whether a fact stands inside an argument of another: but "forced them to put it off" tells that it was put off."""
    done = fact.modality is Modality.HAPPENED and _AIMED.search(text[: fact.predicate.start][-16:]) is not None
    return not done and argument.start <= fact.predicate.start < argument.end


def is_recalled(fact: Fact, line: Line) -> bool:
    """Whether a fact is background: it happened days before its article."""
    when = fact.when
    return when is not None and when.last is not None and when.last < line.article.shown_at - RECALLED


@lru_cache(maxsize=16_384)
def parties(fact: Fact) -> frozenset[str]:
    """The words of who and what takes part, by their families."""
    told = (a for a in fact.arguments if a.role in _TAKING_PART)
    named = (f"{a.text} {a.entity.name}" if a.entity is not None else a.text for a in told)
    return _uncounted(" ".join(named)) - content(fact.predicate.lemma)


def _uncounted(text: str) -> frozenset[str]:
    """The words of a phrase without its figures: nine dead and ten dead are of one event."""
    return frozenset(word for word in content(text) if not word[0].isdigit())


def one_matter(a: Fact, b: Fact) -> bool:
    """Whether two facts of one story can be of the same event: of one kind, and nobody else does it to nothing else."""
    if event(a) != event(b) and not _same_verb(a, b):
        return False
    if a.kind in MUTUAL:
        return _same_partners(a, b)
    mine, other = _sides(a), _sides(b)
    both = [side for side in mine if mine[side] and other[side]]
    if both:
        return all(_overlap(mine[side], other[side]) for side in both)
    return not parties(a) or not parties(b) or _overlap(parties(a), parties(b))


def _same_partners(a: Fact, b: Fact) -> bool:
    """Whether those who meet, agree or fight are the same, as far as both facts name them."""
    fewer, more = sorted((_partners(a), _partners(b)), key=len)
    return all(any(_overlap(one, other) for other in more) for one in fewer)


@lru_cache(maxsize=16_384)
def _partners(fact: Fact) -> tuple[frozenset[str], ...]:
    told = (_words(a) for a in fact.arguments if a.role in ("agent", "patient", "co_agent"))
    return tuple(words for words in told if words)


@lru_cache(maxsize=16_384)
def _sides(fact: Fact) -> dict[str, frozenset[str]]:
    """The words of who does it and of whom or what it is done to."""
    found: dict[str, frozenset[str]] = {"agent": frozenset(), "patient": frozenset()}
    for argument in fact.arguments:
        if argument.role in found:
            found[argument.role] |= _words(argument)
    return found


def _words(argument: Argument) -> frozenset[str]:
    named = "" if argument.entity is None else argument.entity.name
    return _uncounted(f"{argument.text} {named}")


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or bool(one & meant(other))


def one_time(a: Fact, b: Fact) -> bool | None:
    """Whether two facts are of one time; None where one of them names none."""
    if a.when is None or b.when is None or a.when.last is None or b.when.last is None:
        return None
    return overlap(a.when, b.when)


def is_linked(a: Fact, b: Fact) -> bool:
    """Whether two facts certainly have somebody or something in common."""
    return _overlap(parties(a), parties(b))


def _same_verb(a: Fact, b: Fact) -> bool:
    return bool(verb(a) & verb(b))


def supersedes(new: Fact, line: Line, old: Fact, before: Line) -> bool:
    """Whether a newer sentence tells that what an older one told has come true, was called off or has changed."""
    if not is_newer(line.article, before.article) or new.negated:
        return False
    if _was_over(new, before):
        return False
    return (
        is_due(new, line, old) or _came_true(new, old) or _stopped(new, old) or _went_on(new, old) or _undid(new, old)
    )


def is_due(new: Fact, line: Line, old: Fact) -> bool:
    """Whether what was planned for a day is told of that day: the next try on Wednesday, put off on Wednesday."""
    planned = is_ahead(old) and old.when is not None and is_day(old.when)
    if not planned or new.modality in AHEAD or one_time(new, old) is not True:
        return False
    if parties(old) & _ATTEMPT or (old.kind in _SITTINGS and is_linked(new, old)):
        return is_event(new)
    if old.kind == "plan" and _is_about(old, new):
        return True
    if is_event(old) and old.kind != OTHER and any(event(fact) == event(old) for fact in line.facts):
        return True
    return (_same_verb(new, old) or one_matter(new, old)) and is_linked(new, old)


def is_ahead(fact: Fact) -> bool:
    """Whether a fact tells what is to come: "will lift off", "the next attempt is planned for Friday"."""
    return fact.modality in AHEAD or fact.kind == "plan"


def _was_over(new: Fact, before: Line) -> bool:
    return new.when is not None and new.when.last is not None and new.when.last < before.article.shown_at - OVER


def _came_true(new: Fact, old: Fact) -> bool:
    """Whether "will lift off" or "was scrubbed" became "lifted off" or "was called off"."""
    done = new.modality is Modality.HAPPENED and (old.negated or old.modality in {*AHEAD, Modality.CANCELLED})
    off = new.modality is Modality.CANCELLED and old.modality in AHEAD and not old.negated
    if not (done or off) or not one_matter(new, old) or not is_linked(new, old):
        return False
    return is_event(new) or new.kind in STATEFUL or _alike(new, old)


def _alike(a: Fact, b: Fact) -> bool:
    """Whether two facts have one verb, one agent and one patient: "is to take the stand" and "took the stand"."""
    mine, other = _sides(a), _sides(b)
    return a.predicate.lemma == b.predicate.lemma and all(mine[s] and _overlap(mine[s], other[s]) for s in mine)


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
