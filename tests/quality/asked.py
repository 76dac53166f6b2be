"""The questions of ``answers.txt`` and ``answers_apart.txt``, the articles of ``news/``, and whether an answer is right.

The form of the questions is told at the top of ``answers.txt``. A file of ``news/`` holds the articles of one story: a line
"== id | outlet | time of publication", the headline, an empty line, the text.
"""

from __future__ import annotations

import calendar
import json
import re
import string
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefs.models import Answer

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "briefs" / "samples" / "articles.jsonl"

_DATE = re.compile(r"\{(\d{4})-(\d\d)(?:-(\d\d))?\}")
_MONTHS = "|".join(f"{name}|{name[:3]}" for name in calendar.month_name[1:])
_DAYS = "|".join(calendar.day_name)
# What we write ourselves: "Yes, that is the plan" (but not "No: it was called off", which is the source's), dates and times of
# day, the words that lead to them or join names.
_OURS = re.compile(
    rf"^(?:yes|no)\b(?:,.*)?|\b\d{{1,2}} (?=(?:{_MONTHS})\b)|\b(?:{_MONTHS}|{_DAYS}|(?:19|20)\d\ds?|\d{{1,2}}:\d\d|utc)\b"
    r"|\b(?:and|on|in|of|from|to|since|until|before|after|early|mid|late|end|start|morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Expectation:
    """A question, when it is asked, and what is right for an answer: patterns it must match, and others it must not."""

    question: str
    now: datetime
    status: str  # answered, conflict, unknown, either
    wanted: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()  # what the whole reply must match
    written: str = ""  # the patterns as they stand in the file

    @property
    def answerable(self) -> bool:
        return self.status in {"answered", "conflict"}

    def met_by(self, answer: Answer) -> bool:
        told = _told(answer) if self.status == "conflict" else answer.text or ""
        if any(_matches(p, told) for p in self.barred) or not all(_matches(p, answer.statement) for p in self.replies):
            return False
        return self.status == "either" or (
            self.status == answer.status.value and all(_matches(p, told) for p in self.wanted)
        )


def expectations(name: str) -> list[Expectation]:
    """The questions of a file, in its order."""
    found: list[Expectation] = []
    asked_at = ""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("== "):
            asked_at = line.rpartition(" asked at ")[2]
        elif line.strip() and not line.startswith("#"):
            found.append(_expectation(line, asked_at))
    return found


def _expectation(line: str, asked_at: str) -> Expectation:
    question, status, *rest = [part.strip() for part in line.split(" | ")]
    words, _, at = question.partition(" @ ")
    patterns = [_DATE.sub(_written, p) for p in rest]
    return Expectation(
        words,
        datetime.fromisoformat(at or asked_at),
        status,
        tuple(p for p in patterns if not p.startswith(("!", "statement:"))),
        tuple(p[1:].strip() for p in patterns if p.startswith("!")),
        tuple(p.removeprefix("statement:").strip() for p in patterns if p.startswith("statement:")),
        " | ".join(rest),
    )


def _written(date: re.Match[str]) -> str:
    """A pattern for the ways to write a day ("9 March 2026", "March 9th", "2026-03-09") or a month, without a wrong year."""
    year, month, day = date.groups()
    name = calendar.month_name[int(month)]
    names = rf"(?:{name}|{name[:3]}{'|Sept' * (month == '09')})\b\.?"
    same_year = rf"(?!,? (?!{year})\d{{4}})"
    if day is None:
        return rf"\b{names}{same_year}|\b{year}-{month}\b"
    number = rf"\b0?{int(day)}(?:st|nd|rd|th)?\b"
    return rf"{number}(?: of)? {names}{same_year}|\b{names} {number}{same_year}|\b{year}-{month}-{day}\b"


def _matches(pattern: str, told: str) -> bool:
    return re.search(pattern, told, re.IGNORECASE) is not None


def _told(answer: Answer) -> str:
    return "\n".join([answer.text or "", *(a.text for a in answer.alternatives)])


def holds_its_answer(answer: Answer) -> bool:
    """Whether the cited sentences hold every word of the short answer and its alternatives, but what we write ourselves."""
    cited = {
        word for e in answer.evidence for text in (e.text, re.sub("['’]s\\b", "", e.text)) for word in _words(text)
    }
    return bool(cited) and all(set(_words(_OURS.sub(" ", told))) <= cited for told in _told(answer).splitlines())


def _words(text: str) -> list[str]:
    """Lower-case words without articles and punctuation (the normalisation of SQuAD)."""
    plain = "".join(c for c in text.lower() if c not in string.punctuation + "‘’“”–—…")
    return re.sub(r"\b(?:a|an|the)\b", " ", plain).split()


def articles() -> list[dict[str, str]]:
    """The sample articles and those of ``news/`` as records of the article file format."""
    samples = [json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]
    return samples + [record for file in sorted((HERE / "news").glob("*.txt")) for record in _records(file)]


def _records(file: Path) -> list[dict[str, str]]:
    found = []
    for part in re.split(r"^== ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        heading, title, text = part.split("\n", 2)
        name, outlet, published_at = heading.split(" | ")
        found.append(
            {
                "id": name,
                "url": f"https://{outlet.lower().replace(' ', '').replace('&', 'and')}.example/{name}",
                "source": outlet,
                "title": title,
                "text": text.strip(),
                "published_at": published_at,
            }
        )
    return found
