"""The stretches of an article that are names: spaCy's entities, repaired, and the proper nouns it missed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefs.language.names import normal, words
from briefs.models import BlockKind, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from briefs.language.pipeline import Passage

_PROPER = frozenset({"NNP", "NNPS"})
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "CARDINAL", "QUANTITY"})
_BREAKS = frozenset({"(", ")", "―", "—", "--", "|", "[", "]"})
_NOT_IN_NAMES = frozenset({"the", "a", "an", "'s", "\u2019s", "'", "\u2019", "-"})
_POSSESSIVES = frozenset({"'s", "\u2019s"})
_EDITORIAL = str.maketrans(dict.fromkeys('[]"\u201c\u201d'))  # "[Robert] Smith"
_LANDS = frozenset({EntityKind.PLACE, EntityKind.GROUP})
_VISITED = frozenset({EntityKind.ORGANISATION, EntityKind.PRODUCT})
_LABEL, _HINT, _EVIDENCE = 1, 1, 3  # weights of spaCy's label, of a preposition, of a title or head noun


@dataclass(slots=True, eq=False)
class NameSpan:
    """Tokens ``first`` to ``last`` (excluded) of a passage that are a name, with what speaks for its kind."""

    passage: Passage
    first: int
    last: int
    label: EntityKind | None  # spaCy's
    title: tuple[int, int] | None = None  # tokens before the name that say what the person is
    votes: Counter[EntityKind] = field(default_factory=Counter)
    text: str = ""  # as written, white space single

    def __post_init__(self) -> None:
        self.text = " ".join(self.passage.doc[self.first : self.last].text.translate(_EDITORIAL).split())

    @property
    def start(self) -> int:
        """Where the name starts in the article's text."""
        return self.passage.place(self.first, self.last)[0]

    @property
    def end(self) -> int:
        """Where the name ends in the article's text."""
        return self.passage.place(self.first, self.last)[1]

    @property
    def inside(self) -> bool:
        """Tell whether something is said to be in it."""
        return self.first > 0 and self.passage.doc[self.first - 1].lower_ in words.LOCATIVE

    @property
    def head(self) -> Token:
        """The token that stands for the name in the sentence's tree."""
        doc = self.passage.doc
        for position in range(self.last - 1, self.first - 1, -1):
            if not self.first <= doc[position].head.i < self.last or doc[position].head.i == position:
                return doc[position]
        return doc[self.last - 1]


class _Piece(NamedTuple):
    first: int
    last: int
    label: EntityKind | None


def name_spans(passages: Iterable[Passage]) -> list[NameSpan]:
    """Find all names of an article, in the order of its text; in title case only lands and what its prose names."""
    passages = list(passages)
    titles = [passage for passage in passages if _is_title_case(passage)]
    prose = [passage for passage in passages if passage not in titles] or passages
    found = [span for passage in prose for span in _spans_of(passage)]
    if prose is not passages:  # lands are known in any case
        found.extend(span for passage in titles for span in _spans_of(passage) if span.label is EntityKind.PLACE)
    found = _with_wholes(passages, found)
    found.extend(_known_elsewhere(passages, found))
    found.sort(key=lambda span: span.start)
    for span in found:
        _weigh(span)
    return found


def _is_title_case(passage: Passage) -> bool:
    """Tell whether capitals say nothing here: most words of a headline or heading have one."""
    if passage.kind not in {BlockKind.HEADLINE, BlockKind.HEADING}:
        return False
    long = [token for token in passage.doc if token.is_alpha and len(token) > 3]
    return len(long) > 2 and sum(token.text[0].isupper() for token in long) > 0.7 * len(long)


def _spans_of(passage: Passage) -> Iterator[NameSpan]:
    labels = _labels(passage.doc)
    for first, last in _runs(passage.doc, labels):
        for span in _split_run(passage, _pieces(passage.doc, first, last, labels)):
            if _is_name(span):
                yield span


