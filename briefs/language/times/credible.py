"""Whether words that could name a time do so where they stand: "may", "fall", "the sun", "a second round", "1,500"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefs.language.times.terms import Fixed, Length, Partial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from briefs.language.times.lexer import Lexeme
    from briefs.language.times.terms import Term

_CLOCK_CUES: Final = frozenset(
    {
        "at",
        "around",
        "about",
        "by",
        "from",
        "until",
        "till",
        "before",
        "after",
        "since",
        "to",
        "between",
        "and",
        "shortly",
    }
)
_LENGTH_CUES_BEFORE: Final = frozenset(
    {
        "for",
        "in",
        "within",
        "over",
        "after",
        "during",
        "once",
        "twice",
        "times",
        "than",
        "by",
        "lasting",
        "lasted",
        "last",
    }
    | {"take", "takes", "took", "taking", "spend", "spent", "exactly", "only", "nearly", "barely", "up", "to", "every"}
)
_LENGTH_CUES_AFTER: Final = frozenset({"ago", "later", "earlier", "after", "before", "from", "since", "or"})
_PLURAL_CUES_BEFORE: Final = frozenset({"for", "in", "within", "over", "after", "just", "only", "about", "mere"})
_PLURAL_CUES_AFTER: Final = frozenset({"ago", "later", "earlier", "after", "before", "of", "in", "-"})
_DAY_CUES: Final = frozenset(
    {
        "end",
        "ends",
        "ended",
        "ending",
        "finish",
        "finishes",
        "finished",
        "finishing",
        "start",
        "starts",
        "started",
        "starting",
    }
    | {"close", "closed", "closing", "begin", "began", "beginning", "during", "for"}
)
_SHORT_YEAR_CUES: Final = frozenset({"in", "since", "of", "from", "until", "by", "to", "before", "after"})
_YEAR_CUES: Final = frozenset(
    {
        "in",
        "since",
        "until",
        "till",
        "by",
        "before",
        "after",
        "from",
        "to",
        "through",
        "of",
        "during",
        "between",
        "and",
        "or",
    }
    | {"early", "mid", "late", "around", "circa"}
)
_NAMES_OF_PAPERS: Final = frozenset({"times", "post", "mirror", "mail", "telegraph", "herald", "express", "night"})


_QUOTES: Final = frozenset("\"'\u201c\u201d\u2018\u2019")
_BARE_CLOCKS: Final = frozenset({"CLOCK", "MILITARY", "NOON", "CARDINAL", "CARDINAL_DAY", "HYPHEN"})
_NOT_FORMERLY: Final = frozenset({"more", "again", "a", "every", "by", "in", "before", "and", ","})


class _Place:
    """An expression's lexemes and tokens with their neighbours."""

    def __init__(self, lexemes: Sequence[Lexeme], first: int, last: int, tokens: Sequence[Token]) -> None:
        self.lexemes = lexemes[first:last]
        self.symbols = {lexeme.symbol for lexeme in self.lexemes}
        self.before = lexemes[first - 1] if first else None
        self.after = lexemes[last] if last < len(lexemes) else None
        self.tokens = tokens

    @property
    def word_before(self) -> str:
        return self.before.text.lower() if self.before else ""

    @property
    def word_after(self) -> str:
        return self.after.text.lower() if self.after else ""


def credible(term: Term, lexemes: Sequence[Lexeme], first: int, last: int, tokens: Sequence[Token]) -> bool:
    """Whether the lexemes from ``first`` to ``last`` name a time; ``tokens`` are theirs in the parse."""
    place = _Place(lexemes, first, last, tokens)
    match term:
        case Partial():
            return _partial(term, place)
        case Length():
            return _length(term, place)
        case Fixed():
            return _fixed(term, place)


