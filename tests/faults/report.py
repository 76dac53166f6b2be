"""What a trial came to, as it is told in the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from . import verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass
class Report:
    """What happened, and the verdict on it."""

    verdict: verdict.Verdict = field(default_factory=verdict.Verdict)
    kills: Counter[str] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)
    idle: int = 0  # lives that were killed when they had nothing more to do; no kills
    starts: int = 0
    pairs: int = 0  # times that a second program was started beside one that ran
    restored: int = 0  # times that a backup was restored whole under the program
    takeovers: int = 0  # times that it went on where the first was killed
    together: int = 0  # times that both were seen connected; there should be none
    with_workers: int = 0  # lives that read and composed in worker processes
    unfinished: int = 0  # rounds whose last life did not come to an end in time
    rounds: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)  # that the program told in its log
    broken_rules: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether everything stands once, and nothing else was wrong."""
        return self.verdict.good and not self.together and not self.broken_rules

    def __str__(self) -> str:
        found, kills = self.verdict, self.kills.total()
        each = self.seconds / kills if kills else 0.0
        rows = [
            ("kills", f"{kills} ({_counted(self.kills)})"),
            ("faults", f"{sum(self.faults.values())} ({_counted(self.faults)})"),
            ("restarts", f"{self.starts - 1}, {self.with_workers} with workers; {self.idle} had nothing more to do"),
            ("restored", f"{self.restored} backups under the program, besides those that were killed"),
            ("two at once", f"{self.pairs} times, {self.takeovers} taken over, {self.together} connected together"),
            ("briefings due", f"{found.due} in {self.rounds} rounds, and {found.refused} in channels that were shut"),
            ("delivered once", str(found.once)),
            ("twice", str(len(found.twice))),
            ("lost", str(len(found.lost))),
            (
                "told by the next",
                f"{len(found.told_by_next)}, too late for their own; {self.unfinished} rounds unfinished",
            ),
            ("passed on", f"{found.passed_on} of {found.to_pass_on} messages of announcement channels, once each"),
            ("threads", f"{found.threads} of {found.to_thread}"),
            ("articles", f"{found.articles}, each to be told once in its channel"),
            ("errors in the log", str(len(self.errors))),
            ("seconds", f"{self.seconds:.0f}, {each:.2f} for each kill"),
        ]
        lines = [f"{name:<17} {value}" for name, value in rows]
        wrong = (*found.twice[:20], *found.lost[:20], *found.told_by_next[:5], *self.broken_rules[:5], *self.errors[:5])
        return "\n".join((*lines, *wrong))


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def together(reports: Sequence[Report], *, seconds: float) -> Report:
    """Count several trials as one, which took so long."""
    return replace(reduce(_sum, reports), seconds=seconds)


def _sum(one: Any, other: Any) -> Any:
    """Add numbers, lists and counts, and whatever is made of them."""
    if isinstance(one, dict):
        return Counter(one) + Counter(other)
    if isinstance(one, Report | verdict.Verdict):
        return type(one)(
            **{each.name: _sum(getattr(one, each.name), getattr(other, each.name)) for each in fields(one)}
        )
    return one + other
