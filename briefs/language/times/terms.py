"""What the words of one rule mean: a piece → a part of a date, a length of time, or a fixed value."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefs.language.times.grammar import Piece
    from briefs.language.times.lexer import Lexeme

Away = Literal["ago", "earlier", "later", "in", "in time"]
Edge = Literal["start", "mid", "end"]
Modifier = Literal["before", "after", "until", "since", "about", "start", "mid", "end"]


@dataclass(frozen=True, slots=True)
class Partial:
    """Part of a date: the features its words give. Neighbours are joined when their features go together.

    ``shift`` is a unit and how many of them away from the anchor ("next week" is ("W", 1)); ``rel`` says before (-1), in
    (0) or after (1) the present for a name that recurs ("last Friday", "this summer").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None  # the n-th weekday or week of a month; -1 is the last
    nth_week: bool | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: int | None = None
    century: int | None = None
    holiday: int | None = None
    weekend: bool | None = None
    shift: tuple[str, int] | None = None
    rel: int | None = None
    part: str | None = None
    minutes: int | None = None  # after midnight
    meridiem: bool | None = None  # the clock said a.m., p.m. or counted to 24
    zone: int | str | None = None  # minutes east of Greenwich, or the name of a zone
    edge: Edge | None = None
    same: str | None = None  # "the same day": the unit of what was named last; "the" for "the day"
    compared: str | None = None  # "the same month a year ago": the unit of what was named last, a year before

    def given(self) -> set[str]:
        """Names of the features that are set."""
        return {f.name for f in fields(self) if getattr(self, f.name) is not None}


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time; ``count`` None means some. With ``away`` it is an offset from the present or from what was named."""

    count: float | None
    unit: str
    about: bool = False
    rel: int | None = None  # "the next three days"
    form: Literal["counted", "article", "plural"] = "counted"  # "two years", "a year", "years"
    away: Away | None = None  # "ago" counts from the anchor, "earlier" and "later" from what was named last, "in" ahead


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs no resolving."""

    value: str
    recurs: bool = False


Term = Partial | Length | Fixed
_REL = {"LAST": -1, "PAST": -1, "BEFORE": -1, "THIS": 0, "CURRENT": 0, "NEXT": 1, "COMING": 1}


def term(piece: Piece) -> Term | None:
    """What a piece means; None where its words fit the rule but not its sense."""
    return _BUILDERS[piece.rule](piece.named)


Named = dict[str, "Lexeme"]


def _int(named: Named, name: str) -> int | None:
    return int(named[name].value) if name in named else None


def _rel(named: Named) -> int | None:
    return _REL[named["rel"].symbol] if "rel" in named else None


def _iso(named: Named) -> Term:
    text = str(named["iso"].value)
    minutes = int(text[11:13]) * 60 + int(text[14:16]) if len(text) > 10 else None
    return Partial(
        int(text[:4]), int(text[5:7]), int(text[8:10]), minutes=minutes, meridiem=minutes is not None or None
    )