# ------------------------------------------------------------------------------------------------------ parts of dates
def _partial(term: Partial, place: _Place) -> bool:
    given = term.given()
    if given <= {"edge"} or given in ({"part"}, {"zone"}, {"edge", "part"}, {"nth", "weekday"}, {"nth", "nth_week"}):
        return False
    if not _month_is_one(place) or _is_name(place):
        return False
    if term.minutes is not None:
        return _clock(given, place)
    checks = (
        ("THAT" in place.symbols, lambda *_: place.tokens[0].dep_ != "mark"),
        ("UNIT" in place.symbols, lambda *_: not _is_title(place)),
        ("DAYREF" in place.symbols, lambda *_: not _ends_name(place)),
        (term.year is not None, _year),
        (term.weekday is not None, _weekday),
        (term.season is not None and term.rel is None, _season),
        (term.half is not None, lambda *_: bool(given & {"year", "shift"})),
        (term.quarter is not None, lambda *_: place.word_before not in ("fiscal", "financial")),
        (term.same is not None and term.rel is not None, lambda *_: not _governs(place)),
        (term.same == "the" and not term.edge, lambda *_: place.word_before in _DAY_CUES),
    )
    return all(check(given, place) for applies, check in checks if applies)


def _month_is_one(place: _Place) -> bool:
    """No "may" of possibility, no "march" of people; in lower case only beside a number."""
    for lexeme, token in zip(place.lexemes, place.tokens, strict=True):
        if lexeme.symbol == "MAYBE_MONTH" and (len(place.lexemes) == 1 or token.pos_ == "AUX"):
            return False
        if lexeme.symbol in ("MONTH", "SHORT_MONTH") and len(place.lexemes) == 1 and token.pos_ in ("AUX", "VERB"):
            return False
    return True


def _is_name(place: _Place) -> bool:
    """Whether a month or weekday is a name: "April Jones", "Theresa May", "the Women's March"."""
    token = place.tokens[0]
    if len(place.lexemes) > 1 or token.pos_ != "PROPN":
        return False
    before = token.nbor(-1).tag_ if token.i else ""
    march = token.lower_ == "march" and before in ("POS", "DT") and token.dep_ != "compound"
    return token.ent_type_ == "PERSON" or (place.lexemes[0].symbol == "MONTH" and (before == "NNP" or march))


def _ends_name(place: _Place) -> bool:
    """Whether a word of day ends a name: "USA Today"."""
    token = place.tokens[0]
    return token.i > 0 and token.text[:1].isupper() and token.nbor(-1).tag_ == "NNP"


def _is_title(place: _Place) -> bool:
    """ABC's "This Week": capitals in quotation marks."""
    quoted = place.word_before in _QUOTES or place.word_after in _QUOTES
    return quoted and all(lexeme.text[:1].isupper() for lexeme in place.lexemes)


def _clock(given: set[str], place: _Place) -> bool:
    """A bare "16:13" may be a score or a verse; with a day, a.m., a zone or a preposition it is a time."""
    plain = given <= {"minutes", "meridiem"} and place.symbols <= _BARE_CLOCKS
    return not plain or place.word_before in _CLOCK_CUES or place.word_after in ("hours", "hrs")


def _year(given: set[str], place: _Place) -> bool:
    if given != {"year"}:
        return True
    if place.symbols == {"SHORT_YEAR"}:
        return place.word_before in _SHORT_YEAR_CUES
    if len(place.lexemes) > 1 or place.word_before in _YEAR_CUES:
        return not _counts_what_follows(place, cued=True)
    year = int(place.lexemes[-1].value)
    return 1900 <= year <= 2099 and not _counts_what_follows(place, cued=False) and not _is_part_of_name(place)


def _counts_what_follows(place: _Place, *, cued: bool) -> bool:
    """Whether "2000 pieces" or "in 1200 homes" counts things: a round number before a plural, or one that is no year of our time."""
    token, year = place.tokens[-1], int(place.lexemes[-1].value)
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    plural = after is not None and after.tag_ == "NNS" and after.text.islower()
    unlikely = year % 100 == 0 or not 1900 <= year <= 2099
    return plural and unlikely and (not cued or token.dep_ == "nummod")


def _is_part_of_name(place: _Place) -> bool:
    """Whether a round number follows a name, as in "the Expo 2000 site"."""
    return int(place.lexemes[-1].value) % 1000 == 0 and place.before is not None and place.before.text[:1].isupper()


