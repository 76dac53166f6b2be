"""``debrief backup`` and ``debrief restore``: the operator's database into a file, and back; also while the bot runs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTICES = "A running bot notices it within a minute and begins anew."
KEPT = "What the database held before is kept in {}."
WITH_LEDGER = "What was posted since the backup stays known, so that nothing is posted or told twice."
WITHOUT_LEDGER = (
    "What was posted since the backup is not known any more: no missed briefing is made up for, but the next ones may tell "
    "again what was told since."
)

Place = Annotated[Path, typer.Argument(metavar="PATH", help="The file to write.", show_default=False)]
Copy = Annotated[Path, typer.Argument(metavar="PATH", help="A file that debrief backup made.", show_default=False)]
Overwrite = Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")]
Replace = Annotated[bool, typer.Option("--force", help="Replace a database of another installation, too.")]


def backup(path: Place, force: Overwrite = False) -> None:
    """Write all that the bot keeps into one file; it may go on working meanwhile."""
    from briefs.store import backup as backups

    settings = terminal.ready()
    with terminal.progress("Copying") as advance:
        made = backups.make(settings.database_url, path.expanduser(), replace=force, progress=advance)
    typer.echo(f"{made.path} holds {counted(made.rows)}: {size(made.size)}.")


def restore(path: Copy, force: Replace = False) -> None:
    """Put a backup in the place of what the bot keeps; it may go on working meanwhile.

    Also the way from SQLite to PostgreSQL and back: back up with the one as DATABASE_URL, restore with the other.
    """
    from bot.settings import make_database_folder
    from briefs.newsroom import now_utc
    from briefs.store import restore as restoring

    settings = terminal.ready()
    make_database_folder(settings.database_url)
    url, copy = settings.database_url, path.expanduser()
    with terminal.progress("Restoring") as advance:
        done = restoring.restore(url, copy, now=now_utc(), force=force, progress=advance, held=partial(_holder, url))
    typer.echo(f"Restored {counted(done.rows)}. {NOTICES}")
    if done.kept:
        typer.echo(KEPT.format(done.kept))
        typer.echo(WITH_LEDGER if done.ledger else WITHOUT_LEDGER)


def _holder(url: str) -> str | None:
    """Return which bot works on a database, if one does."""
    from briefs.store.lease import lease_of

    lease = lease_of(url)
    if not lease.take():
        return str(lease.holder() or "another program")
    lease.release()
    return None


def counted(rows: Mapping[str, int]) -> str:
    """Say what a database holds."""
    told = ("articles", "briefings", "feeds", "schedules")
    return ", ".join(f"{rows.get(name, 0):,} {name if rows.get(name) != 1 else name[:-1]}" for name in told)


def size(octets: int) -> str:
    """Say how large a file is."""
    return f"{octets / 1e6:,.1f} MB"