def _slashed(named: Named) -> Term | None:
    """Month first, as in the United States, unless only day first makes a date."""
    month, day, year = (int(x) for x in str(named["slashed"].value).split("/"))
    if month > 12:
        month, day = day, month
    if year < 100:
        year += 1900 if year > 50 else 2000
    return Partial(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _month_day(named: Named) -> Term | None:
    day = _int(named, "day")
    return Partial(month=_int(named, "month"), day=day) if day and 1 <= day <= 31 else None


def _month_short_year(named: Named) -> Term | None:
    year = _int(named, "number") or 0
    return Partial(month=_int(named, "month"), day=_int(named, "day"), year=1900 + year) if 32 <= year <= 99 else None


def _weekday(named: Named) -> Term:
    """A weekday: "next Friday" is that of the next week, "the coming Friday" the next one."""
    rel = _rel(named)
    if rel == 1 and named["rel"].symbol == "NEXT":
        return Partial(weekday=_int(named, "weekday"), shift=("W", 1))
    return Partial(weekday=_int(named, "weekday"), rel=rel)


def _nth(named: Named) -> int:
    return -1 if named["nth"].symbol in ("LAST", "FINAL") else int(named["nth"].value)


def _nth_week(named: Named) -> Term | None:
    return Partial(nth=_nth(named), nth_week=True) if named["week"].value == "W" else None


def _nth_weekday(named: Named) -> Term:
    return Partial(nth=_nth(named), weekday=_int(named, "weekday"))


def _year(named: Named) -> Term | None:
    if "word" in named and named["word"].value != "Y":
        return None
    return Partial(year=_int(named, "year"))


def _quarter(named: Named) -> Term | None:
    unit, n = named["unit"].value, _nth(named)
    if unit == "C" and n > 0:
        return Partial(century=n - 1)
    if unit == "Q" and (1 <= n <= 4 or named["nth"].symbol == "FINAL"):
        return Partial(quarter=n if n > 0 else 4)
    return None


def _quartered(named: Named) -> Term:
    text = str(named["quartered"].value)
    return Partial(quarter=int(text[1])) if text[0] == "Q" else Partial(half=int(text[1]))


def _half(named: Named) -> Term | None:
    n = _nth(named)
    return Partial(half=n if n > 0 else 2) if n in (1, 2, -1) else None


def _decade(named: Named) -> Term:
    return Partial(decade=int(str(named["decade"].value)), edge=_edge(named))


def _is_plural(unit: Lexeme) -> bool:
    return unit.text.lower().endswith("s")


def _shift(named: Named) -> Term | None:
    if _is_plural(named["unit"]):
        return None
    unit, rel = str(named["unit"].value), named["rel"].symbol
    if unit == "E" and rel in ("PAST", "LAST", "NEXT", "COMING"):
        return Length(1, "E", rel=_REL[rel])  # ten years rather than a decade of the calendar
    return Partial(shift=(unit, _REL[rel]))


def _shift_after(named: Named) -> Term | None:
    """A unit counted back from what was named last: "the year before"."""
    if _is_plural(named["unit"]) or _unit(named).startswith("T"):
        return None
    return Partial(same=str(named["unit"].value), rel=-1)


def _shift_named(named: Named) -> Term | None:
    """A unit counted from what was named last ("the next day", "the previous year"); "the last year" is not."""
    word, unit = named["rel"].text.lower(), _unit(named)
    if word == "last" or (word == "next" and unit != "D"):
        return None
    if _is_plural(named["unit"]) or unit not in ("D", "W", "M", "Q", "Y"):
        return None
    return Partial(same=unit, rel=_REL[named["rel"].symbol])


def _last_units(named: Named) -> Term | None:
    return Length(None, _unit(named), rel=_rel(named)) if _is_plural(named["unit"]) else None


def _compared(named: Named) -> Term:
    return Partial(compared=str(named["unit"].value) if named["unit"].symbol == "UNIT" else "period")


def _edge(named: Named) -> Edge | None:
    for name in ("edge", "edge2", "edge3"):
        if name in named:
            value = str(named[name].value)
            return "start" if value == "start" else "mid" if value == "mid" else "end"
    return None


def _edge_unit(named: Named) -> Term | None:
    """An edge of the present unit: "the end of the year", "later in the day"."""
    unit = str(named["unit"].value)
    if unit.startswith("T") or _is_plural(named["unit"]):
        return None
    if unit == "D":
        return Partial(edge=_edge(named), same="the")
    return Partial(edge=_edge(named), shift=(unit, 0))


def _beyond(named: Named) -> Term | None:
    day = int(named["day"].value)
    return Partial(shift=("D", 2 * day)) if day and named["unit"].value == "D" else None


def _unit_edge(named: Named) -> Term | None:
    """An edge that follows its unit: "year-end", "the month's end"."""
    return _edge_unit(named) if named["unit"].value in ("W", "M", "Q", "Y", "E", "C") else None


def _clock(named: Named) -> Term:
    hours, minutes = (int(x) for x in str(named["clock"].value).split(":")[:2])
    return _time_of_day(hours, minutes, named)


def _hour(named: Named) -> Term | None:
    hour = int(named["hour"].value)
    return _time_of_day(hour, 0, named) if hour <= 12 else None


def _spoken_clock(named: Named) -> Term | None:
    hour, minute = int(named["hour"].value), int(named["minute"].value)
    return _time_of_day(hour, minute, named) if hour <= 12 and 10 <= minute < 60 else None


def _time_of_day(hours: int, minutes: int, named: Named) -> Partial:
    meridiem = named.get("meridiem")
    if meridiem and hours <= 12:
        hours = hours % 12 + int(meridiem.value)
    return Partial(minutes=hours % 24 * 60 + minutes, meridiem=bool(meridiem) or hours > 12 or hours == 0)


def _military(named: Named) -> Term:
    text = str(named["military"].value)
    return Partial(minutes=int(text[:2]) % 24 * 60 + int(text[2:]), meridiem=True)


def _zone(named: Named) -> Term:
    sign = -1 if "sign" in named and named["sign"].symbol == "HYPHEN" else 1
    zone = named["zone"].value
    return Partial(zone=zone if isinstance(zone, str) else int(zone) + sign * 60 * (_int(named, "hours") or 0))


def _count(named: Named) -> float | None:
    """How many; None for some."""
    if "couple" in named:
        count = 2.0
    elif "few" in named:
        return None
    elif "count" in named and named["count"].symbol != "SINGLE":
        count = float(named["count"].value)
    else:
        count = 1.0
    return count + 0.5 if "half" in named else count


def _length(named: Named) -> Term | None:
    if _count(named) == 0:
        return None  # "zero day"
    return Length(_count(named), _unit(named), about="about" in named, rel=_rel(named))


def _half_unit(named: Named) -> Term | None:
    halves = {"TH": (30, "TM"), "D": (12, "TH"), "Y": (6, "M"), "E": (5, "Y"), "C": (50, "Y")}
    unit = str(named["unit"].value)
    if unit not in halves or _is_plural(named["unit"]):
        return None
    return Length(halves[unit][0], halves[unit][1], about="about" in named)


def _unit(named: Named) -> str:
    lexeme = named["unit"]
    return "TS" if lexeme.symbol == "SECOND" else str(lexeme.value)


def _in_a_row(named: Named) -> Term | None:
    """The last of several in a row is the present one: "for a second consecutive day", "the fourth week running"."""
    unit = _unit(named)
    return None if unit.startswith("T") or _is_plural(named["unit"]) else Partial(shift=(unit, 0))


def _every_named(named: Named) -> Term:
    """A set of seasons or months: "every spring", "every March"."""
    name = str(named["season"].value) if "season" in named else f"{int(named['month'].value):02d}"
    return Fixed(f"XXXX-{name}", recurs=True)


def _away(named: Named) -> Length:
    word = named["away"].text.lower() if "away" in named else "in"
    away: Away = "ago" if word == "ago" else "earlier" if word == "earlier" else "later" if word == "later" else "in"
    return Length(_count(named), _unit(named), about="about" in named, away=away)


def _every(named: Named) -> Term | None:
    unit = _unit(named)
    if named["every"].text.lower() == "per" and unit.startswith("T"):
        return None  # a speed
    return Fixed(duration_value(_count(named), unit), recurs=True)


_MULTIPLES = {"FN": (2, "W"), "E": (10, "Y"), "C": (100, "Y")}


def duration_value(count: float | None, unit: str) -> str:
    """A length of time as a TIMEX3 value: 7 years is P7Y, some hours are PTXH, two decades P20Y."""
    if unit in _MULTIPLES and count is not None:
        factor, unit = _MULTIPLES[unit]
        count *= factor
    number = "X" if count is None else f"{count:g}"
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit.replace('FN', 'W')}"


