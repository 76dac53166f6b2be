"""Who or what something is: offices, appositions, other names and sentences that define it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers import wording
from briefs.language.words import STOP_WORDS, stem, stems, words
from briefs.models import Answer, EntityKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Line

OFFICE, DEFINED, KNOWN_AS, APPOSED, BESIDE, CLAUSE = 5, 6, 4, 3, 2, 1  # how plainly a form says what something is
LONG = 180  # characters of a description at most
SPARE = 1  # words that may stand between those of the name asked about

_ASKED = re.compile(
    r"^\W*(?:so\s+)?(?:who|what|whats|whos)\b(?:['’]s|['’]re)?\s*(?:is|are|was|were|does)?\s*", re.IGNORECASE
)
_SETTING = re.compile(
    r"\s(?:in|at|on|from|during|within|about|for|again|now|anyway|exactly|mean|stand)\b", re.IGNORECASE
)
_ARTICLE = r"(?:an?|the|one\s+of|another|part\s+of)\s+"
_COPULA = re.compile(
    rf"[\"”]?\s*(?:\([^)]*\))?(?:,[^,.;]{{2,80}},)?\s+(?:is|was|are|were|remains|became|means|stands\s+for|refers\s+to)\s+"
    rf"(?!not\b)((?:{_ARTICLE}|(?!\w+(?:ed|ing)\b)\w+\s+(?:of|between)\s)(?:[^.;]|\.(?=\w)){{4,}})",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\"”]?\s*\(((?:an?\s+|the\s+)?[^()]{8,90})\)")
_ASIDE = re.compile(
    rf"[\"”]?\s*(?:\([^)]*\))?,\s+((?:{_ARTICLE}|(?:his|her|its|their|[A-Z][\w’']*['’]s)\s+|(?:former|acting|senior|chief|head)\s+)"
    r"[^,.;:]{4,140}(?:,\s+(?:which|who|that)\s[^.;]{4,140})?)(?=[,.;:]|\s[–—-]\s)"
)
_RELATIVE = re.compile(
    r"[\"”]?\s*(?:\([^)]*\))?,\s+(?:which|who)\s+((?:is|was|are|were|has|had|lets|allows|would|will|\w+s|\w+ed)\b[^.;]{6,160})"
)
_OTHER_NAME = re.compile(
    r"(?P<said>[^.;]*?),?\s+(?:also\s+|better\s+|formerly\s+|widely\s+|popularly\s+|commonly\s+|now\s+)?"
    r"(?:known|called|dubbed|nicknamed|named|referred\s+to|abbreviated|termed)(?:\s+as|\s+to)?\s+(?:the\s+)?[\"“]?$",
    re.IGNORECASE,
)
_OR = re.compile(r"(?P<said>[^.;]*?),?\s+(?:or|i\.e\.|that\s+is)[,\s]+(?:the\s+)?[\"“]?$", re.IGNORECASE)
_PHRASE = re.compile(
    r"((?:\b(?:an?|the|his|her|its|their|[A-Z][\w’'.]*)\s+)?(?:[\w’'./-]+\s+){0,7}?[\w’'-]+(?:,?\s+(?:of|for)\s+[\w’'\s-]{3,40})?)$"
)
_BREAK = re.compile(
    r"[,:;]|\b(?:in|on|at|by|with|from|to|into|as|that|which|who|and|or|but|is|was|are|were|be|been|has|had|have|will|would|said"
    r"|says|of|for|against|over|about|near|after|before|between|under)\b",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(
    r"\b(?:of|for|in|on|at|by|with|from|to|and|or|between|over|against|about|than|as|like)\s+(?:the\s+)?[\"“]?$"
)
_TAIL = re.compile(
    r"\s*(?:,\s+(?:but|although|though|while|he|she|it|they|said|says|according|and\s+(?:is|was|has|had|he|she|it|they|the))\b.*|\s[–—]\s.*)$",
    re.DOTALL,
)
_TITLED = re.compile(
    r"((?:(?:the|an?)\s+)?(?:[a-z][\w’'-]+\s+){0,4}[a-z][\w’'-]{3,})\s+(?:(?:Dr|Mr|Mrs|Ms|Sir|Prof)\.?\s+)?[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*$"
)  # "volcano researcher Dr Ada Lund"
_CAPITALS = re.compile(r"[A-Z][A-Z0-9&.-]+s?")
_OWNER = re.compile(r"(?:\b[A-Z][\w.-]*\s){0,3}\b[A-Z][\w.-]*['’]s?\s$")
_PURPOSE = re.compile(
    r"\s(?:of|for|to)\s[^,.;:]{3,60}?(?=[,.;:]|\s(?:has|have|had|is|are|was|were|will|would|and|but)\b)"
)
_OWNED = re.compile(r"(?:his|her|their|its|our|your|my)\s", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|formerly|ex|late|then|onetime|one-time|outgoing|previous)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Description:
    """What a sentence says that something is; ``sure`` tells how plainly."""

    text: str
    line: Line
    sure: int

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What is held now before what was; the plainer form; the fuller words."""
        said = stems(self.text)
        return not _FORMER.search(self.text) or self.sure == DEFINED, self.sure - (3 if len(said) < 2 else 0), len(said)


