"""Where everything is built once and passed down; ``python -m bot`` and ``debrief`` start here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import cli

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings


def main() -> None:
    """Run the command line."""
    cli.main()


def run_bot(settings: Settings) -> None:
    """Run the bot until it is told to stop."""
    raise NotImplementedError


def run_preview(settings: Settings, *, path: Path | None = None, port: int | None = None, once: bool = False) -> None:
    """Serve the browser preview until it is told to stop."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
