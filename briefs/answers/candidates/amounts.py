"""Numbers, sums and spans of time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.candidates.candidate import Candidate, folded, tells
from briefs.answers.candidates.when import dated, nearest_fact
from briefs.language.words import stem, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Fact

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half)"
)
_FIGURE = rf"(?:\d[\d,]*(?:\.\d+)?|{_NUMBER_WORD}(?:-{_NUMBER_WORD})?)(?:\s+(?:hundred|thousand|million|billion|trillion|m|bn|dozen))*"
_AMOUNT = re.compile(
    rf"(?:(?:about|around|nearly|almost|over|more than|less than|at least|up to|some|roughly|approximately)\s+)?"
    rf"(?:(?:US|C|A|NZ)?[$£€¥]\s?)?\b{_FIGURE}(?:\s?(?:%|percent|per cent|percentage points))?(?:\s+(?:US\s)?(?:dollars|euros|pounds|yen|rubles|roubles))?",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$£€¥]|\b(?:dollars|euros|pounds|yen|rubles|roubles)\b", re.IGNORECASE)


def amounts(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The figures of a sentence that may answer how many, how much or how long."""
    line = match.line
    spans_of_dates = [(w.start, w.end) for w in line.whens if ask is not Ask.HOW_LONG and w.value[:1] != "P"]
    if ask is Ask.HOW_LONG:
        for when in line.whens:
            if when.value.startswith("P") and any(c.isdigit() for c in when.value):
                yield dated(when, line, match.coverage, 0.0, 0.0, 0.8, nearest_fact(line, when))
        return
    wanted = stem(question.wanted) if question.wanted else None
    given = matching.key_stems(question)
    for found in _AMOUNT.finditer(line.text):
        start, end = line.start + found.start(), line.start + found.end()
        if any(a < end and start < b for a, b in spans_of_dates) or (
            stems(found[0]) & given and stems(found[0]) <= given
        ):
            continue
        fact = _fact_around(line, start, end)
        if fact is not None and not tells(question, fact):
            continue
        fit = _amount_fit(question, ask, wanted, line, found.start(), found.end())
        if fit == 0:
            continue
        agreed = matching.agreement(question, fact, ground) if fact else 0.0
        predicate = matching.predicate_match(question, fact, ground) if fact else 0.0
        yield Candidate(
            found[0].strip(), folded(found[0]), line, start, end, match.coverage, agreed, predicate, fit, fact
        )


def _amount_fit(question: Question, ask: Ask, wanted: str | None, line: Line, start: int, end: int) -> float:
    text = line.text
    value, after = text[start:end], [stem(w) for w, _, _ in words(text[end : end + 60])][:4]
    money = _MONEY.search(value) is not None
    if ask is Ask.HOW_MANY:
        if money or "%" in value or "percent" in value:
            return 0.1
        return 1.0 if wanted in after[:3] else 0.7 if wanted in after else 0.35
    if question.lemma in ("pay", "cost", "spend", "earn", "make", "owe", "buy", "sell", "raise", "donate", "worth"):
        return 1.0 if money else 0.2
    before = [stem(w) for w, _, _ in words(text[max(0, start - 40) : start])][-2:]
    if wanted and (wanted in after or wanted in before):
        return 1.0
    return 0.8 if money or "%" in value or "percent" in value or "per cent" in value else 0.4


def _fact_around(line: Line, start: int, end: int) -> Fact | None:
    """The fact with the argument that holds the range, the tightest one."""
    holding = [(a.end - a.start, f) for f in line.facts for a in f.arguments if a.start <= start and end <= a.end]
    return min(holding, key=lambda pair: pair[0])[1] if holding else None
