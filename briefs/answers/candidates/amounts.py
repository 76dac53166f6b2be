"""How many, how much, how long, how old, how far: the quantities of a sentence, each with the fact it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask, Unit
from briefs.answers.candidates.candidate import Candidate
from briefs.answers.measures import CASUALTIES, OTHER_SORT, PEOPLE_STEMS, Measure, is_rate, measure, noun_fit
from briefs.answers.quantities import Quantity, Sort, key_of, quantities
from briefs.answers.questions import Tense
from briefs.facts import frames
from briefs.language.synonyms import family, synonyms
from briefs.language.words import stem, stems, word_set, words
from briefs.models import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Fact, When

LEAST = 0.12  # fit below which a quantity is not worth a candidate
OTHER_KIND = 0.7  # predicate of an event that tells the same from another side: sold for paid
OTHERS_TIME = 0.6  # of the fit of a figure where the time asked for stands by another one
LEAST_TIMELY = 0.4  # below which a figure is told of another year than the question names
WHOLE = 0.5  # of the fit of a figure of which the one before it is a part
RIVAL = 0.7  # of a figure's own fit: another of its sort that may as well be meant
OTHER_PARTY = 0.6  # of the fit of a figure that the question's other party has
ELSEWHERE = 0.4  # of how surely another fact of its sentence is of the event, for a figure of none
ITSELF = 0.6  # of the event is a figure that by its sort is what was asked for
OCCASIONS = 0.8  # fit of how often the event itself took place
OTHER_YEAR = 0.35  # how timely a figure is whose sentence tells nothing of a year long past that the question names
YEARS_OFF = timedelta(days=300)
RATE = 0.6  # of the fit of what one costs: "5 euros a day"
PART_RATE = 0.1  # "47 euros for each Norvia share" is no price of Norvia
NEAR = 40  # characters before a predicate in which "would" makes it supposed
REACH = 80  # characters to a fact that stands next to a figure
LOOSE = 0.8  # of what speaks for a fact that only stands beside the figure
DATING = 16  # words, commas counted in, within which a time dates a figure
BESIDE_IT = 2  # words within which it dates that figure alone
APART, LISTED = 4, 8  # words that a comma and another figure count for as distance
UNMEASURED = frozenset({Sort.COUNT, Sort.SHARE, Sort.SCORE, Sort.CHANGE, Sort.MONEY, Sort.AGE, Sort.OTHER})

# Events that tell the same from another side, or by which the question's light verb is meant.
_SENSES: dict[str, frozenset[str]] = {
    "make": word_set("earn award get"), "get": word_set("award earn give pay sentence"), "have": word_set("award get give earn"),
    "receive": word_set("award get give pay"), "take": word_set("get seize earn"), "bring": word_set("earn"),
    "go": word_set("fall dismiss_from_office cancel end close sell grow lose"), "come": word_set("fall grow"),
    "rid": word_set("fall dismiss_from_office cancel end close sell"), "lose": word_set("fall dismiss_from_office kill die cost end"),
    "die": word_set("kill crash lose"), "kill": word_set("die"), "hurt": word_set("injure"), "own": word_set("have buy give get"),
    "spend": word_set("cost invest buy"), "pay": word_set("cost buy sell agree invest"), "cost": word_set("pay buy sell"),
    "buy": word_set("sell pay cost agree"), "sell": word_set("buy pay cost"), "cut": word_set("dismiss_from_office end close"),
    "beat": word_set("win vote elect"), "win": word_set("vote elect"), "serve": word_set("sentence"), "give": word_set("pay invest award"),
}  # fmt: skip
# What is recommended, asked for or expected is not what happened.
_UNSETTLED = word_set(
    "recommend ask seek request demand propose offer suggest want hope plan expect threaten intend aim predict forecast project urge "
    "advise consider face risk carry call petition bid claim allege estimate envisage target pledge promise need require could"
)
_SETTLED_ANYWAY = word_set(
    "claim estimate carry require need call"
)  # told as fact beside figures that are none of the others' business
_OPEN_WORDS = re.compile(
    r"\b(?:faces?|facing|could|may|might|would|maximum|recommend\w*|sought|seek\w*|requested|requests?|demand\w*|propos\w+|offer(?:ed|s|ing)?|"
    r"asking|hop(?:e[sd]?|ing)|expect\w*|up\sto)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"\b(?:not(?!\s(?:only|including|counting))|never|without|fail(?:ed|s)?)\b|n[’']t\b", re.IGNORECASE
)
_SUPPOSING = re.compile(r"\b(?:would|could|will|may|might)\b", re.IGNORECASE)
_BREAKS = re.compile(r"[,;:()—–]|\s(?:and|but|while|whereas|than|compared|against|versus)\s", re.IGNORECASE)
_CROWD = frozenset(stem(word) for word in word_set("spectator spectators fan fans onlookers supporters attendees"))
# A time that has passed since the last, and no length: "for the first time in over seven years", "the first since 2018".
_SINCE_LAST = re.compile(
    r"\b(?:first|only|highest|lowest|worst|best|biggest|largest)\b[^.,;:]{0,80}\s(?:in\s(?:\w+\s){0,2}|since\s)$",
    re.IGNORECASE,
)
_ASKS_SINCE = re.compile(r"\b(?:since|ago)\b", re.IGNORECASE)
_RATE_OF = re.compile(r"\s(?:per|an?|each|apiece|for\s(?:each|every))\b(?P<rest>[^,.;]*)")
_NUMBER_OF = re.compile(
    r"\b(?P<what>(?:(?:death\s)?toll|number|count|total)\s(?:of|from|for|in|among)\s[^,;]{3,80}?)\s(?:to|at|as|reached|stood at|was|is|rose to|climbed to|passed|hit)"
    r"\s(?:about\s|around\s|nearly\s|at least\s|more than\s|almost\s|over\s)?$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"\b(?:to|at|from)\s$", re.IGNORECASE)
_OF_A_WHOLE = re.compile(r"\s(?:(?:more|other)\s)?of\s(?:the|its|their|his|her|all|our)\s(?:\w+\s)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A quantity with the fact it belongs to and how well that is the event asked about."""

    fact: Fact | None
    predicate: float
    agreement: float


