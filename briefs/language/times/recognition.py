"""Passages → the times they name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.language.times import grammar
from briefs.language.times.lexer import lex
from briefs.language.times.resolution import Setting, resolve, shifted
from briefs.language.times.tense import tense_of
from briefs.language.times.terms import Fixed, Length, Partial, Term, duration_value, joined, term
from briefs.language.times.values import grain, value_range
from briefs.models import Grain, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from spacy.tokens import Doc, Token

    from briefs.language.pipeline import Passage
    from briefs.language.times.lexer import Lexeme
    from briefs.language.times.terms import Modifier

# What may stand between two parts of one date: "Friday, 1 August", "the first quarter of last year", "Friday at 4 p.m."
_BETWEEN = frozenset("COMMA OF IN ON AT HYPHEN THE ABOUT".split())


@dataclass(frozen=True, slots=True)
class Expression:
    """A term and the indices of its lexemes."""

    term: Term
    first: int
    last: int  # the index after the last


def find(passages: Sequence[Passage], anchor: datetime | None) -> tuple[When, ...]:
    """The times that the passages of one article name, in order; relative ones against the anchor, its publication.

    Without an anchor absolute times still resolve; a weekday or month keeps its unknown year ("XXXX-WXX-4") and what is
    merely relative ("yesterday") is left out.
    """
    return tuple(when for passage in passages for when in _in_passage(passage, anchor))


def _in_passage(passage: Passage, anchor: datetime | None) -> Iterator[When]:
    reader = _Reader(passage, anchor)
    for expression in _expressions(reader.lexemes):
        when = reader.read(expression)
        if when:
            yield when


# -------------------------------------------------------------------------------------------------------- recognition
def _expressions(lexemes: list[Lexeme]) -> Iterator[Expression]:
    """Terms left to right, the longest at each place, neighbours joined."""
    found = list(_terms(lexemes))
    k = 0
    while k < len(found):
        expression, k = found[k], k + 1
        while k < len(found) and (longer := _with_neighbour(expression, found[k], lexemes)):
            expression, k = longer, k + 1
        yield expression


def _terms(lexemes: list[Lexeme]) -> Iterator[Expression]:
    symbols = grammar.letters(lexemes)
    for first, last in grammar.runs(symbols):
        at = first
        while at < last:
            expression = _term_at(symbols, at, lexemes)
            if expression:
                yield expression
            at = expression.last if expression else at + 1


def _term_at(symbols: str, at: int, lexemes: list[Lexeme]) -> Expression | None:
    for piece in grammar.pieces_at(symbols, at, lexemes):
        meaning = term(piece)
        if meaning is not None:
            return Expression(meaning, piece.first, piece.last)
    return None


def _with_neighbour(first: Expression, second: Expression, lexemes: list[Lexeme]) -> Expression | None:
    between = lexemes[first.last : second.first]
    if len(between) > 2 or any(lexeme.symbol not in _BETWEEN for lexeme in between):
        return None
    if not isinstance(first.term, Partial) or not isinstance(second.term, Partial):
        return None
    both = joined(first.term, second.term)
    return Expression(both, first.first, second.last) if both else None


# ---------------------------------------------------------------------------------------------------------- resolution
class _Reader:
    """Resolves the expressions of one passage in order, remembering what was named last."""

    def __init__(self, passage: Passage, anchor: datetime | None) -> None:
        self.passage = passage
        self.doc: Doc = passage.doc
        self.anchor = anchor
        self.lexemes = lex(self.doc.text)
        self.named: str | None = None

    def read(self, expression: Expression) -> When | None:
        match expression.term:
            case Partial() as partial:
                return self._date(partial, expression)
            case Length() as length:
                return self._length(length, expression)
            case Fixed(value, recurs):
                return self._when(value, expression, grain_=Grain.SET if recurs else None)

    def _date(self, partial: Partial, expression: Expression) -> When | None:
        given = partial.given()
        if not self._credible(partial, given, expression):
            return None
        if given <= {"edge"} or given == {"part"} or given == {"zone"}:
            return None
        if partial.minutes is not None and given <= {"minutes", "meridiem", "zone", "part"}:
            day = self._day_of_clock()
            if day is None:
                return None
            partial = replace(partial, year=int(day[:4]), month=int(day[5:7]), day=int(day[8:10]))
        value = resolve(partial, self._setting(partial, expression))
        return self._when(value, expression, modifier=partial.edge) if value else None

    def _credible(self, partial: Partial, given: set[str], expression: Expression) -> bool:
        """Whether words that also mean something else ("may", "fall", "the sun") name a time here."""
        words = self.lexemes[expression.first : expression.last]
        symbols = {lexeme.symbol for lexeme in words}
        if given == {"month"} or given == {"month", "rel"}:
            token = self._token(expression)
            return "MAYBE_MONTH" not in symbols and (token is None or token.pos_ not in ("AUX", "VERB"))
        if "FALL" in symbols and not given & {"year", "rel", "edge", "shift"}:
            return self._before(expression) in ("in", "by", "until", "since") and "THE" in symbols
        if "SHORT_WEEKDAY" in symbols and given == {"weekday"}:
            return "STOP" in symbols
        return True

    def _day_of_clock(self) -> str | None:
        if self.named and len(self.named) >= 10 and self.named[4] == "-":
            return self.named[:10]
        return self.anchor.date().isoformat() if self.anchor else None

    def _setting(self, partial: Partial, expression: Expression) -> Setting:
        token = self._token(expression)
        tense = tense_of(token) if token is not None else None
        before = self._before(expression)
        direction = {"past": -1, "present": 0, "future": 1, None: -1}[tense]
        if before in ("until", "till"):
            direction = 1
        elif before == "since":
            direction = -1
        elif before == "by" and tense != "past":
            direction = 1
        return Setting(self.anchor.date() if self.anchor else None, direction, before == "since", self.named)

    def _before(self, expression: Expression) -> str:
        return self.lexemes[expression.first - 1].text.lower() if expression.first else ""

    def _token(self, expression: Expression) -> Token | None:
        """The head word of the expression in the parse."""
        span = self.doc.char_span(
            self.lexemes[expression.first].start, self.lexemes[expression.last - 1].end, alignment_mode="expand"
        )
        return span.root if span is not None and len(span) else None

    def _length(self, length: Length, expression: Expression) -> When | None:
        about: Modifier | None = "about" if length.about else None
        value = self._counted_away(length, expression) if length.away else None
        if value is None:
            value = duration_value(length.count, length.unit)
        return self._when(value, expression, modifier=about)

    def _counted_away(self, length: Length, expression: Expression) -> str | None:
        """ "two weeks ago", "three days later", "in two days" as a date; None when it is a mere length."""
        if length.count is None or not float(length.count).is_integer() or self.anchor is None:
            return None
        token = self._token(expression)
        if length.away == "in" and (token is None or tense_of(token) != "future"):
            return None
        start = self._counted_from(length)
        count = int(length.count) * (1 if length.away in ("in", "later") else -1)
        # "A week ago" is a day, "two months ago" a month.
        unit, count = ("D", 7 * count) if length.unit == "W" else (length.unit, count)
        try:
            return shifted(start, unit, count) if start else None
        except (ValueError, OverflowError):
            return None

    def _counted_from(self, length: Length) -> date | None:
        """The day a length counts from: the anchor's, or with "earlier" and "later" the one named last."""
        if length.away in ("earlier", "later") and self.named:
            span = value_range(self.named)
            return span[0].date() if span else None
        return self.anchor.date() if self.anchor else None

    def _when(
        self, value: str, expression: Expression, *, modifier: Modifier | None = None, grain_: Grain | None = None
    ) -> When:
        span = value_range(value)
        if span:
            self.named = value
        start = self.passage.start + self.lexemes[expression.first].start
        end = self.passage.start + self.lexemes[expression.last - 1].end
        first, last = span or (None, None)
        return When(value, start, end, grain_ or grain(value), first, last, modifier)
