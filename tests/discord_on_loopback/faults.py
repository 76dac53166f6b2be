"""What goes wrong, where and how often: rules that a test sets, and weather that is drawn by chance."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

KINDS = {
    "refuse": "answers with ``status`` (and Discord's ``code``), before anything is stored",
    "refuse after": "stores, then answers with ``status``",
    "limit": "429 for this bucket, with Via; ``seconds`` to wait",
    "global limit": "429 for everything",
    "unlabelled limit": "429 without Via, as from something in between",
    "cut": "ends the connection before anything is stored",
    "cut after": "stores, then ends the connection",
    "silence": "keeps the request waiting for ever, before anything is stored",
    "silence after": "stores, then keeps the request waiting for ever",
    "slow": "waits for ``seconds``, then goes on",
}
EVERYWHERE = ".*"
POSTS = r"POST /channels/\d+/messages"
MESSAGES = r"(POST|GET) /channels/\d+/messages"


@dataclass
class Fault:
    """One rule. ``on`` is matched against "METHOD /path"; ``times`` None: until it is lifted; ``chance`` of each request."""

    kind: str
    on: str = POSTS
    times: int | None = 1
    status: int = 500
    code: int = 0
    seconds: float = 0.05
    chance: float = 1.0
    name: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind} is none of {', '.join(KINDS)}")

    @property
    def label(self) -> str:
        """How it is counted."""
        return f"{self.kind} {self.status}" if self.kind.startswith("refuse") else self.kind


@dataclass
class Faults:
    """The rules that hold now, asked in order."""

    rules: list[Fault] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(0))

    def met_by(self, request: str) -> Fault | None:
        """Return what a request meets, and use it up."""
        for rule in self.rules:
            if re.fullmatch(rule.on, request) and self.dice.random() < rule.chance:
                if rule.times is not None:
                    rule.times -= 1
                    if rule.times <= 0:
                        self.rules.remove(rule)
                return rule
        return None

    def lift(self, name: str | None) -> None:
        """End the rules of a name, or all."""
        self.rules = [rule for rule in self.rules if name is not None and rule.name != name]
