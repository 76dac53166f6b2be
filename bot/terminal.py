"""What the commands share: settings and log, answers on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bot.settings import Settings


def ready() -> Settings:
    """Read the settings and set up the log."""
    from bot.settings import load_settings

    settings = load_settings()
    logging(settings)()
    return settings


def logging(settings: Settings) -> Callable[[], None]:
    """Return what sets up the log as the settings want it, in this process or in another one."""
    from bot.logs import secrets_of, set_up

    token = settings.discord_token
    addresses = settings.database_url, settings.discord_api_url, settings.discord_gateway_url
    secrets = [*([token.get_secret_value()] if token else []), *secrets_of(*addresses)]
    return partial(set_up, settings.log_level, as_json=settings.log_json, secrets=secrets)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error while something goes on; nothing when no person watches."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def tell_problems(problems: Sequence[str]) -> None:
    """Tell what was wrong with the input, and exit with 1 if something was; what was good was done."""
    for problem in problems:
        complain(problem)
    if problems:
        raise typer.Exit(1)


def complain(text: str) -> None:
    """Write one sentence to standard error: as a line of the log where a machine reads that."""
    from bot.logs import speaks_json

    if speaks_json():
        import structlog

        structlog.get_logger("debrief").error(text)
    else:
        typer.echo(f"debrief: {text}", err=True)


def print_records(records: Iterable[dict[str, Any]]) -> None:
    """Print one record a line as soon as it is there; all ASCII, since some readers also break lines at U+2028."""
    for record in records:
        sys.stdout.write(json.dumps(record) + "\n")
        sys.stdout.flush()


def print_lines(lines: Iterable[str]) -> None:
    """Print lines with rich's markup, broken only where a person's terminal ends."""
    shown = console()
    for line in lines:
        shown.print(line, highlight=False, soft_wrap=not shown.is_terminal)


def console() -> Any:
    """Return what prints tables."""
    from rich.console import Console

    return Console()
