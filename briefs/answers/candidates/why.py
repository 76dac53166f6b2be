"""Reasons: clauses that a word of cause or purpose opens, in the sentence that tells the event or beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.candidates.candidate import Candidate, folded
from briefs.language.words import stem, stems, word_set, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Argument, Fact

BESIDE = 0.9  # of the coverage of a sentence for what the sentences beside it say
AFTER, BEFORE = 4, 1  # sentences behind and before one that tells the event that may give its reason
ANCHORS = 8  # sentences that tell the event and are looked around from
TELLS = 0.75  # the share of the question that such a sentence carries
LATER = 0.8  # of a fact that another one stands before, on the way to the reason
WHOLE = 0.85  # of the question in a sentence, from which the reason it gives is taken for that of the event
TOLD_WHOLE = 0.6
LACKING = 0.75  # of a name, which may stand around it instead
UNBOUND = 0.6  # of the fit of a reason that is given for another event
OTHER_TIME = 0.4  # of the fit in a sentence of another time than asked for
SHORTEST = 2  # words
LONGEST = 260  # characters

# What opens a reason, and how surely. What stands in the named group is part of the reason as a person would say it.
_STRONG, _NAMED, _TOLD, _MEANT, _JUDGED, _LATER, _WEAK = 0.97, 0.9, 0.8, 0.8, 0.65, 0.6, 0.45
_PURPOSES = (
    r"avoid|prevent|protect|protest|ensure|make\ssure|help|allow|reduce|save|stop|keep|improve|raise|boost|cut|fight|discourage|encourage|"
    "support|mark|celebrate|recover|focus|spend|seek|coordinate|pursue|find|give|defend|increase|deal|meet"
)
_JUDGING = (
    "resign|quit|dismiss|fire|fired|sack|protest|strike|sue|sued|criticis|criticiz|arrest|charg|fine|fined|suspend|boycott|clash|apologis|"
    "apologiz|condemn|ban|sentenc|jail|punish"
)
_HAPPENING = r"had|was|were|is|has|emerged|\w+ed|cut|hit|broke|fell|found|lost|left|came|went|said|took|shot|won"
_MARKERS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (fit, re.compile(pattern, re.IGNORECASE))
    for fit, pattern in (
        (
            _STRONG,
            r"\b(?:because\sof|because|due\sto|owing\sto|thanks\sto|on\saccount\sof|as\sa\s(?:direct\s)?result\sof)\s",
        ),
        (
            _STRONG,
            r"\b(?:on\sthe\sgrounds?\s(?:that|of)|in\s(?:light|view)\sof|resulting\sfrom|stemming\sfrom|citing|blaming)\s",
        ),
        (
            _STRONG,
            r"\b(?:was|were|been|is|are)\s(?:blamed\son|attributed\sto|put\sdown\sto|caused\sby|prompted\sby|triggered\sby)\s",
        ),
        (_STRONG, r"\breason\s(?:being|was|is)(?:\sthat)?\s"),
        (
            _STRONG,
            r"\b(?P<kept>in\s(?:response\sto|protest\s(?:of|at|over|against|to)|retaliation\sfor|revenge\sfor|solidarity\swith)\s)",
        ),
        (
            _STRONG,
            r"\b(?P<kept>(?:in\san?\s(?:effort|attempt|bid)\sto|in\sorder\sto|so\sas\sto|so\sthat|with\sthe\s(?:aim|intention|goal)\sof)\s)",
        ),
        (
            _STRONG,
            r"\b(?P<kept>(?:out\sof\s(?:an?\s)?(?:\w+\s)?(?:desire|respect|concerns?|fear|anger)|for\sfear\s(?:of|that))\s)",
        ),
        (_STRONG, r"\b(?P<kept>(?:over|amid)\s(?:fears|concerns?|worries|allegations)\s)"),
        (_NAMED, r",\s(?P<kept>(?:fearing|hoping|complaining|accusing)\s)"),
        (_TOLD, r",\s(?:[A-Z]\w+\s)?(?:saying|explaining|claiming|arguing|adding)\s(?:that\s)?"),
        (_MEANT, rf"\b(?P<kept>to\s(?:{_PURPOSES})\s)"),
        (_JUDGED, rf"\b(?:{_JUDGING})\w*\s(?:[\w.’']+\s){{0,3}}?(?P<kept>(?:over|for)\s)"),
        (_LATER, rf"\bafter\s(?=(?:[\w’'-]+\s){{1,6}}?(?:{_HAPPENING})\b)"),
        (_WEAK, r"\bfollowing\s(?=(?:a|an|the|his|her|its|their|allegations|reports|complaints)\b)"),
    )
)
# What a neighbouring sentence gives the reason with.
_THE_REASON = re.compile(
    r"\b(?:reasons?|cause|root\scause|problem|fault|motive|explanation|trouble|concern|issue)\b[^.;]{0,60}?\s"
    r"(?:is|was|were|are|has\sbeen\sfound\sto\sbe|have\sbeen\sfound\sto\sbe|is\sbelieved\sto\sbe|was\sfound\sto\sbe|lies\sin|being)\s(?:the\sfact\s)?(?:that\s)?",
    re.IGNORECASE,
)
_WANTING = re.compile(
    r"\b(?:he|she|they|it|I|we)\s(?P<kept>(?:just\s|simply\s|still\s)?(?:(?:do|does|did)(?:\snot|n[’']t)\swant|want(?:ed|s)?|needed|needs|need|had\sto|has\sto|"
    r"have\sto|must|could\snot|couldn[’']t|cannot|can[’']t|(?:am|is|was|are|were)\s(?:not|un)\s?(?:willing|able)|(?:am|is|was)\snot\swilling|"
    r"hope[ds]?|felt|feel|preferred|would\srather|feared|fears?)\s)",
    re.IGNORECASE,
)
_ANAPHORIC = re.compile(
    r"^[\"“]?(?:That|This|It|He|She|They|We|I|His|Her|Their|The\s(?:move|decision|step|delay|postponement|measure|action|ban|closure|cut|cuts|change|"
    r"resignation|cancellation|withdrawal|company|airline|club|group|government|ministry|agency|firm|union|minister|mayor|president|reason)|Therefore|"
    r"Officials|In\sa\sstatement|A\sspokes\w+)\b"
)
_STOP = re.compile(
    r";|\.(?=\s*$)|,\s+(?:was|were|is|are|has|had|have|will|did)\b|,\s+(?:said|says|he\ssaid|she\ssaid|they\ssaid|it\ssaid|according|but|while|although|though|whereas|officials|police\ssaid|"
    r"[\w.’' ]{2,40}\s(?:said|says|told)\b)|\s[–—]\s|(?<=\w)\sbut\s(?:he|she|it|they)\b"
)
_JOINED_FOR = re.compile(r"\bfor\s[^,;.]{1,60}\s(?:and|or)\s(?:\w+\s)?$")
_ASKS_AGAIN = word_set("why reason reasons motive")


@dataclass(frozen=True, slots=True)
class _Reason:
    """A range of the article that gives a reason, how surely, and where the words begin that lead to it."""

    start: int
    end: int
    fit: float
    marker: int


def reasons(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The reasons that a sentence gives, and those that the sentences beside one that tells the event give."""
    yield from _of_facts(question, match, ground)
    for reason in _told_in(match.line, question):
        fact, predicate = governing(question, match.line, (reason.marker, reason.end), ground)
        agreed = matching.agreement(question, fact, ground) if fact is not None else 0.0
        if not predicate and match.coverage >= WHOLE and match.lacking <= LACKING and reason.fit >= _STRONG:
            fact, predicate = None, TOLD_WHOLE
        sure = 1.0 if predicate else UNBOUND if reason.fit < _STRONG else 0.8
        sure *= OTHER_TIME if _of_another_time(question, match.line) else 1.0
        yield _candidate(match.line, replace(reason, fit=reason.fit * sure), match.coverage, (agreed, predicate), fact)
    if match.place < ANCHORS:
        yield from _beside(question, match, ground)


