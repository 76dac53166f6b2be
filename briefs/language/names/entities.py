"""The entities of one article: its names grouped, typed by all that speaks for a kind, each with its fullest name."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefs.language.names import normal, words
from briefs.language.names.descriptions import kind_of
from briefs.models import BlockKind, Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefs.language.names.descriptions import Description
    from briefs.language.names.spans import NameSpan

_ORDER = {kind: number for number, kind in enumerate(EntityKind)}

_LABELLED = 2  # the vote of spaCy's label for a name of several words
_MISTAKEN = frozenset({EntityKind.ORGANISATION, EntityKind.PRODUCT, EntityKind.WORK, EntityKind.OTHER})
_BESIDE = 5  # tokens on each side of a name in which "his daughter" introduces it


@dataclass(slots=True, eq=False)
class Cluster:
    """The names of one thing while an article is read."""

    key: str
    number: int  # order of first mention
    spans: list[NameSpan] = field(default_factory=list)
    surfaces: Counter[str] = field(default_factory=Counter)
    votes: Counter[EntityKind] = field(default_factory=Counter)
    descriptions: list[Description] = field(default_factory=list)
    called: str | None = None  # "m" or "f": the pronouns the article has used so far

    @property
    def kind(self) -> EntityKind:
        """The kind that most speaks for; the first of ``EntityKind`` in a tie."""
        return likeliest(self.votes) if self.votes else EntityKind.OTHER

    @property
    def name(self) -> str:
        """The fullest name: most words, then most letters, then most often written."""
        return max(self.surfaces, key=lambda name: (_fullness(name), self.surfaces[name], name))

    def add(self, span: NameSpan) -> None:
        """Take a span in."""
        self.spans.append(span)
        self.surfaces[span.text] += 1
        self.votes.update(span.votes)

    def describe(self, found: Iterable[Description]) -> None:
        """Take in what the article says this is, unless it says so of another kind of thing."""
        for description in found:
            kind = kind_of(description)
            if kind is self.kind:
                self.descriptions.append(description)

    def note(self, description: Description) -> None:
        """Remember a phrase that the article uses for this."""
        if description not in self.descriptions:
            self.descriptions.append(description)

    @property
    def gender(self) -> str | None:
        """Tell "m" or "f" if a title, a description or the first name does."""
        heard = {span.passage.doc[span.title[0]].lower_.rstrip(".") for span in self.spans if span.title}
        heard |= {description.passage.doc[description.head].lower_.rstrip(".") for description in self.descriptions}
        male, female = bool(heard & words.MALE), bool(heard & words.FEMALE)
        if male != female:
            return "m" if male else "f"
        first = self.name.split()[0].lower()
        if self.called:
            return self.called
        if first in words.MALE_NAMES:
            return "m"
        return "f" if first in words.FEMALE_NAMES or (" " in self.name and first.endswith("a")) else None

    def entity(self) -> Entity:
        """Freeze."""
        name = self.name
        said = [description.text for description in self.descriptions]
        if self.kind is not EntityKind.PERSON:
            said = [text for text in said if " " in text]  # "the company" is no name by which to look a thing up
        others = dict.fromkeys([*self.surfaces, *said])
        return Entity(name, self.kind, tuple(other for other in others if other != name))


def likeliest(votes: Mapping[EntityKind, int]) -> EntityKind:
    """The kind with most votes; in a tie the first of ``EntityKind``."""
    return min(votes, key=lambda kind: (-votes[kind], _ORDER[kind]))


def _fullness(name: str) -> tuple[int, int]:
    return (len(normal.key(name).split()), 0 if normal.is_acronym(name) else len(normal.key(name)))


def group(spans: list[NameSpan]) -> dict[int, Cluster]:
    """Give each span (by its index) its cluster."""
    clusters = _by_name(spans)
    _join_acronyms(clusters)
    _join_short_names(clusters)
    _mend_relatives(clusters)
    _join_persons(clusters)
    return _assign(spans, clusters)


def _by_name(spans: list[NameSpan]) -> dict[str, Cluster]:
    clusters: dict[str, Cluster] = {}
    for span in spans:
        key = normal.key(span.text)
        if key not in clusters:
            clusters[key] = Cluster(key, len(clusters))
        clusters[key].add(span)
    return clusters


def _join_acronyms(clusters: dict[str, Cluster]) -> None:
    """Join "ISS" to "International Space Station" where one long name of the article has these initials."""
    long: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters.values():
        if len(cluster.key.split()) > 1:
            long[normal.acronym(cluster.name)].append(cluster)
    spelled = _spelled_out(clusters)
    for key, cluster in list(clusters.items()):
        if not normal.is_acronym(cluster.name):
            continue
        full = spelled.get(key) or next(iter(long.get(normal.letters(cluster.name), [])), None)
        abroad = cluster.kind is EntityKind.PLACE and (full is None or full.kind is not EntityKind.PLACE)
        if full is not None and full is not cluster and not abroad:
            _merge(full, cluster, votes=False)  # the long name says better what it is
            clusters[key] = full


def _spelled_out(clusters: dict[str, Cluster]) -> dict[str, Cluster]:
    """Find "Accountability Review Board (ARB)": the long form of an acronym that follows it in brackets."""
    found: dict[str, Cluster] = {}
    ends = {(id(span.passage), span.last): cluster for cluster in clusters.values() for span in cluster.spans}
    for key, cluster in clusters.items():
        if not normal.is_acronym(cluster.name):
            continue
        for span in cluster.spans:
            full = ends.get((id(span.passage), span.first - 1))
            if full and span.passage.doc[span.first - 1].text == "(" and normal.abbreviates(span.text, full.name):
                found[key] = full
    return found


def _join_short_names(clusters: dict[str, Cluster]) -> None:
    """Join "Kestrel" to "Kestrel Motors" where one firm, and no land or organ of state, begins with the word."""
    firms: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in dict.fromkeys(clusters.values()):
        first, *rest = cluster.name.split()
        if rest and cluster.kind is EntityKind.ORGANISATION and _is_firm(rest[-1]):
            firms[normal.key(first)].append(cluster)
    for key, cluster in list(clusters.items()):
        known = firms.get(key, [])
        mistaken = cluster.kind in _MISTAKEN or _is_only_labelled(cluster)
        if len(known) == 1 and mistaken and key not in words.KIND_OF_HEAD and key not in words.TITLES:
            _merge(known[0], cluster)
            clusters[key] = known[0]


def _is_only_labelled(cluster: Cluster) -> bool:
    """Tell whether nothing but spaCy's label makes a bare name a person's."""
    return (
        cluster.kind is EntityKind.PERSON
        and not any(span.title for span in cluster.spans)
        and (" " not in cluster.name and sum(cluster.votes.values()) <= len(cluster.spans))
    )


def _is_firm(last: str) -> bool:
    word = last.lower().rstrip(".")
    return word in words.COMPANY_FORMS or word in words.FIRMS


def _merge(into: Cluster, other: Cluster, *, votes: bool = True) -> None:
    into.spans.extend(other.spans)
    into.surfaces.update(other.surfaces)
    if votes:
        into.votes.update(other.votes)


def _mend_relatives(clusters: dict[str, Cluster]) -> None:
    """Take a name of two words for a person's, whatever spaCy says, if it ends in a surname of the article."""
    people = [cluster for cluster in clusters.values() if cluster.kind is EntityKind.PERSON]
    surnames = {normal.person_parts(cluster.name)[-1] for cluster in people if normal.person_parts(cluster.name)}
    for cluster in dict.fromkeys(clusters.values()):
        parts = normal.person_parts(cluster.name)
        only_labels = sum(cluster.votes.values()) <= _LABELLED * len(cluster.spans)
        if len(parts) == 2 and parts[-1] in surnames and only_labels and cluster.kind in _MISTAKEN:
            cluster.votes[EntityKind.PERSON] += _LABELLED * len(cluster.spans) + 1


