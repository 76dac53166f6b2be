"""Lexemes → terms: the shortest meaningful pieces of time expressions, found by rules over the lexemes' symbols.

A rule is a regular expression whose letters are symbols: ``month:MON STOP? day:NTH_DAY`` names the lexemes that carry the
meaning. The longest rule that matches at a place wins; what a rule's words mean is said in ``terms``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefs.language.times.lexicon import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.language.times.lexer import Lexeme

# Every symbol is one character, so that rules run as plain regular expressions over a string as long as the lexemes.
_LETTER: Final = {symbol: chr(0x4E00 + k) for k, symbol in enumerate(SYMBOLS)}
_CLASSES: Final = {
    "DAY": "DAYNUM CARDINAL_DAY NTH ORDINAL SECOND",
    "COUNT": "DAYNUM CARDINAL_DAY CARDINAL AMOUNT YEAR SINGLE",
    "ORD": "NTH ORDINAL SECOND FINAL LAST",
    "MON": "MONTH SHORT_MONTH MAYBE_MONTH",
    "WD": "WEEKDAY SHORT_WEEKDAY",
    "REL": "LAST PAST NEXT COMING THIS CURRENT",
    "UNITS": "UNIT SECOND",
    "YR": "YEAR SHORT_YEAR",
    "HOUR": "DAYNUM CARDINAL_DAY",
    "DURING": "DURING OVER",
    "FROM_TO": "HYPHEN AND TO OR",
    "STR": "STRAIGHT CONSECUTIVE",
}

# "For over two years" is about a length, "over two days the delegates met" is not.
_APPROX: Final = "(MORE THAN|ABOUT|(?<=(IN|FOR|AFTER|OF)) OVER)"

_RULES: Final[dict[str, str]] = {
    # Dates and parts of dates.
    "iso": "iso:ISO",
    "slashed": "slashed:SLASHED",
    "month_day": "month:MON COMMA? THE? day:DAY",
    "day_month": "THE? day:DAY STOP? OF? month:MON",
    "month_short_year": "(day:DAY OF?)? month:MON OF number:AMOUNT",
    "day_after": "(?<=MON DAYNUM FROM_TO) day:DAYNUM",
    "day_before": "day:DAYNUM (?=FROM_TO DAYNUM OF? MON)",
    "month": "rel:REL? month:MON",
    "weekday": "(THE|THIS)? rel:REL? weekday:WD",
    "black_weekday": "black:BLACK WD",
    "nth_weekday": "THE? nth:ORD weekday:WD (?=PART? (OF|IN))",
    "nth_week": "THE? nth:ORD HYPHEN? week:UNIT (?=OF)",
    "fiscal": "THE? FISCAL UNIT? year:YR",
    "year": "(THE? word:UNIT OF?)? year:YR",
    "quarter": "THE? nth:ORD HYPHEN? unit:UNIT",
    "quartered": "quartered:QUARTERED",
    "half": "THE? nth:ORD HYPHEN? half:HALF",
    "season": "THE? rel:REL? season:SEASON",
    "fall": "rel:REL season:FALL",
    "fall_in": "(?<=(IN|UNTIL|DURING)) THE season:FALL",
    "fall_of": "season:FALL (?=OF? YEAR)",
    "fall_early": "(?<=EARLY) season:FALL",
    "decade": "THE? edge:EARLY? decade:DECADE",
    "holiday": "rel:REL? holiday:HOLIDAY",
    "past_unit": "(THE PAST|(?<=OVER) THE LAST) unit:UNIT",
    "consecutive": "(THE|A)? ORD CONSECUTIVE unit:UNIT",
    "in_a_row": "(THE|A)? ORD unit:UNIT (IN A ROW|RUNNING)",
    "to_this_day": "(?<=TO) THIS unit:UNIT",
    "shift_named": "(?<!OF) THE rel:(LAST|NEXT) unit:UNIT",
    "shift": "(THE|THIS)? rel:REL unit:UNIT",
    "shift_after": "THE unit:UNIT rel:(LAST|BEFORE)",
    "rel_weekend": "(THE|THIS)? rel:REL weekend:WEEKEND",
    "weekend": "THE? weekend:WEEKEND",
    "edge": "THE? (edge:EDGE|REST) OF THE?",
    "edge_unit": "THE? (edge:EDGE|edge2:EARLY|edge3:EARLIER|REST) (OF|IN) THE? unit:UNIT",
    "unit_edge": "THE? unit:UNIT (HYPHEN|APOSTROPHE S)? edge:EDGE",
    "early": "(edge:EARLY HYPHEN?|edge2:EARLIER)",
    "entire": "THE ENTIRE unit:UNIT",
    "day_reference": "day:DAYREF",
    "beyond": "THE unit:UNIT (AFTER|BEFORE) day:DAYREF",
    "tonight": "tonight:TONIGHT",
    "part": "(IN THE)? part:PART",
    "rel_part": "rel:(THIS|LAST|PAST) part:PART",
    "same": "(THE SAME|THAT) unit:UNIT",
    "that_season": "THAT season:(SEASON|FALL)",
    "that_month": "THAT month:MON",
    "that_time": "(?<=(UNTIL|AT|FROM)) THAT TIME",
    "the_day": "THE unit:UNIT",
    "compared": "THE SAME unit:(UNIT|PERIOD) (OF|IN)? THE? (rel:LAST UNIT|A UNIT (AGO|EARLIER|BEFORE))",
    # Clock times.
    "clock": "clock:CLOCK meridiem:MERIDIEM? (LOCAL TIME)?",
    "hour": "hour:HOUR (meridiem:MERIDIEM|OCLOCK) (LOCAL TIME)?",
    "spoken_clock": "(?<=AT) hour:CARDINAL_DAY HYPHEN? minute:(CARDINAL_DAY|CARDINAL) (UNIT|meridiem:MERIDIEM)?",
    "noon": "noon:NOON",
    "military": "military:MILITARY",
    "zone": "OPEN? zone:ZONE (sign:(PLUS|HYPHEN) hours:HOUR)? CLOSE?",
    # Lengths of time; of rules as long as each other the first wins.
    "in_count": "(?<=IN) about:ABOUT? count:COUNT unit:UNITS",
    "in_time": "(?<=IN) about:ABOUT? count:COUNT unit:UNITS APOSTROPHE S? TIME",
    "in_one": "(?<=IN) about:ABOUT? article:A unit:UNITS",
    "duration": "about:APPROX? (THE? rel:REL)? count:COUNT half:(HYPHEN? AND HYPHEN? A HYPHEN? HALF)? STR? HYPHEN? unit:UNITS (HYPHEN? LONG)?",
    "either": "count:COUNT (?=(AND|TO|OR|HYPHEN) COUNT HYPHEN? unit:UNITS)",
    "some_duration": "about:APPROX? (THE? rel:REL)? A? (few:FEW|couple:COUPLE OF?) STR? unit:UNITS",
    "one": "about:APPROX? (article:A|ANOTHER) unit:UNITS half:(HYPHEN? AND HYPHEN? A HYPHEN? HALF)?",
    "half_unit": "about:APPROX? (A? HALF HYPHEN? A?) unit:UNIT",
    "units_past": "(?<=DURING THE) unit:UNIT",
    "plural": "unit:UNIT (HYPHEN LONG)?",
    "last_units": "THE? rel:REL unit:UNIT",
    # Lengths counted from somewhere.
    "counted_away": "about:APPROX? count:COUNT half:(HYPHEN? AND HYPHEN? A HYPHEN? HALF)? unit:UNITS away:(AGO|EARLIER|FROM NOW) (?!THAN)",
    "some_away": "about:APPROX? A? (few:FEW|couple:COUPLE OF?) unit:UNITS away:(AGO|EARLIER|FROM NOW) (?!THAN)",
    "one_away": "about:APPROX? article:A unit:UNITS away:(AGO|EARLIER|FROM NOW) (?!THAN)",
    # Sets.
    "every": "every:EVERY count:COUNT? unit:UNITS",
    "every_weekday": "every:EVERY weekday:WD",
    "every_other": "every:EVERY (ALTERNATE|SECOND) unit:UNIT",
    "every_season": "EVERY season:SEASON",
    "every_month": "EVERY month:MON",
    "weekdays": "weekdays:WEEKDAYS",
    "rate": "rate:RATE",
    # Vague references.
    "one_point": "(?<=AT) CARDINAL_DAY POINT",
    "vague": "vague:VAGUE",
    "now": "RIGHT? now:NOW",
    "at_present": "(AT (PRESENT|THE PRESENT TIME|THE? MOMENT|THIS TIME|THIS MOMENT)|THE TIME BEING)",
    "future": "THE NEAR? future:FUTURE",
    "term": "THE (LONG|SHORT|NEAR) term:TERM",
    "past": "THE past:PAST",
    "recent_units": "RECENT unit:UNIT",
    "recent": "recent:RECENT",
    "current": "current:CURRENT",
}


def _letters_of(found: re.Match[str]) -> str:
    """The letters of a symbol, or of a class of them."""
    return "[" + "".join(_LETTER[symbol] for symbol in _CLASSES.get(found.group(), found.group()).split()) + "]"


def _compiled(rule: str) -> re.Pattern[str]:
    """A rule as a regular expression over letters; ``name:X`` and ``name:(X|Y)`` become named groups."""
    rule = rule.replace("APPROX", _APPROX)
    plain = re.sub(r"\b[A-Z][A-Z_]*\b", _letters_of, rule).replace(" ", "")
    return re.compile(
        re.sub(r"([a-z_0-9]+):(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\])", r"(?P<\1>\2)", plain)
    )


_PATTERNS: Final = [(name, _compiled(rule)) for name, rule in _RULES.items()]
# No rule matches without one of these; most runs are mere "in the" and "a".
_WEAK: Final = frozenset(
    {"OTHER", "THE", "A", "ANOTHER", "OF", "IN", "ON", "AT", "TO", "AND", "OR", "DURING", "FOR", "UNTIL"}
    | {"MORE", "THAN", "ABOUT", "COMMA", "HYPHEN", "STOP", "APOSTROPHE", "S", "OPEN", "CLOSE", "PLUS"}
    | {
        "LONG",
        "SHORT",
        "NEAR",
        "OLD",
        "STRAIGHT",
        "CONSECUTIVE",
        "ROW",
        "RUNNING",
        "ALTERNATE",
        "FISCAL",
        "PERIOD",
        "LOCAL",
        "RIGHT",
        "THAT",
        "BLACK",
        "SAME",
        "EVERY",
    }
    | {"FEW", "COUPLE", "SINGLE", "FROM", "BEFORE", "AFTER", "ENTIRE", "REST", "FINAL", "LAST", "NEXT"}
    | {"COMING", "THIS", "DAYNUM", "AMOUNT", "CARDINAL", "CARDINAL_DAY", "ORDINAL", "NTH", "EARLY"}
    | {"EARLIER", "EDGE"}
)
_STRONG: Final = re.compile("[" + "".join(_LETTER[symbol] for symbol in SYMBOLS if symbol not in _WEAK) + "]")
_RUN: Final = re.compile(f"[^{_LETTER['OTHER']}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one rule matched: the indices of its lexemes, and the first lexeme of each name in the rule."""

    rule: str
    first: int
    last: int  # the index after the last
    named: dict[str, Lexeme]


def letters(lexemes: Sequence[Lexeme]) -> str:
    """The symbols of the lexemes as one string, a letter each."""
    return "".join([_LETTER[lexeme.symbol] for lexeme in lexemes])


def runs(symbols: str) -> Iterator[tuple[int, int]]:
    """Stretches of lexemes that some time expression may use."""
    for found in _RUN.finditer(symbols):
        if _STRONG.search(symbols, *found.span()):
            yield found.span()


def pieces_at(symbols: str, at: int, lexemes: Sequence[Lexeme]) -> list[Piece]:
    """Every rule that matches at an index, longest first."""
    out = []
    for name, pattern in _PATTERNS:
        if found := pattern.match(symbols, at):
            named = {k: lexemes[found.start(k)] for k, v in found.groupdict().items() if v}
            out.append(Piece(name, at, found.end(), named))
    out.sort(key=lambda piece: -piece.last)
    return out
