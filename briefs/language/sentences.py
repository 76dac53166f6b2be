"""Where sentences end: certain boundaries are set before spaCy's parser runs, which keeps them.

The parser alone cuts a quotation from its closing mark, splits after "U.S." and at colons. Here a sentence ends only
after a stop with the quotation marks and brackets that close behind it; the parser decides only what stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

COMPONENT = "sentence_ends"

_STOP = re.compile(r"[.?!…]+$")
_CLOSERS = frozenset("\"'”’»)]}") | {"''"}
_OPENERS = frozenset("\"'“‘«([{") | {"``"}
_BOTH_WAYS = frozenset("\"'")
_BULLETS = frozenset("•▪‣◦●■")

# A capital after these does not begin a sentence.
_BEFORE_NAME = frozenset(
    """mr. mrs. ms. messrs. dr. drs. prof. sen. sens. rep. reps. gov. govs. gen. lt. col. maj. capt. cmdr. adm. sgt. cpl. pvt.
    brig. hon. rev. fr. st. ste. mt. ft. pres. supt. det. insp. amb. atty. ald. sec. vs. v. no. nos. fig. vol. pp. ca.
    e.g. i.e. cf. op. approx. est. sr. sra. mme. mlle. mgr. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.
    mon. tue. tues. wed. thu. thur. thurs. fri. sat. sun. art. dept. univ. u.s.s. h.m.s.""".split()
)
# These stand before a name as often as at the end of a sentence.
_EITHER = frozenset(
    """u.s. u.k. u.n. e.u. u.s.a. u.a.e. d.c. l.a. n.y. n.j. a.m. p.m. inc. corp. co. cos. ltd. llc. bros. plc. jr. sr. ph.d. m.d.
    b.a. m.a. etc. al. ave. blvd. rd. st. ala. ariz. ark. calif. colo. conn. del. fla. ga. ill. ind. kan. kans. ky. la. md. mass. mich.
    minn. miss. mo. mont. neb. nev. n.h. n.m. n.c. n.d. okla. ore. pa. r.i. s.c. s.d. tenn. tex. vt. va. wash. w.va. wis. wyo. b.c.
    a.d. p.s. r. d.""".split()
)
_SPEECH = frozenset(
    """say tell ask add reply answer shout cry write wonder ask declare exclaim joke yell note argue continue explain
    insist demand quip recall tweet warn""".split()
)


def install(nlp: Language) -> None:
    """Add the component to ``nlp`` before its parser."""
    from spacy.language import Language as Pipelines  # noqa: PLC0415 - importing this module loads nothing

    if not Pipelines.has_factory(COMPONENT):
        Pipelines.component(COMPONENT, func=set_boundaries)
    if COMPONENT not in nlp.pipe_names and "parser" in nlp.pipe_names:
        nlp.add_pipe(COMPONENT, before="parser")


def set_boundaries(doc: Doc) -> Doc:
    """Set ``is_sent_start`` of every token that is certain; None leaves it to the parser."""
    for token in doc[1:]:
        token.is_sent_start = _starts_sentence(token)
    return doc


def _starts_sentence(token: Token) -> bool | None:
    if token.text in _BULLETS:
        return True
    if token.is_space or _closes(token):
        return False
    end, quoted = _last_word_before(token)
    if end is None or not _STOP.search(end.text):
        return False
    first = _first_word_from(token)
    if first is None:
        return False
    if quoted and _is_attribution(first):
        return False
    return _after_stop(end, token, first)


def _after_stop(end: Token, token: Token, first: Token) -> bool | None:
    abbreviation = _abbreviation(end)
    if first.text[0].islower():
        return None if not abbreviation and end.text == "." and any(c.isupper() for c in first.text) else False
    if abbreviation in _BEFORE_NAME or _is_initial(abbreviation):
        return False
    if abbreviation in _EITHER or (abbreviation and end.text not in {".", "?", "!"}):
        return _after_abbreviation(token, first)
    return bool(token.whitespace_ or token.idx > end.idx + len(end.text) or first.text[0].isupper())


def _after_abbreviation(token: Token, first: Token) -> bool | None:
    """ "in the U.S. The talks" ends a sentence; "U.S. President" does not; the parser decides "in the U.S. Duffy"."""
    if first.i != token.i:
        return True
    if first.pos_ in {"NUM"} or first.text[0].isdigit():
        return False
    if first.is_stop or first.tag_ in {"PRP", "DT", "IN", "RB", "CC", "WRB", "PRP$"}:
        return True
    return None


def _last_word_before(token: Token) -> tuple[Token | None, bool]:
    """The token before ``token`` behind spaces and closing marks; whether a closing quotation mark was passed."""
    quoted = False
    position = token.i - 1
    while position >= 0:
        before = token.doc[position]
        if not before.is_space and not _closes(before):
            return before, quoted
        quoted = quoted or before.text in {'"', "”", "''", "’", "'", "»"}
        position -= 1
    return None, quoted


def _first_word_from(token: Token) -> Token | None:
    for candidate in token.doc[token.i :]:
        if candidate.is_space or (_opens(candidate)) or candidate.text in {"-", "–", "—"}:
            continue
        return candidate if candidate.text[0].isalnum() or candidate.text[0] in "$£€#@" else None
    return None


def _closes(token: Token) -> bool:
    """A closing mark; a straight quotation mark closes when no space stands before it and one stands behind it."""
    if token.text not in _CLOSERS:
        return False
    return token.text not in _BOTH_WAYS or not _space_before(token)


def _opens(token: Token) -> bool:
    return token.text in _OPENERS and (token.text not in _BOTH_WAYS or not _closes(token))


def _space_before(token: Token) -> bool:
    return token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space


def _abbreviation(end: Token) -> str:
    """The abbreviation that ``end`` closes, with its stop, in lower case; empty for an ordinary word's full stop."""
    if end.text == ".":
        if end.i == 0 or _space_before(end):
            return ""
        word = end.nbor(-1).lower_ + "."
        return word if word in _BEFORE_NAME or _is_initial(word) else ""
    if end.text.endswith(".") and end.text[0].isalpha():
        return end.lower_
    return ""


def _is_initial(abbreviation: str) -> bool:
    return len(abbreviation) == 2 and abbreviation[0].isalpha() and abbreviation != "i."  # noqa: PLR2004


def _is_attribution(first: Token) -> bool:
    """ "…?" he asked.  "…!" Mary Smith said: words behind a closed quotation that say who spoke."""
    if first.text[0].islower():
        return True
    for token in first.doc[first.i : first.i + 6]:
        if token.tag_ in {"VBD", "VBZ"} or token.pos_ == "VERB":
            return _stem(token.lower_) in _SPEECH and token.i > first.i
        if token.is_punct:
            return False
    return False


def _stem(verb: str) -> str:
    irregular = {"said": "say", "says": "say", "told": "tell", "wrote": "write", "cried": "cry", "replied": "reply"}
    if verb in irregular:
        return irregular[verb]
    for ending in ("ed", "d", "s"):
        if verb.removesuffix(ending) in _SPEECH and verb.endswith(ending):
            return verb.removesuffix(ending)
    return verb