def _weekday(given: set[str], place: _Place) -> bool:
    if "SHORT_WEEKDAY" in place.symbols and given <= {"weekday", "rel"}:
        return place.lexemes[-1].text.endswith(".")
    paper = place.after is not None and place.word_after in _NAMES_OF_PAPERS and place.after.text[:1].isupper()
    return not (given == {"weekday"} and paper)


def _governs(place: _Place) -> bool:
    """Whether it counts from what follows: "the day before the vote", "the year before he left"."""
    return place.lexemes[-1].symbol == "BEFORE" and any(True for _ in place.tokens[-1].children)


def _season(given: set[str], place: _Place) -> bool:
    """No names ("the Winter Olympics", "Prague Spring") and no verbs ("to spring")."""
    if given & {"year", "shift", "edge"}:
        return True
    token, lexeme = place.tokens[-1], place.lexemes[-1]
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    named = place.after is not None and place.after.text[:1].isupper() and lexeme.end + 1 == place.after.start
    follows = token.i > 0 and token.nbor(-1).pos_ == "PROPN"
    return not (lexeme.text[:1].isupper() and (named or follows))


# ------------------------------------------------------------------------------------------------------------- lengths
def _length(term: Length, place: _Place) -> bool:
    if place.word_after == "old" or (place.word_after == "-" and _is_age(place)):
        return False
    if term.form == "plural":
        return (
            place.word_before in _PLURAL_CUES_BEFORE or place.word_after in _PLURAL_CUES_AFTER or len(place.lexemes) > 1
        )
    if term.form == "article":
        return _article(term, place)
    return _second_is_one(place)


def _is_age(place: _Place) -> bool:
    """Whether a length is an age: "a 25-year-old"."""
    token = place.tokens[-1]
    return token.i + 2 < len(token.doc) and token.nbor(2).lower_.startswith("old")


def _article(term: Length, place: _Place) -> bool:
    """Whether "a year" is a length or a rate, not "a day to remember" or "a quarter of the seats"."""
    if not _second_is_one(place) or (term.unit == "Q" and place.word_after not in ("ago", "earlier")):
        return False
    if term.about or term.away or place.word_before in _LENGTH_CUES_BEFORE or place.word_after in _LENGTH_CUES_AFTER:
        return True
    token = place.tokens[0]
    return token.i > 0 and not term.unit.startswith("T") and is_counted(token.nbor(-1))


def _second_is_one(place: _Place) -> bool:
    """No "a second round"."""
    return "SECOND" not in place.symbols or place.tokens[-1].pos_ == "NOUN" or place.lexemes[0].symbol == "CARDINAL_DAY"


def is_counted(token: Token) -> bool:
    """Whether a token is a number or a counted thing: "15 a year", "two launches a month"."""
    return (
        token.like_num
        or token.ent_type_ in ("MONEY", "PERCENT", "QUANTITY")
        or any(t.dep_ == "nummod" for t in token.children)
    )


# ------------------------------------------------------------------------------------------------------- fixed values
def _fixed(term: Fixed, place: _Place) -> bool:
    token = place.tokens[-1]
    match place.lexemes[-1].symbol:
        case "VAGUE":
            once = place.lexemes[-1].text.lower() == "once"
            return place.word_after not in ("-", "afterward", "afterwards", "after") and (
                not once or _is_formerly(place, token)
            )
        case "NOW":
            return token.tag_ == "RB" and place.word_after != "-"
        case "RATE":
            return token.text.islower() and token.pos_ != "NOUN"
        case "PAST" | "FUTURE" | "TERM":
            return token.pos_ == "NOUN"
        case "RECENT" | "CURRENT":
            return token.tag_ in ("JJ", "JJR", "RBR") and place.word_after != "-"
    return term.recurs or term.value.endswith("_REF") or term.value.startswith("FY")


def _is_formerly(place: _Place, token: Token) -> bool:
    """Whether "once" means formerly: "they were once allies", not "once more", "at once", "once a week" or "once it lands"."""
    return token.tag_ == "RB" and place.word_after not in _NOT_FORMERLY and place.word_before != "at"
