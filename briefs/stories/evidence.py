"""What tells two events of one kind apart beyond their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefs.models import Article, Reading


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an article states of its event: measured figures, and names, most telling first."""

    figures: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def find(article: Article, reading: Reading | None) -> Evidence:  # noqa: ARG001
    """The evidence of an article; what was read of it is used where it is there."""
    return Evidence()
