"""Yes or no: what the sources say of an event that the question names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from briefs.answers import matching, wording
from briefs.answers.quantities import key_of, quantities
from briefs.answers.questions import Tense
from briefs.facts import frames
from briefs.language import times
from briefs.language.synonyms import family, synonyms
from briefs.language.words import stem, stems, word_set
from briefs.models import Answer, Grain, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Fact, When

AGREE = 0.55  # the share of the question that a fact must carry itself
AROUND = 0.70  # or its sentence with what stands around it, where the fact names things by other words
LACKING = 0.4  # names of the question may then stand in the title only
COVER = 0.65  # and its sentence with what stands around it
SIDES = 0.75  # who does it to whom must be as asked
SYNONYM = 0.9  # of an event told by a word that means the same
ALIKE = 0.08  # of the best report's weight within which a newer article's report counts for more
LONGEST = 160  # characters of a clause that is quoted as the answer
_CHANGED = {"delay", "cancel"}
_BROAD = {
    "say",
    "plan",
    "ask",
    "approve",
    "agree",
    "believe",
    "get",
    "be",
    "hold",
    "continue",
    "happen",
    "change",
    "give",
    "travel",
    "other",
}
# What is not so where the other is: events with opposite outcomes.
_OPPOSITES: dict[str, frozenset[str]] = {
    "win": word_set("lose draw"), "lose": word_set("win"), "qualify": word_set("lose"), "approve": word_set("deny oppose veto ban"),
    "agree": word_set("deny oppose withdraw"), "sign": word_set("veto deny withdraw"), "veto": word_set("sign approve"),
    "convict": word_set("acquit"), "acquit": word_set("convict"), "free": word_set("arrest sentence"), "join": word_set("withdraw deny"),
    "withdraw": word_set("join"), "deny": word_set("approve agree"), "ban": word_set("approve"), "survive": word_set("die"),
    "die": word_set("survive recover rescue"), "grow": word_set("fall"), "fall": word_set("grow"), "open": word_set("close"),
    "close": word_set("open"), "elect": word_set("lose"), "recover": word_set("die"), "resign": word_set("continue"),
    "rescue": word_set("die"), "charge": word_set("free acquit"), "attend": word_set("oppose"), "invite": word_set("deny"),
}  # fmt: skip
# Opposites told by single words, where one frame holds both or none.
_OPPOSITE_WORDS: dict[str, frozenset[str]] = {
    "accept": word_set("reject refuse decline spurn rebuff"), "reject": word_set("accept approve back"), "pass": word_set("fail reject"),
    "stay": word_set("leave resign quit go"), "leave": word_set("stay remain"), "keep": word_set("lose drop abandon scrap"),
    "confirm": word_set("deny"), "deny": word_set("confirm admit"), "admit": word_set("deny"), "support": word_set("oppose"),
    "back": word_set("oppose reject"), "oppose": word_set("back support"), "concede": word_set("refuse"), "succeed": word_set("fail"),
    "fail": word_set("succeed"), "start": word_set("end stop halt"), "continue": word_set("end stop halt cease"), "rise": word_set("fall drop"),
    "find": word_set("lose"), "save": word_set("lose"), "beat": word_set("lose"), "land": word_set("crash"), "repair": word_set("destroy"),
}  # fmt: skip
_ASPECTS = word_set("be end manage go start begin get finish come turn happen try succeed proceed take hold occur")
_ASKS_THE_END = re.compile(r"\b(?:over|finished|ended|at an end)\W*$", re.IGNORECASE)  # "is the strike over?"
_ENDS = word_set("end finish stop conclude cease")
_UNREAL = re.compile(r"\b(?:might|may|could|would|if|whether)\b[^.;]{0,25}$", re.IGNORECASE)
_YET = re.compile(r"\b(?:(?:has|have|had|is|are)\s)?yet\sto\s(?:be\s)?$", re.IGNORECASE)
# A promise or plan that is told as not kept: "but has not made good on that promise".
_UNKEPT = re.compile(
    r"\b(?:has|have|had|did|does|do|is|was)(?:\s(?:not|never)|n[’']t|\snot\syet|\syet\sto)(?:\s(?:yet|actually|ever))?\s"
    r"(?:(?:made|make)\sgood|ke(?:pt|ep)\b|honou?r|fulfil|deliver|follow(?:ed)?\sthrough|done\s(?:so|it|that)|do\s(?:so|it|that)\b|happen)[^.;]*",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:[A-Z][\w.-]*\s)*[\w.-]+['’]s?(?=\s)|\bof\s.*$")  # "Falk's spokesman", "a spokesman of Falk"
_ORGAN = re.compile(  # what an organ of a body does the body does
    r"(?:the\s)?(?:board|management|directors|leaders|leadership|government|council|parliament|owners|shareholders|bosses|chiefs)\b",
    re.IGNORECASE,
)
_HELPING = re.compile(
    r"(?:\b(?:has|have|had|was|were|is|are|been|being|be|will|would|not|never|also|already|yet|to|did|do|does|failed|fails|refused|refuses|"
    r"declined|declines|planned|plans|expected|due|set|scheduled|still|now|no\slonger|only|just|partly|partially|finally|\w+ly)\s|\w+n[’']t\s)+$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;:—–()]|[”\"](?=\s|$)|,(?!\s?\d)(?=\s(?:but|while|although|though|according|said|says|the|a|an|one|two|his|her|its|he|she|they|who|which|"
    r"when|after|and|with|as|saying|officials|in\swhat|[A-Z])\b)|\.(?=\s|$)|\ssaid\s"
)


class _Verdict(IntEnum):
    DONE = 0
    DENIED = 1
    OFF = 2  # called off or put off
    PLANNED = 3


@dataclass(frozen=True, slots=True)
class _Report:
    """What one fact says of the event, and the words that say it (a range of the article)."""

    verdict: _Verdict
    fact: Fact
    line: Line
    weight: float
    start: int
    end: int

    @property
    def words(self) -> str:
        """The clause, as it stands."""
        return " ".join(self.line.article.text[self.start : self.end].split())


class _Hearing:
    """All that the matching sentences report of the event asked about, weightiest first."""

    def __init__(self, desk: wording.Desk, matches: Sequence[Match]) -> None:
        """The question's event is that behind "end up", "manage to"."""
        self.desk, self.matches = desk, matches
        self.question, self._particle = _of_its_event(desk.question)

    @cached_property
    def reports(self) -> tuple[_Report, ...]:
        """One report for each fact that tells the event, its opposite, its cancellation or a promise of it not kept.

        Of an event whose end is asked for there are none: that it took place, or was put off, says nothing of its end.
        """
        question = self.question
        if _ASKS_THE_END.search(question.text) and not question.passive and question.lemma not in _ENDS:
            return ()  # passive: "was it handed over?"
        found = [report for match in self.matches for report in (*self._told(match), *self._unkept(match))]
        found.sort(key=lambda r: (-round(r.weight, 2), -r.line.at.timestamp(), r.line.start))
        return tuple(found)

    def _told(self, match: Match) -> Iterator[_Report]:
        line, ground = match.line, self.desk.ground
        if self._of_another_year(line):
            return
        for fact in line.facts:
            verdict, predicate = self._verdict(fact, line)
            otherwise = 0.0 if verdict in (None, _Verdict.DONE) else self._event_told_otherwise(line)
            coverage = min(1.0, match.coverage + _same_figure(self.question, line) + otherwise)
            if verdict is None or coverage < COVER or (verdict is _Verdict.DONE and self._absent(line)):
                continue
            if matching.sides_agree(self.question, fact, ground) < SIDES or _of_the_kin(self.question, fact):
                continue
            agreed = matching.agreement(self.question, fact, ground) + otherwise
            whole = coverage >= AROUND and match.lacking <= LACKING
            if agreed >= AGREE or (whole and verdict is not _Verdict.OFF) or (whole and self._names_the_event(fact)):
                weight = 0.5 * coverage + 0.5 * agreed + 0.1 * predicate
                yield _Report(verdict, fact, line, weight, *_clause(fact, line))

    def _of_another_year(self, line: Line) -> bool:
        """Whether a sentence is of another year than the one asked about: what is off this year may be on in the next."""
        yearly = any(when.grain is Grain.YEAR for when in self.question.times)
        return yearly and not matching.at_the_time(self.question, line)

    def _event_told_otherwise(self, line: Line) -> float:
        """The share of the question that is its event's own words, where a sentence tells the opposite in others."""
        own = {stem(word) for word in (self.question.lemma or "", self.question.word or "", self._particle)}
        return sum(k.stem in own and k.stem not in line.bag for k in self.question.keys) / max(
            1, len(self.question.keys)
        )

    def _absent(self, line: Line) -> bool:
        """Whether a name of the question, or what the event is done to, does not even stand in the article."""
        bag = self.desk.ground.article_bags[line.article.id]
        event = {stem(word) for word in (self.question.lemma or "", self.question.word or "", self._particle)}
        needed = {k.stem for k in self.question.keys if k.is_name or k.stem in self.question.object} - event
        return any(not (one in bag or synonyms(one) & bag or family(one) in map(family, bag)) for one in needed)

    def _verdict(self, fact: Fact, line: Line) -> tuple[_Verdict | None, float]:
        """What a fact says of the event, if anything, and how surely it is of the event."""
        predicate = self._same_event(fact)
        if predicate:
            return self._of_the_event(fact, line), predicate
        if fact.kind in _CHANGED and not fact.negated and fact.modality is Modality.HAPPENED:
            return (_Verdict.OFF if self.question.frame not in _CHANGED else None), SYNONYM
        opposite = fact.kind in _OPPOSITES.get(self.question.frame, ()) or fact.predicate.lemma in _OPPOSITE_WORDS.get(
            self.question.lemma or "", ()
        )
        told = fact.modality is Modality.HAPPENED and not fact.negated
        return (_Verdict.DENIED if opposite and told else None), SYNONYM

    def _of_the_event(self, fact: Fact, line: Line) -> _Verdict | None:
        before = line.article.text[line.start : fact.predicate.start]
        if fact.negated:
            return None if _UNREAL.search(before) else _Verdict.DENIED
        if _YET.search(before):
            return _Verdict.DENIED
        if fact.modality is Modality.CANCELLED:
            return _Verdict.OFF
        if fact.modality is not Modality.HAPPENED:
            return _Verdict.PLANNED if fact.modality is Modality.PLANNED else None
        return _Verdict.DONE if _tells(fact, line) else None

    def _same_event(self, fact: Fact) -> float:
        """How surely a fact is of the event: frames that hold many acts ("say", "plan") ask for the same word."""
        matched = matching.predicate_match(self.question, fact, self.desk.ground)
        if matched == 1 or (matched >= matching.FRAME_MATCH and self.question.frame not in _BROAD):
            return matched
        lemma = self.question.lemma or ""
        return SYNONYM if stem(fact.predicate.lemma) in synonyms(stem(lemma)) else 0.0

    def _names_the_event(self, fact: Fact) -> bool:
        """Whether what was put off or called off is the event asked about."""
        bag = matching.fact_bag(fact, self.desk.ground)
        names = [key for key in self.question.keys if key.is_name]
        return sum(key.stem in bag for key in self.question.keys) * 2 >= len(self.question.keys) and any(
            key.stem in bag for key in names or self.question.keys
        )

    def _unkept(self, match: Match) -> Iterator[_Report]:
        """A promise of the event that the same or the next sentence tells as not kept."""
        line, ground = match.line, self.desk.ground
        promised = [f for f in line.facts if f.modality is not Modality.HAPPENED and self._same_event(f)]
        if not promised or match.lacking > 2 * LACKING or not self._of_the_same(line):
            return
        asked = replace(self.question, object=frozenset())
        following = (o for o in ground.lines if o.article.id == line.article.id and o.index == line.index + 1)
        for told in (line, *following):
            begin = promised[0].predicate.end - told.start if told is line else 0
            if found := _UNKEPT.search(told.text, max(begin, 0)):
                start, end = told.start + found.start(), told.start + len(told.text[: found.end()].rstrip(' .”"'))
                fact = next((f for f in told.facts if start <= f.predicate.start < end), promised[0])
                if matching.sides_agree(asked, promised[0], ground) >= SIDES:
                    yield _Report(_Verdict.DENIED, fact, told, AROUND + AGREE * match.coverage, start, end)
                return

    def _of_the_same(self, line: Line) -> bool:
        """Whether a sentence has the thing that the question names, or the same figure."""
        wanted = self.question.object
        return not wanted or bool(wanted & line.bag) or _same_figure(self.question, line) > 0

    def best(self) -> _Report | None:
        """The report that counts: among those that say it about as well the newest, and of one article what came about."""
        settled = [r for r in self.reports if r.verdict is not _Verdict.PLANNED]
        if not settled:
            return None
        near = [r for r in settled if r.weight >= settled[0].weight - ALIKE]
        done = [r for r in near if r.verdict is _Verdict.DONE]
        places = {(r.line.article.id, r.line.start) for r in near}
        off = [r for r in settled if r.verdict is _Verdict.OFF and (r.line.article.id, r.line.start) in places]
        if off and all(_is_noun(r.fact, r.line) for r in done):
            return off[0]  # "the rally set for Wednesday has been postponed" tells of no rally
        return max(near, key=lambda r: (r.line.at, r.verdict is _Verdict.DONE, r.weight))


