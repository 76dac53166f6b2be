"""Words that stand for a name: "the space agency", "Nordlink's acting director", "he" — only where it is safe."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.language.names import normal, words
from briefs.language.names.descriptions import Description, phrase
from briefs.language.words import word_set
from briefs.models import BlockKind, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from briefs.language.names.entities import Cluster
    from briefs.language.names.spans import NameSpan
    from briefs.language.pipeline import Passage

_DEFINITE = frozenset({"the", "this", "that"})
_FUNCTION_TAGS = frozenset({"DT", "IN", "POS", "TO", "CC", ",", "HYPH", "``", "''", "PRP$"})
# These say nothing about which of several is meant.
_NEUTRAL = word_set(
    "new current acting interim temporary then former late own long-time longtime veteran incoming outgoing top"
)


# "the state" is no Islamic State, "the times" no newspaper.
_NAMED_OTHERWISE = frozenset({"state", "times", "post", "house", "journal", "news", "union", "fund", "trust", "hills"})


_FIRM = frozenset({"company", "firm"})
_FIRM_LIKE = frozenset({EntityKind.ORGANISATION, EntityKind.PRODUCT, EntityKind.OTHER})
_INDEFINITE = frozenset({"a", "an", "another", "one"})


def _nouns_in(cluster: Cluster) -> set[str]:
    """The common nouns in a name: "airline" in "Sarn Airlines", "hurricane" in "Hurricane Ida", "company" in "Acme Inc."."""
    found = set()
    for name in cluster.surfaces:
        first, *rest = name.lower().replace(",", " ").split()
        last = rest[-1].rstrip(".") if rest else ""
        single = last.removesuffix("s") if last.removesuffix("s") in words.CALLED else last
        if single in words.CALLED or (single in words.KIND_OF_HEAD and single not in _NAMED_OTHERWISE):
            found.add(single)
        if rest and first in words.KIND_OF_FIRST:
            found.add(first)
        if cluster.kind is EntityKind.ORGANISATION and (last in words.COMPANY_FORMS or last in words.FIRMS):
            found.add("firm" if last == "university" else "company")
    return found - _NAMED_OTHERWISE


def _is_public(cluster: Cluster) -> bool:
    """Tell whether a name is of an organ of state, a court, a party or the like, and of no firm."""
    last = cluster.name.split()[-1].lower()
    return last in words.KIND_OF_HEAD and last not in words.FIRMS and last not in words.COMPANY_FORMS


class Heads:
    """Which things of an article a noun may stand for, with the words that may stand beside it."""

    def __init__(self, clusters: Iterable[Cluster], spans: dict[int, list[tuple[NameSpan, Cluster]]]) -> None:
        self._by_head: dict[str, dict[Cluster, set[str]]] = defaultdict(dict)
        self._spans = spans
        self._lands = _lands(clusters := tuple(clusters))
        self._clusters = clusters
        self._support = {cluster: _support_of(cluster) for cluster in clusters}
        for cluster in clusters:
            for description in cluster.descriptions:
                self._add_description(cluster, description)
            self._add_name(cluster)

    def _add_description(self, cluster: Cluster, description: Description) -> None:
        doc = description.passage.doc
        head = doc[description.head].lower_
        support = {stem for i in range(description.first, description.last) for stem in normal.stems(doc[i].text)}
        for span, other in self._spans.get(id(description.passage), ()):
            if description.first <= span.first < description.last and other is not cluster:
                support |= self._support[other]
        for noun in normal.same_office(head) | words.CALLED.get(head, frozenset()):
            self._by_head[noun].setdefault(cluster, set(self._support[cluster])).update(support)

    def _add_name(self, cluster: Cluster) -> None:
        if cluster.kind is EntityKind.PERSON:
            return
        for noun in _nouns_in(cluster):
            for other in words.CALLED.get(noun, frozenset({noun})):
                self._by_head[other].setdefault(cluster, set(self._support[cluster])).update(normal.stems(other))

    def _only_firm(self, description: Description) -> Cluster | None:
        """The one organisation of an article that can be "the company", where nothing says that any is."""
        doc = description.passage.doc
        if doc[description.head].lower_ not in _FIRM or description.head - description.first > 1:
            return None
        firms = [c for c in self._clusters if c.kind is EntityKind.ORGANISATION and not _is_public(c)]
        if len(firms) != 1 or len(firms[0].spans) < 2:
            return None
        return firms[0] if firms[0].spans[0].start < description.start else None

    def __contains__(self, noun: str) -> bool:
        return noun in self._by_head or noun in _FIRM

    def meant(self, description: Description) -> Cluster | None:
        """Return the one thing that a definite phrase can stand for in this article."""
        doc = description.passage.doc
        beside = [
            normal.stems(doc[i].text)
            for i in range(description.first, description.last)
            if i != description.head and doc[i].tag_ not in _FUNCTION_TAGS and doc[i].lower_ not in _NEUTRAL
        ]
        known = self._by_head.get(doc[description.head].lower_)
        if not known:
            return self._only_firm(description)
        candidates = [cluster for cluster, support in known.items() if all(stems & support for stems in beside)]
        if not candidates and len(beside) > 1:
            candidates = [cluster for cluster, support in known.items() if self._all_but_land(beside, support)]
        if len(candidates) != 1 or candidates[0].spans[0].start > description.start:
            return None  # several, or one not named yet
        return (
            None
            if doc[description.head].lower_ in _FIRM and self._is_rivalled(candidates[0], description)
            else candidates[0]
        )

    def _is_rivalled(self, firm: Cluster, description: Description) -> bool:
        """Tell whether the paragraph has named some other organisation before, but not this."""
        before = [c for span, c in self._spans.get(id(description.passage), ()) if span.first < description.first]
        others = [c for c in before if c.kind in _FIRM_LIKE and not _is_public(c)]
        return bool(others) and firm not in before

    def _all_but_land(self, beside: list[frozenset[str]], support: set[str]) -> bool:
        """Accept "the Danish ferry chief" in an article about Denmark that calls him "director of the ferry line"."""
        foreign = [stems for stems in beside if not stems & support]
        return not support & self._lands and len(foreign) == 1 and any(stem in self._lands for stem in foreign[0])


def _lands(clusters: Iterable[Cluster]) -> set[str]:
    """Return the stems of lands and peoples that an article names more than once."""
    count: Counter[str] = Counter()
    for cluster in clusters:
        if cluster.kind in {EntityKind.PLACE, EntityKind.GROUP}:
            for span in cluster.spans:
                count.update(stem for stem in normal.stems(span.text) if stem.startswith("~"))
    return {stem for stem, times in count.items() if times > 1}


def _support_of(cluster: Cluster) -> set[str]:
    support = {stem for name in cluster.surfaces for word in name.split() for stem in normal.stems(word)}
    for description in cluster.descriptions:
        support.update(stem for word in description.text.split() for stem in normal.stems(word))
    return support


def described(
    passages: Iterable[Passage], heads: Heads, taken: dict[int, set[int]]
) -> Iterator[tuple[Description, Cluster]]:
    """Find definite phrases that can only stand for one thing the article names."""
    passages = tuple(passages)
    introduced = set(_introduced(passages, heads, taken))
    for passage in passages:
        used = taken.get(id(passage), set())
        for token in passage.doc:
            if token.lower_ in introduced:
                continue
            if token.tag_ not in {"NN", "NNP"} or token.i in used or token.lower_ not in heads:
                continue
            if token.dep_ in {"compound", "attr", "appos", "nmod"}:
                continue
            found = phrase(passage, token)
            terse = (
                passage.kind is not BlockKind.PROSE and found.head - found.first > 1
            )  # headlines drop their articles
            if (terse or _is_definite(found)) and (cluster := heads.meant(found)):
                yield found, cluster


def _introduced(passages: Iterable[Passage], heads: Heads, taken: dict[int, set[int]]) -> Iterator[str]:
    """The nouns under which an article introduces something it does not name: after "a bill", "the bill" may be that."""
    for passage in passages:
        used = taken.get(id(passage), set())
        for token in passage.doc:
            if token.tag_ != "NN" or token.lower_ not in heads or token.i in used or token.dep_ == "compound":
                continue
            if any(child.lower_ in _INDEFINITE for child in token.lefts):
                yield token.lower_


def _is_definite(description: Description) -> bool:
    doc = description.passage.doc
    if doc[description.first].lower_ in _DEFINITE:
        return True
    return any(child.dep_ == "poss" and child.tag_ != "PRP$" for child in doc[description.head].lefts)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A person in the text: which, in which sentence, and whether as a subject."""

    cluster: Cluster
    sentence: int
    position: int
    subject: bool