_BUILDERS: dict[str, Callable[[Named], Term | None]] = {
    "iso": _iso,
    "slashed": _slashed,
    "month_day": _month_day,
    "day_month": _month_day,
    "month_short_year": _month_short_year,
    "day_after": lambda n: Partial(day=_int(n, "day")),
    "day_before": lambda n: Partial(day=_int(n, "day")),
    "month": lambda n: Partial(month=_int(n, "month"), rel=_rel(n)),
    "weekday": _weekday,
    "black_weekday": lambda _: Partial(),
    "nth_weekday": _nth_weekday,
    "nth_week": _nth_week,
    "fiscal": lambda n: Fixed(f"FY{n['year'].value}"),
    "year": _year,
    "quarter": _quarter,
    "quartered": _quartered,
    "half": _half,
    "season": lambda n: Partial(season=str(n["season"].value), rel=_rel(n)),
    "fall": lambda n: Partial(season="FA", rel=_rel(n)),
    "fall_in": lambda _: Partial(season="FA"),
    "fall_of": lambda _: Partial(season="FA"),
    "fall_early": lambda _: Partial(season="FA"),
    "decade": _decade,
    "holiday": lambda n: Partial(holiday=_int(n, "holiday"), rel=_rel(n)),
    "shift_named": _shift_named,
    "shift": _shift,
    "shift_after": _shift_after,
    "rel_weekend": lambda n: Partial(shift=("WE", _REL[n["rel"].symbol])) if _rel(n) else Partial(weekend=True),
    "weekend": lambda _: Partial(weekend=True),
    "edge": lambda n: Partial(edge=_edge(n) or "end"),
    "edge_unit": _edge_unit,
    "unit_edge": _unit_edge,
    "early": lambda n: Partial(edge=_edge(n)),
    "entire": lambda n: Partial(same=str(n["unit"].value)),
    "day_reference": lambda n: Partial(shift=("D", int(n["day"].value))),
    "beyond": _beyond,
    "tonight": lambda _: Partial(shift=("D", 0), part="NI"),
    "part": lambda n: Partial(part=str(n["part"].value)),
    "rel_part": lambda n: Partial(shift=("D", _REL[n["rel"].symbol]), part=str(n["part"].value)),
    "same": lambda n: Partial(same=str(n["unit"].value)) if not _is_plural(n["unit"]) else None,
    "that_season": lambda n: Partial(season=str(n["season"].value), same="Y"),
    "that_month": lambda n: Partial(month=_int(n, "month"), same="Y"),
    "that_time": lambda _: Partial(same="time"),
    "consecutive": _in_a_row,
    "in_a_row": _in_a_row,
    "to_this_day": lambda n: Fixed("PRESENT_REF") if n["unit"].text.lower() == "day" else None,
    "the_day": lambda n: Partial(same="the") if n["unit"].text.lower() == "day" else None,
    "compared": _compared,
    "clock": _clock,
    "hour": _hour,
    "spoken_clock": _spoken_clock,
    "noon": lambda n: Partial(minutes=int(n["noon"].value), meridiem=True),
    "military": _military,
    "zone": _zone,
    "past_unit": lambda n: Length(1, _unit(n), rel=-1) if not _is_plural(n["unit"]) else None,
    "duration": _length,
    "either": _length,
    "some_duration": _length,
    "one": lambda n: Length(_count(n), _unit(n), about="about" in n, form="article" if "article" in n else "counted"),
    "half_unit": _half_unit,
    "units_past": _last_units,
    "plural": lambda n: Length(None, _unit(n), form="plural") if _is_plural(n["unit"]) else None,
    "last_units": _last_units,
    "counted_away": _away,
    "some_away": _away,
    "one_away": _away,
    "in_count": _away,
    "in_one": _away,
    "in_time": lambda n: replace(_away(n), away="in time"),
    "every": _every,
    "every_other": lambda n: Fixed(duration_value(2, _unit(n)), recurs=True),
    "every_season": _every_named,
    "every_month": _every_named,
    "every_weekday": lambda n: Fixed(f"XXXX-WXX-{n['weekday'].value}", recurs=True),
    "weekdays": lambda n: Fixed(f"XXXX-WXX-{n['weekdays'].value}", recurs=True),
    "rate": lambda n: Fixed(duration_value(1, str(n["rate"].value)), recurs=True),
    "one_point": lambda _: Fixed("PAST_REF"),
    "vague": lambda n: Fixed(str(n["vague"].value)),
    "now": lambda _: Fixed("PRESENT_REF"),
    "at_present": lambda _: Fixed("PRESENT_REF"),
    "future": lambda _: Fixed("FUTURE_REF"),
    "term": lambda _: Fixed("FUTURE_REF"),
    "past": lambda _: Fixed("PAST_REF"),
    "recent_units": lambda n: Length(None, _unit(n)) if _is_plural(n["unit"]) else None,
    "recent": lambda _: Fixed("PAST_REF"),
    "current": lambda _: Fixed("PRESENT_REF"),
}