def _join_persons(clusters: dict[str, Cluster]) -> None:
    """Join "Eric H. Holder Jr." and "Eric Holder"; give each full name its short forms in ``_assign``."""
    by_parts: dict[tuple[str, str], Cluster] = {}
    for key, cluster in list(clusters.items()):
        parts = normal.person_parts(cluster.name)
        if cluster.kind is not EntityKind.PERSON or len(parts) < 2:
            continue
        ends = (parts[0], parts[-1])
        if normal.is_junior(cluster.name) and any(not normal.is_junior(name) for name in _names_like(clusters, ends)):
            continue  # father and son in one article
        if ends in by_parts and by_parts[ends] is not cluster:
            _merge(by_parts[ends], cluster)
            clusters[key] = by_parts[ends]
        by_parts.setdefault(ends, cluster)


def _names_like(clusters: dict[str, Cluster], ends: tuple[str, str]) -> list[str]:
    found = (cluster.name for cluster in clusters.values())
    return [name for name in found if (parts := normal.person_parts(name)) and (parts[0], parts[-1]) == ends]


def _assign(spans: list[NameSpan], clusters: dict[str, Cluster]) -> dict[int, Cluster]:
    """Give a bare surname (or first name) to the person so named; of several, to the one named last before it."""
    full = _full_names(clusters)
    recent: dict[str, list[Cluster]] = defaultdict(list)
    assigned = {}
    for index, span in enumerate(spans):
        cluster = clusters[normal.key(span.text)]
        candidates = [person for person in full.get(cluster.key, ()) if _may_bear(span, cluster, person)]
        if candidates and cluster not in candidates and _may_be_person(cluster):
            before = [person for person in recent[cluster.key] if person in candidates]
            cluster = before[-1] if before else candidates[0]
            cluster.surfaces[span.text] += 1
            cluster.spans.append(span)
        assigned[index] = cluster
        for part in normal.person_parts(cluster.name):
            recent[part].append(cluster)
    return assigned


