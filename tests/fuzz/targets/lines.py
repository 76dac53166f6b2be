"""The words of a page: lines put together from what the patterns of cleaning look for, which is where a pattern takes for ever."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from briefs.sources import cleaning, datelines, furniture, misfits, walls
from briefs.sources.addresses import masked_in
from briefs.sources.feeds import dates
from fuzz import mutations, promises

if TYPE_CHECKING:
    from random import Random

_MODULES = (cleaning, datelines, furniture, misfits, walls)
_SEPARATORS = (
    " ",
    "  ",
    ", ",
    ": ",
    "|",
    " | ",
    " / ",
    "-",
    "–",
    "(",
    ")",
    ".",
    ". ",
    "@",
    "\n",
    "\n\n",
    "'",
    "\u2019",
    "&",
    ";",
    "…",
    "·",
    "",
)
ODD = (
    "By Ann Lee and Bo Ek, Staff Writers\n4 March 2024, 4:13 pm\n\nHALDEN, March 4 (Wire) — The harbour opened on Monday. It was late.",
    "Home > News > Coast\nHarbour opens\n- one\n- two\nRelated stories\nA b c\nSubscribe to read on. Already a subscriber? Sign in.",
    "© 2024 The Halden Tide. All rights reserved.\nPhoto: A B/C\nUpdated 4:13 PM EDT, Fri August 1, 2025",
)


@cache
def seeds() -> tuple[bytes, ...]:
    return tuple(text.encode() for text in ODD)


@cache
def _words() -> tuple[str, ...]:
    """The words that stand in the patterns, some numbers, names and times."""
    patterns = [each for module in _MODULES for each in vars(module).values() if isinstance(each, re.Pattern)]
    found = {word for pattern in patterns for word in re.findall(r"[^\W_]{2,}", pattern.pattern)}
    made = (
        "A",
        "Ann",
        "NASA",
        "4",
        "04",
        "2024",
        "4:13",
        "12/03/2024",
        "2024-03-04",
        "March 4",
        "4 March 2024",
        "GMT",
        "a.b@c.example",
    )
    return (*sorted(found), *made * 20)


def mutated(data: bytes, rng: Random, most: int) -> bytes:
    text = data.decode("utf-8", "replace")
    at = rng.randrange(len(text) + 1)
    kind = rng.randrange(4)
    if kind == 0:
        unit = "".join(rng.choice(_words()) + rng.choice(_SEPARATORS) for _ in range(rng.choice((1, 1, 2, 3))))
        text = text[:at] + unit * rng.choice((3, 12, 25, 60)) + text[at:]
    elif kind == 1:
        text = text[:at] + rng.choice(_words()) + rng.choice(_SEPARATORS) + text[at:]
    elif kind == 2:
        text = text[:at] + text[at + rng.choice((1, 5, 40, 400)) :]
    else:
        return mutations.bytewise(data, rng, most)
    return text.encode()[:most]


def one_input(data: bytes) -> None:
    text = data.decode("utf-8", "replace")[:20_000]
    marked = cleaning.mark(text, title=text.partition("\n")[0][:200] or None)
    promises.of_blocks(text, marked.blocks)
    assert cleaning.mark(text, title=text.partition("\n")[0][:200] or None) == marked
    walls.met(text, text)
    masked_in(text)
    for line in text.split("\n")[:50]:
        dates.read(line)
        misfits._of_few_words(line, [line[:300]], login=True, got=None)
