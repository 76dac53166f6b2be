"""The words of time expressions: what each is (a symbol of the grammar) and what it means."""

from __future__ import annotations

from typing import Final

from briefs.language.times.values import MONTHS, WEEKDAYS

Meaning = int | float | str

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NTHS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
CARDINALS: Final[dict[str, int]] = {
    **{word: k for k, word in enumerate(_ONES.split())},
    **{word: 20 + 10 * k for k, word in enumerate(_TENS.split())},
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
}
ORDINALS: Final[dict[str, int]] = {**{word: k for k, word in enumerate(_NTHS.split(), 1)}, "thirtieth": 30}

_MONTHS = {name.lower(): k for k, name in enumerate(MONTHS, 1)}
_MONTHS |= {name[:3]: k for name, k in _MONTHS.items()} | {"sept": 9}
SHORT_MONTHS: Final = frozenset(name for name in _MONTHS if len(name) <= 4) - {"may", "june", "july"}
# In lower case these are other words more often than months.
AMBIGUOUS_MONTHS: Final = frozenset({"may", "march", "mar", "dec", "sep", "jan", "oct", "jun"})

SHORT_WEEKDAYS: Final = frozenset({"mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"})
_WEEKDAYS = {name.lower(): k for k, name in enumerate(WEEKDAYS, 1)}
_WEEKDAYS |= {short: next(k for name, k in _WEEKDAYS.items() if name.startswith(short[:3])) for short in SHORT_WEEKDAYS}

_UNITS = {
    "TS": "second seconds sec secs",
    "TM": "minute minutes min mins",
    "TH": "hour hours hr hrs h",
    "D": "day days",
    "W": "week weeks wk wks",
    "FN": "fortnight fortnights",
    "M": "month months",
    "Q": "quarter quarters",
    "Y": "year years yr yrs",
    "E": "decade decades",
    "C": "century centuries",
}
_PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}

# Minutes east of Greenwich; the everyday names of the zones of the United States change with summer time.
ZONES: Final[dict[str, int | str]] = {
    "UTC": 0,
    "GMT": 0,
    "BST": 60,
    "CET": 60,
    "CEST": 120,
    "EET": 120,
    "EEST": 180,
    "JST": 540,
    "EST": -300,
    "EDT": -240,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}

_WORDS: Final[dict[str, dict[str, Meaning] | str]] = {
    "MONTH": {**_MONTHS},
    "WEEKDAY": {**_WEEKDAYS},
    "WEEKDAYS": {name.lower() + "s": k for k, name in enumerate(WEEKDAYS, 1)},
    "UNIT": {word: unit for unit, words in _UNITS.items() for word in words.split()},
    "PART": {word: part for part, word in _PARTS.items()},
    "SEASON": {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"},
    "FALL": {"fall": "FA"},
    "DAYREF": {"today": 0, "yesterday": -1, "tomorrow": 1},
    "TONIGHT": "tonight",
    "LAST": "last previous prior preceding",
    "PAST": "past",
    "NEXT": "next following",
    "COMING": "coming upcoming",
    "THIS": "this",
    "CURRENT": "current ongoing",
    "SAME": "same",
    "EARLY": {"early": "start", "late": "end", "mid": "mid"},
    "EARLIER": {"earlier": "start", "later": "end"},
    "EDGE": {
        **dict.fromkeys(("beginning", "start", "outset"), "start"),
        "middle": "mid",
        **dict.fromkeys(("end", "close"), "end"),
    },
    "REST": "rest remainder",
    "FINAL": "final",
    "ENTIRE": "entire whole",
    "AGO": "ago",
    "BEFORE": "before",
    "AFTER": "after",
    "FROM": "from",
    "NOW": "now",
    "WEEKEND": "weekend",
    "HALF": "half",
    "NOON": {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0},
    "MERIDIEM": {"am": 0, "a.m": 0, "pm": 12, "p.m": 12},
    "OCLOCK": "o'clock o’clock",
    "THE": "the",
    "A": "a an",
    "ANOTHER": "another",
    "SINGLE": "single",
    "FEW": "few some several many",
    "COUPLE": "couple",
    "EVERY": "every each per",
    "RATE": {
        "daily": "D",
        "weekly": "W",
        "monthly": "M",
        "quarterly": "Q",
        "annual": "Y",
        "annually": "Y",
        "yearly": "Y",
    },
    "OF": "of",
    "IN": "in",
    "ON": "on",
    "AT": "at",
    "TO": "to through",
    "AND": "and",
    "OR": "or",
    "DURING": "during within throughout",
    "OVER": "over",
    "FOR": "for",
    "UNTIL": "until till by since",
    "MORE": "more less longer fewer later",
    "THAN": "than",
    "ABOUT": "about around almost nearly approximately roughly some under",
    "COMMA": ",",
    "HYPHEN": "- – —",
    "STOP": ".",
    "APOSTROPHE": "' ’",
    "S": "s",
    "OPEN": "(",
    "CLOSE": ")",
    "PLUS": "+",
    "LONG": "long",
    "SHORT": "short",
    "NEAR": "near foreseeable",
    "TERM": "term",
    "OLD": "old",
    "STRAIGHT": "trading business working calendar full more additional",
    "CONSECUTIVE": "straight consecutive successive",
    "ROW": "row",
    "RUNNING": "running",
    "POINT": "point",
    "ALTERNATE": "other alternate",
    "FISCAL": "fiscal financial",
    "TIME": "time",
    "LOCAL": "local",
    "MOMENT": "moment",
    "BEING": "being",
    "PERIOD": "period",
    "VAGUE": {
        "currently": "PRESENT_REF",
        "nowadays": "PRESENT_REF",
        "recently": "PAST_REF",
        "once": "PAST_REF",
        "soon": "FUTURE_REF",
    },
    "PRESENT": "present",
    "FUTURE": "future",
    "RECENT": "recent",
    "RIGHT": "right",
    "THAT": "that",
    "BLACK": "black",
}


def _entries() -> dict[str, tuple[str, Meaning]]:
    """Word → (symbol, meaning); a word listed twice keeps its first place."""
    out: dict[str, tuple[str, Meaning]] = {word: ("CARDINAL", number) for word, number in CARDINALS.items()}
    out |= {word: ("ORDINAL" if word != "second" else "SECOND", number) for word, number in ORDINALS.items()}
    for symbol, words in _WORDS.items():
        meanings = words if isinstance(words, dict) else dict.fromkeys(words.split(), "")
        for word, meaning in meanings.items():
            out.setdefault(word, (symbol, meaning))
    return out


SYMBOL_OF: Final = _entries()
# Symbols that are told by a word's shape or its neighbours rather than looked up.
_SHAPED = (
    "OTHER ISO SLASHED CLOCK DECADE QUARTERED NTH SHORT_YEAR AMOUNT MILITARY YEAR DAYNUM CARDINAL CARDINAL_DAY ORDINAL "
    "SECOND HOLIDAY ZONE MAYBE_MONTH SHORT_MONTH SHORT_WEEKDAY"
)
SYMBOLS: Final = (*_WORDS, *_SHAPED.split())