def answer(desk: wording.Desk, matches: Sequence[Match]) -> Answer:
    """Say "yes" when it is told as done, "no" when it is denied or called off, unknown when it was only planned."""
    hearing = _Hearing(desk, matches)
    best = hearing.best()
    planned = [r for r in hearing.reports if r.verdict is _Verdict.PLANNED]
    if best is not None and best.verdict is _Verdict.DONE:
        return _yes(desk, best, hearing.reports)
    if best is not None:
        return _told(desk, f"No: {best.words}", best, f"No: {best.line.text}")
    if planned and desk.question.tense is not Tense.PAST:
        when = planned[0].fact.when
        day = f", planned for {times.describe(when)}" if when is not None else ", that is the plan"
        return _told(desk, f"Yes: {planned[0].words}", planned[0], f"Yes{day}: {planned[0].words}")
    if planned:
        return wording.unknown(desk, matches, held=[(r.line, r.fact) for r in planned[:2]])
    return wording.unknown(desk, matches)


def _yes(desk: wording.Desk, best: _Report, reports: Sequence[_Report]) -> Answer:
    """Yes, with the day, and in the source's own words what exactly was done: "signed a revised version"."""
    done = [r for r in reports if r.verdict is _Verdict.DONE]
    when = (
        best.fact.when if _is_day(best.fact.when) else next((r.fact.when for r in done if _is_day(r.fact.when)), None)
    )
    if when is None and (claim := wording.claim_of(desk, best.fact)) is not None:
        when = claim.when if _is_day(claim.when) else None
    day = f", {_on(when)}" if when is not None else ""
    return _told(desk, f"Yes: {best.words}", best, f"Yes{day}: {best.words}")


