"""Passages → the times they name."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from briefs.language.times import grammar
from briefs.language.times.credible import credible, is_counted
from briefs.language.times.lexer import lex
from briefs.language.times.resolution import Setting, resolve, shifted
from briefs.language.times.tense import brings_on, calls_off, convenes, is_of_plan, put_off, tense_of
from briefs.language.times.terms import Fixed, Length, Partial, Term, duration_value, joined, term
from briefs.language.times.values import grain, value_range
from briefs.models import BlockKind, Grain, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from spacy.tokens import Doc, Token

    from briefs.language.pipeline import Passage
    from briefs.language.times.lexer import Lexeme
    from briefs.language.times.terms import Modifier

# What may stand between two parts of one date: "Friday, 1 August", "the first quarter of last year", "Friday at 4 p.m."
_BETWEEN: Final = frozenset({"COMMA", "OF", "IN", "ON", "AT", "HYPHEN", "THE", "ABOUT"})
_RANGE: Final = frozenset({"HYPHEN", "AND", "TO", "OR"})
_BEFORE_PERIOD: Final[dict[str, Modifier]] = {
    "before": "before",
    "after": "after",
    "until": "until",
    "till": "until",
    "through": "until",
    "since": "since",
    "around": "about",
    "about": "about",
}
_THAN: Final[dict[tuple[str, ...], Modifier]] = {
    ("no", "earlier", "than"): "after",
    ("no", "later", "than"): "until",
    ("earlier", "than"): "before",
    ("later", "than"): "after",
}


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
    return tuple(when for passage in passages for when in _Reader(passage, anchor).read())


# -------------------------------------------------------------------------------------------------------- recognition
def _expressions(lexemes: list[Lexeme]) -> list[Expression]:
    """Terms left to right, the longest at each place, neighbours joined."""
    found = _with_months(list(_terms(lexemes)))
    out: list[Expression] = []
    for expression in found:
        longer = _with_neighbour(out[-1], expression, lexemes) if out else None
        if longer:
            out[-1] = longer
        else:
            out.append(expression)
    return _with_years(out, lexemes)


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
    between = [lexeme.symbol for lexeme in lexemes[first.last : second.first]]
    if len(between) > 2 or not _BETWEEN.issuperset(between):
        return None
    if not isinstance(first.term, Partial) or not isinstance(second.term, Partial):
        return None
    if "COMMA" in between and first.term.given() == {"edge"}:
        return None
    both = joined(first.term, second.term)
    return Expression(both, first.first, second.last) if both else None


def _with_months(found: list[Expression]) -> list[Expression]:
    """The bare day of "3-5 July" or "July 3 and 4" with the month of the other."""
    out = list(found)
    for k, expression in enumerate(out):
        if not isinstance(expression.term, Partial) or expression.term.given() != {"day"}:
            continue
        for other in (out[k - 1] if k else None, out[k + 1] if k + 1 < len(out) else None):
            if (
                other
                and isinstance(other.term, Partial)
                and other.term.month
                and abs(other.first - expression.last) < 5
            ):
                out[k] = replace(expression, term=replace(expression.term, month=other.term.month))
                break
    return out


def _with_years(found: list[Expression], lexemes: list[Lexeme]) -> list[Expression]:
    """The first month of "between April and June 2008" with the year of the second."""
    out = list(found)
    for k in range(len(out) - 1, 0, -1):
        first, second = out[k - 1], out[k]
        between = {lexeme.symbol for lexeme in lexemes[first.last : second.first]}
        if not (isinstance(first.term, Partial) and isinstance(second.term, Partial) and between <= _RANGE and between):
            continue
        if second.term.year and second.term.month and first.term.given() in ({"month"}, {"month", "day"}):
            out[k - 1] = replace(first, term=replace(first.term, year=second.term.year))
    return out


# ---------------------------------------------------------------------------------------------------------- resolution
class _Reader:
    """Resolves the expressions of one passage in order, remembering what was named last."""

    def __init__(self, passage: Passage, anchor: datetime | None) -> None:
        self._passage = passage
        self._doc: Doc = passage.doc
        self._anchor = anchor
        self._lexemes = lex(self._doc.text)
        self._starts: list[int] = []
        self._named: str | None = None
        self._named_day: str | None = None

    def read(self) -> Iterator[When]:
        """The times of the passage in order."""
        for expression in _expressions(self._lexemes):
            when = self._resolved(expression) if self._is_credible(expression) else None
            if when:
                yield when

    def _is_credible(self, expression: Expression) -> bool:
        tokens = [self._token_at(lexeme) for lexeme in self._lexemes[expression.first : expression.last]]
        return credible(expression.term, self._lexemes, expression.first, expression.last, tokens)

    def _token_at(self, lexeme: Lexeme) -> Token:
        if not self._starts:
            self._starts = self._doc.to_array("IDX").tolist()
        return self._doc[max(0, bisect.bisect_right(self._starts, lexeme.start) - 1)]

    def _resolved(self, expression: Expression) -> When | None:
        match expression.term:
            case Partial() as partial:
                return self._date(partial, expression)
            case Length() as length:
                return self._length(length, expression)
            case Fixed(value, recurs):
                return self._when(value, expression, grain_=Grain.SET if recurs else None)

    def _date(self, partial: Partial, expression: Expression) -> When | None:
        if partial.minutes is not None and partial.given() <= {"minutes", "meridiem", "zone", "part"}:
            day = self._named_day or (self._anchor.date().isoformat() if self._anchor else None)
            if day is None:
                return None
            partial = replace(partial, year=int(day[:4]), month=int(day[5:7]), day=int(day[8:10]))
        if partial.given() == {"weekday"} and self._is_any(expression):
            return self._when(f"XXXX-WXX-{partial.weekday}", expression)
        value = self._of_attacks(partial, expression) or resolve(partial, self._setting(partial, expression))
        if value is None:
            return None
        modifier = partial.edge or self._modifier(expression)
        return self._when(value, expression, modifier=modifier, passing=partial.holiday is not None)

    def _is_any(self, expression: Expression) -> bool:
        """Whether it is some weekday, no certain one: "they meet on a Thursday"."""
        token = self._head(expression)
        return self._before(expression) in ("a", "an") and token.dep_ == "pobj" and token.head.lower_ == "on"

    def _modifier(self, expression: Expression) -> Modifier | None:
        """What the words before say: "since 2018", "no earlier than September"."""
        words = tuple(lexeme.text.lower() for lexeme in self._lexemes[max(0, expression.first - 3) : expression.first])
        if words[-1:] == ("than",):
            return _THAN.get(words[-3:]) or _THAN.get(words[-2:])
        return _BEFORE_PERIOD.get(words[-1]) if words else None

    def _of_attacks(self, partial: Partial, expression: Expression) -> str | None:
        """The day of "the Sept. 11 attacks": those of 2001, whatever the year of the article."""
        after = [lexeme.text.lower() for lexeme in self._lexemes[expression.last : expression.last + 2]]
        attacks = any(
            word.startswith(("attack", "terror", "hijack", "survivor", "victim", "commission")) for word in after
        )
        return "2001-09-11" if attacks and (partial.month, partial.day, partial.year) == (9, 11, None) else None

    def _setting(self, partial: Partial, expression: Expression) -> Setting:
        before = self._before(expression)
        anchor = self._anchor.date() if self._anchor else None
        direction, soon = self._direction(partial, expression, before), self._may_be_soon(partial, expression, before)
        return Setting(anchor, direction, before == "since", self._named, self._named_day, soon)

    def _may_be_soon(self, partial: Partial, expression: Expression, before: str) -> bool:
        """Whether a day is of what is called off, moved or announced, in no year gone by."""
        head = self._head(expression)
        touched = calls_off(head) or brings_on(head) or (before == "from" and put_off(head))
        return partial.day is not None and touched and not self._is_of_old()

    def _is_of_old(self) -> bool:
        """Whether the text named a year gone by last: "last year's match on 22 May was cancelled"."""
        return bool(self._named and self._anchor and self._named[:4] < f"{self._anchor.year:04d}")

    def _direction(self, partial: Partial, expression: Expression, before: str) -> int:
        """Whether an expression points back (-1), ahead (1) or to the nearest (0)."""
        token = self._head(expression)
        tense = tense_of(token)
        # "The June 19 election" lies where it lies, whatever was said of it.
        if tense == "past" and token.dep_ in ("compound", "nmod", "poss") and not partial.weekday:
            tense = "loose past"
        if tense == "past" and not partial.weekday and is_of_plan(token) and not self._is_of_old():
            tense = "loose past"
        if before == "since":
            return -1
        if before in ("until", "till") or (before in ("by", "through") and tense not in ("past", "loose past")):
            return 1
        if before == "to" and put_off(token):
            return 1
        if before == "for" and convenes(token):
            return 1
        if tense == "reported" and partial.day:
            return 0  # "reports its results on 14 August"
        if tense == "present":
            return 1 if partial.weekday and self._passage.kind is BlockKind.PROSE else 0
        if tense in ("past", "reported", "future"):
            return 1 if tense == "future" else -1
        return -1 if partial.weekday else 0

    def _before(self, expression: Expression) -> str:
        return self._lexemes[expression.first - 1].text.lower() if expression.first else ""

    def _head(self, expression: Expression) -> Token:
        """The head word of the expression in the parse."""
        first = self._token_at(self._lexemes[expression.first])
        last = self._token_at(self._lexemes[expression.last - 1])
        return self._doc[first.i : last.i + 1].root

    def _length(self, length: Length, expression: Expression) -> When:
        about: Modifier | None = "about" if length.about else None
        value = self._counted_away(length, expression) if length.away else None
        if value is None:
            value = duration_value(length.count, length.unit)
        grain_ = Grain.SET if length.form == "article" and self._is_rate(length, expression) else None
        return self._when(value, expression, modifier=about, grain_=grain_)

    def _is_rate(self, length: Length, expression: Expression) -> bool:
        """Whether a length stands right after what is counted: "15 a year"."""
        before = self._token_at(self._lexemes[expression.first]).i - 1
        return not length.about and before >= 0 and is_counted(self._doc[before])

    def _counted_away(self, length: Length, expression: Expression) -> str | None:
        """The date of "two weeks ago", "three days later", "in two days"; None when it is a mere length."""
        start = self._counted_from(length)
        if length.count is None or not float(length.count).is_integer() or start is None:
            return None
        tense = tense_of(self._head(expression))
        if length.away == "in" and tense != "future":
            return None
        count = int(length.count) * (1 if length.away in ("in", "in time", "later") else -1)
        value = self._moved(start, length.unit, count)
        return None if self._is_after_anchor(value) and length.away == "later" and tense != "future" else value

    def _moved(self, start: date, unit: str, count: int) -> str | None:
        """The unit so far from a day: "a week ago" is a day, "two months ago" a month."""
        unit, days = {"W": ("D", 7), "FN": ("D", 14)}.get(unit, (unit, 1))
        try:
            return shifted(start, unit, count * days)
        except (ValueError, OverflowError):
            return None

    def _is_after_anchor(self, value: str | None) -> bool:
        span = value_range(value) if value else None
        return bool(span and self._anchor and span[0] > self._anchor)

    def _counted_from(self, length: Length) -> date | None:
        """The day a length counts from: the anchor's, or with "earlier" and "later" the one named last."""
        if length.away == "later" and not self._named:
            return None
        if length.away in ("earlier", "later") and self._named:
            span = value_range(self._named)
            return span[0].date() if span else None
        return self._anchor.date() if self._anchor else None

    def _when(
        self,
        value: str,
        expression: Expression,
        *,
        modifier: Modifier | None = None,
        grain_: Grain | None = None,
        passing: bool = False,
    ) -> When:
        """The time, remembered as named last unless it is named in passing."""
        first, last = value_range(value) or (None, None)
        if first and not passing:
            self._named = value
        if first and not passing and value[4:5] == "-" and grain(value) in (Grain.DAY, Grain.PART_OF_DAY, Grain.MINUTE):
            self._named_day = value[:10]
        start = self._passage.start + self._lexemes[expression.first].start
        end = self._passage.start + self._lexemes[expression.last - 1].end
        return When(value, start, end, grain_ or grain(value), first, last, modifier)