class Pronouns:
    """Follows persons through an article and says whom "he" and "she" mean, or that it is not clear."""

    def __init__(self) -> None:
        self._seen: list[_Seen] = []
        self._sentence = 0
        self._speaker: tuple[Cluster, int] | None = None
        self._topic: tuple[Cluster | None, int] = (None, 0)  # the subject of the last sentence, and which that was

    def read(self, passage: Passage, known: dict[int, Cluster]) -> Iterator[tuple[Token, Cluster]]:
        """Yield the pronouns of a passage that are clear; ``known`` gives the cluster of head tokens."""
        quoted = _quoted(passage)
        for sentence in passage.doc.sents:
            self._sentence += 1
            if passage.kind is not BlockKind.PROSE:
                self._topic = (None, 0)
            for token in sentence:
                cluster = known.get(token.i)
                if cluster is None and token.tag_ in {"PRP", "PRP$"} and token.i not in quoted:
                    cluster = self._whom(token, known)
                    if cluster is not None:
                        known[token.i] = cluster
                        cluster.called = cluster.called or _sex(token)
                        yield token, cluster
                if cluster is not None and cluster.kind is EntityKind.PERSON and token.i not in quoted:
                    self._see(token, cluster)
            root = sentence.root
            subject = next((t for t in root.lefts if t.dep_ in {"nsubj", "nsubjpass"}), None)
            self._topic = (known.get(subject.i) if subject is not None else None, self._sentence)

    def _see(self, token: Token, cluster: Cluster) -> None:
        subject = token.dep_ in {"nsubj", "nsubjpass"}
        self._seen.append(_Seen(cluster, self._sentence, token.i, subject))
        if subject and token.head.lemma_ in words.SPEECH:
            self._speaker = (cluster, self._sentence)

    def _whom(self, token: Token, known: dict[int, Cluster]) -> Cluster | None:
        if token.lower_ in {"it", "its"}:
            return _thing(token, known) or self._continued(token)
        gender = _sex(token)
        if gender is None:
            return None
        candidates = self._candidates(token, known, gender)
        return self._choose(token, candidates, known)

    def _continued(self, token: Token) -> Cluster | None:
        """Return the thing the last sentence was about, where "It" begins this one and acts: "It killed twelve people"."""
        topic, sentence = self._topic
        subject = token.dep_ in {"nsubj", "nsubjpass"} or (
            token.dep_ == "poss" and token.head.dep_ in {"nsubj", "nsubjpass"}
        )
        if topic is None or topic.kind not in _THINGS or sentence != self._sentence - 1 or not subject:
            return None
        if token.i != token.sent.start or (token.dep_ != "poss" and _says_nothing(token.head)):
            return None
        return topic

    def _candidates(self, token: Token, known: dict[int, Cluster], gender: str) -> list[Cluster]:
        """Persons of this and the two sentences before, nearest first, who can be meant."""
        barred = _barred(token, known)
        recent = [seen.cluster for seen in reversed(self._seen[-12:]) if seen.sentence >= self._sentence - 2]
        return [person for person in dict.fromkeys(recent) if person not in barred and person.gender in {None, gender}]

    def _choose(self, token: Token, candidates: Sequence[Cluster], known: dict[int, Cluster]) -> Cluster | None:
        if (owner := _owner_beside(token, known)) in candidates:
            return owner
        if (ahead := _subject_ahead(token, known)) is not None and ahead.gender in {None, _sex(token)}:
            return ahead
        if not candidates:
            return None
        for subject in _governing_subjects(token):
            if (cluster := known.get(subject.i)) in candidates:
                return cluster
            if cluster is None and subject.tag_ in {"NN", "NNP"}:
                return None  # "The attorney said he …": whoever that is
        speaks = token.dep_ == "nsubj" and token.head.lemma_ in words.SPEECH and _has_quotation(token)
        if speaks and self._speaker and self._speaker[0] in candidates and self._speaker[1] >= self._sentence - 2:
            return self._speaker[0]
        if len(candidates) == 1:
            return candidates[0]
        here = [seen for seen in self._seen[-12:] if seen.sentence == self._sentence and seen.cluster in candidates]
        if here:
            return None  # two persons in this sentence, neither governing: not clear
        subjects = [seen.cluster for seen in self._seen[-12:] if seen.subject and seen.sentence == self._sentence - 1]
        return subjects[0] if subjects and subjects[0] in candidates and token.dep_ == "nsubj" else None