def _full_names(clusters: dict[str, Cluster]) -> dict[str, list[Cluster]]:
    """List the persons with a full name under their last and first names."""
    full: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in dict.fromkeys(clusters.values()):
        parts = normal.person_parts(cluster.name)
        if cluster.kind is EntityKind.PERSON and len(parts) > 1:
            full[parts[-1]].append(cluster)
            full[parts[0]].append(cluster)
    return full


def _may_bear(span: NameSpan, bare: Cluster, person: Cluster) -> bool:
    """Tell whether a bare name can be this person: no other sex, and no one long known by the bare name."""
    title = span.passage.doc[span.title[0]].lower_.rstrip(".") if span.title else ""
    if title and person.gender and title in (words.FEMALE if person.gender == "m" else words.MALE):
        return False
    introduced = person.spans[0].start
    earlier = any(other.start < introduced and other.passage.kind is BlockKind.PROSE for other in bare.spans)
    return not (earlier and (normal.is_junior(person.name) or _is_relative(person)))


def _is_relative(person: Cluster) -> bool:
    """Tell whether a person is introduced as somebody's son, wife or the like, who then keeps the bare surname."""
    first = person.spans[0]
    doc = first.passage.doc
    beside = doc[max(0, first.first - _BESIDE) : first.last + _BESIDE]
    return any(token.lower_ in words.RELATIVES for token in beside)


def _may_be_person(cluster: Cluster) -> bool:
    """Tell whether a bare name can be a person's: no people's, and if tagged as a place, never one that things are in."""
    total = sum(cluster.votes.values())
    if cluster.votes[EntityKind.GROUP] > total / 2:
        return False
    return cluster.votes[EntityKind.PLACE] <= total / 2 or not any(span.inside for span in cluster.spans)
