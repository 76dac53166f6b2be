"""A way in, found by its name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random


class Target(Protocol):
    """What each module of ``targets`` gives."""

    def one_input(self, data: bytes) -> None:
        """Read an input. What comes out is what a reader promised, or this raises."""

    def seeds(self) -> Iterable[bytes]:
        """The inputs to begin with: good ones, each of another kind."""

    def mutated(self, data: bytes, rng: Random, most: int) -> bytes:
        """Another input of at most so many bytes, made of one without losing its form."""


def names() -> list[str]:
    from fuzz import targets

    return sorted(module.name for module in pkgutil.iter_modules(targets.__path__))


def load(name: str) -> Target:
    return importlib.import_module(f"fuzz.targets.{name}")