# Features that may stand together; the zone goes with a clock, the edge with all but a clock.
_DAYS = (
    "year month day",
    "month day",
    "month day shift",
    "year month day weekday",
    "month day weekday",
    "month day weekday shift",
    "weekday",
    "weekday rel",
    "weekday shift",
    "nth weekday",
    "nth weekday month",
    "nth weekday month year",
    "nth weekday shift",
    "nth weekday month shift",
    "holiday",
    "holiday rel",
    "holiday year",
    "holiday shift",
    "shift",
    "same",
    "same rel",
    "same season",
    "same month",
    "day",  # "3-5 July": the month stands with the other
    "day year",
)
_OTHERS = (
    "year",
    "year month",
    "month",
    "month rel",
    "month shift",
    "nth nth_week",
    "nth nth_week month",
    "nth nth_week month year",
    "nth nth_week month shift",
    "nth nth_week shift",
    "quarter",
    "quarter year",
    "quarter shift",
    "half",
    "half year",
    "half shift",
    "season",
    "season rel",
    "season year",
    "season shift",
    "decade",
    "century",
    "weekend",
    "compared",
    "minutes meridiem",
    "part",
    "minutes meridiem part",
    "",
)
_SHAPES = frozenset(
    [frozenset(shape.split()) for shape in _OTHERS]
    + [
        frozenset([*shape.split(), *finer.split()])
        for shape in _DAYS
        for finer in ("", "part", "minutes meridiem", "part minutes meridiem")
    ]
)


def joined(first: Partial, second: Partial) -> Partial | None:
    """Two neighbours as one, or None where their features exclude each other."""
    mine, theirs = first.given(), second.given()
    if mine & theirs or not mine or not theirs:
        return None
    union = mine | theirs
    if ("zone" in union) != ("zone" in union and "minutes" in union) or ("edge" in union and "minutes" in union):
        return None
    if union - {"zone", "edge"} not in _SHAPES:
        return None
    return replace(first, **{name: getattr(second, name) for name in theirs})
