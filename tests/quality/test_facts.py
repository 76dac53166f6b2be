"""How well facts are told: forty sentences of our own in the manner of news, annotated by hand before the method was run on them.

Each event gives its word, its participants and circumstances as phrases with their roles, and how it is told when it is
not simply told as done. A phrase is found when an argument shares half of the words of both with it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "facts"))
from told import facts

# Floors: they never fall silently. Raise them with the method.
ARGUMENT_F1 = 0.95
ROLE_ACCURACY = 0.92
MODALITY_ACCURACY = 0.97
EVENTS_FOUND = 0.97

GOLD = Path(__file__).with_name("facts.txt").read_text("utf-8")

_ALIKE = {
    "agent": {"agent", "co_agent"},
    "patient": {"patient", "topic", "recipient"},
    "topic": {"topic", "patient", "other"},
}


@dataclass(frozen=True)
class Event:
    sentence: str
    word: str
    arguments: tuple[tuple[str, str], ...]
    modality: str
    negated: bool


@dataclass
class Tally:
    found: int = 0
    events: int = 0
    matched: int = 0
    told: int = 0
    wanted: int = 0
    hit: int = 0
    roles: int = 0
    modality: int = 0

    @property
    def f1(self) -> float:
        precision, recall = self.matched / self.told, self.hit / self.wanted
        return 2 * precision * recall / (precision + recall)


def _events() -> list[Event]:
    found, sentence = [], ""
    for line in GOLD.strip().split("\n"):
        if line.startswith("#"):
            continue
        if not line.startswith("  "):
            sentence = line
            continue
        word, _, rest = line.strip().partition(": ")
        marks = set(re.findall(r"!(\w+)", rest))
        arguments = tuple(tuple(p.strip().split("=", 1)) for p in rest.split(";") if "=" in p)
        modality = next(iter(marks - {"negated"}), "happened")
        found.append(Event(sentence, word, arguments, modality, "negated" in marks))
    return found


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - {"the", "a", "an"}


def _same(a: str, b: str) -> bool:
    mine, other = _words(a), _words(b)
    return bool(mine & other) and len(mine & other) / len(mine | other) >= 0.5


@pytest.fixture(scope="module")
def tally() -> Tally:
    score = Tally()
    for event in _events():
        score.events += 1
        told = [f for f in facts(event.sentence) if event.sentence[f.predicate.start : f.predicate.end] == event.word]
        score.wanted += len(event.arguments)
        if not told:
            print("no fact", event.word, "|", event.sentence)
            continue
        score.found += 1
        arguments = told[0].arguments
        score.told += len(arguments)
        score.matched += sum(any(_same(a.text, text) for _, text in event.arguments) for a in arguments)
        for role, text in event.arguments:
            same = [a for a in arguments if _same(a.text, text)]
            score.hit += bool(same)
            score.roles += any(a.role in _ALIKE.get(role, {role}) for a in same)
            if not same or not any(a.role in _ALIKE.get(role, {role}) for a in same):
                print(event.word, "wanted", role, text, "told", [(a.role, a.text) for a in arguments])
        right = told[0].modality.value == event.modality and told[0].negated == event.negated
        score.modality += right
        if not right:
            print(event.word, "modality", told[0].modality.value, told[0].negated, "|", event.sentence)
    print(score, score.f1)
    return score


def test_events_are_found(tally):
    assert tally.found / tally.events >= EVENTS_FOUND


def test_their_participants_and_circumstances_are_found(tally):
    assert tally.f1 >= ARGUMENT_F1


def test_the_roles_are_right(tally):
    assert tally.roles / tally.hit >= ROLE_ACCURACY


def test_planned_denied_and_called_off_are_told_as_such(tally):
    assert tally.modality / tally.found >= MODALITY_ACCURACY
