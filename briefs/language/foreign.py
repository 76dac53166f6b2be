"""Articles in other languages than English: split into sentences, and not read for facts.

The parser, the names, the times and the frames know English only; of any other language they would make nonsense that looks
like news. Sentences end by rule here: by the stops of each script, not inside a quotation, not behind an abbreviation that
spaCy lists for the language.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.language.pipeline import stretches, trimmed
from briefs.models import BlockKind, Reading, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.models import Article

_READ = frozenset(
    {"en", "und"}
)  # an unknown language is mostly a text too short to tell: read as English it loses nothing

_CLOSERS = "\"'”’“»›«‹)\\]」』】）〉》"
_WIDE_CLOSERS = "\"'”’」』】）》"  # in these scripts “ and 「 always open
_STOP = re.compile(
    rf"(?P<wide>[。！？｡]+[{_WIDE_CLOSERS}]*)"  # no space follows them
    rf"|(?P<danda>[।॥]+[{_CLOSERS}]*)"
    rf"|(?P<narrow>[.!?…؟۔։።။៖។!?]+[{_CLOSERS}]*)(?=\s)"
)
_NEXT = re.compile(r"[\s\"'“„‘«»‹›(\[「『（¿¡–—-]*(?P<letter>\S)")
_LAST_WORD = re.compile(r"(?:[^\W_]|[.'’-])*\Z")
_LONGEST_QUOTATION = 600  # characters; a mark that closes so far away belongs to another quotation
_QUOTATIONS = re.compile(
    "|".join(
        f"{opening}[^{opening}{closing}]{{1,{_LONGEST_QUOTATION}}}{closing}"
        for opening, closing in ("„“", "„”", "“”", "«»", "»«", "「」", "『』", "《》", "（）", '""')
    )
)
_ORDINAL_DOT = frozenset(
    {"de", "da", "no", "fi", "is", "et", "lv", "cs", "sk", "sl", "hr", "sr", "bs", "hu", "pl", "tr", "lb"}
)


def is_foreign(article: Article) -> bool:
    """Whether an article is in a language that is not read for facts."""
    return article.language not in _READ


def read(article: Article) -> Reading:
    """The sentences of an article in a foreign language; it is given no facts, names or times."""
    return Reading(article.id, article.shown_at, tuple(_sentences(article)))


def ends(text: str, language: str) -> list[int]:
    """Where the sentences of a paragraph end, the last one included."""
    if not text:
        return []
    quoted = [found.span() for found in _QUOTATIONS.finditer(text)]
    found = (stop for stop in _STOP.finditer(text) if stop.end() < len(text) and _is_end(text, stop, quoted, language))
    return [*(stop.end() for stop in found), len(text)]


def _sentences(article: Article) -> Iterator[Sentence]:
    for stretch in stretches(article):
        start = stretch.start
        for length in ends(article.text[stretch.start : stretch.end], article.language):
            end = stretch.start + length
            first, last = trimmed(article.text, start, end, bullet=stretch.kind is BlockKind.LIST)
            if first < last:
                yield Sentence(article.id, first, last, stretch.kind, stretch.paragraph)
            start = end


def _is_end(text: str, stop: re.Match[str], quoted: list[tuple[int, int]], language: str) -> bool:
    if any(first < stop.start() and stop.end() < last for first, last in quoted):
        return False
    closed = stop[0][-1] in _CLOSERS
    if stop["wide"]:  # behind a closing mark the sentence may go on: 「…。」と述べた。
        return not closed or text[stop.end()].isspace()
    if stop["danda"]:
        return not closed or text[stop.end()].isspace()
    following = _NEXT.match(text, stop.end())
    if following is None or following["letter"].islower():
        return False
    return stop["narrow"].strip(_CLOSERS) != "." or not _abbreviates(text[: stop.start()], language)


def _abbreviates(before: str, language: str) -> bool:
    """Whether a full stop belongs to the word before it: an abbreviation, an initial, the number of a day."""
    found = _LAST_WORD.search(before[-40:])
    word = found[0].strip("'’-") if found else ""
    if word.isdecimal():
        return language in _ORDINAL_DOT and len(word) <= 2
    if len(word) == 1:
        return word.isupper() or word.islower()  # an initial, "z. B.", "2025 г."
    return f"{word}." in abbreviations(language) or bool(re.fullmatch(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}", word))


@lru_cache(maxsize=32)
def abbreviations(language: str) -> frozenset[str]:
    """What spaCy lists for a language as one word with its full stop; no pipeline is loaded for it."""
    from importlib import import_module

    code = {"no": "nb"}.get(language, language)
    try:
        listed = import_module(f"spacy.lang.{code}.tokenizer_exceptions").TOKENIZER_EXCEPTIONS
    except ImportError:  # a language that spaCy does not know, or has no list for
        return frozenset()
    words = {word for word in listed if word.endswith(".") and len(word) > 2}
    return frozenset(words | {word.capitalize() for word in words})
