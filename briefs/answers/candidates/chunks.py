"""The noun phrases of a sentence, found by its small words: cheap, and wider than the arguments of its facts.

A phrase runs from one small word, verb or mark to the next (Rose et al. 2010, "Automatic keyword extraction"); longer ones
join two by "of" or string several together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.facts.frames import noun_frame, verb_frame
from briefs.language.words import stem, word_set, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Line

LONGEST = 12  # words of a phrase
LISTED = 6  # phrases strung together at most
_DETERMINERS = word_set(
    "a an the this that these those his her its their our my your some any no every each both all such another"
)
_PREPOSITIONS = word_set(
    "of in on at by with from to into onto for about over under between among against during through throughout across after "
    "before since until toward towards within without near behind beyond upon via per despite amid around along off out up down "
    "as than like unlike besides except regarding concerning following including"
)
_SMALL = _PREPOSITIONS | word_set(
    "and or but nor so yet if because although though while whereas when where why how who whom whose which what that is are was "
    "were be been being am has have having had do does did done will would shall should can could may might must not n't it he "
    "she they we i you him them us me there here also only just then thus hence however therefore moreover often usually "
    "typically generally commonly sometimes always never again still already even later soon now once ago very too more most less "
    "rather quite almost nearly about said says say told according due because since whether either neither both indeed "
    "became become becomes called known named made make makes led lead leads began begin using used uses use today"
)
_TOKEN = re.compile(r"[^\W_]+(?:[.'’\-–/&][^\W_]+)*(?:['’]s?)?|[%$£€]|\S")
_VERBAL = re.compile(r"\w{2,}(?:ed|ing)$")
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,120}?)[,.]?[\"”]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase: its range in the article and its words."""

    start: int
    end: int
    text: str


def chunks(line: Line) -> list[Chunk]:
    """Every phrase of a sentence that may be an answer: plain, joined by "of", strung together, or quoted."""
    runs = list(_runs(line))
    spans = dict.fromkeys([*runs, *_with_of(line, runs), *_strung(line, runs), *_quoted(line)])
    return [Chunk(s, e, " ".join(line.article.text[s:e].split())) for s, e in spans]


def _runs(line: Line) -> Iterator[tuple[int, int]]:
    """The ranges between small words, verbs and marks, without the determiner before them."""
    verbs = _verbs(line)
    run: list[re.Match[str]] = []
    last: re.Match[str] | None = None
    for token in _TOKEN.finditer(line.text):
        word, before = token[0].lower(), last[0].lower() if last else ""
        ends = word in _SMALL or word in _DETERMINERS or not any(c.isalnum() for c in word)
        verb = token.start() in verbs and not (run or before in _DETERMINERS or before in _PREPOSITIONS)
        if ends or verb or (run and token.start() in verbs and not _VERBAL.match(word)):
            yield from _closed(line, run)
            run = []
        else:
            if last and not run and before == "each" and word.startswith("other"):
                run.append(last)  # "each other's ships"
            run.append(token)
        last = token
    yield from _closed(line, run)


def _closed(line: Line, run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """A run as a range of the article; where it goes on over a possible verb, both its parts too."""
    while run and run[0][0].lower().endswith("ly") and run[0][0].islower():
        run = run[1:]
    if not run or len(run) > LONGEST:
        return
    yield line.start + run[0].start(), line.start + run[-1].end()
    for i in range(1, len(run)):
        if verb_frame(run[i][0].lower()) or _VERBAL.match(run[i][0]) or run[i][0].endswith(("s", "d")):
            yield line.start + run[0].start(), line.start + run[i - 1].end()
            if i + 1 < len(run):
                yield line.start + run[i + 1].start(), line.start + run[-1].end()


def _verbs(line: Line) -> frozenset[int]:
    """Where the verbs of the sentence's facts begin, in its text; events told by nouns left out."""
    return frozenset(
        fact.predicate.start - line.start
        for fact in line.facts
        if fact.kind != "hold_office"
        and noun_frame(line.article.text[fact.predicate.start : fact.predicate.end].lower()) is None
    )


def _with_of(line: Line, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Phrases that "of" joins, two or three of them, and those of one more preposition after them."""
    for i in range(len(runs) - 1):
        for k in range(i + 1, min(i + 3, len(runs))):
            gap = line.article.text[runs[k - 1][1] : runs[k][0]].lower().strip()
            words_between = gap.split()
            joins = words_between[:1] == ["of"] or (
                k == i + 1 and words_between[:1] in (["for"], ["in"], ["to"], ["on"], ["between"], ["with"])
            )
            if not joins or any(w not in _DETERMINERS for w in words_between[1:]):
                break
            yield runs[i][0], runs[k][1]


def _strung(line: Line, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Phrases strung together: "a, b and c"."""
    for i in range(len(runs) - 1):
        for k in range(i + 1, min(i + LISTED, len(runs))):
            gap = line.article.text[runs[k - 1][1] : runs[k][0]].lower()
            if not re.fullmatch(
                r"\s*(?:,|,?\s*\b(?:and|or|and/or)\b)\s+(?:(?:the|an?|its|his|her|their|other)\s+)?", gap
            ):
                break
            if re.search(r"\b(?:and|or)\b", gap):
                yield runs[i][0], runs[k][1]


def _quoted(line: Line) -> Iterator[tuple[int, int]]:
    for found in _QUOTED.finditer(line.text):
        yield line.start + found.start(1), line.start + found.end(1)


def spelled(text: str) -> list[str]:
    """The stems of a text's words in order, small words left out."""
    return [stem(word) for word, _, _ in words(text) if word not in _SMALL and word not in _DETERMINERS]
