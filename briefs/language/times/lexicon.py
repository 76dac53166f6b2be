"""The words of time expressions: what each is (a symbol of the grammar) and what it means."""

from __future__ import annotations

from typing import Final

from briefs.language.times.values import MONTHS, WEEKDAYS

Meaning = int | float | str

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
CARDINALS: Final[dict[str, int]] = {
    **{word: k for k, word in enumerate(_ONES.split())},
    **{word: 20 + 10 * k for k, word in enumerate(_TENS.split())},
    "hundred": 100,
    "thousand": 1000,
}
ORDINALS: Final[dict[str, int]] = {
    **{word: k for k, word in enumerate(_ORDINALS.split(), 1)},
    "thirtieth": 30,
    **{
        f"{tens}-{one}": 20 + 10 * k + n
        for k, tens in enumerate(("twenty", "thirty"))
        for n, one in enumerate(_ORDINALS.split()[:9], 1)
    },
}

_MONTHS = {name.lower(): k for k, name in enumerate(MONTHS, 1)}
_MONTHS |= {name[:3]: k for name, k in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {name.lower(): k for k, name in enumerate(WEEKDAYS, 1)}
SHORT_WEEKDAYS: Final = frozenset({"mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"})
_WEEKDAYS |= {short: next(k for name, k in _WEEKDAYS.items() if name.startswith(short[:3])) for short in SHORT_WEEKDAYS}
# Short forms that are also other words count only beside a number or a full stop.
SHORT_MONTHS: Final = frozenset(name for name in _MONTHS if len(name) <= 4 and name not in ("may", "june", "july"))

_UNITS = {
    "TS": "second seconds sec secs",
    "TM": "minute minutes min mins",
    "TH": "hour hours hr hrs h",
    "D": "day days",
    "W": "week weeks wk wks",
    "M": "month months",
    "Q": "quarter quarters",
    "Y": "year years yr yrs",
    "E": "decade decades",
    "C": "century centuries",
}
_PARTS = {
    "MO": "morning mornings",
    "AF": "afternoon afternoons",
    "EV": "evening evenings",
    "NI": "night nights overnight",
}
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_ZONES: Final = {  # minutes east of Greenwich
    **dict.fromkeys(("utc", "gmt", "z"), 0),
    "bst": 60,
    "cet": 60,
    "cest": 120,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}

_WORDS: Final[dict[str, dict[str, Meaning] | str]] = {
    "MONTH": {**_MONTHS},
    "WEEKDAY": {**_WEEKDAYS},
    "WEEKDAYS": {name.lower() + "s": k for k, name in enumerate(WEEKDAYS, 1)},
    "UNIT": {word: unit for unit, words in _UNITS.items() for word in words.split()},
    "PART": {word: part for part, words in _PARTS.items() for word in words.split()},
    "SEASON": {**{word: season for season, word in _SEASONS.items()}},
    "FALL": {"fall": "FA"},
    "ZONE": {**_ZONES},
    "DAYREF": {"today": 0, "yesterday": -1, "tomorrow": 1},
    "TONIGHT": "tonight",
    "LAST": "last previous prior preceding",
    "PAST": "past",
    "NEXT": "next upcoming following coming",
    "THIS": "this current",
    "SAME": "same",
    "EARLY": {"early": "start", "late": "end", "mid": "mid"},
    "EARLIER": {"earlier": "start", "later": "end"},
    "EDGE": {
        **dict.fromkeys(("beginning", "start", "outset"), "start"),
        "middle": "mid",
        **dict.fromkeys(("end", "close"), "end"),
    },
    "FINAL": "final",
    "ENTIRE": "entire whole full",
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
    "FEW": "few some several",
    "MANY": "many",
    "COUPLE": "couple",
    "EVERY": "every each per",
    "ALL": "all",
    "RATE": {
        "hourly": "TH",
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
    "TO": "to",
    "AND": "and",
    "OR": "or",
    "BETWEEN": "between",
    "DURING": "during within over throughout",
    "FOR": "for",
    "UNTIL": "until till by since",
    "AS": "as",
    "MORE": "more less longer fewer later",
    "THAN": "than",
    "ABOUT": "about around almost nearly approximately roughly just some over under",
    "COMMA": ",",
    "HYPHEN": "- – —",
    "STOP": ".",
    "SLASHES": "/",
    "OPEN": "(",
    "CLOSE": ")",
    "LONG": "long",
    "OLD": "old",
    "TRADING": "trading straight consecutive successive business working calendar fiscal financial full",
    "TIME": "time moment",
    "VAGUE": {
        "currently": "PRESENT_REF",
        "nowadays": "PRESENT_REF",
        "presently": "PRESENT_REF",
        "recently": "PAST_REF",
        "once": "PAST_REF",
        "formerly": "PAST_REF",
        "soon": "FUTURE_REF",
    },
    "PRESENT": "present",
    "FUTURE": "future",
    "RECENT": "recent",
    "RIGHT": "right",
    "THAT": "that",
    "NEAR": "near",
    "PLUS": "+",
}


def _entries() -> dict[str, tuple[str, Meaning]]:
    """Word → (symbol, meaning); a word listed twice keeps its first place."""
    out: dict[str, tuple[str, Meaning]] = {}
    for symbol, words in _WORDS.items():
        meanings = words if isinstance(words, dict) else dict.fromkeys(words.split(), "")
        for word, meaning in meanings.items():
            out.setdefault(word, (symbol, meaning))
    return out


SYMBOL_OF: Final = _entries()
_NUMERALS: Final = (
    "ISO SLASHED CLOCK DECADE QUARTERED NTH SHORT_YEAR OTHER AMOUNT MILITARY YEAR DAYNUM CARDINAL CARDINAL_DAY ORDINAL SECOND "
    "HOLIDAY MAYBE_MONTH SHORT_MONTH SHORT_WEEKDAY"
)
SYMBOLS: Final = (*_WORDS, *_NUMERALS.split())