def answer(desk: wording.Desk) -> Answer | None:
    """A description of the thing named, or None when no sentence describes it."""
    target, setting = _target(desk)
    if not target:
        return None
    found = list(dict.fromkeys(_descriptions(desk, target, setting)))
    if not found:
        return None
    best = _best(found)
    lines = wording.unique([best.line, *(d.line for d in found if stems(d.text) & stems(best.text))])
    reply = Answer(
        question=desk.question.text,
        status=Status.ANSWERED,
        text=best.text,
        statement=wording.sentence(best.text),
        evidence=tuple(line.evidence() for line in lines[: wording.EVIDENCE]),
    )
    return wording.supported(desk, reply, None, [line.article.id for line in lines])


def _best(found: list[_Description]) -> _Description:
    """The plainest description; of offices the one told last, for they change; among equals the one told most often."""
    votes = Counter(d.text.lower() for d in found)
    plainest = max(d.rank[:2] for d in found)
    equal = [d for d in found if d.rank[:2] == plainest]
    if plainest[1] == OFFICE:
        newest = max(d.line.at.date() for d in equal)
        equal = [d for d in equal if (newest - d.line.at.date()).days <= 1]
    return max(equal, key=lambda d: (d.rank[2] > 2, votes[d.text.lower()], d.rank[2], d.line.at, -d.line.index))


def _target(desk: wording.Desk) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the name asked about, and of the setting it is asked in ("Darwin" in "OS X")."""
    keys = frozenset(key.stem for key in desk.question.keys)
    asked, *rest = _SETTING.split(_ASKED.sub("", desk.question.text), maxsplit=1)
    named = stems(asked) & keys
    return (named, (stems(rest[0]) & keys) - named if rest else frozenset()) if named else (keys, frozenset())


def _descriptions(desk: wording.Desk, target: frozenset[str], setting: frozenset[str]) -> Iterator[_Description]:
    for line in desk.ground.lines:
        if not target <= line.bag or line.headline:
            continue
        if setting and not setting <= desk.ground.article_bags[line.article.id]:
            continue
        yield from (_Description(text, line, OFFICE) for text in _offices(desk, line, target))
        yield from (_Description(text, line, BESIDE) for text in _called(desk, line, target))
        for start, end in _places(desk, line, target):
            for text, sure in _around(line.text, start, end):
                plain = _cut(text)
                if plain and not stems(plain) <= target:
                    yield _Description(plain, line, sure)


def _offices(desk: wording.Desk, line: Line, target: frozenset[str]) -> Iterator[str]:
    """The offices that the sentence's facts give to the person asked about."""
    for fact in line.facts:
        if fact.kind != "hold_office" or fact.negated:
            continue
        holder = next((a for a in fact.arguments if a.role == "agent"), None)
        held = next((a for role in ("patient", "topic", "other") for a in fact.arguments if a.role == role), None)
        if holder is None or held is None or holder.entity is None:
            continue
        if _OWNED.match(held.text):
            continue  # "their leaders" tells nobody's office
        if target <= stems(desk.ground.names.of(line.article.id, holder.entity).name):
            yield " ".join(held.text.split())


