"""A backup a day by the bot itself, into a folder of its own, of which the newest are kept.

    each hour: is the newest a day old? ─▶ a new one, written and checked ─▶ those beyond the number to keep are removed

How old they are their names tell, so that a restart changes nothing. One that was made by a clock that was ahead counts as the
oldest. Nothing is removed before a new one stands, and nothing that is not named as these are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from briefs.errors import DatabaseUnavailableError
from briefs.store import backup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

DAILY = timedelta(days=1)
_NAME = re.compile(r"debrief-\d{8}-\d{6}\.db")
_STAMP = "debrief-%Y%m%d-%H%M%S.db"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of a database in a folder, and how many are kept; its methods block."""

    url: str
    folder: Path
    kept: int

    def make_if_due(self, now: datetime) -> Path | None:
        """Make a backup where the newest is a day old. Raises StoreError; all that were there are there then."""
        found = self._found()
        if not is_due(found, now):
            return None
        self._remove(self.folder.glob(f"debrief-*.db{backup.PART}"))  # the program was killed over them
        made = backup.make(self.url, self.folder / now.astimezone(UTC).strftime(_STAMP))
        log.info("backup made", file=str(made.path), size=made.size, articles=made.rows["articles"])
        self._remove(outdated(self._found(), now, self.kept))
        return made.path

    def _remove(self, files: Iterable[Path]) -> None:
        try:
            for each in files:
                each.unlink(missing_ok=True)
        except OSError as error:
            message = (
                f"Old backups in {self.folder} cannot be removed: {error.strerror}. Give Debrief the right to do so."
            )
            raise DatabaseUnavailableError(message) from error

    def _found(self) -> Mapping[Path, datetime]:
        """Return every backup in the folder, and when it was made."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            named = [each for each in self.folder.iterdir() if _NAME.fullmatch(each.name)]
        except OSError as error:
            message = (
                f"The folder {self.folder} for backups cannot be used: {error.strerror}. Set another BACKUP_FOLDER."
            )
            raise DatabaseUnavailableError(message) from error
        return {each: datetime.strptime(each.name, _STAMP).replace(tzinfo=UTC) for each in named}


def is_due(found: Mapping[Path, datetime], now: datetime) -> bool:
    """Whether the newest backup is a day old; what a clock that was ahead made says nothing."""
    return all(made > now or now - made >= DAILY for made in found.values())


def outdated(found: Mapping[Path, datetime], now: datetime, kept: int) -> Sequence[Path]:
    """Return the backups beyond the newest that are kept."""
    return sorted(found, key=lambda each: (found[each] <= now, found[each]))[:-kept]
