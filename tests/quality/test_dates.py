"""Dates in news prose: how many of our own annotated sentences are read right, with floors that never fall silently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefs.language.pipeline import Passage, load
from briefs.language.times import find
from briefs.models import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

ANNOTATED = Path(__file__).with_name("dates.txt")
VALUE_FLOOR = 0.95  # share of the annotated times found with the right value
SPAN_FLOOR = 0.95  # share found with exactly the annotated words
PRECISION_FLOOR = 0.95  # share of the times found that are annotated, with that value


@dataclass(frozen=True)
class Example:
    published: datetime
    text: str
    times: tuple[tuple[int, int, str], ...]


def examples() -> Iterator[Example]:
    published = datetime.fromisoformat("2024-01-01T00:00:00Z")
    for line in ANNOTATED.read_text("utf-8").splitlines():
        if line.startswith("== "):
            published = datetime.fromisoformat(line[3:])
        elif line and not line.startswith("#"):
            yield example(line, published)


def example(line: str, published: datetime) -> Example:
    text, times, at = "", [], 0
    for found in re.finditer(r"\[([^]|]+)\|([^]]+)\]", line):
        text += line[at : found.start()]
        times.append((len(text), len(text) + len(found[1]), found[2]))
        text, at = text + found[1], found.end()
    return Example(published, text + line[at:], tuple(times))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def test_dates_of_annotated_sentences_stay_above_their_floors(nlp):
    annotated = right = exact = given = 0
    wrong = []
    for one in examples():
        passage = Passage("a1", 0, BlockKind.PROSE, 0, nlp(one.text))
        whens = [(when.start, when.end, when.value.removesuffix("Z")) for when in find([passage], one.published)]
        hits = [t for t in one.times if any(w[0] < t[1] and t[0] < w[1] and w[2] == t[2] for w in whens)]
        annotated, given, right = annotated + len(one.times), given + len(whens), right + len(hits)
        exact += len(set(one.times) & set(whens))
        if set(one.times) != set(whens):
            wrong.append((one.text, one.times, whens))
    report = "\n".join(map(str, wrong))
    assert annotated > 60
    assert right / annotated >= VALUE_FLOOR, report
    assert exact / annotated >= SPAN_FLOOR, report
    assert right / given >= PRECISION_FLOOR, report