def _of_another_time(question: Question, line: Line) -> bool:
    """Whether the question and the sentence name times, and not the same."""
    asked = [(w.first, w.last) for w in question.times if w.first and w.last]
    told = [(w.first, w.last) for w in line.whens if w.first and w.last]
    return bool(asked and told) and not any(a < last and first < b for a, b in asked for first, last in told)


def _of_facts(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The reasons that the parse gives a fact."""
    line = match.line
    for fact in line.facts:
        predicate = matching.predicate_match(question, fact, ground)
        agreed = matching.agreement(question, fact, ground)
        for argument in fact.arguments:
            if (
                argument.role != "reason"
                or _repeats(question, argument.text)
                or _is_no_reason(line, argument.start, argument.text)
            ):
                continue
            start = _opening(line, argument)
            text = " ".join(line.article.text[start : argument.end].split()).strip(" ,;:.–—-")
            fit = (1.0 if predicate else 0.55) * (OTHER_TIME if _of_another_time(question, line) else 1.0)
            yield Candidate(text, folded(text), line, start, argument.end, match.coverage, agreed, predicate, fit, fact)


def _opening(line: Line, argument: Argument) -> int:
    """Where a reason begins as a person would say it: with "to" or "in protest of", without "because of"."""
    trim = len(argument.text) - len(
        re.sub(r"^(?:because\sof|because|due\sto|for|over|by|of)\s", "", argument.text, flags=re.IGNORECASE)
    )
    before = line.article.text[line.start : argument.start]
    led = re.search(
        r"(?<!\bdue\s)(?<!\bowing\s)(?<!\bthanks\s)\bto\s$" if not argument.text.lower().startswith("to ") else r"$^",
        before,
    )
    if re.match(
        r"(?:protest|response|retaliation|order|solidarity|an\s(?:effort|attempt|bid))\b", argument.text, re.IGNORECASE
    ):
        led = re.search(r"\bin\s$", before)
    return line.start + led.start() if led else argument.start + trim


def _is_no_reason(line: Line, start: int, text: str) -> bool:
    """Whether the parse took for a reason what is a time ("as the days went on") or whom a thing is for ("a replacement for it")."""
    ahead = line.article.text[line.start : start].lower()
    if _JOINED_FOR.search(ahead):
        return True  # "for trade and technology"
    before = ahead.split()[-1:]
    if before == ["as"] or text.lower().startswith("as "):
        return True
    gerund = re.match(r"(?:\w+\s)?\w+ing\b", text) is not None
    return (before == ["for"] or text.lower().startswith("for ")) and not gerund


def _told_in(line: Line, question: Question) -> Iterator[_Reason]:
    """The reasons that words of cause and purpose open in a sentence."""
    text = line.text
    taken: list[tuple[int, int]] = []
    for fit, pattern in _MARKERS:
        for found in pattern.finditer(text):
            kept = found.start("kept") if "kept" in pattern.groupindex and found["kept"] else found.end()
            end = _end(text, found.end(), opens=not text[: found.start()].strip(' "“'))
            if any(a < end and kept < b for a, b in taken) or not _says(text[kept:end], question):
                continue
            taken.append((kept, end))
            yield _Reason(line.start + kept, line.start + end, fit, line.start + found.start())


def _beside(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """What the sentences around one that tells the event say of its reason: "The move …", "He said he wanted …"."""
    line = match.line
    event = max(
        line.facts,
        key=lambda f: (matching.predicate_match(question, f, ground), matching.agreement(question, f, ground)),
        default=None,
    )
    predicate = matching.predicate_match(question, event, ground) if event is not None else 0.0
    agreed = matching.agreement(question, event, ground) if event is not None else 0.0
    if match.coverage < TELLS and not (predicate >= matching.FRAME_MATCH and agreed >= TELLS):
        return
    for other in ground.around(line, before=BEFORE, after=AFTER):
        near = BESIDE ** abs(other.index - line.index)
        for reason in _told_beside(other, question):
            yield _candidate(other, reason, match.coverage * near, (agreed * near, predicate * near), event)


def _told_beside(line: Line, question: Question) -> Iterator[_Reason]:
    """The reasons that a sentence gives for what another one tells."""
    text = line.text
    if found := _THE_REASON.search(text):
        end = _end(text, found.end())
        if _says(text[found.end() : end], question):
            yield _Reason(line.start + found.end(), line.start + end, 0.95, line.start + found.start())
            return
    if found := _WANTING.search(text):
        end = _end(text, found.end())
        if _says(text[found.start("kept") : end], question):
            yield _Reason(line.start + found.start("kept"), line.start + end, 0.7, line.start + found.start())
    if _ANAPHORIC.match(text):
        for reason in _told_in(line, question):
            yield _Reason(reason.start, reason.end, 0.85 * reason.fit, reason.marker)


def _candidate(line: Line, reason: _Reason, coverage: float, told: tuple[float, float], fact: Fact | None) -> Candidate:
    text = " ".join(line.article.text[reason.start : reason.end].split()).strip(' ,;:.–—-"“”')
    agreed, predicate = told
    return Candidate(text, folded(text), line, reason.start, reason.end, coverage, agreed, predicate, reason.fit, fact)


def governing(question: Question, line: Line, clause: tuple[int, int], ground: Ground) -> tuple[Fact | None, float]:
    """The fact a clause stands beside: that of the event asked about where it is near, else the nearest before (or behind)."""
    start, end = clause
    outside = [f for f in line.facts if not start <= f.predicate.start < end and f.kind != "say"]
    ahead = sorted((f for f in outside if f.predicate.start < start), key=lambda f: -f.predicate.start)
    behind = sorted((f for f in outside if f.predicate.start >= end), key=lambda f: f.predicate.start)
    for place, fact in enumerate([*ahead, *behind][:4]):
        if (predicate := matching.predicate_match(question, fact, ground)) > 0:
            return fact, predicate * (1.0 if place <= 1 else LATER)
    return next(iter([*ahead, *behind]), None), 0.0


def _says(text: str, question: Question) -> bool:
    """Whether a clause says something, and not again what was asked about."""
    length = len(text.split())
    return length >= SHORTEST and len(text) <= LONGEST and not _repeats(question, text)


def _repeats(question: Question, text: str) -> bool:
    """Whether a clause tells what was asked about and not why."""
    given = matching.key_stems(question)
    inside = stems(text)
    asked_again = {stem(w) for w, _, _ in words(text)} & _ASKS_AGAIN and len(inside) <= len(given)
    return not inside or bool(asked_again) or inside <= given or len(inside & given) > max(2, len(given) / 2)


def _end(text: str, start: int, *, opens: bool = False) -> int:
    """Where the clause that begins at ``start`` ends; one that opens its sentence ends at the first comma.

    A quotation that was open before it closes it; one that opens inside belongs to it.
    """
    if opens and (comma := text.find(",", start)) > 0:
        return comma
    quoted = text[:start].count('"') % 2 == 1 or text[:start].count("“") > text[:start].count("”")
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    if quoted and (close := re.search(r"[\"”]", text[start:])):
        end = min(end, start + close.start())
    return end
