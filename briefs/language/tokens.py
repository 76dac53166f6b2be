"""Words and signs of any text, in a time that grows with its length alone.

spaCy takes the signs off a word one by one and copies the rest each time, so that a long run of signs without a blank, as of a
separator, takes the square of its length. Nobody writes a word of hundreds of characters: such a run is one token. Half of a
surrogate pair, which JSON can hold, spaCy cannot keep at all: the sign for what is unreadable stands in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

LONGEST = 200  # characters without a blank that are looked into
_UNREADABLE = re.compile("[\ud800-\udfff]")
_RUN = re.compile(rf"\S{{{LONGEST + 1},}}")


def bounded(tokenizer: Callable[[str], Doc], vocab: Vocab) -> Callable[[str], Doc]:
    """Return a tokenizer that leaves what has more than ``LONGEST`` characters without a blank in one piece."""
    from spacy.tokens import Doc

    def tokenize(given: str) -> Doc:
        text = given if given.isascii() else _UNREADABLE.sub("\ufffd", given)
        if not _RUN.search(text):
            return tokenizer(text)
        whole = Doc.from_docs(list(_docs(text, tokenizer, vocab)), ensure_whitespace=False)
        assert whole is not None, "a run is a document at least"
        return whole

    return tokenize


def _docs(text: str, tokenizer: Callable[[str], Doc], vocab: Vocab) -> Iterator[Doc]:
    """Yield what stands between long runs, and each of these with the blank behind it."""
    from spacy.tokens import Doc

    at = 0
    for run in _RUN.finditer(text):
        if at < run.start():
            yield tokenizer(text[at : run.start()])
        blank = text[run.end() : run.end() + 1] == " "
        yield Doc(vocab, words=[run[0]], spaces=[blank])
        at = run.end() + blank
    if at < len(text):
        yield tokenizer(text[at:])