def _called(desk: wording.Desk, line: Line, target: frozenset[str]) -> Iterator[str]:
    """What the sentence sets beside the name as its equal: "the book-keeper, Karl Weiss", "hydrologist Ada Lund"."""
    for fact in line.facts:
        if fact.negated or fact.kind == "hold_office":
            continue
        for argument in fact.arguments:
            if argument.entity is None:
                continue
            name = desk.ground.names.of(line.article.id, argument.entity)
            if not target <= stems(name.name) or name.kind is not EntityKind.PERSON:
                continue
            if fact.kind == "be" and argument.role == "other" and not stems(argument.text) & stems(name.name):
                yield " ".join(argument.text.split())
            elif (titled := _TITLED.match(" ".join(argument.text.split()))) is not None:
                yield titled[1]


def _places(desk: wording.Desk, line: Line, target: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where a sentence names the thing, as ranges of its text: the words themselves, or the whole name they are part of."""
    names = [
        (m.start - line.start, m.end - line.start, desk.ground.names.of(line.article.id, m.entity))
        for m in line.mentions
        if m.form == "name"
    ]
    found = [w for w in _windows(line.text, target) if not any(s <= w[0] and w[1] <= e for s, e, _ in names)]
    for start, end, entity in names:
        spelled = stems(line.text[start:end])
        person = entity.kind is EntityKind.PERSON and target <= stems(entity.name)
        whole = target <= spelled and (entity.kind is EntityKind.PERSON or len(spelled) <= len(target) + SPARE)
        if whole or (person and spelled & target):
            found.append((start, end))
    yield from sorted(set(found))


def _windows(text: str, target: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The ranges of consecutive words that are the target's."""
    spelled = [(stem(word), start, end) for word, start, end in words(text) if word not in STOP_WORDS]
    size = len(target)
    for i in range(len(spelled) - size + 1):
        window = spelled[i : i + size]
        if {s for s, _, _ in window} == target and not re.search(r"[,.;:]", text[window[0][1] : window[-1][2]]):
            yield window[0][1], window[-1][2]


def _around(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """What a sentence says of the thing that it names at a range, with how plainly."""
    before, name, after = text[:start], text[start:end], text[end:]
    if (found := _COPULA.match(after.rstrip())) is not None and not re.search(
        r"\b(?:of|in|for|by|with|from|at)\s+(?:the\s+)?$", before
    ):
        yield found[1], DEFINED
    elif (found := _ASIDE.match(after)) is not None:
        yield found[1], APPOSED
    elif name[:1].isupper() and (found := _RELATIVE.match(after)) is not None:
        yield found[1], CLAUSE
    yield from _whose(before, name, after)
    yield from _spelled_out(before, name, after)
    yield from _other_name(before, after)
    yield from ((text, BESIDE) for text in _before_name(before, name))


def _whose(before: str, name: str, after: str) -> Iterator[tuple[str, int]]:
    """What a named undertaking is of whom and of what: "Lunara's Tern programme of deep dives"."""
    owner, purpose = _OWNER.search(before), _PURPOSE.match(after)
    if name.rsplit(maxsplit=1)[-1].islower() and (owner or purpose):
        yield f"{owner[0] if owner else ''}{name}{purpose[0] if purpose else ''}", CLAUSE


def _spelled_out(before: str, name: str, after: str) -> Iterator[tuple[str, int]]:
    """The words that an acronym stands for, and the other way round: "Long Name (LN)", "LN (Long Name)"."""
    if (found := _BRACKETED.match(after)) is not None and _abbreviates(name, found[1]):
        yield found[1], KNOWN_AS
    if _CAPITALS.fullmatch(name) and (
        opened := re.search(r"([^.;]*?),?\s*(?:\(|,\s+or\s+|,\s+known\s+as\s+)(?:the\s+)?[\"“]?$", before)
    ):
        size = len(re.sub(r"[^A-Z]", "", name))
        full = _last_words(opened[1], size + 4, name)
        if full:
            yield full, KNOWN_AS


def _abbreviates(short: str, full: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]\w*", full) if word[0].isupper())
    letters = re.sub(r"[^A-Z]", "", short)
    return len(letters) > 1 and letters in initials


def _last_words(text: str, size: int, short: str) -> str | None:
    """The last words of a text whose initials are the acronym's letters, or the first three of them and more ("NSFNET")."""
    spelled = text.split()
    letters = re.sub(r"[^A-Z]", "", short)
    for count in range(min(size, len(spelled)), 1, -1):
        tail = spelled[-count:]
        initials = "".join(word[0] for word in tail if word[:1].isupper())
        if (
            tail[0][:1].isupper()
            and letters.startswith(initials)
            and (initials == letters or len(initials) > len("NN"))
        ):
            article = spelled[-count - 1] + " " if spelled[:-count][-1:] in (["the"], ["The"]) else ""
            return article + " ".join(tail)
    return None


def _other_name(before: str, after: str) -> Iterator[tuple[str, int]]:
    """What is also called so, with the clause that goes on about it: "the measure known as Y, which allows …"."""
    found = _OTHER_NAME.match(before) or _OR.match(before)
    if found is None:
        return
    phrase = _phrase(found["said"])
    if phrase is None:
        return
    more = re.match(r"[\"”]?,?[\"”]?\s+((?:which|who|that)\s[^.;]{4,170})", after)
    yield (f"{phrase}, {more[1]}" if more else phrase), KNOWN_AS


def _before_name(before: str, name: str) -> Iterator[str]:
    """What stands before the name in its own phrase: "the state railway" of "the state railway Norvia"."""
    quoted = re.search(r"[\"“]$", before) is not None
    phrase = _phrase(re.sub(r"[\s\"“,]+$", "", before) if quoted else before.rstrip())
    if phrase is None or not name[:1].isupper() or _ENDS_OPEN.search(before):
        return
    if (quoted or not before.rstrip().endswith(",")) and phrase.split()[-1].islower() and len(phrase.split()) > 1:
        yield phrase


def _phrase(text: str) -> str | None:
    """The noun phrase that a text ends with; "the kernel, or base of the system" is one."""
    text = text.rstrip(' ,"“')
    breaks = list(_BREAK.finditer(text))
    start = breaks[-1].end() if breaks else 0
    while breaks and re.fullmatch(r"of|for|between|or|,", breaks[-1][0], re.IGNORECASE):
        last = breaks.pop()
        if last[0] == "," and not re.match(r",\s+or\b", text[last.start() :]):
            break
        start = breaks[-1].end() if breaks else 0
    phrase = text[start:].strip(' ,"“”')
    if (opened := list(re.finditer(r"\b(?:an?|the)\s", phrase, re.IGNORECASE))) and not re.search(
        r"\bof\b|\bor\b", phrase
    ):
        phrase = phrase[opened[-1].start() :]
    return phrase if phrase and len(phrase) <= LONG and stems(phrase) else None


def _cut(text: str) -> str:
    """A description as it is told: one line, without the clause after it that is about something else."""
    plain = _TAIL.sub("", " ".join(text.split())).strip(' ,;:"“')
    if len(plain) > LONG:
        shorter = [m.start() for m in re.finditer(r",\s|\s(?:which|who|that|and)\s", plain) if m.start() <= LONG]
        plain = plain[: shorter[-1]] if shorter else plain[: plain.rfind(" ", 0, LONG)]
    return plain.rstrip(" ,;:")