def _labels(doc: Doc) -> dict[int, tuple[EntityKind, int]]:
    """Give each token in an entity, without its article and possessive, the entity's kind and number."""
    labels = {}
    for number, entity in enumerate(doc.ents):
        kind = words.KIND_OF_LABEL.get(entity.label_)
        if kind is None or (kind is EntityKind.GROUP and "-" in entity.text):
            continue
        first, last = _unbroken(doc, entity.start, entity.end)
        while first < last and not _has_capital(doc[first]):
            first += 1
        while last > first and not (_has_capital(doc[last - 1]) and _ends_name(doc[last - 1], kind)):
            last -= 1
        while kind is EntityKind.PERSON and last - first > 2 and doc[first].tag_ == "JJ":
            first += 1  # "Austrian Tomas Reiter"
        for position in range(first, last):
            labels[position] = (kind, number)
    return labels


def _unbroken(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """The longest part of an entity that no dash, bar or bracket breaks: "Falk ― Berg", "Kit (SDK"."""
    cuts = [i for i in range(first, last) if doc[i].text in _BREAKS]
    if not cuts:
        return first, last
    edges = [first - 1, *cuts, last]
    return max(((a + 1, b) for a, b in pairwise(edges)), key=lambda part: part[1] - part[0])


def _ends_name(token: Token, kind: EntityKind) -> bool:
    """A person's name ends neither in a headline's verb nor in a dateline's capitals."""
    if kind is not EntityKind.PERSON or token.i == 0 or token.nbor(-1).ent_iob_ == "O":
        return True
    shouted = token.is_upper and len(token) > 3 and not token.nbor(-1).is_upper
    return not shouted and not token.tag_.startswith("VB")


def _has_capital(token: Token) -> bool:
    text = token.text
    if not text[0].isalnum() or token.lower_ in _NOT_IN_NAMES:
        return False
    return text[0].isdigit() or not text.islower()


def _runs(doc: Doc, labels: dict[int, tuple[EntityKind, int]]) -> Iterator[tuple[int, int]]:
    """Yield maximal runs of tokens that stand in an entity or are proper nouns with a capital."""
    measured = {i for entity in doc.ents if entity.label_ in _MEASURES for i in range(entity.start, entity.end)}
    first = None
    for token in doc:
        position = token.i
        inside = position in labels or (position not in measured and _is_proper(token))
        if first is not None and (not inside or token.is_sent_start):
            yield first, position
            first = None
        if inside and first is None:
            first = position
    if first is not None:
        yield first, len(doc)


def _is_proper(token: Token) -> bool:
    if token.tag_ not in _PROPER or not token.text[0].isupper() or "-" in token.text[1:3]:
        return False
    return token.lower_.rstrip(".") not in words.CALENDAR and not ("-" in token.text and "." in token.text)


def _pieces(doc: Doc, first: int, last: int, labels: dict[int, tuple[EntityKind, int]]) -> list[_Piece]:
    """Cut a run where an entity begins or ends and at possessives between two capitals."""
    pieces: list[_Piece] = []
    start = first
    for position in range(first + 1, last + 1):
        label = labels.get(start)
        if position + 1 < last and _is_cut(doc, labels, start, position):
            pieces.append(_Piece(start, position, label[0] if label else None))
            start = position + 1
        elif position > start and (position == last or labels.get(position, (None, -1))[1] != (label or (None, -1))[1]):
            pieces.append(_Piece(start, position, label[0] if label else None))
            start = position
    return _joined(doc, [piece for piece in pieces if piece.first < piece.last])


def _joined(doc: Doc, pieces: list[_Piece]) -> list[_Piece]:
    """Join a firm's name that the entity ends in the middle of: "Kestrel" and "Commercial Airplanes"."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        last = doc[piece.last - 1]
        named = (
            piece.label in {None, EntityKind.ORGANISATION}
            and last.lower_ in words.FIRMS
            and piece.last - piece.first > 1
        )
        if before is not None and named and before.last == piece.first and before.label is EntityKind.ORGANISATION:
            joined[-1] = _Piece(before.first, piece.last, EntityKind.ORGANISATION)
        else:
            joined.append(piece)
    return joined


def _is_cut(doc: Doc, labels: dict[int, tuple[EntityKind, int]], start: int, position: int) -> bool:
    """Tell whether a possessive parts two names: "Acme's Rocket", but "Lloyd's Register", "People's Republic"."""
    if position == start or doc[position].text not in _POSSESSIVES:
        return False
    label = labels.get(start)
    if label is not None and label[0] is EntityKind.PLACE and labels.get(position + 1) == label:
        return False
    return _owns(doc, start, position)


def _owns(doc: Doc, start: int, end: int) -> bool:
    owner = doc[end - 1]
    return owner.dep_ == "poss" and (
        owner.ent_type_ == "PERSON" or end - start > 1 or normal.is_acronym(owner.text) or owner.ent_type_ == "GPE"
    )


def _split_run(passage: Passage, pieces: list[_Piece]) -> Iterator[NameSpan]:
    """Take titles off persons, join what an entity lacks at its end, and drop what is no name by itself."""
    doc = passage.doc
    title_from: int | None = None
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        cut = _title_end(doc, piece)
        if cut == piece.last:  # nothing but titles
            title_from = piece.first if title_from is None else title_from
            continue
        if cut > piece.first:
            begin = piece.first if title_from is None else title_from
            yield NameSpan(passage, cut, piece.last, EntityKind.PERSON, title=(begin, cut))
        elif title_from is not None:
            yield NameSpan(passage, piece.first, piece.last, EntityKind.PERSON, title=(title_from, piece.first))
        else:
            before_title = following is not None and _title_end(doc, following) > following.first
            if not (before_title and _is_office(doc, piece)):
                yield NameSpan(passage, piece.first, piece.last, piece.label)
            title_from = piece.first if before_title and piece.label is not EntityKind.PERSON else None
            continue
        title_from = None


def _is_office(doc: Doc, piece: _Piece) -> bool:
    """Tell whether a word before a title only belongs to it: "Transport" Secretary, but not "BEC" Chairman."""
    if piece.label in _LANDS:
        return False
    return piece.last - piece.first == 1 and not normal.is_acronym(doc[piece.first].text)


def _title_end(doc: Doc, piece: _Piece) -> int:
    """Return where the titles at the start of a piece end."""
    if piece.label not in {None, EntityKind.PERSON, EntityKind.ORGANISATION}:
        return piece.first
    cut = piece.first
    for position in range(piece.first, piece.last):
        if _is_title(doc[position]):
            cut = position + 1
    if piece.label is EntityKind.ORGANISATION:
        is_person = cut - piece.first == 1 and doc[piece.first].lower_.rstrip(".") in words.OFFICE_TITLES
        cut = cut if is_person and piece.last - cut in {1, 2} else piece.first
    rest = doc[piece.last - 1].lower_.rstrip(".")
    return piece.first if cut < piece.last and rest in words.KIND_OF_HEAD else cut


def _is_title(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return word in words.TITLES or word in words.COURTESY or word in words.TITLES_EXTRA


def _is_name(span: NameSpan) -> bool:
    """Drop days, lone letters and a lone capital that only begins its sentence."""
    doc = span.passage.doc
    if not any(char.isalpha() for char in span.text):
        return False
    if span.last - span.first > 1:
        return True
    token = doc[span.first]
    if token.lower_.rstrip(".") in words.CALENDAR or len(token.text) < 2 or _is_portfolio(token):
        return False
    begins = token.is_sent_start or token.i == 0
    acts = token.dep_ in {"nsubj", "nsubjpass"} and token.is_alpha and len(token) > 2
    return span.label is not None or not (token.is_stop or (begins and not acts))


_BETWEEN = frozenset(
    {"and", "of", "for", "the", "&", "on", "in", "to", "de", "du", "la", "et", "'s", "\u2019s", ",", "-"}
)
_LONGEST = 16  # tokens of a name that an acronym in brackets proves


def _with_wholes(passages: Iterable[Passage], found: list[NameSpan]) -> list[NameSpan]:
    """The spans with each long name whole that an acronym in brackets proves: "Council for Sea and Shore Rescue (CSSR)"."""
    for passage in passages:
        for whole in _proven(passage):
            inside = [s for s in found if s.passage is passage and s.first < whole.last and whole.first < s.last]
            if any(s.first <= whole.first and whole.last <= s.last for s in inside):
                continue
            labels = Counter(s.label for s in inside if s.label not in {None, EntityKind.PERSON})
            whole.label = labels.most_common(1)[0][0] if labels else None
            found = [s for s in found if s not in inside]
            found.append(whole)
    return found


def _proven(passage: Passage) -> Iterator[NameSpan]:
    doc = passage.doc
    if "(" not in doc.text:
        return
    for bracket in range(1, len(doc) - 2):
        if doc[bracket].text == "(" and doc[bracket + 2].text == ")" and normal.is_acronym(doc[bracket + 1].text):
            first = _spelled_from(doc, bracket, normal.letters(doc[bracket + 1].text))
            if first is not None and bracket - first > 1:
                yield NameSpan(passage, first, bracket, None)


def _spelled_from(doc: Doc, end: int, letters: str) -> int | None:
    """Where the words before ``end`` begin whose initials are the letters; None if they are not spelled out there."""
    left = len(letters)
    for position in range(end - 1, max(-1, end - _LONGEST), -1):
        token = doc[position]
        if token.text[0].isupper() and token.text[0] == letters[left - 1] and normal.letters(token.text) != letters:
            left -= 1
            if not left:
                return position
        elif not (token.lower_ in _BETWEEN or _is_form(token, letters)):
            return None
    return None


def _is_form(token: Token, letters: str) -> bool:
    """Tell whether a word in a long name has no letter in its acronym: "Company", "N.V.", the acronym itself."""
    word = token.lower_.rstrip(".")
    known = word in words.COMPANY_FORMS or word in words.KIND_OF_HEAD or word.replace(".", "") in words.COMPANY_FORMS
    return token.text[0].isupper() and (known or normal.letters(token.text) == letters)


def _is_portfolio(token: Token) -> bool:
    """Tell whether a word only says what a minister is for: "Secretary of State"."""
    if token.i < 2 or token.nbor(-1).lower_ != "of" or token.lower_ not in words.PORTFOLIOS:
        return False
    return token.nbor(-2).lower_ in {"secretary", "secretaries", "minister", "ministers", "department", "ministry"}


def _known_elsewhere(passages: list[Passage], found: list[NameSpan]) -> Iterator[NameSpan]:
    """Find the article's own names where spaCy saw none: in headlines, after a colon, at the start of a sentence."""
    known: dict[str, set[tuple[str, ...]]] = {}
    for span in found:
        parts = tuple(span.text.split())
        known.setdefault(parts[0], set()).add(parts)
        if span.label is EntityKind.PERSON and len(parts) > 1 and not normal.is_junior(parts[-1]):
            known.setdefault(parts[-1], set()).add(parts[-1:])
    taken = {(id(span.passage), i) for span in found for i in range(span.first, span.last)}
    for passage in passages:
        position = 0
        texts = [token.text for token in passage.doc]
        while position < len(texts):
            length = 0
            if texts[position] in known and (id(passage), position) not in taken:
                length = _longest(known[texts[position]], texts, position)
            if length:
                yield NameSpan(passage, position, position + length, None)
            position += length or 1


def _longest(names: set[tuple[str, ...]], texts: list[str], position: int) -> int:
    return max((len(name) for name in names if tuple(texts[position : position + len(name)]) == name), default=0)


def _weigh(span: NameSpan) -> None:
    """Count what speaks for each kind: spaCy's label, a title, the words inside and beside the name."""
    doc, votes = span.passage.doc, span.votes
    length = span.last - span.first
    if span.label:
        votes[span.label] += _LABEL * (2 if length > 1 else 1)
    if span.title:
        votes[EntityKind.PERSON] += _EVIDENCE
    if normal.is_country(span.text):
        votes[EntityKind.PLACE] += _EVIDENCE
    elif normal.key(span.text) in normal.UNIONS:
        votes[EntityKind.ORGANISATION] += _EVIDENCE
    last = doc[span.last - 1]
    if length == 1 and last.tag_ == "JJ":
        votes[EntityKind.GROUP] += 2 * _HINT
    first = doc[span.first].lower_
    headed = length > 2 and first in words.KIND_OF_FIRST and doc[span.first + 1].lower_ in {"of", "for"}
    kind = None if headed else kind_of_head(last.lower_, doc[span.last - 2].lower_ if length > 1 else "")
    if kind and last.lower_ != "capital":  # a seat of government in prose, a firm in a name
        doubtful = span.label is EntityKind.PERSON and length < 3 and last.lower_ in words.SURNAMES_TOO
        votes[kind] += _HINT if doubtful else 2 * _EVIDENCE  # "Jerry Hall", "City Hall"
    if length > 1 and (kind := words.KIND_OF_FIRST.get(first)) and (headed or kind_of_head(last.lower_, "") is None):
        votes[kind] += _EVIDENCE
    if 1 < length < 4 and (first in words.MALE_NAMES or first in words.FEMALE_NAMES):
        votes[EntityKind.PERSON] += _LABEL * 2
    _weigh_before(span)
    _weigh_behind(span)


def _weigh_before(span: NameSpan) -> None:
    if not span.first:
        return
    before = span.passage.doc[span.first - 1]
    if before.lower_ == "of" and span.first > 1:
        _weigh_of(span, span.passage.doc[span.first - 2].lower_)
    if before.text == "-" and span.first > 1 and span.passage.doc[span.first - 2].text in {"D", "R", "I"}:
        span.votes[EntityKind.PLACE] += 2 * _EVIDENCE  # "Ada Quill (D-Conn.)"
        return
    if span.inside and span.label is not EntityKind.PERSON:
        span.votes[EntityKind.PLACE] += 2 * _HINT
    elif before.lower_ == "the" and span.label is EntityKind.PLACE and _is_agency(span.text):
        span.votes[EntityKind.ORGANISATION] += _EVIDENCE
    elif span.text.count(".") > 2 and span.label is EntityKind.PLACE and _is_agency(span.text):
        span.votes[EntityKind.ORGANISATION] += 2 * _HINT  # "F.B.I."; states have two letters


def _weigh_of(span: NameSpan, noun: str) -> None:
    if noun in words.PLACES_NAMED:
        span.votes[EntityKind.PLACE] += _EVIDENCE
    elif noun in words.LEADERS and span.label not in _LANDS:
        span.votes[EntityKind.ORGANISATION] += _EVIDENCE


def _is_agency(name: str) -> bool:
    return normal.is_acronym(name) and not normal.is_country(name)


def _weigh_behind(span: NameSpan) -> None:
    doc = span.passage.doc
    if span.last >= len(doc):
        return
    personal = span.last - span.first > 1 or span.label is EntityKind.PERSON
    if personal and "who" in {doc[i].lower_ for i in range(span.last, min(span.last + 2, len(doc)))}:
        span.votes[EntityKind.PERSON] += _EVIDENCE
    head = span.head.head
    if span.label not in _LANDS and span.head.dep_ == "poss" and span.last - span.first == 1:
        span.votes[EntityKind.ORGANISATION] += 2 * _HINT * (head.lower_ in words.LEADERS)
    if span.label in _VISITED and span.last - span.first == 1 and span.head.dep_ == "dobj" and head.lemma_ == "visit":
        span.votes[EntityKind.PLACE] += 2 * _HINT
    beside = span.head.dep_ in {"compound", "nmod"} and span.last <= head.i <= span.last + 2
    if beside and (kind := words.TYPED_BY_HEAD.get(head.lower_)):
        span.votes[kind] += _EVIDENCE


def kind_of_head(head: str, before: str) -> EntityKind | None:
    """Return the kind of thing a noun names; "station" behind "space" is a craft."""
    if head == "station" and before == "space":
        return EntityKind.CRAFT
    return words.KIND_OF_HEAD.get(head.rstrip("."))
