"""What is offered while a question is typed: names and headlines that this server's sources know, as whole questions; pure.

What is typed comes first, so that nothing is lost. Only kinds of question are offered that the desk answers.
"""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from bot.rendering import flat, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

OFFERED = 25  # choices that Discord shows
LIMIT = 100  # characters of a choice
EXAMPLES = 5  # of each kind where nothing is typed yet
NAMES = 8  # completed at most
NAME_WORDS = 5  # typed words at most that may begin a name
SHORTEST = 2  # letters from which a name is looked for
_ENDED = re.compile(  # a name ends such a question well
    r"^\W*(?:who|whom)\s+(?!(?:did|does|do|has|have|had|will|would|can|could|is|are|was|were)$)[a-z]+(?:\s+(?:with|by|to|at|on|for|from))?$"
    r"|^\W*(?:who|what|where)(?:\s+(?:is|was|are|were)|['’]s)$"
    r"|^\W*what(?:['’]s|\s+is)\s+(?:new|up|going\s+on|happening|the\s+latest)\s+(?:with|in|at|on|about)$"
    r"|^\W*what(?:\s+has)?\s+happened\s+(?:to|with|in|at)$"
    r"|^\W*(?:(?:any\s+)?(?:news|updates?|latest)\s+(?:on|about|from|with)|tell\s+me\s+about)$",
    re.IGNORECASE,
)


def completed(typed: str, names: Sequence[str], headlines: Iterable[str]) -> list[str]:
    """Return the questions to offer: at most 25, of at most 100 characters, what is typed first."""
    text = flat(typed)[:LIMIT]
    told = [f"What happened: {shorten(headline, LIMIT - len('What happened: ?'))}?" for headline in headlines]
    if not text:
        full = [name for name in names if " " in name]  # people and bodies rather than "Russian"
        asked = [f"What’s new with {name}?" for name in (full or names)[:EXAMPLES]]
        offers = [each for pair in zip_longest(asked, told[:EXAMPLES]) for each in pair if each]
    else:
        offers = [text, *_of_names(text, names), *_of_headlines(text, told)]
    unique = {each.casefold().rstrip("? "): each for each in reversed(offers) if len(each) <= LIMIT}
    return [each for each in dict.fromkeys(offers) if unique.get(each.casefold().rstrip("? ")) == each][:OFFERED]


def _of_names(text: str, names: Sequence[str]) -> Iterator[str]:
    """Complete the name that the last words of a text begin."""
    words = text.rstrip("?!. ").split(" ")
    for count in range(min(NAME_WORDS, len(words)), 0, -1):
        begun = " ".join(words[-count:])
        head = " ".join(words[:-count])
        found = _begun(begun, names) if len(begun) >= SHORTEST else []
        if found:
            yield from chain.from_iterable(_asked(head, name) for name in found[:NAMES])
            return


def _begun(begun: str, names: Sequence[str]) -> list[str]:
    """Return the names that begin so, then those of which a word does."""
    wanted = begun.casefold()
    whole = [name for name in names if name.casefold().startswith(wanted)]
    return whole + [name for name in names if name not in whole and f" {wanted}" in f" {name.casefold()}"]


def _asked(head: str, name: str) -> Iterator[str]:
    """Return whole questions about a name: the one that was begun where the name ends it, and what is new."""
    if _ENDED.match(head):
        yield f"{head} {name}?"
    yield f"What’s new with {name}?"


def _of_headlines(text: str, told: Sequence[str]) -> Iterator[str]:
    """Return the headlines in which all that is typed stands, as beginnings of words."""
    wanted = [word.casefold() for word in re.findall(r"[^\W_]{3,}", text)]
    for question in told:
        words = re.findall(r"[^\W_]+", question.casefold())
        if wanted and all(any(word.startswith(each) for word in words) for each in wanted):
            yield question
