"""The quantities of a sentence: each figure with its hedge and unit as it stands, what sort it is and what it counts.

"About 1,100 of its dealerships", "between 46 and 57 months", "134 to 63", "$84,000", "all nine", "half", "doubled". Found in the
bare text, so that no figure is lost where a parser stumbles over it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from briefs.facts import figures
from briefs.language.words import NUMBER_WORDS, STOP_WORDS, stem, word_set, words


class Sort(StrEnum):
    """What a quantity measures."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"  # percent, a half, two-thirds
    CHANGE = "change"  # doubled, threefold
    SCORE = "score"  # 134 to 63
    DURATION = "duration"
    AGE = "age"
    LENGTH = "length"
    AREA = "area"
    WEIGHT = "weight"
    VOLUME = "volume"
    SPEED = "speed"
    HEAT = "heat"
    POWER = "power"  # watts, horsepower
    DATA = "data"
    OTHER = "other"  # points, degrees of a scale


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and its range in the text. ``things`` are the stems of the words it counts, nearest first."""

    text: str
    start: int
    end: int
    sort: Sort
    unit: str = ""  # the stem of the unit's word
    things: tuple[str, ...] = ()
    bare: bool = True  # nothing stands behind it that it counts: "3,700 in Germany"


_SPELLED = "|".join(sorted(set(NUMBER_WORDS) - {"zero", "hundred", "dozen"}, key=len, reverse=True))
_SCALE = r"hundred|thousand|grand|million|billion|trillion|dozen|(?:mn|bn|tn)\b"
_NUMBER = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+|\s?½|\s\d/\d)?(?:[kmb](?![\w.])|(?:\s?-?(?:{_SCALE}))*)"
    rf"|\b(?:an?\s+)?(?:half\s+(?:a|an)\s+|quarter\s+of\s+a\s+)(?:hundred|thousand|million|billion|trillion|dozen)\b"
    rf"|\b(?:{_SPELLED})(?:[\s-](?:{_SPELLED}))*\b(?:[\s-](?:{_SCALE}|and(?=\s(?:{_SPELLED})\b)|{_SPELLED}))*"
    rf"|\b(?:a|an|several|few|many)?\s?\b(?:hundred|thousand|dozen|million|billion|trillion)s?\b(?:\s+of\s+(?:hundred|thousand|million)s)?)"
)
_COIN = r"(?:(?:US|C|A|NZ|HK|S|R)?[$£€¥₹]|(?:USD|EUR|GBP|CAD|AUD)\s?[$£€]?|\bRs\.?)\s?"
_HEDGE = (
    r"(?:(?:just|well|slightly|a\slittle|only)\s)?\b(?:about|around|nearly|almost|over|under|more\sthan|less\sthan|fewer\sthan|at\sleast|"
    r"at\smost|up\sto|as\smany\sas|as\smuch\sas|as\sfew\sas|as\slittle\sas|some|roughly|approximately|approx\.?|an\sestimated|estimated|"
    r"close\sto|no\smore\sthan|no\sfewer\sthan|no\sless\sthan|above|below|all|nearly\sall|upwards?\sof|an\saverage\sof)\s"
)
_BETWEEN = r"\bbetween\s"
_TO = r"(?:\svotes|\spoints|\sgoals|\sseats)?\s?(?:to|[–—-]|\bor)\s?"
_FIGURE = re.compile(
    rf"(?P<hedge>(?:{_HEDGE})*)(?P<first>(?:{_COIN})?(?<![\w.,$£€¥/:])(?:{_COIN})?{_NUMBER})(?P<unit1>\s?(?:%|per\s?cent)|\s(?:degrees|points))?"
    rf"(?:(?P<to>{_TO}|\sand\s)(?P<hedge2>(?:{_HEDGE})?)(?P<second>(?:{_COIN})?{_NUMBER}))?(?P<share>\s?%|\s(?:per\s?cent|percentage\spoints?)\b)?",
    re.IGNORECASE,
)  # fmt: skip
_FRACTION = re.compile(
    rf"(?:{_HEDGE})?\b(?:(?:a|one)\s(?:half|third|quarter|fifth|tenth)|half|(?:two|three|four)[\s-](?:thirds?|quarters?|fifths?|tenths?)|"
    r"a\smajority|a\sminority)\b(?=\sof\b|\sthe\b|\sits\b|\stheir\b|[.,;])",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:more\sthan\s|almost\s|nearly\s)?(?:doubl|tripl|quadrupl|halv)(?:ed|es|e|ing)\b|\b(?:two|three|four|five|six|ten)-?fold\b",
    re.IGNORECASE,
)
_MONEY = (
    r"(?:(?:US|U\.S\.|Canadian|Australian|[A-Z][a-z]+(?:ish|ian|ese|an|i|ch|ss))\s)?(?:dollars?|euros?|pounds?(?:\ssterling)?|yen|yuan|rou?bles?|"
    r"rupees?|pesos?|kron(?:e|er|or|a)|crowns?|francs?|marks|lir[ae]|won|rand|reais|zloty|forints?|dinars?|dirhams?|riyals?|shekels?|baht|"
    r"guilders?|cents?|pence|bucks|grand)\b"
)
_MEASURES: tuple[tuple[Sort, str], ...] = (
    (Sort.AGE, r"-?\s?years?[\s-]old\b|-year-olds?\b|\s?years\sof\sage\b"),
    (Sort.SPEED, r"\s?(?:mph|km/h|kph|knots|miles\s(?:per|an)\shour|kilomet(?:er|re)s\s(?:per|an)\shour)\b"),
    (Sort.AREA, r"\s?-?(?:acres?|hectares?|ha|square[\s-](?:feet|foot|miles?|met(?:er|re)s?|kilomet(?:er|re)s?|yards?|km|m)|sq\.?\s\w+|km2|m2)\b"),
    (Sort.VOLUME, r"\s?-?(?:lit(?:er|re)s?|gallons?|barrels?|cubic\s\w+|bushels?|pints?)\b"),
    (Sort.DURATION, r"\s?-?(?:(?:consecutive|straight|full|working|business|calendar|more|whole)\s)?(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|hrs|mins|yrs)\b"),
    (Sort.LENGTH, r"\s?-?(?:miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|m|feet|foot|ft|inch(?:es)?|cm|centimet(?:er|re)s?|mm|millimet(?:er|re)s?|yards?|light[\s-]years?|nautical\smiles?|stor(?:ey|ie)s?)\b"),
    (Sort.WEIGHT, r"\s?-?(?:tons?|tonnes?|kg|kilos?|kilograms?|lbs?|grams?|ounces?|oz|metric\stons?)\b"),
    (Sort.HEAT, r"\s?(?:degrees(?:\s(?:Celsius|Fahrenheit|centigrade))?|°\s?[CF]?)"),
    (Sort.POWER, r"\s?-?(?:megawatts?|gigawatts?|kilowatts?|watts?|[MGk]Wh?|horsepower|hp|volts?)\b"),
    (Sort.DATA, r"\s?-?(?:[kMGT]B|gigabytes?|megabytes?|terabytes?|bytes?|bits?|megapixels?)\b"),
    (Sort.OTHER, r"\s(?:points?|times)\b"),
)  # fmt: skip
_UNITS = tuple(
    (sort, re.compile(pattern, re.IGNORECASE if sort is not Sort.DATA else 0)) for sort, pattern in _MEASURES
)
_COINED = re.compile(rf"\s?{_MONEY}", re.IGNORECASE)
_POUNDS = re.compile(r"\spounds?\b(?=\sof\b)", re.IGNORECASE)  # of steam: a weight
_SIGN = re.compile(r"[$£€¥₹]|\b(?:USD|EUR|GBP|CAD|AUD|Rs)\b")
_PHRASE_END = re.compile(r"[.,:](?!\d)|[;()\[\]—–?!\"“”]|\s-\s")
_STOPS = word_set(
    "in on at by from with for to as than after before since during over under into onto through between among against and or but "
    "that which who whom when where while because if is are was were be been being has have had will would can could may might "
    "must shall should do does did per each under within without about"
)
_SPOKEN_OF = word_set("the its their his her our your my these those all more other new additional further of")
_SCORED = re.compile(
    r"\b(?:votes?|voted|voting|ballots?|won|wins?|win|winning|beat|beats|beating|beaten|lost|lose|loses|defeat\w*|victor\w*|score[sd]?|passed|"
    r"approved|rejected|ruled|ruling|decision|margin|tally|final|led|lead|trail\w*|tied|draw|drew|match|game|set|half-time|halftime)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|\d|['’]s\b|[:/]\d|[–—-]?[A-Za-z]+\d", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:\bNo\.?|#|\b(?:number|article|chapter|section|page|room|channel|route|flight|highway|phase|version|volume|part|rule|title|act|"
    r"level|type|class|category|grade))\s$",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b(?:aged?|age\sof|ages)\s$", re.IGNORECASE)
_BARE_UNIT = re.compile(
    rf"(?P<hedge>(?:{_HEDGE})*)\b(?P<one>half\sa|half\san|a|an)\s(?P<unit>(?:second|minute|hour|day|week|month|year|decade|century|mile|"
    r"kilomet(?:er|re)|met(?:er|re)|foot|inch|ton|tonne|pound|acre|hectare)\b(?:\sand\sa\shalf)?)",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:for|in|within|than|took|takes|take|lasted|last|lasts|after|every|once|twice|times)\s$", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:in|since|by|of|from|until|to|through|before|after|during|early|late|mid|year|the|[A-Z][a-z]{2,8}\.?|\d,)\s?$"
)
_PRONOUN = re.compile(r"\b(?:no|any|every|some|each|this|that|which|the|another|last)[\s-]$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence, in order; years and ordinals are none, and neither is "one" where it stands for a thing."""
    found = [q for match in _FIGURE.finditer(text) for q in _figures(text, match)]
    for sort, pattern in ((Sort.SHARE, _FRACTION), (Sort.CHANGE, _MULTIPLE)):
        for match in pattern.finditer(text):
            if not any(q.start < match.end() and match.start() < q.end and q.sort is not Sort.COUNT for q in found):
                found = [q for q in found if q.end <= match.start() or match.end() <= q.start]
                found.append(_told(text, match.start(), match.end(), sort))
    for match in _BARE_UNIT.finditer(text):
        if not any(q.start < match.end() and match.start() < q.end for q in found) and _is_measure(text, match):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            sort, end, unit = _sort(text, "", match.start("unit") - 1)
            found.append(Quantity(text[start : max(end, match.end())], start, max(end, match.end()), sort, unit))
    found.sort(key=lambda q: q.start)
    return tuple(_elliptical(_summed(found, text), text))


