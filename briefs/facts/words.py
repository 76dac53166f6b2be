"""The parse of a sentence as plain values: what the extractors walk over, several times faster than spaCy's own tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefs.language.names.words import PERSON_NOUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})


@dataclass(slots=True, eq=False)
class Word:
    """A token in its sentence's tree. ``start`` and ``end`` are offsets into the article's text; the root heads itself."""

    index: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    label: str  # of the named entity it is in, or ""
    left: int = 0  # first and last index of its subtree
    right: int = 0
    kind: str = ""  # of a verb: its frame, once somebody has asked
    children: list[Word] = field(default_factory=list)
    head: Word = field(init=False)

    def __post_init__(self) -> None:
        self.head = self
        self.left = self.right = self.index

    def child(self, *deps: str) -> Word | None:
        """The first child with one of the relations."""
        return next((c for c in self.children if c.dep in deps), None)

    def all(self, *deps: str) -> list[Word]:
        """The children with one of the relations, in order."""
        return [c for c in self.children if c.dep in deps]

    def ancestors(self) -> Iterator[Word]:
        """Its head, that one's head, and so on to the root."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    def holds(self, other: Word) -> bool:
        """Whether the other stands in its subtree (itself included)."""
        return other is self or any(up is self for up in other.ancestors())


def read_words(doc: Doc, offset: int) -> list[tuple[Word, ...]]:
    """The words of a document by sentence; ``offset`` is where the document begins in the article.

    The parse is read as one array: asking spaCy's tokens one by one takes several times longer.
    """
    rows = doc.to_array(list(_ATTRIBUTES)).astype("int64").tolist()
    names = _Names(doc)
    text = doc.text  # spaCy joins it anew at each look
    words = [_word(text, offset, row, names) for row in rows]
    ends = [i for i, row in enumerate(rows) if row[-1] == 1 and i] + [len(words)]
    sentences, first = [], 0
    for end in ends:
        if end > first:
            sentences.append(_tree(words[first:end], [row[-2] for row in rows[first:end]]))
        first = end
    return sentences


