"""What an auxiliary tells: whether the word behind it is its verb, whether that is in the passive, or it is the verb itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.nouns import is_nominal
from briefs.answers.clause.tags import PAST, PLAIN, VERBS
from briefs.answers.lexicon import ANNOUNCING, BE, DO, HAVE, PERSON_NOUNS
from briefs.facts import frames

if TYPE_CHECKING:
    from spacy.tokens import Token

    from briefs.answers.clause.part import Part


def is_verbal(part: Part, i: int) -> bool:
    """Whether a verb may stand here, adverbs before it passed over."""
    i = part.past_adverbs(i)
    return part.tag(i) in VERBS and not (
        part.tag(i) == "VBG" and is_nominal(part, i + 1) and part.doc[i].dep_ == "amod"
    )


def is_only_verb(part: Part, i: int) -> bool:
    """Whether "did", "has" is the verb itself: "who did it", "which has more seats"."""
    return not any(
        t.tag_ in VERBS or (t.i > i + 1 and part.english.is_verb(t.lower_) and frames.verb_frame(t.lower_) is not None)
        for t in part.behind(i)
    )


def is_passive(part: Part, auxiliary: int, verb: int) -> bool:
    """Whether the verb is in the passive, by what stands from its auxiliary on."""
    before = [t.lower_ for t in part.doc[auxiliary:verb]]
    helped = bool(BE & {before[0], *before[-3:]}) or "getting" in before
    active = bool(HAVE & {before[0], *before[-2:]}) and "been" not in before
    return part.tag(verb) in PAST and helped and not active


def follows(part: Part, auxiliary: int, j: int) -> bool:
    """Whether the word at ``j`` is the verb of an auxiliary before it: "who is buying", "which bank was fined"."""
    helper, tag = part.lower(auxiliary), part.tag(j)
    if not tag:
        return False
    token = part.doc[j]
    if helper in DO:
        return tag in PLAIN and token.dep_ != "compound" and not _is_subject(part, j)
    if any(t.lower_ in BE for t in part.doc[auxiliary:j]):
        return _follows_be(part, token)
    if helper in HAVE:
        return tag in PAST
    return tag in PLAIN or (part.english.is_verb(token.lower_) and tag == "NN" and is_nominal(part, j + 1))


def _follows_be(part: Part, token: Token) -> bool:
    noun_follows = is_nominal(part, token.i + 1)
    if token.tag_ == "VBG":
        return not noun_follows or token.dep_ in ("ROOT", "xcomp", "advcl", "ccomp")
    if token.tag_ in PAST:
        return not (noun_follows and token.dep_ == "amod")
    announces = token.lower_ in ANNOUNCING or part.english.is_verb(token.lower_)
    return token.tag_ == "JJ" and announces and part.is_to(token.i + 1)


def _is_subject(part: Part, j: int) -> bool:
    """Whether a word that could be a verb is the subject of another: "what did strike action cost", "did judge Falk say"."""
    titled = part.lower(j) in PERSON_NOUNS
    return any(
        t.tag_ == "VB" and (t.dep_ == "ROOT" or (titled and t.i > j + 1 and not part.is_to(t.i - 1)))
        for t in part.behind(j)
    )