def _is_measure(text: str, match: re.Match[str]) -> bool:
    """Whether "a month" is a length of time and no rate: with a hedge, as half, or after a word of lasting."""
    whole = match["hedge"] or match["one"].lower().startswith("half") or "half" in match["unit"]
    return bool(whole) or _LASTING.search(text[: match.start()]) is not None


def _figures(text: str, match: re.Match[str]) -> list[Quantity]:
    """One quantity, or two where the words between two figures do not join them: "four and 12"."""
    hedge, start = match["hedge"], match.start()
    while hedge[:1].isspace():
        hedge, start = hedge[1:], start + 1
    second = match["second"]
    joined = second is not None and _is_range(text, match)
    if second is None or joined:
        begin = start
        if joined and (before := re.search(rf"{_BETWEEN}(?:{_HEDGE})?$", text[: match.start("first")], re.IGNORECASE)):
            begin = before.start()
        return _checked(text, begin, match.end(), match)
    ended = match.end("unit1") if match["unit1"] else match.end("first")
    later = match.start("hedge2") if match["hedge2"] else match.start("second")
    return [*_checked(text, start, ended, match), *_checked(text, later, match.end(), match, second=True)]


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether two figures are one range or score: "and" joins them only after "between"."""
    word = match["to"].split()[-1].lower()
    if (match["unit1"] and not match["share"]) or (_SIGN.search(match["second"]) and not _SIGN.search(match["first"])):
        return False  # "78 percent to $1bn"
    if word == "or":
        return match["first"].isalpha() and match["second"].isalpha()  # "three or four"
    between = re.search(rf"{_BETWEEN}(?:{_HEDGE})?$", text[: match.start("first")], re.IGNORECASE) is not None
    if word == "and":
        return between
    rose = re.search(r"\bfrom\s(?:[\w,]+\s)?$", text[: match.start("first")], re.IGNORECASE)
    return not (word == "to" and rose)


def _checked(text: str, start: int, end: int, match: re.Match[str], *, second: bool = False) -> list[Quantity]:
    """The quantity of a range unless it is a year, an ordinal, a number of something or a pronoun."""
    number = match["second" if second else "first"].strip()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _ORDINAL.match(text, end) or _NUMBERED.search(text[:start]):
        return []
    quantity = _told(text, start, end, None)
    if quantity.sort is Sort.COUNT and _is_year(number, text, start, quantity):
        return []
    if (
        quantity.sort is Sort.COUNT
        and number.lower() == "one"
        and (not quantity.things or _PRONOUN.search(text[:start]) or text.startswith(" of", end))
    ):
        return []
    if quantity.sort is Sort.COUNT and (
        _AGED.search(text[:start]) or (quantity.bare and _beside_a_name(text, start, end))
    ):
        quantity = replace(quantity, sort=Sort.AGE)
    if (
        match["to"]
        and not second
        and quantity.sort in (Sort.COUNT, Sort.OTHER)
        and match["second"]
        and end >= match.end("second")
    ):
        quantity = _as_score(quantity, text, match)
    return [quantity]


def _beside_a_name(text: str, start: int, end: int) -> bool:
    """Whether a figure stands between commas behind a name: "Mara Holt, 43, said"."""
    return re.search(r"[A-Z][\w’'.-]+,\s$", text[:start]) is not None and text.startswith(",", end) and end - start <= 3


def _as_score(quantity: Quantity, text: str, match: re.Match[str]) -> Quantity:
    """The result of a vote or a match: its figures count nothing, and the first is mostly the greater."""
    digits = [re.sub(r"\D", "", match[k]) for k in ("first", "second")]
    if (
        not all(digits)
        or re.search("[a-z]", match["first"] + match["second"], re.IGNORECASE)
        or match["to"].strip() in ("and", "or")
    ):
        return quantity
    won = _SCORED.search(text[max(0, quantity.start - 80) : quantity.end + 30]) is not None
    greater = int(digits[0]) > int(digits[1])
    counted = quantity.things[:1] and not quantity.bare
    if (won and (greater or not counted)) or (greater and not counted):
        return replace(quantity, sort=Sort.SCORE)
    return quantity


def _is_year(number: str, text: str, start: int, quantity: Quantity) -> bool:
    """Whether a bare figure is a year: four digits without a comma or hedge that count nothing, or stand where a date does."""
    if not re.fullmatch(r"1[5-9]\d\d|20\d\d", number) or quantity.text != number:
        return False
    if _DATED.search(text[:start]):
        return True
    behind = re.match(r"\s(?:\w+\s)?(?:\w+s|people|men|women|children)\b", text[quantity.end :])
    return behind is None or quantity.bare


def _told(text: str, start: int, end: int, sort: Sort | None) -> Quantity:
    """A figure with the unit that follows it."""
    value = text[start:end]
    unit = ""
    if sort is None:
        sort, end, unit = _sort(text, value, end)
    things, bare = _things(text, end)
    return Quantity(text[start:end], start, end, sort, unit, things, bare)


def _sort(text: str, value: str, end: int) -> tuple[Sort, int, str]:
    """What a figure measures, where it then ends, and its unit."""
    if _SIGN.search(value) or re.search(r"\bgrand\b", value):
        more = _COINED.match(text, end)
        return Sort.MONEY, more.end() if more else end, "money"
    if re.search(r"%|per\s?cent|percentage", value):
        return Sort.SHARE, end, "percent"
    if found := _POUNDS.match(text, end):
        return Sort.WEIGHT, found.end(), "pound"
    if found := _COINED.match(text, end):
        return Sort.MONEY, found.end(), "money"
    for sort, pattern in _UNITS:
        if found := pattern.match(text, end):
            return sort, found.end(), stem(re.split(r"[\s-]+", found[0].strip(" -").lower())[-1])
    return Sort.COUNT, end, ""


def _things(text: str, end: int) -> tuple[tuple[str, ...], bool]:
    """The words behind a figure, up to the end of its phrase, and whether none of them can be what it counts."""
    stop = _PHRASE_END.search(text, end)
    counted: list[str] = []
    for word, _, _ in islice(words(text[end : stop.start() if stop else len(text)]), 9):
        if word in _STOPS:
            break
        if word in _SPOKEN_OF or word in STOP_WORDS or word[0].isdigit():
            continue
        counted.append(stem(word))
        if len(counted) == 6:
            break
    return tuple(counted), not counted


def _summed(found: list[Quantity], text: str) -> list[Quantity]:
    """Measures told in two units are one: "five years and six months", "six feet two inches"."""
    out: list[Quantity] = []
    for quantity in found:
        if out and _adds_to(out[-1], quantity, text):
            first = out.pop()
            whole = replace(first, text=text[first.start : quantity.end], end=quantity.end, things=quantity.things)
            out.append(replace(whole, bare=quantity.bare))
        else:
            out.append(quantity)
    return out


def _adds_to(first: Quantity, second: Quantity, text: str) -> bool:
    """Whether a measure goes on in a smaller unit."""
    measured = first.sort is second.sort and first.sort in (Sort.DURATION, Sort.LENGTH, Sort.WEIGHT)
    joined = re.fullmatch(r",?\s(?:and\s)?", text[first.end : second.start]) is not None
    return measured and first.unit != second.unit and joined


def _elliptical(found: list[Quantity], text: str) -> list[Quantity]:
    """Figures of a list that leave the noun out count what the one before counts: "4,300 jobs in France, 3,700 in Germany"."""
    out: list[Quantity] = []
    for quantity in found:
        last = out[-1] if out else None
        if last is None or not quantity.bare or quantity.sort is not Sort.COUNT:
            out.append(quantity)
        elif last.sort is Sort.COUNT and re.search(r",|;|\band\b", text[last.end : quantity.start]):
            out.append(replace(quantity, things=last.things))
        elif last.sort in (Sort.SHARE, Sort.MONEY) and "." in quantity.text:
            out.append(replace(quantity, sort=last.sort, unit=last.unit))  # "38.4 percent, and his challenger 35.9"
        elif last.sort is Sort.MONEY and _LARGE.search(last.text) and _LARGE.search(quantity.text):
            out.append(
                replace(quantity, sort=last.sort, unit=last.unit)
            )  # "earned 12 million euros on sales of 84 million"
        else:
            out.append(quantity)
    return out


_LARGE = re.compile(r"\b(?:m|mn|million|bn|billion|tn|trillion)\b|\d(?:m|mn|bn|tn)\b", re.IGNORECASE)


def key_of(quantity: Quantity) -> str:
    """What makes two quantities equal: their numbers and what they measure, however spelled: "84 grand" and "$84,000"."""
    numbers = [f"{value:g}" for value in figures.numbers(quantity.text)]
    unit = quantity.unit if quantity.sort not in (Sort.COUNT, Sort.SCORE) else ""
    return f"{'-'.join(numbers) or quantity.text.lower()} {unit}".strip()
