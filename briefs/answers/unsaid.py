"""Why there is no answer: what the articles do not say, and what comes nearest to it instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.questions import Tense
from briefs.language import times
from briefs.language.foreign import is_foreign
from briefs.language.words import stems
from briefs.models import Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.ground import Line
    from briefs.answers.matching import Match
    from briefs.answers.wording import Desk
    from briefs.models import Fact

LOOKED_AT = 12  # sentences looked at for the same event of others
COVER = 0.45  # of the question, that such a sentence carries
APART = 0.5  # sides below which an event is that of others


def none_says(count: int, what: str) -> str:
    """That so many articles do not say something."""
    if not count:
        return "I have no articles yet, so I cannot say."
    return f"My one article does not say {what}." if count == 1 else f"None of my {count:,} articles says {what}."


def not_said(desk: Desk) -> str:
    """That the articles do not say what was asked, or not even name it; articles in other languages are not counted."""
    articles = desk.ground.articles
    foreign = sum(1 for article in articles.values() if is_foreign(article))
    count = desk.considered
    if count and foreign == count:
        return "All my articles are in languages that I do not read for facts, so I cannot say."
    if foreign and count > len(articles):
        return f"None of my articles in English {_missing(desk) or _asked(desk)}."
    count -= foreign
    english = " in English" if foreign else ""
    if count == 1:
        said = _missing(desk, "mention") or _asked(desk, "say", "answer")
        return f"My one article{english} does not {said}."
    return f"None of my {count:,} articles{english} {_missing(desk) or _asked(desk)}." if count else none_says(0, "")


def _asked(desk: Desk, says: str = "says", answers: str = "answers") -> str:
    clause = desk.restate()
    return f"{says} {_as_typed(desk, clause)}" if clause else f"{answers} “{' '.join(desk.question.text.split())}”"


def _as_typed(desk: Desk, clause: str) -> str:
    """The clause with those words in small letters that were typed so and that the articles write so: "judge", "jobs"."""
    typed = set(re.findall(r"[a-z]+", desk.question.text))
    for word in {w for w in re.findall(r"[A-Z][a-z]+", clause) if w.lower() in typed}:
        small = re.compile(rf"(?<![\w.]){word.lower()}(?!\w)")
        inside = re.compile(rf"[a-z,;] {word}\b")  # a capital that no beginning of a sentence explains
        texts = [article.text for article in desk.ground.articles.values()]
        if any(map(small.search, texts)) or (any(word in t for t in texts) and not any(map(inside.search, texts))):
            clause = re.sub(rf"\b{word}\b", word.lower(), clause)
    return clause


def _missing(desk: Desk, mentions: str = "mentions") -> str | None:
    """That a name of the question stands nowhere: "mentions Halvorsen"."""
    absent = [key for key in desk.question.keys if key.is_name and key.stem not in desk.ground.rarity]
    texts = [article.text.lower() for article in desk.ground.articles.values()]
    absent = [key for key in absent if not any(key.word in text for text in texts)]
    if not absent:
        return None
    typed = [re.search(rf"(?<!\w){re.escape(key.word)}(?!\w)", desk.question.text, re.IGNORECASE) for key in absent]
    words = [found[0] if found[0][:1].isupper() else f"“{found[0]}”" for found in typed if found]
    return f"{mentions} {_listed(words)}" if words else None


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def nearest(desk: Desk, held: Sequence[tuple[Line, Fact]], matches: Sequence[Match]) -> str:
    """What comes nearest, and why it is no answer: "Nearest: Duffy was invited (Outlet A, 1 August); no source says …"."""
    if held:
        line, fact = held[0]
        return f"Nearest: {_told_as(desk, line, fact)} ({source(line)}){_no_more(desk, fact)}."
    if (other := _of_others(desk, matches)) is not None:
        line, told = other
        return f"Nearest: {told} ({source(line)})."
    return ""


def _told_as(desk: Desk, line: Line, fact: Fact) -> str:
    if fact.negated:
        return "it is said not to have happened" if fact.modality is Modality.HAPPENED else "it is not expected"
    if fact.modality is Modality.CANCELLED:
        return "it was called off"
    if fact.modality is Modality.POSSIBLE:
        return "it is told as possible only"
    guest = _invited(desk, line)
    day = f" for {times.describe(fact.when)}" if fact.when is not None and fact.when.first is not None else ""
    return f"{guest} was invited" if guest else f"it was planned{day}"


def _invited(desk: Desk, line: Line) -> str | None:
    """Whom a sentence tells to have been invited, of those the question names."""
    for fact in line.facts:
        for argument in fact.arguments if fact.kind == "invite" else ():
            if argument.role in ("patient", "recipient") and argument.entity is not None:
                name = desk.ground.names.of(line.article.id, argument.entity).name
                if stems(name) & frozenset(key.stem for key in desk.question.keys):
                    return name
    return None


def _no_more(desk: Desk, fact: Fact) -> str:
    past = fact.when is not None and fact.when.last is not None and fact.when.last <= desk.now
    plan = fact.modality in (Modality.PLANNED, Modality.POSSIBLE) and not fact.negated
    return "; no source says it happened" if plan and (past or desk.question.tense is Tense.PAST) else ""


def _of_others(desk: Desk, matches: Sequence[Match]) -> tuple[Line, str] | None:
    """The same sort of event with others than the question names: "Anna Berg met Tom Reed"."""
    for match in matches[:LOOKED_AT]:
        for fact in match.line.facts:
            apart = matching.sides_agree(desk.question, fact, desk.ground) < APART
            same = matching.predicate_match(desk.question, fact, desk.ground) >= matching.FRAME_MATCH
            if same and apart and match.coverage >= COVER and (told := _clause(desk, match.line, fact)):
                return match.line, told
    return None


def _clause(desk: Desk, line: Line, fact: Fact) -> str | None:
    """A fact that happened as doer, verb and object, where they stand in this order and two names are known."""
    sides = [next((a for a in fact.arguments if a.role == role and a.entity), None) for role in ("agent", "patient")]
    one, other = sides
    if one is None or other is None or fact.negated or fact.modality is not Modality.HAPPENED:
        return None
    verb = line.article.text[fact.predicate.start : fact.predicate.end]
    before = line.article.text[one.end : fact.predicate.start].strip()
    after = line.article.text[fact.predicate.end : other.start].strip()
    if before or after not in ("", "with", "the") or not verb.isalpha():
        return None
    names = [desk.ground.names.of(line.article.id, a.entity).name for a in (one, other) if a.entity is not None]
    return " ".join(part for part in (names[0], verb, after, names[1]) if part)


def source(line: Line) -> str:
    """Who says it and when: "Outlet A, 1 August 2025"."""
    return f"{line.outlet}, {line.at.day} {line.at:%B %Y}"


def held_back(desk: Desk, matches: Sequence[Match]) -> list[tuple[Line, Fact]]:
    """Sentences whose fact is of the event asked about, but planned, possible, denied or called off; none where what is past happened."""
    told = [
        (match.line, fact)
        for match in matches
        for fact in match.line.facts
        if matching.predicate_match(desk.question, fact, desk.ground) >= matching.FRAME_MATCH
        and matching.sides_agree(desk.question, fact, desk.ground) == 1
        and _is_of_them(desk, match.line, fact)
    ]
    done = [fact.modality is Modality.HAPPENED and not fact.negated for _, fact in told]
    if any(done) and desk.question.tense is not Tense.FUTURE:
        return []
    held = [
        (matching.agreement(desk.question, fact, desk.ground), line, fact)
        for (line, fact), is_done in zip(told, done, strict=True)
        if not is_done
    ]
    held = sorted((h for h in held if h[0] >= 0.6), key=lambda h: -h[0])
    return [(line, fact) for _, line, fact in held[:2]]


def _is_of_them(desk: Desk, line: Line, fact: Fact) -> bool:
    """Whether a fact is of those whom the question names, and more than words: "it was planned" must be true of what was asked."""
    question = desk.question
    asked = frozenset(key.stem for key in question.keys) - stems(f"{question.word or ''} {question.lemma or ''}")
    told = line.bag | matching.fact_bag(fact, desk.ground)
    return question.frame != "say" and (not asked or bool(asked & told))