def _of_its_event(question: Question) -> tuple[Question, str]:
    """The question with the event that it means, and its particle: "find guilty"; behind "end up"; in "is the strike on"."""
    lemma = question.lemma or ""
    behind = re.search(rf"\b{re.escape(question.word or lemma)}\b\s*(\w*)(.*)", question.text.lower())
    if behind is not None and (frame := frames.verb_frame(f"{lemma} {behind[1]}")) is not None:
        return replace(question, frame=frame.name), behind[1]
    if lemma not in _ASPECTS:
        return question, ""
    for key in question.keys:
        inside = behind is not None and key.word in f"{behind[1]}{behind[2]}"
        if inside and not key.is_name and (key.word.endswith("ing") or f" to {key.word}" in question.text.lower()):
            verb = next((v for v in _verb_forms(key.word) if frames.verb_frame(v)), key.word)
            meant = frames.verb_frame(verb)
            return replace(question, lemma=verb, word=key.word, frame=meant.name if meant else frames.OTHER), ""
    event = next((k for k in question.keys if not k.is_name and k.frame and k.word not in (lemma, question.word)), None)
    if event is None or event.frame is None:
        return question, ""
    return replace(question, lemma=event.word, word=event.word, frame=event.frame), ""


def _of_the_kin(question: Question, fact: Fact) -> bool:
    """Whether only somebody of the one asked about does it: "her predecessor", "Falk's spokesman"."""
    others = [a for a in fact.arguments if a.role != "time" and frames.noun_frame(a.head.lower()) is None]
    doers = [a for a in fact.arguments if a.role == "agent"] or others  # "the launch of a crew" is the crew's own
    near = [a for a in doers if question.subject & stems(a.text)]
    near = [a for a in near if not _ORGAN.match(a.text)]
    return bool(near) and not any(question.subject & stems(_OWNED.sub(" ", a.text)) for a in near)


