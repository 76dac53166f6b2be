"""What an article says its entities are: "the director of Nordlink", "a 40-year-old nurse", "the space agency"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.language.names import words
from briefs.language.names.spans import kind_of_head
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from briefs.language.names.spans import NameSpan
    from briefs.language.pipeline import Passage

_COPULAS = frozenset({"is", "was", "'s", "\u2019s", "became", "becomes", "remains", "been", "be"})
_STOP_BEHIND = frozenset({"relcl", "acl", "appos", "conj", "cc", "advcl", "punct"})
_LONGEST = 14  # tokens of a description worth keeping as a name
_EVIDENCE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """Tokens ``first`` to ``last`` (excluded) of a passage around the noun ``head`` that say what something is."""

    passage: Passage
    first: int
    last: int
    head: int
    apart: bool  # stands beside the name as a phrase of its own, so it can be a mention

    @property
    def text(self) -> str:
        """The description without its article, white space single."""
        doc = self.passage.doc
        first = self.first + (doc[self.first].tag_ == "DT")
        return " ".join(doc[first : self.last].text.split())

    @property
    def start(self) -> int:
        """Where it starts in the article's text."""
        return self.passage.place(self.first, self.last)[0]

    @property
    def end(self) -> int:
        """Where it ends in the article's text."""
        return self.passage.place(self.first, self.last)[1]


def descriptions_of(span: NameSpan) -> list[Description]:
    """Find what the sentence says a name is, by a title, a noun before it, an apposition or "is"."""
    found = {description.head: description for description in _described(span)}
    return list(found.values())


def _described(span: NameSpan) -> Iterator[Description]:
    passage, doc = span.passage, span.passage.doc
    if span.title and doc[span.title[1] - 1].lower_.rstrip(".") not in words.COURTESY | words.PLURAL_TITLES:
        yield Description(passage, span.title[0], span.title[1], span.title[1] - 1, apart=False)
    if before := _noun_before(span):
        yield Description(passage, _left_edge(doc, before), before.i + 1, before.i, apart=False)
    name = span.head
    for child in name.rights:
        if child.dep_ == "appos" and child.tag_ == "NN" and child.i >= span.last:
            found = phrase(passage, child)
            if _is_telling(found) and not any(doc[i].ent_type_ == "PERSON" for i in range(span.last, found.first)):
                yield found
    if name.dep_ == "appos" and name.head.i < span.first - 1 and name.head.tag_ == "NN":
        yield from _before_comma(span, name.head)
    if name.dep_ == "nsubj" and name.head.lower_ in _COPULAS:
        attributes = (child for child in name.head.rights if child.dep_ == "attr" and child.tag_ == "NN")
        yield from (found for child in attributes if kind_of(found := phrase(passage, child)))


def _is_telling(description: Description) -> bool:
    """Tell whether an apposition says what sort of thing stands beside it; "54" or "a letter" does not."""
    first = description.passage.doc[description.first]
    return kind_of(description) is not None and not first.like_num and first.tag_ != "WP$"


def _noun_before(span: NameSpan) -> Token | None:
    """The common noun that stands directly before a name: "ferry line Nordlink", "commander Mary Jones"."""
    first = span.title[0] if span.title else span.first
    if not first or span.head.tag_ == "NNPS":
        return None
    before = span.passage.doc[first - 1]
    known = before.lower_ in words.PERSON_NOUNS or before.lower_ in words.KIND_OF_HEAD
    if before.tag_ != "NN" or not known or (before.i and before.nbor(-1).text == "-"):
        return None
    return before


def _before_comma(span: NameSpan, noun: Token) -> Iterator[Description]:
    """Describe "Acme's chief, Mary Jones" by the noun's phrase up to the comma."""
    doc = span.passage.doc
    first = span.title[0] if span.title else span.first
    last = first - 1
    if not doc[last].is_punct:
        return
    if noun.i < last <= noun.i + _LONGEST and (noun.i + 1 == last or doc[noun.i + 1].tag_ == "IN"):
        found = Description(span.passage, _left_edge(doc, noun), last, noun.i, apart=True)
        if _is_telling(found):
            yield found


def phrase(passage: Passage, noun: Token) -> Description:
    """The phrase around a noun: what stands before it, and an "of …" behind it."""
    doc = passage.doc
    last = noun.i + 1
    for child in noun.rights:
        if child.i != last or child.dep_ != "prep" or child.lower_ not in {"of", "for", "at", "to"}:
            break
        last = _right_edge(child)
    while last < len(doc) and doc[last].tag_ in {"NNP", "NNPS"} and not doc[last].is_sent_start:
        last += 1  # "the head of the space agency Aurosat", whatever the parser hangs the name on
    return Description(passage, _left_edge(doc, noun), min(last, noun.i + _LONGEST), noun.i, apart=True)


def _right_edge(token: Token) -> int:
    """The end of a prepositional phrase without clauses and what a comma parts from it."""
    last = token.i + 1
    for child in token.rights:
        if child.dep_ in _STOP_BEHIND and child.dep_ != "appos":
            break
        if child.i > last + 12 or any(part.is_punct and part.text == "," for part in token.doc[last : child.i]):
            break
        last = max(last, _right_edge(child))
    return last


def _left_edge(doc: Doc, noun: Token) -> int:
    first = noun.i
    for child in reversed(list(noun.lefts)):
        if child.dep_ in {"det", "amod", "compound", "poss", "nmod", "nummod", "advmod", "npadvmod", "quantmod"}:
            edge = child.left_edge.i
            if any(doc[i].text in {",", ";", "\u2014"} for i in range(edge, first)):
                break
            first = edge
        elif not child.is_punct or child.text != "-":
            break
    return first


def kind_of(description: Description) -> EntityKind | None:
    """Return the kind of thing a description is of."""
    doc, head = description.passage.doc, description.passage.doc[description.head]
    if head.lower_.rstrip(".") in words.PERSON_NOUNS:
        return EntityKind.PERSON
    return kind_of_head(head.lower_, doc[head.i - 1].lower_ if head.i else "")


def vote(spans: Iterable[NameSpan]) -> dict[int, list[Description]]:
    """Describe each span (by index) and count the kinds that its descriptions speak for."""
    described = {}
    for index, span in enumerate(spans):
        if found := descriptions_of(span):
            described[index] = found
            for description in found:
                if kind := kind_of(description):
                    span.votes[kind] += _EVIDENCE
    return described
