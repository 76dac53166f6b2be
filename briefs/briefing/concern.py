"""Whom an event concerns, as its articles open: people who died or were hurt, great numbers, public offices and bodies.

No subject counts by itself: a number says how much or how many, whatever of; an office acts for many, whatever it does.
"""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.facts.figures import numbers
from briefs.facts.frames import synonyms
from briefs.models import BlockKind, Modality

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefs.models import Article, Reading

OPENING = 350  # characters of its prose that tell what an article is about
LEAST, MOST = 1e3, 1e9  # numbers from which on they tell of many, and beyond which they tell no more
HARM, LATELY = ("die", "kill", "injure"), timedelta(days=8)

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b(?!,\d|\.\d|\s(?:people|[mb]illion|[$€£]))")
_ROUNDLY = re.compile(
    r"\b(?:(?P<of>tens|hundreds|thousands) of )?(?P<many>thousands|millions|billions)\b", re.IGNORECASE
)
_WORTH = {"tens": 10.0, "hundreds": 100.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9}
_PUBLIC = re.compile(
    r"\b(?:governments?|minist(?:er|ry|ers|ries)|president|premier|chancellor|king|queen|pope|governor|mayor|parliament|"
    r"congress|senat(?:e|ors?)|lawmakers?|councils?|courts?|judges?|jury|prosecutors?|unions?|central bank|commission(?:ers?)?|"
    r"agency|authorit(?:y|ies)|police|army|navy|military|countr(?:y|ies)|national|elections?)\b",
    re.IGNORECASE,
)
_HARMED = re.compile(
    r"\b(?:dead|dying|lost|shot|slew|slain|gunn|{})".format(
        "|".join(sorted({word[:4] for kind in HARM for word in synonyms(kind) if " " not in word}))
    ),
    re.IGNORECASE,
)  # what may tell of harm; whether it does, the facts say


def opening(article: Article) -> str:
    """Return an article's headline and the beginning of its prose."""
    told, room = [article.title or ""], OPENING
    for block in article.blocks:
        if block.kind is BlockKind.PROSE and room > 0:
            told.append(article.text[block.start : min(block.end, block.start + room)])
            room -= block.end - block.start
    return "\n".join(told)


def many(opening: str) -> float:
    """Return how much or how many an opening tells, 0..1 by its order of magnitude."""
    told = _YEAR.sub(" ", opening)
    roundly = (_WORTH.get((m["of"] or "").lower(), 1.0) * _WORTH[m["many"].lower()] for m in _ROUNDLY.finditer(told))
    greatest = max((*numbers(told), *roundly), default=0.0)
    if greatest < LEAST:
        return 0.0
    return math.log10(min(greatest, MOST) / LEAST * 10) / math.log10(MOST / LEAST * 10)


def is_public(opening: str) -> bool:
    """Whether an opening tells of those who act for many: an office, a body, a country."""
    return _PUBLIC.search(opening) is not None


def opens_with_harm(article: Article, opening: str, readings: Mapping[str, Reading]) -> bool:
    """Whether an article's first sentence tells that people died or were hurt these days."""
    if article.id not in readings or not _HARMED.search(opening):
        return False
    reading = readings[article.id]
    first = next((s.start for s in reading.sentences if s.kind is BlockKind.PROSE), None)
    return any(
        fact.start == first
        and fact.kind in HARM
        and fact.modality is Modality.HAPPENED
        and not fact.negated
        and (fact.when is None or fact.when.last is None or article.shown_at - fact.when.last < LATELY)
        for fact in reading.facts
    )
