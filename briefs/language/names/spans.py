"""The stretches of an article that are names: spaCy's entities, repaired, and the proper nouns it missed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefs.language.names import words
from briefs.models import BlockKind, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from briefs.language.pipeline import Passage

_PROPER = frozenset({"NNP", "NNPS"})
_INNER = frozenset("-–&/'’.")
_WEIGHT_NER, _WEIGHT_EVIDENCE = 1, 3


@dataclass(slots=True)
class NameSpan:
    """Tokens ``first`` to ``last`` (excluded) of a passage that are a name, with what speaks for its kind."""

    passage: Passage
    first: int
    last: int
    label: EntityKind | None  # spaCy's
    title: tuple[int, int] | None = None  # tokens before the name that say what the person is
    votes: Counter[EntityKind] = field(default_factory=Counter)

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the name."""
        return [self.passage.doc[i] for i in range(self.first, self.last)]

    @property
    def text(self) -> str:
        """The name as written, with white space single."""
        return " ".join(self.passage.doc[self.first : self.last].text.split())

    @property
    def start(self) -> int:
        """Where the name starts in the article's text."""
        return self.passage.start + self.passage.doc[self.first].idx

    @property
    def end(self) -> int:
        """Where the name ends in the article's text."""
        last = self.passage.doc[self.last - 1]
        return self.passage.start + last.idx + len(last.text)


def name_spans(passages: Iterable[Passage]) -> list[NameSpan]:
    """All names of an article in the order of its text."""
    found: list[NameSpan] = []
    for passage in passages:
        if passage.kind in {BlockKind.HEADLINE, BlockKind.HEADING} and _is_title_case(passage.doc):
            continue  # capitals say nothing there
        found.extend(_spans_of(passage))
    for span in found:
        _weigh(span)
    return found


def _is_title_case(doc: Doc) -> bool:
    long = [token for token in doc if token.is_alpha and len(token) > 3]
    return len(long) > 2 and sum(token.text[0].isupper() for token in long) > 0.7 * len(long)


def _spans_of(passage: Passage) -> Iterator[NameSpan]:
    """Repaired entities and the proper nouns left between them, with titles taken off persons."""
    labels = _labels(passage.doc)
    for first, last in _runs(passage.doc, labels):
        yield from _split_run(passage, first, last, labels)


def _labels(doc: Doc) -> dict[int, tuple[EntityKind, int]]:
    """The kind of each token in an entity, with the index of the entity."""
    labels = {}
    for number, entity in enumerate(doc.ents):
        kind = words.KIND_OF_LABEL.get(entity.label_)
        if kind is None:
            continue
        first, last = entity.start, entity.end
        while first < last and not _is_name_token(doc[first]):
            first += 1
        while last > first and not _is_name_token(doc[last - 1]):
            last -= 1
        for position in range(first, last):
            labels[position] = (kind, number)
    return labels


def _is_name_token(token: Token) -> bool:
    if not token.text[0].isalnum() or token.tag_ == "POS" or token.lower_ in {"the", "a", "an", "'s", "’s"}:
        return False
    return token.text[0].isupper() or token.text[0].isdigit() or any(char.isupper() for char in token.text)


def _runs(doc: Doc, labels: dict[int, tuple[EntityKind, int]]) -> Iterator[tuple[int, int]]:
    """Maximal runs of tokens that stand in an entity or are proper nouns with a capital."""
    dated = {
        i
        for entity in doc.ents
        if entity.label_ in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "CARDINAL", "QUANTITY"}
        for i in range(entity.start, entity.end)
    }
    first = None
    for token in doc:
        inside = token.i in labels or (token.tag_ in _PROPER and token.text[0].isupper() and token.i not in dated)
        if inside and token.is_sent_start and first is not None:
            yield first, token.i
            first = token.i
        elif inside and first is None:
            first = token.i
        elif not inside and first is not None:
            yield first, token.i
            first = None
    if first is not None:
        yield first, len(doc)


def _split_run(
    passage: Passage, first: int, last: int, labels: dict[int, tuple[EntityKind, int]]
) -> Iterator[NameSpan]:
    """Cut a run of capitals at its entities; what precedes a person and ends in a title is that title."""
    doc = passage.doc
    pieces = _pieces(first, last, labels)
    title_from: int | None = None
    for position, (start, end, kind) in enumerate(pieces):
        following = pieces[position + 1] if position + 1 < len(pieces) else None
        cut = _title_end(doc, start, end)
        if cut > start and (cut < end or (following and following[2] in {EntityKind.PERSON, None})):
            title = (title_from if title_from is not None else start, cut)
            title_from = title[0] if cut == end else None
            if cut < end:
                yield NameSpan(passage, cut, end, EntityKind.PERSON, title=title)
            continue
        title_span = (title_from, start) if title_from is not None else None
        title_from = None
        if _is_title(doc[end - 1]) and end - start == 1:
            continue
        yield NameSpan(passage, start, end, EntityKind.PERSON if title_span else kind, title=title_span)
        if following and _is_title(doc[following[0]]) and kind is EntityKind.ORGANISATION:
            title_from = start


def _pieces(
    first: int, last: int, labels: dict[int, tuple[EntityKind, int]]
) -> list[tuple[int, int, EntityKind | None]]:
    pieces: list[tuple[int, int, EntityKind | None]] = []
    start = first
    for position in range(first + 1, last + 1):
        if position == last or labels.get(position, (None, -1))[1] != labels.get(start, (None, -1))[1]:
            pieces.append((start, position, labels[start][0] if start in labels else None))
            start = position
    return pieces


def _title_end(doc: Doc, start: int, end: int) -> int:
    """Return where the titles at the start of a name end."""
    cut = start
    for position in range(start, end):
        if _is_title(doc[position]):
            cut = position + 1
    return cut


def _is_title(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return word in words.TITLES or word in words.COURTESY or word in words.TITLES_EXTRA


def _weigh(span: NameSpan) -> None:
    """Count what speaks for each kind: spaCy's label, a title, the head noun inside or beside the name."""
    tokens = span.tokens
    if span.label:
        span.votes[span.label] += _WEIGHT_NER * (2 if len(tokens) > 1 else 1)
    if span.title:
        span.votes[EntityKind.PERSON] += _WEIGHT_EVIDENCE
    if len(tokens) > 1 and (kind := _kind_of_head(tokens[-1], tokens[-2])):
        span.votes[kind] += _WEIGHT_EVIDENCE
    doc = span.passage.doc
    before = doc[span.first - 1] if span.first else None
    if before is not None and before.tag_ == "NN" and before.i + 1 == span.first:
        if before.lower_ in words.PERSON_NOUNS:
            span.votes[EntityKind.PERSON] += _WEIGHT_EVIDENCE
        elif kind := _kind_of_head(before, doc[before.i - 1] if before.i else None):
            span.votes[kind] += _WEIGHT_EVIDENCE


def _kind_of_head(head: Token, before: Token | None) -> EntityKind | None:
    if head.lower_ == "station" and before is not None and before.lower_ == "space":
        return EntityKind.CRAFT
    return words.KIND_OF_HEAD.get(head.lower_.rstrip("."))
