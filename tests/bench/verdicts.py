"""Which budgets were held: each step says what it measured, and the summary at the end shows all in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the table."""

    what: str
    measured: str
    budget: str
    held: bool


_verdicts: list[Verdict] = []


def judge(what: str, measured: str, budget: str, *, held: bool) -> None:
    """Note whether a budget was held."""
    _verdicts.append(Verdict(what, measured, budget, held))


def taken() -> list[Verdict]:
    """All since this was last asked."""
    found, _verdicts[:] = list(_verdicts), []
    return found


def table(verdicts: Sequence[Verdict]) -> str:
    """The summary, a line for each."""
    widths = [
        max((len(column) for column in columns), default=0) for columns in zip(*map(_columns, verdicts), strict=True)
    ]
    return "\n".join(
        "  ".join(column.ljust(width) for column, width in zip(_columns(each), widths, strict=True)).rstrip()
        for each in verdicts
    )


def _columns(each: Verdict) -> tuple[str, ...]:
    return "held" if each.held else "MISSED", each.what, each.measured, f"budget {each.budget}"
