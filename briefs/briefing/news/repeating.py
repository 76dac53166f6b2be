"""Whether two sentences tell one thing, in whatever words: so that a briefing tells it once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.briefing.news.matters import one_matter, one_time, same_verb
from briefs.briefing.news.statements import STILL, is_ahead, is_main
from briefs.language.words import stem

if TYPE_CHECKING:
    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.memory import Memory
    from briefs.briefing.news.weighing import Change
    from briefs.models import Fact

ALIKE = 0.5  # share of a sentence's content that another holds, from which they tell one thing
SURELY = 0.75  # the same where one tells what is to come and the other does not
AKIN = 0.3  # the same where both tell an event of one kind, or what became of one plan


def repeats(one: Change, other: Change, memory: Memory) -> bool:
    """Whether a change tells what another does, or nothing new beside it."""
    if one.earlier is not None and one.earlier == other.earlier:
        return True
    if one.line is other.line or (one.count and other.count and one.count.event == other.count.event):
        return True
    shared = max(one.line.shares(other.line), other.line.shares(one.line))
    if _looks_ahead(one.line) != _looks_ahead(other.line):
        return shared >= SURELY
    if shared >= ALIKE:
        return True
    if shared >= AKIN and (one.past & other.past or _tell_one_event(one.line, other.line)):
        return True
    new = memory.known.new(one.line)
    return bool(new) and len(new & other.line.meant) >= ALIKE * len(new)


def same_event(one: Line, other: Line) -> bool:
    """Whether two sentences of any stories tell one event: mostly of the same names, at one time, with no other numbers."""
    if one.text == other.text:
        return True
    numbers_fit = one.numbers <= other.numbers or other.numbers <= one.numbers
    if not numbers_fit or not _names_fit(_named(one), _named(other)):
        return False
    return min(one.shares(other), other.shares(one)) >= ALIKE and _tell_one_event(one, other)


def _names_fit(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences name somebody in common, and not each as many that the other does not name."""
    shared = len(one & other)
    return shared > 0 and shared > min(len(one), len(other)) - shared


def _named(line: Line) -> frozenset[str]:
    """The names of a sentence; its first word is one where its article writes it large elsewhere, too."""
    first = line.text.split(maxsplit=1)[0].strip("“”\"'‘’,")
    large = first[:1].isupper() and re.search(rf"[\w,] {re.escape(first)}\b", line.article.text)
    return line.names | {stem(first.lower())} if large else line.names


def _tell_one_event(one: Line, other: Line) -> bool:
    """Whether two sentences tell an event of one kind, of the same people or things, and not of two times."""
    stated, others = ([f for f in line.facts if f.kind not in STILL and is_main(f, line)] for line in (one, other))
    return _looks_ahead(one) == _looks_ahead(other) and any(_are_one(a, b) for a in stated for b in others)


def _are_one(a: Fact, b: Fact) -> bool:
    """Whether two facts of sentences much alike are one; plans by their verbs, whoever the parser took to do it."""
    alike = one_matter(a, b) or (is_ahead(a) and same_verb(a, b))
    return a.modality is b.modality and alike and one_time(a, b) is not False


def _looks_ahead(line: Line) -> bool:
    return any(is_ahead(fact) and is_main(fact, line) for fact in line.facts)