def _verb_forms(word: str) -> tuple[str, ...]:
    bare = word.removesuffix("ing")
    return word, bare, f"{bare}e", bare[:-1]


def _same_figure(question: Question, line: Line) -> float:
    """The share of the question's keys that belong to a figure which the sentence spells otherwise: "84 grand"."""
    told = {key_of(q) for q in quantities(line.text)}
    same = " ".join(q.text.lower() for q in quantities(question.text) if key_of(q) in told)
    if not same or not question.keys:
        return 0.0
    return sum(key.word in same.split() and key.stem not in line.bag for key in question.keys) / len(question.keys)


def _clause(fact: Fact, line: Line) -> tuple[int, int]:
    """The range of the clause that a fact's predicate opens, with its auxiliaries."""
    text = line.article.text
    before = text[line.start : fact.predicate.start]
    helping = _HELPING.search(before)
    start = fact.predicate.start - (len(before) - helping.start() if helping else 0)
    stop = _CLAUSE_END.search(text, fact.predicate.end, line.end)
    end = stop.start() if stop else line.end
    if end - start > LONGEST:
        end = text.rfind(" ", start, start + LONGEST)
    return start, start + len(text[start:end].rstrip(' ,.;:”"'))


def _tells(fact: Fact, line: Line) -> bool:
    """Whether a sentence tells the event and does not only mention it: "the visit was timed for a launch" tells no launch."""
    return not _is_noun(fact, line) or (fact.when is not None and fact.when.first is not None)


def _is_noun(fact: Fact, line: Line) -> bool:
    word = line.article.text[fact.predicate.start : fact.predicate.end].lower()
    return frames.noun_frame(word) is not None


def _is_day(when: When | None) -> bool:
    """Whether a time is that of the event: "until Friday" bounds it."""
    return when is not None and when.first is not None and when.modifier not in matching.BOUNDS


def _on(when: When) -> str:
    words = times.describe(when)
    return f"on {words}" if when.value.count("-") == 2 else f"in {words}"


def _told(desk: wording.Desk, text: str, report: _Report, statement: str) -> Answer:
    claim = wording.claim_of(desk, report.fact)
    reply = Answer(
        question=desk.question.text,
        status=Status.ANSWERED,
        text=text,
        statement=wording.sentence(statement),
        when=report.fact.when,
        evidence=(report.line.evidence(),),
    )
    return wording.supported(desk, reply, claim, (report.line.article.id,))