_THINGS = frozenset(
    {
        EntityKind.ORGANISATION,
        EntityKind.CRAFT,
        EntityKind.EVENT,
        EntityKind.WORK,
        EntityKind.PROGRAMME,
        EntityKind.PRODUCT,
    }
)


def _says_nothing(verb: Token) -> bool:
    """Tell whether "it" before a verb may stand for a clause: "It is clear that", "It took two days to", "It was said"."""
    return verb.lemma_ in {"be", "seem", "appear", "take", "happen", "rain", "snow", "turn", "remain"} or any(
        child.dep_ in {"ccomp", "csubj", "csubjpass"} for child in verb.children if verb.tag_ in {"VBN", "VBZ"}
    )


def _subject_ahead(token: Token, known: dict[int, Cluster]) -> Cluster | None:
    """Return whom the sentence is about if the pronoun stands before: "Leaving for her meeting with him, Smith said …"."""
    subject = next((t for t in token.sent.root.lefts if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or token.i > subject.left_edge.i or token.dep_.startswith("nsubj"):
        return None
    if any(
        above.i != token.sent.root.i and any(c.dep_.startswith("nsubj") for c in above.lefts)
        for above in token.ancestors
    ):
        return None
    cluster = known.get(subject.i)
    return cluster if cluster is not None and cluster.kind is EntityKind.PERSON and subject.tag_ != "PRP" else None


def _owner_beside(token: Token, known: dict[int, Cluster]) -> Cluster | None:
    """Return the owner in "Smith's plan … and his defence of it", whoever the sentence is about."""
    if token.tag_ != "PRP$" or token.i <= token.sent.start or token.nbor(-1).lower_ != "and":
        return None
    before = [i for i in range(token.sent.start, token.i) if i in known and known[i].kind is EntityKind.PERSON]
    return known[before[-1]] if before and token.doc[before[-1]].dep_ == "poss" else None


def _has_quotation(token: Token) -> bool:
    return any(other.text in {'"', "\u201d", "''"} for other in token.sent)


def _sex(pronoun: Token) -> str | None:
    return "m" if pronoun.lower_ in words.MALE else "f" if pronoun.lower_ in words.FEMALE else None


def _barred(token: Token, known: dict[int, Cluster]) -> set[Cluster]:
    """Persons a pronoun cannot mean: those it is joined to by "and", and the subject of the verb it is the object of."""
    barred = {known[other.i] for other in (*token.conjuncts,) if other.i in known}
    if token.tag_ == "PRP" and token.dep_ in {"dobj", "pobj", "dative", "iobj"}:
        verb = token.head.head if token.dep_ == "pobj" else token.head
        barred.update(known[child.i] for child in verb.lefts if child.dep_.startswith("nsubj") and child.i in known)
    return barred


def _governing_subjects(token: Token) -> Iterator[Token]:
    """Yield the subjects of the verbs above a pronoun, nearest first: "Smith" for "he" in "Smith said he …"."""
    for above in token.ancestors:
        if above.pos_ not in {"VERB", "AUX"}:
            continue
        for child in above.lefts:
            if child.dep_.startswith("nsubj") and child.i < token.i:
                yield above.head if child.tag_ in {"WP", "WDT"} else child


def _thing(token: Token, known: dict[int, Cluster]) -> Cluster | None:
    """Return the thing that governs "it" or "its": "Acme said it …", "Acme sold its …"; None for a person."""
    for subject in _governing_subjects(token):
        cluster = known.get(subject.i)
        if cluster is None or cluster.kind is EntityKind.PERSON:
            return None
        between = (known[i] for i in range(subject.i + 1, token.i) if i in known)
        if any(other is not cluster and other.kind is not EntityKind.PERSON for other in between):
            return None
        says = subject.head.lemma_ in words.SPEECH
        return cluster if says or token.tag_ == "PRP$" else None
    return None


def _quoted(passage: Passage) -> set[int]:
    """The tokens that stand inside quotation marks."""
    inside, quoting = set(), False
    for token in passage.doc:
        if token.text in {"\u201c", "``"}:
            quoting = True
        elif token.text in {"\u201d", "''"}:
            quoting = False
        elif token.text == '"':
            quoting = not quoting
        elif quoting:
            inside.add(token.i)
    return inside