def amounts(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The quantities of a sentence that may answer how many, how much, how long, how old or how far."""
    line, wanted = match.line, measure(question, ask)
    told = [q for q in quantities(line.text) if _stands_free(q, line, question)]
    fits = {
        q: _type_fit(question, wanted, q, line) * (WHOLE if _is_whole(q, told, line.text, question) else 1.0)
        for q in told
        if not _restated(q, told, line.text, wanted)
    }
    for place, (quantity, sort_fit) in enumerate(fits.items()):
        own = _place(question, line, quantity, ground)
        if not own.predicate and _is_itself(question, quantity):
            own = replace(own, predicate=ITSELF)
        fit = max(sort_fit, OCCASIONS * _counts_the_event(question, quantity, own))
        may_tell = quantity.sort is Sort.SCORE or _may_tell(question, own.fact, line)  # "came from behind to win 3-2"
        if fit < LEAST or not may_tell or not _settled(question, line, quantity):
            continue
        rivals = [q for q, other in fits.items() if q.sort is quantity.sort and other >= RIVAL * fit]
        timely = OTHER_YEAR if _is_years_off(question, line, ground) else _timely(question, quantity, rivals, line)
        if timely < LEAST_TIMELY and re.search(r"\b(?:1\d|20)\d\d\b", question.text):
            continue
        shared = _won(question, quantity, rivals, line) * timely
        party = OTHER_PARTY if own.fact is not None and _of_the_other(question, own.fact) else 1.0
        start, end = line.start + quantity.start, line.start + quantity.end
        yield Candidate(
            " ".join(quantity.text.split()),
            key_of(quantity),
            line,
            start,
            end,
            match.coverage,
            own.agreement,
            own.predicate,
            max(fit * shared * party - 0.002 * place, 0.0),  # among equals the first
            own.fact,
        )
    if ask is Ask.HOW_LONG or Sort.DURATION in wanted.sorts:
        yield from _since(question, match, ground, wanted)


def _counts_the_event(question: Question, quantity: Quantity, own: _Place) -> bool:
    """Whether a figure tells how often the event was: "has scored eleven times" tells how many goals."""
    return quantity.unit == "time" and own.predicate >= matching.FRAME_MATCH and not question.subject_asked


def _is_itself(question: Question, quantity: Quantity) -> bool:
    """Whether a figure is by its sort what the question names: "3-2" is a score, "9,000 spectators" are an attendance."""
    if question.wanted != question.lemma:
        return False
    if question.wanted in ("score", "result", "scoreline"):
        return quantity.sort is Sort.SCORE
    return question.wanted == "attendance" and bool(_CROWD & set(quantity.things[:2]))


def _since(question: Question, match: Match, ground: Ground, wanted: Measure) -> Iterator[Candidate]:
    """How long something has been so, told by its beginning: "since the 1960s"; how long it goes on, by its end."""
    line = match.line
    if wanted.nouns or question.unit is Unit.AGE:
        return
    bounds = {Tense.FUTURE: "until|till", Tense.PAST: "since|until|till"}.get(question.tense, "since|until|till")
    for when in line.whens:
        before = line.text[: when.start - line.start]
        found = re.search(rf"\b(?:{bounds})\s(?:\w+\s){{0,2}}$", before, re.IGNORECASE)
        if when.first is None or found is None or _is_since_last(question, before):
            continue
        start = line.start + found.start()
        own = _place(
            question, line, Quantity("", when.start - line.start, when.end - line.start, Sort.DURATION), ground
        )
        if own.predicate <= ELSEWHERE and question.frame != frames.OTHER:
            continue  # something else goes on until then
        text = line.article.text[start : when.end]
        yield Candidate(
            text, text.lower(), line, start, when.end, match.coverage, own.agreement, own.predicate, 0.8, own.fact
        )


# ------------------------------------------------------------------------------------------------- which may answer
def _stands_free(quantity: Quantity, line: Line, question: Question) -> bool:
    """Whether a quantity is none of a date, of a name ("Tern 2") or of the question itself."""
    start, end = line.start + quantity.start, line.start + quantity.end
    if any(w.start < end and start < w.end and not w.value.startswith("P") for w in line.whens):
        return False
    for mention in line.mentions:
        inside = mention.start < start and end <= mention.end
        if mention.form == "name" and inside and quantity.sort is Sort.COUNT:
            return False
    given = matching.key_stems(question) | stems(" ".join(k.word for k in question.keys))
    own = frozenset(s for s in stems(quantity.text) if any(c.isdigit() for c in s))
    return not (own and own <= given)


def _is_whole(quantity: Quantity, told: Sequence[Quantity], text: str, question: Question) -> bool:
    """Whether a figure is the whole of which another is told: the five in "two of its five libraries"."""
    parts = (q for q in told if q.end < quantity.start)
    having = question.lemma in ("have", "be", "own", "there")
    return not having and any(_OF_A_WHOLE.fullmatch(text[part.end : quantity.start]) for part in parts)


def _restated(quantity: Quantity, told: Sequence[Quantity], text: str, wanted: Measure) -> bool:
    """Whether a figure only tells another one in other units: "209 acres (85 ha)"."""
    for one, two in pairwise(told):
        if one.sort is two.sort and re.fullmatch(r"\s?\(", text[one.end : two.start]):
            kept = two if wanted.unit and two.unit == wanted.unit != one.unit else one
            if quantity in (one, two) and quantity is not kept:
                return True
    return False


def _type_fit(question: Question, wanted: Measure, quantity: Quantity, line: Line) -> float:
    """How well a quantity is of the sort asked for and counts what was asked for."""
    if quantity.sort is Sort.DURATION and _is_since_last(question, line.text[: quantity.start]):
        return 0.0
    fit = wanted.sorts.get(quantity.sort, OTHER_SORT)
    if quantity.sort is Sort.COUNT or (quantity.sort is Sort.OTHER and wanted.nouns):
        fit *= max(noun_fit(wanted, quantity), _before(wanted, quantity, line)) if wanted.nouns else 1.0
    elif wanted.unit and quantity.sort not in UNMEASURED:
        fit *= 1.0 if quantity.unit == wanted.unit else 0.75
    elif wanted.nouns and quantity.sort in (Sort.WEIGHT, Sort.VOLUME, Sort.AREA, Sort.SHARE):
        fit *= 0.5 + 0.5 * noun_fit(wanted, quantity)
    if wanted.change and _TOWARDS.search(line.text[: quantity.start]):
        fit *= 0.6  # "to $1bn" is what it rose to
    if quantity.sort is Sort.MONEY and (rate := _RATE_OF.match(line.text[quantity.end :])):
        fit *= _rate_fit(question, rate)
    return fit * (0.3 if quantity.sort is Sort.COUNT and _is_model(quantity, line.text) else 1.0)


def _is_since_last(question: Question, before: str) -> bool:
    return _SINCE_LAST.search(before) is not None and _ASKS_SINCE.search(question.text) is None


def _rate_fit(question: Question, rate: re.Match[str]) -> float:
    """How well a rate fits: "per share" is asked for; or a part of the thing asked after, never its whole price."""
    if is_rate(question.text):
        return 1.0
    part = [w for w, _, _ in words(rate["rest"])][:3]
    keys = {key.stem for key in question.keys if key.is_name}
    return PART_RATE if any(stem(word) in keys for word in part[:-1]) else RATE


def _is_model(quantity: Quantity, text: str) -> bool:
    """Whether a bare number belongs to a name before it: "two Tern 2 rockets", "Article 12"."""
    if not quantity.text.isdigit() or not re.search(
        r"[a-z,]\s(?:[A-Z]\w*\s)*[A-Z][\w-]*\s$|^[A-Z]\w+\s$", text[: quantity.start]
    ):
        return False
    return quantity.bare or re.match(r"\s[A-Z]", text[quantity.end :]) is not None


def _before(wanted: Measure, quantity: Quantity, line: Line) -> float:
    """How well the words before a figure name what it counts: "receptors (around 200)", "a death toll of 11"."""
    if not quantity.bare:
        return 0.0
    if (number := _NUMBER_OF.search(line.text[: quantity.start])) and _counts(wanted, number["what"]):
        return 0.9
    before = [stem(w) for w, _, _ in words(line.text[max(0, quantity.start - 40) : quantity.start])][-3:]
    return 0.85 if wanted.nouns and wanted.nouns[-1] in before else 0.0


def _counts(wanted: Measure, what: str) -> bool:
    """Whether "the number of …" is of what is asked for: of people, or of the dead, the injured."""
    people = bool(set(wanted.nouns) & PEOPLE_STEMS)
    return any(stem(w) in wanted.nouns or (people and stem(w) in CASUALTIES) for w, _, _ in words(what))


def _settled(question: Question, line: Line, quantity: Quantity) -> bool:
    """Whether a figure is told as what happened: a recommended, requested or expected one never is."""
    if not asks_of_the_past(question) or question.lemma in _UNSETTLED or _OPEN_WORDS.search(question.text):
        return True
    start, end = line.start + quantity.start, line.start + quantity.end
    for fact in line.facts:
        open_word = fact.predicate.lemma in _UNSETTLED - _SETTLED_ANYWAY
        if open_word and any(
            a.start <= start and end <= a.end
            for a in fact.arguments
            if a.role in ("patient", "topic", "amount", "other")
        ):
            return False
    clause = re.split(r"[,;:]\s", line.text[: quantity.start])[-1]
    return _OPEN_WORDS.search(clause + (quantity.text[:6] if quantity.text.lower().startswith("up to") else "")) is None


def asks_of_the_past(question: Question) -> bool:
    """Whether what happened is asked for; "is she getting rid of" and "how is it made" ask for what goes on."""
    if question.tense is not Tense.PAST:
        return False
    present = re.search(r"\b(?:is|are|can|do|does|'s|'re)\b", question.text, re.IGNORECASE)
    done = re.search(r"\b(?:did|was|were|has|have|had)\b", question.text, re.IGNORECASE)
    return present is None or done is not None


def _may_tell(question: Question, fact: Fact | None, line: Line) -> bool:
    """Whether a fact's modality lets its figure answer: "not" is answered by what is denied, "would" by what would be."""
    if fact is None:
        return True
    if _DENYING.search(question.text):
        return fact.negated or fact.predicate.lemma in ("fail", "refuse")
    if fact.negated or fact.modality is Modality.CANCELLED:
        return False
    if fact.modality is not Modality.HAPPENED:
        return not asks_of_the_past(question)
    before = line.article.text[max(line.start, fact.predicate.start - NEAR) : fact.predicate.start]
    return _SUPPOSING.search(question.text) is None or _SUPPOSING.search(before) is not None


# ------------------------------------------------------------------------------------------------ whose figure it is
def _place(question: Question, line: Line, quantity: Quantity, ground: Ground) -> _Place:
    """The fact a figure belongs to: one that holds it, that of the event asked about first; else the one beside it."""
    start, end = line.start + quantity.start, line.start + quantity.end
    holding = [(a.end - a.start, f) for f in line.facts for a in f.arguments if a.start <= start < a.end]
    if holding:
        places = [(length, _placed(question, fact, start, ground)) for length, fact in holding]
        own = max(places, key=lambda pair: _weight(pair[0], pair[1], holding, start, line))[1]
    elif (beside := _beside(question, line, (start, end), ground)) is not None:
        near = _placed(question, beside, start, ground)
        own = _Place(beside, LOOSE * near.predicate, LOOSE * near.agreement)
    else:
        return _Place(None, 0.0, 0.0)
    told = max((_predicate(question, f, ground) for f in line.facts), default=0.0)
    return own if own.predicate else replace(own, predicate=ELSEWHERE * told)


def _placed(question: Question, fact: Fact, start: int, ground: Ground) -> _Place:
    predicate = max(_predicate(question, fact, ground), _named(question, fact, start))
    line = ground.articles[fact.article_id].text[fact.start : start]
    number = _NUMBER_OF.search(line)
    if number is not None and question.word is not None and stem(question.word) in stems(number["what"]):
        predicate = max(predicate, matching.FAMILY_MATCH)  # "put the number of injured at 140"
    return _Place(fact, predicate, matching.agreement(question, fact, ground))


def _weight(length: int, place: _Place, holding: Sequence[tuple[int, Fact]], start: int, line: Line) -> float:
    """How likely a figure belongs to a fact: the tighter, the better; one in a clause of its own inside belongs there."""
    assert place.fact is not None
    inside = _embedded(place.fact, [fact for _, fact in holding if not _is_nominal(fact, line)], start)
    return place.predicate + 0.4 * place.agreement - 0.004 * length - 0.6 * inside


def _is_nominal(fact: Fact, line: Line) -> bool:
    """Whether a fact hangs on a noun: "a profit of $5m"."""
    word = line.article.text[fact.predicate.start : fact.predicate.end].lower()
    return frames.noun_frame(word) is not None or frames.noun_frame(word.removesuffix("s")) is not None


def _named(question: Question, fact: Fact, start: int) -> float:
    """Whether the argument with the figure names the thing asked for itself: "posted a profit of $5m"."""
    if question.lemma is None or (question.lemma != question.wanted and frames.noun_frame(question.lemma) is None):
        return 0.0
    asked = stem(question.lemma)
    held = any(stem(a.head) == asked or (a.start <= start < a.end and asked in stems(a.text)) for a in fact.arguments)
    return matching.FRAME_MATCH if held else 0.0


def _of_the_other(question: Question, fact: Fact) -> bool:
    """Whether a fact is of the other party of the question: "how much would one own once it buys the state's share"."""
    agents = [a for a in fact.arguments if a.role == "agent"]
    if not question.subject or any(stems(a.text) & question.subject for a in fact.arguments):
        return False  # "the ad costs the group $5m": the group spends it
    return any(stem(a.head) in matching.key_stems(question) for a in agents)


def _embedded(fact: Fact, others: Sequence[Fact], start: int) -> bool:
    """Whether a figure stands in a clause of its own inside an argument: "bought a firm that earned $5m"."""
    arguments = [a for a in fact.arguments if a.start <= start < a.end]
    return any(a.start <= other.predicate.start < a.end for other in others if other is not fact for a in arguments)


def _beside(question: Question, line: Line, place: tuple[int, int], ground: Ground) -> Fact | None:
    """The fact whose words go round a figure, that of the event first; else the one that stands next to it."""
    start, end = place
    itself = next((f for f in line.facts if f.predicate.start < end and start < f.predicate.end), None)
    if itself is not None:
        return itself  # "doubled"
    spans = [
        (
            min(f.predicate.start, *(a.start for a in f.arguments)),
            max(f.predicate.end, *(a.end for a in f.arguments)),
            f,
        )
        for f in line.facts
        if f.arguments
    ]
    around = [(last - first, f) for first, last, f in spans if first <= start and end <= last]
    if around:
        return min(around, key=lambda pair: (-_predicate(question, pair[1], ground), pair[0]))[1]
    near = [
        (abs(f.predicate.start - start), f)
        for f in line.facts
        if ";" not in _text_between(line, f.predicate.start, start)
    ]
    distance, fact = min(near, key=lambda pair: pair[0], default=(0, None))
    return fact if distance <= REACH else None


def _text_between(line: Line, one: int, two: int) -> str:
    low, high = sorted((one, two))
    return line.article.text[low:high]


def _predicate(question: Question, fact: Fact, ground: Ground) -> float:
    matched = matching.predicate_match(question, fact, ground)
    if matched >= matching.FRAME_MATCH:
        return matched
    meant = _SENSES.get(question.lemma or "", frozenset())
    return OTHER_KIND if fact.kind in meant else matched


def _won(question: Question, quantity: Quantity, rivals: Sequence[Quantity], line: Line) -> float:
    """The share of the question's words that stand nearer to this figure than to the others of its sort.

    "4,300 jobs in France, 3,700 in Germany": what is asked of Germany belongs to the second. Words before all figures are shared.
    """
    if len(rivals) < 2:
        return 1.0
    won = contested = 0.0
    spoken = [(stem(w), s) for w, s, _ in words(line.text)]
    for key in question.keys:
        places = [at for told, at in spoken if _same(key.stem, told)]
        if not places or places[0] < rivals[0].start or key.stem in rivals[0].things[:1]:
            continue
        costs = {q.start: min(_cost(at, q, rivals, line.text) for at in places) for q in rivals}
        best = min(costs.values())
        if max(costs.values()) - best < APART:
            continue
        weight = 2.0 if key.is_name else 1.0
        contested += weight
        won += weight if costs[quantity.start] <= best else 0.0
    return 0.35 + 0.65 * won / contested if contested else 1.0


def _same(key: str, told: str) -> bool:
    return key == told or family(key) == family(told) or told in synonyms(key)


def _cost(at: int, quantity: Quantity, rivals: Sequence[Quantity], text: str) -> float:
    """How far a word stands from a figure, in words; a comma and another figure between keep them apart."""
    low, high = (quantity.end, at) if at >= quantity.end else (at, quantity.start)
    between = text[low:high]
    others = sum(1 for q in rivals if q is not quantity and low <= q.start < high)
    backwards = 2 if at < quantity.start else 0
    return len(between.split()) + APART * len(_BREAKS.findall(between)) + LISTED * others + backwards


def _timely(question: Question, quantity: Quantity, rivals: Sequence[Quantity], line: Line) -> float:
    """How well the times that stand nearest to a figure are those of the question."""
    asked = [w for w in question.times if w.first is not None and w.last is not None]
    dated = [w for w in line.whens if w.first is not None and w.last is not None]
    if not asked or not dated:
        return 1.0
    costs = {w: {q: _cost(w.start - line.start, q, rivals, line.text) for q in rivals} for w in dated}
    own = [w for w, far in costs.items() if far[quantity] <= min(far.values()) and far[quantity] <= DATING]
    if own and len(asked) > 1:  # "from 2007 to 2014" is neither "since 2014" nor "in 2009"
        return 0.5 + 0.5 * sum(any(_same_time(a, w, question) == 1 for w in own) for a in asked) / len(asked)
    if own:
        return sum(max(_same_time(a, w, question) for a in asked) for w in own) / len(own)
    others = (w for w, far in costs.items() if min(far.values()) <= BESIDE_IT < far[quantity])
    return OTHERS_TIME if any(_same_time(a, w, question) == 1 for a in asked for w in others) else 1.0


def _is_years_off(question: Question, line: Line, ground: Ground) -> bool:
    """Whether a time long before the article is asked for, and neither the sentence nor those before it tell of it."""
    asked = [(w.first, w.last) for w in question.times if w.first is not None and w.last is not None]
    if not asked or any(last > line.at - YEARS_OFF for _, last in asked):
        return False
    told = [w for near in (line, *ground.around(line, before=2, after=0)) for w in near.whens]
    return not any(w.first and w.last and w.first < last and first < w.last for w in told for first, last in asked)


def _same_time(asked: When, told: When, question: Question) -> float:
    """1 for the very time asked for, less for a part of it ("the final quarter" of a year), least for another time."""
    yearless = not re.search(r"\d{4}|\b(?:this|last|next)\b", question.text[asked.start : asked.end], re.IGNORECASE)
    if asked.value == told.value or (yearless and asked.value[4:] and asked.value[4:] == told.value[4:]):
        return 1.0
    if not (asked.first and asked.last and told.first and told.last):
        return 1.0
    if asked.first < told.last and told.first < asked.last:
        return 0.5 if told.last - told.first < asked.last - asked.first else 0.85
    return 0.35
