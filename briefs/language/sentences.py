"""Where sentences end: certain boundaries are set before spaCy's parser runs, which keeps them.

The parser alone cuts a quotation from its closing mark, splits after "U.S." and at colons. Here a sentence ends only
after a stop with the quotation marks and brackets that close behind it; the parser decides only what stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from briefs.language.words import word_set

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from thinc.types import Ints2d

COMPONENT = "sentence_ends"
LONGEST = 300  # words of a sentence, signs counted; the longest of a newspaper have half as many
_START = {True: 1, False: -1, None: 0}  # as spaCy keeps it

_STOP = re.compile(r"[.?!\u2026]+$")
_QUOTES_CLOSING = frozenset({"\u201d", "\u2019", "\u00bb", "''"})
_QUOTES_OPENING = frozenset({"\u201c", "\u2018", "\u00ab", "``"})
_QUOTES_STRAIGHT = frozenset({'"', "'"})
_BRACKETS_CLOSING = frozenset(")]}")
_BRACKETS_OPENING = frozenset("([{")
_DASHES = frozenset({"-", "\u2013", "\u2014"})
_BULLETS = frozenset("•▪‣◦●■")

# A name or a number follows these, so a capital behind them does not begin a sentence.
_TITLES = word_set(
    "mr. mrs. ms. messrs. dr. drs. prof. sen. sens. rep. reps. gov. govs. gen. lt. col. maj. capt. cmdr. adm. sgt. "
    "cpl. pvt. brig. hon. rev. fr. pres. supt. det. insp. amb. atty. ald. sec. sr. sra. mme. mlle. vs. v. e.g. i.e. cf. "
    "approx. u.s.s. h.m.s. mt. ft. ste."
)
_BEFORE_NUMBER = word_set(
    "no. nos. fig. vol. pp. ca. art. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. tues. wed. "
    "thu. thur. thurs. fri. sat. sun."
)
# These stand before a name as often as at the end of a sentence.
_EITHER = word_set(
    "u.s. u.k. u.n. e.u. u.s.a. u.a.e. d.c. l.a. n.y. n.j. a.m. p.m. inc. corp. co. cos. ltd. llc. bros. plc. jr. ph.d. "
    "m.d. b.a. m.a. etc. al. ave. blvd. rd. st. ala. ariz. ark. calif. colo. conn. del. fla. ga. ill. ind. kan. kans. ky. "
    "la. md. mass. mich. minn. miss. mo. mont. neb. nev. n.h. n.m. n.c. n.d. okla. ore. pa. r.i. s.c. s.d. tenn. tex. vt. "
    "va. wash. w.va. wis. wyo. b.c. a.d. p.s. dept. univ."
)
_SPOKE = word_set(
    "said says told tells asked asks added adds replied replies answered answers shouted shouts cried wrote writes "
    "wondered wonders declared exclaimed joked yelled noted argued continued explained insisted demanded quipped recalled "
    "tweeted warned"
)
_OPENING_TAGS = frozenset({"PRP", "PRP$", "DT", "EX", "CC", "WRB", "WP", "WDT"})  # of words that begin sentences


def install(nlp: Language) -> None:
    """Add the component to ``nlp`` before its parser."""
    from spacy.language import Language as Pipelines

    if not Pipelines.has_factory(COMPONENT):
        Pipelines.component(COMPONENT, func=set_boundaries)
    if COMPONENT not in nlp.pipe_names and "parser" in nlp.pipe_names:
        nlp.add_pipe(COMPONENT, before="parser")


def set_boundaries(doc: Doc) -> Doc:
    """Set ``is_sent_start`` of every token that is certain; None leaves it to the parser."""
    from numpy import array

    closing = _closing_marks(doc)
    found = _bounded([True, *(_starts_sentence(token, closing) for token in doc[1:])])
    # All at once: spaCy looks through the whole text each time that a token's own is set.
    starts = array([_START[each] for each in found[: len(doc)]], dtype="int64").astype("uint64")
    return doc.from_array(["SENT_START"], cast("Ints2d", starts))


def _bounded(starts: list[bool | None]) -> list[bool | None]:
    """Begin a sentence after ``LONGEST`` words that have no end: what looks at a word and all others of its sentence is quick."""
    last = 0
    for position, starting in enumerate(starts):
        if starting or position - last == LONGEST:
            starts[position], last = True, position
    return starts


def _closing_marks(doc: Doc) -> set[int]:
    """Return the indices of the marks that close a quotation or bracket.

    A straight mark opens or closes by the space beside it, and where that says nothing, by whether a quotation is open.
    """
    closing = set()
    quoting = False
    for token in doc:
        if token.text in _QUOTES_STRAIGHT:
            closes = _straight_closes(token, quoting=quoting)
            if token.text == '"':
                quoting = not closes
        else:
            closes = token.text in _QUOTES_CLOSING or token.text in _BRACKETS_CLOSING
        if closes:
            closing.add(token.i)
    return closing


def _straight_closes(token: Token, *, quoting: bool) -> bool:
    before = token.i > 0 and not _space_before(token)
    behind = token.i + 1 < len(token.doc) and not token.whitespace_
    glued = behind and quoting and token.nbor(1).text[0].islower()  # '…for it, "she said'
    if before != behind and not glued:
        return before
    return quoting or (before and token.text == "'")


def _starts_sentence(token: Token, closing: set[int]) -> bool | None:
    if token.text in _BULLETS:
        return True
    if token.is_space or token.i in closing:
        return False
    end = _last_word_before(token, closing)
    if end is None or not _STOP.search(end.text):
        return False
    first = _first_word_from(token, closing)
    if first is None:
        return False
    quoted = end.i + 1 < token.i and token.nbor(-1).text not in _BRACKETS_CLOSING
    if quoted and end.text != "." and _is_attribution(first):
        return False
    return _after_stop(end, token, first)


def _after_stop(end: Token, token: Token, first: Token) -> bool | None:
    abbreviation = _abbreviation(end)
    if first.text[0].islower():
        is_brand = any(char.isupper() for char in first.text)  # iPhone, eBay
        return None if is_brand and end.text == "." and not abbreviation else False
    if not abbreviation:
        if first.text[0].isdigit() and end.i and end.nbor(-1).text[-1].isdigit():
            return None  # "1. 5 million" may be a number torn apart
        spaced = end.i + 1 < token.i or bool(end.whitespace_)
        return spaced or (first.text[0].isupper() and not _space_before(end))
    if abbreviation in _TITLES:
        return False
    opens = first.tag_ in _OPENING_TAGS or (first.is_stop and first.tag_ == "IN")
    if abbreviation in _EITHER:
        return _after_either(token, first, opens=opens)
    return opens and first.i == token.i  # initials and what stands before numbers


def _after_either(token: Token, first: Token, *, opens: bool) -> bool | None:
    """Decide what follows "U.S.": "The talks" is new, "President" is not; "Lindqvist" is left to the parser."""
    if first.text[0].isdigit() or token.text in _DASHES:
        return False
    return True if opens or first.i != token.i else None


def _last_word_before(token: Token, closing: set[int]) -> Token | None:
    for position in range(token.i - 1, -1, -1):
        before = token.doc[position]
        if not before.is_space and position not in closing:
            return before
    return None


def _first_word_from(token: Token, closing: set[int]) -> Token | None:
    """Return the word a sentence would begin with: behind opening marks and dashes; None before other signs."""
    for candidate in token.doc[token.i :]:
        if candidate.is_space or candidate.text in _DASHES or _opens(candidate, closing):
            continue
        return candidate if candidate.text[0].isalnum() or candidate.text[0] in "$£€#@" else None
    return None


def _opens(token: Token, closing: set[int]) -> bool:
    if token.text in _QUOTES_STRAIGHT:
        return token.i not in closing
    return token.text in _QUOTES_OPENING or token.text in _BRACKETS_OPENING


def _space_before(token: Token) -> bool:
    return token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space


def _abbreviation(end: Token) -> str:
    """Return the abbreviation that ``end`` closes, in lower case with its stop; empty for an ordinary full stop."""
    if end.text == ".":
        if _space_before(end) or not end.nbor(-1).text[0].isupper():
            return ""
        word = end.nbor(-1).lower_ + "."
    elif end.text.endswith(".") and end.text[0].isalpha():
        word = end.lower_
    else:
        return ""
    known = word in _TITLES or word in _BEFORE_NUMBER or word in _EITHER
    return word if known or end.text != "." or len(word) == 2 else ""


def _is_attribution(first: Token) -> bool:
    """Tell whether the words behind a closed quotation say who spoke: "…?" Mary Smith asked."""
    for token in first.doc[first.i : first.i + 6]:
        if token.lower_ in _SPOKE:
            return token.i > first.i
        if token.is_punct:
            return False
    return False