_ATTRIBUTES = ("IDX", "LENGTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "HEAD", "SENT_START")


class _Names(dict[int, str]):
    """The strings of a document's numbers, each looked up once."""

    def __init__(self, doc: Doc) -> None:
        super().__init__({0: ""})
        self._strings = doc.vocab.strings

    def __missing__(self, number: int) -> str:
        name = self[number] = self._strings[number & 0xFFFFFFFFFFFFFFFF]
        return name


def _word(text: str, offset: int, row: Sequence[int], names: _Names) -> Word:
    start, length, lower, lemma, pos, tag, dep, label, *_ = row
    return Word(
        index=0,
        start=offset + start,
        end=offset + start + length,
        text=text[start : start + length],
        lower=names[lower],
        lemma=names[lemma].lower(),
        pos=names[pos],
        tag=names[tag],
        dep=names[dep],
        label=names[label],
    )


def _tree(words: Sequence[Word], heads: Sequence[int]) -> tuple[Word, ...]:
    for index, word in enumerate(words):
        word.index = word.left = word.right = index
    for word, step in zip(words, heads, strict=True):
        if step and 0 <= word.index + step < len(words):
            word.head = words[word.index + step]
            word.head.children.append(word)
    for word in words:
        _mend(word)
    for word in words:
        _mend_phrase(words, word)
    for root in [w for w in words if w.head is w]:
        _measure(root)
    return tuple(words)


def _measure(root: Word) -> None:
    """Set the edges of every subtree, children before parents."""
    order = [root]
    for word in order:
        order.extend(word.children)
    for word in reversed(order):
        for child in word.children:
            word.left, word.right = min(word.left, child.left), max(word.right, child.right)


def _mend(word: Word) -> None:
    """Hang "the launch" in "called off the launch" on the verb; the parser hangs it on the particle."""
    particle = word.head
    if word.dep == "pobj" and particle.dep == "prt" and particle.head is not particle:
        _hang(word, particle.head, "dobj")


def _mend_phrase(words: Sequence[Word], word: Word) -> None:
    """Mend what the parser often gets wrong in the news, each by what the sentence's own grammar says."""
    if word.tag == "NNS" and word.head is word:
        _mend_headline(words, word)
    if word.dep in SUBJECTS and word.tag in {"NN", "NNP"}:
        _mend_pair(word)
        _mend_twins(words, word)
    if word.dep == "appos" and any(c.lower == "whose" for c in word.children):
        _mend_owned(word)
    if word.dep == "appos" and word.label == "PERSON":
        _mend_holder(word)
    if word.lower in _PREFIXES:
        _mend_prefix(words, word)
    if word.dep in _HUNG and word.head.pos in VERBAL:
        _mend_conjunct(words, word)


def _mend_headline(words: Sequence[Word], word: Word) -> None:
    """Make "plans" the verb in "GM plans to close it"; in headlines the parser makes it a noun."""
    before = words[word.index - 1] if word.index else word
    if before.head is word and before.dep == "compound" and any(infinitive(c) for c in word.all("xcomp")):
        word.pos, word.tag = "VERB", "VBZ"
        before.dep = "nsubj"


def _mend_pair(word: Word) -> None:
    """Part "X and Y parent company Z" in "X and Y parent company Z have won", whose verb says that there are two."""
    verb = word.head
    first = next((c for c in word.children if c.dep in {"nmod", "compound"} and c.child("cc") is not None), None)
    if first is None or first.pos != "PROPN" or word.child("conj") is not None:
        return
    second = first.child("conj")
    plural = any(c.lower in {"have", "are", "were"} and c.dep in {"aux", "auxpass"} for c in verb.children)
    if second is None or not plural:
        return
    _hang(second, word, "compound")
    _hang(first, verb, word.dep)
    _hang(word, first, "conj")


def _mend_holder(word: Word) -> None:
    """Hang the name in "the mayor of Bergen, X," on the mayor; the parser hangs it on the town."""
    office = word.head.head.head if word.head.dep == "pobj" else word.head
    if (
        office is not word.head
        and word.head.label != "PERSON"
        and office.lemma in PERSON_NOUNS
        and office.pos == "NOUN"
    ):
        _hang(word, office, "appos")


def _mend_twins(words: Sequence[Word], word: Word) -> None:
    """Make "its chief" the apposition in "its chief, X will speak"; the parser makes both the subject."""
    first = _leftmost(word)
    twin = next((c for c in word.head.all(word.dep) if c.index < first), None)
    if twin is not None and twin.index == first - 1:
        _hang(twin, word, "compound")  # "a magnitude" before "6.1 earthquake"
    elif word.pos != "PROPN" or first < 2 or words[first - 1].text != ",":
        return
    elif twin is not None and twin.pos in {"NOUN", "PROPN"} and twin.holds(words[first - 2]):
        _hang(twin, word, "appos")


def _mend_owned(word: Word) -> None:
    """Make "son" the subject in "met X, whose son was hurt"; the parser makes it an apposition of X, and X the subject."""
    owner = word.head
    verb = next((v for v in owner.all("relcl") if v.index > word.index and v.child(*SUBJECTS) is None), None)
    if verb is None and owner.dep in SUBJECTS and owner.head.index > word.index and owner.head.head is not owner.head:
        verb = owner.head
        _hang(owner, verb.head, "dobj")
        _hang(verb, owner, "relcl")
    if verb is not None:
        _hang(word, verb, "nsubjpass" if verb.child("auxpass") is not None else "nsubj")


def _mend_prefix(words: Sequence[Word], word: Word) -> None:
    """Put "re-election" together again, of which the parser makes three things."""
    whole = words[word.index + 2] if word.index + 2 < len(words) else word
    hyphen = words[word.index + 1] if whole is not word else word
    if hyphen.text == "-" and whole.head is word.head and whole.dep == word.dep:
        _hang(word, whole, "compound")
        _hang(hyphen, whole, "punct")


def _hang(word: Word, head: Word, dep: str) -> None:
    if word.head is not word:
        word.head.children.remove(word)
    word.dep, word.head = dep, head
    head.children.append(word)
    head.children.sort(key=lambda child: child.index)


_PREFIXES = frozenset({"re", "co", "ex", "pre", "anti", "non"})
_HUNG = frozenset({"dobj", "npadvmod", "dep", "appos"})


def _mend_conjunct(words: Sequence[Word], word: Word) -> None:
    """Hang "and his rejection of it" on the noun before; the parser makes it an object of a verb that has none."""
    first = min(_leftmost(word), word.index)
    verb = word.head
    if first < 2 or first <= verb.index + 1 or words[first - 1].lower != "and" or word.pos not in {"NOUN", "PROPN"}:
        return
    partner = _partner(words[first - 2], verb, word)
    if partner is None or words[first - 1].head not in {verb, partner, words[first - 2]}:
        return
    _hang(word, partner, "conj")


def _leftmost(word: Word) -> int:
    return min((_leftmost(c) for c in word.children if c.index < word.index), default=word.index)


def _partner(before: Word, verb: Word, word: Word) -> Word | None:
    """The noun above the last word before "and" that is most like the one behind: with an owner like it, else the nearest."""
    nouns = []
    for up in (before, *before.ancestors()):
        if up is verb:
            break
        if up.pos in {"NOUN", "PROPN"} and verb.index < up.index:
            nouns.append(up)
    else:
        return None
    owned = word.child("poss") is not None
    return next(
        (n for n in nouns if (n.child("poss") is not None) == owned and n.pos == word.pos), next(iter(nouns), None)
    )


def infinitive(verb: Word) -> bool:
    """Whether a verb stands with "to"."""
    return any(c.lower == "to" and c.dep == "aux" for c in verb.children)


def own_tense(verb: Word) -> bool:
    """Whether a verb has an auxiliary or subject of its own, and so a tense of its own."""
    # "be" of "would leave and be replaced" has the tense of "would leave".
    auxiliary = any(c.dep in {"aux", "auxpass"} and c.lower != "to" and c.tag != "VB" for c in verb.children)
    return auxiliary or verb.child(*SUBJECTS) is not None


def spread(word: Word, skip: Callable[[Word, Word], bool]) -> set[int]:
    """Indices of the word's subtree without the branches that ``skip(parent, child)`` names."""
    kept = [word]
    for parent in kept:
        kept.extend(child for child in parent.children if not skip(parent, child))
    return {each.index for each in kept}


def run_around(index: int, indices: set[int]) -> tuple[int, int]:
    """First and last of the unbroken run of indices around one of them."""
    first = last = index
    while first - 1 in indices:
        first -= 1
    while last + 1 in indices:
        last += 1
    return first, last


_BARE = frozenset({"punct", "cc", "preconj", "mark", "case", "meta"})


def trimmed(words: Sequence[Word], first: int, last: int, head: int) -> tuple[int, int]:
    """The run without punctuation and conjunctions at its ends; brackets and quotation marks go in pairs or not at all."""
    while first < head and (words[first].dep in _BARE or words[first].pos in {"PUNCT", "SPACE", "CCONJ"}):
        first += 1
    while last > head and (words[last].pos in {"PUNCT", "SPACE", "CCONJ"} and words[last].text not in {"%", ")"}):
        last -= 1
    return first, last
