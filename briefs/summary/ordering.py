"""An order that reads as a text: the best sentence first, people before their surnames, what points back behind its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Article
    from briefs.summary.candidates import Candidate


def ordered(chosen: Sequence[Candidate], articles: Sequence[Article]) -> list[Candidate]:
    """The first of these, the best, then the rest as the articles tell: what stands early in its article comes early."""
    if not chosen:
        return []
    lead, *rest = chosen
    rank = {article.id: k for k, article in enumerate(articles)}
    follow = [c for c in rest if not c.alone]
    free = sorted((c for c in rest if c.alone), key=lambda c: (c.index / c.of, rank[c.sentence.article_id]))
    out = [lead, *_introductions_first(free, [lead])]
    for candidate in sorted(follow, key=lambda c: c.index):
        place = next((k for k, other in enumerate(out) if candidate.follows(other)), len(out) - 1)
        out.insert(place + 1, candidate)
    return out


def _introductions_first(candidates: Sequence[Candidate], before: list[Candidate]) -> list[Candidate]:
    """The same sentences; who assumes a person or a thing waits until another has introduced them."""
    left = list(candidates)
    out: list[Candidate] = []
    while left:
        coming = frozenset().union(*(c.introduced for c in left))
        known = frozenset().union(*(c.introduced for c in out))
        ready = (
            c for c in left if not (c.assumed - known - c.introduced) & coming and _spoken_of(c, before + out, left)
        )
        out.append(next(ready, left[0]))
        left.remove(out[-1])
    return out


def _spoken_of(candidate: Candidate, before: Sequence[Candidate], left: Sequence[Candidate]) -> bool:
    """Whether what a sentence begins with was spoken of before, or nobody is still to speak of it."""
    thing = candidate.assumes
    if thing is None or any(c.has_spoken_of(thing) for c in before):
        return True
    return not any(c.has_spoken_of(thing) for c in left if c is not candidate)
